"""The clock of an exam (考试计时): time left by the server, whether answers are saved, whether the line is up.

It counts in the browser and asks for a run when the time is over, or when unsaved answers are to be sent once more. It
also hands over what stands in a long text while it is being written, so that a pause in typing is enough to save it.
"""

from __future__ import annotations

import streamlit as st

CUT = "连接已断开，未保存，正在重试。请不要关闭页面。"

_HTML = '<div class="bar" lang="zh-CN"><b role="timer"></b><span role="status"></span></div>'

_CSS = """
.bar { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; align-items: baseline; justify-content: space-between; }
b { font-size: 1.15rem; font-variant-numeric: tabular-nums; }
b.soon { color: #b42318; }
span { font-size: 0.9rem; }
span.unsaved { font-weight: 700; padding: 0.1rem 0.5rem; border-radius: 0.4rem; color: #fff; background: #b42318; }
"""

_JS = """
const clock = (left) => {
  const two = (n) => String(n).padStart(2, "0")
  const hours = Math.floor(left / 3600), minutes = Math.floor(left / 60) % 60
  return (hours ? hours + ":" + two(minutes) : minutes) + ":" + two(left % 60)
}
const handOver = () => {
  if (window.eaHandOver) return
  let pause
  window.eaHandOver = true
  document.addEventListener("input", (event) => {
    const box = event.target
    if (box.tagName !== "TEXTAREA" || !box.closest('[class*="st-key-exam_item"]')) return
    clearTimeout(pause)
    if (!event.isComposing) {
      pause = setTimeout(() => box.dispatchEvent(new FocusEvent("focusout", { bubbles: true })), 1500)
    }
  })
}
export default function ({ data, parentElement, setTriggerValue }) {
  const time = parentElement.querySelector("b"), state = parentElement.querySelector("span")
  const end = Date.now() + data.seconds * 1000
  let over = false, said = ""
  const show = () => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000))
    const app = document.querySelector('[data-testid="stApp"]')
    const cut = !navigator.onLine || (app && app.dataset.testConnectionState !== "CONNECTED")
    time.textContent = "剩余时间 " + clock(left)
    time.className = left < 300 ? "soon" : ""
    const words = cut ? data.cut : data.words
    if (words !== said) state.textContent = said = words
    state.className = cut || data.unsaved ? "unsaved" : "saved"
    if (left === 0 && !cut && !over) { over = true; setTriggerValue("due", "over") }
  }
  show()
  handOver()
  const tick = setInterval(show, 500)
  const again = data.unsaved ? setTimeout(() => setTriggerValue("due", "again"), 3000) : 0
  return () => { clearInterval(tick); clearTimeout(again) }
}
"""

_clock = st.components.v2.component("eassistant_exam_clock", html=_HTML, css=_CSS, js=_JS)


def show_clock(seconds: int, words: str, *, unsaved: bool, run: int, key: str) -> None:
    """``run`` differs from one run to the next, so that the component looks again."""
    data = {"seconds": seconds, "words": words, "unsaved": unsaved, "cut": CUT, "run": run}
    _clock(key=key, data=data, on_due_change=_nothing)


def _nothing() -> None:
    """The run itself does what is due."""
