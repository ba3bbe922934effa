"""The copy button (复制): puts a citation or a provision on the clipboard, also where the page came over plain http.

Streamlit's own copy button needs a secure context, which an address like http://192.168.1.5 on a phone is not.
"""

from __future__ import annotations

import streamlit as st

_HTML = '<button type="button"></button>'

_CSS = """
button {
  font: inherit; font-size: 0.875rem; line-height: 1.4; cursor: pointer; white-space: nowrap;
  min-height: 2.5rem; padding: 0.25rem 0.5rem; border-radius: 0.5rem;
  color: inherit; background: transparent; border: 1px solid rgba(128, 128, 128, 0.4);
}
button:hover { border-color: currentColor; }
button:focus-visible { outline: 2px solid #2f6fd0; outline-offset: 1px; }
"""

_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button")
  button.textContent = data.label
  button.onclick = async () => {
    let copied = false
    try {
      await navigator.clipboard.writeText(data.text)
      copied = true
    } catch {
      const area = document.createElement("textarea")
      area.value = data.text
      area.style.position = "fixed"
      area.style.opacity = "0"
      document.body.append(area)
      area.select()
      copied = document.execCommand("copy")
      area.remove()
    }
    button.textContent = copied ? "已复制 ✓" : "请长按选取"
    setTimeout(() => { button.textContent = data.label }, 1600)
  }
}
"""

_copy = st.components.v2.component("eassistant_copy", html=_HTML, css=_CSS, js=_JS)


def copy_button(label: str, words: str, *, key: str) -> None:
    """A button that copies ``words``; they travel as data, never as markup."""
    _copy(key=key, data={"label": label, "text": words}, width="content")
