"""Links between the pages (站内链接): real anchors with a stable address, followed without loading the page anew.

The address says everything: what is shown, on which day, narrowed how. Streamlit listens to the browser's history, so
a click writes the address there as a reload or the back button would; without scripts the anchors still work. On a
phone, where the navigation lies over the page, choosing a page puts the navigation away.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

import streamlit as st

from ui.markup import element, text

ENCYCLOPEDIA = "encyclopedia"
DISCRETION = "discretion"

_JS = """
export default function ({ data }) {
  const scroller = () => document.querySelector('[data-testid="stMain"]')
  if (!window.eaLinks) {
    window.eaLinks = { shown: null }
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest("a[data-ea], a.ea-go")
      if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return
      const target = new URL(link.getAttribute("href"), document.location.href)
      if (target.origin !== document.location.origin) return
      event.preventDefault()
      if (target.href === document.location.href) return
      const main = scroller()
      window.history.replaceState({ eaTop: main ? main.scrollTop : 0 }, "")
      window.history.pushState({ eaTop: 0 }, "", target.href)
      window.dispatchEvent(new PopStateEvent("popstate", { state: {} }))
    })
    document.addEventListener("click", (event) => {
      const entry = event.target.closest && event.target.closest('[data-testid="stSidebarNavLink"]')
      const close = entry && document.querySelector('[data-testid="stSidebarCollapseButton"] button')
      if (close && window.innerWidth < 768) setTimeout(() => close.click(), 0)
    })
    document.addEventListener("keydown", (event) => {
      const box = event.key === "Enter" && !event.isComposing && event.target.closest
        && event.target.closest('[class*="st-key-ea_search"]')
      const button = box && event.target.tagName === "INPUT" && box.querySelector("button[data-testid^=stBaseButton]")
      if (button) setTimeout(() => button.click(), 350)
    })
  }
  if (window.eaLinks.shown !== data.shown) {
    window.eaLinks.shown = data.shown
    const top = (window.history.state && window.history.state.eaTop) || 0
    const main = scroller()
    if (main) { main.scrollTo({ top }); setTimeout(() => main.scrollTo({ top }), 120) }
  }
}
"""

_follow = st.components.v2.component("eassistant_links", html="<i></i>", js=_JS)


def follow_links(shown: str) -> None:
    """Follow anchors without a reload, and begin at the top of what is ``shown``; called once, at a page's end."""
    with st.container(key="links", height="content"):
        _follow(key="follow_links", data={"shown": shown}, width=1, height=1)


def href(page: str, params: Mapping[str, str | int | None]) -> str:
    """The address of a page, relative to the pages' common root; what is None or empty is left out."""
    given = {name: str(value) for name, value in params.items() if value not in (None, "")}
    return f"{page}?{urlencode(given, quote_via=quote)}" if given else page


def anchor(inner: str, address: str, css: str = "", **attributes: str) -> str:
    """An anchor around HTML that is already safe."""
    return element("a", inner, f"ea-go {css}".strip(), href=address, target="_self", **attributes)


def link(words: str, address: str, css: str = "ea-link") -> str:
    """An anchor with words from outside."""
    return anchor(text(words), address, css)
