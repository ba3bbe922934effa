"""Streamlit's own few words in Chinese (界面汉化): it has no setting for its language.

A word is exchanged where it stands alone in a text, or names a control for screen readers; what people and documents
say is left alone because it is never marked as Streamlit's own. A word that is not in the table stays as it is.
"""

from __future__ import annotations

import streamlit as st

WORDS = {
    "About": "关于",
    "Add files": "再选文件",
    "App pages": "页面",
    "Browse files": "选取文件",
    "Calendar": "日历",
    "Choose an option": "请选择",
    "Choose date": "选择日期",
    "Choose date range": "选择起止日期",
    "Choose options": "请选择",
    "Choose or add an option": "请选择或输入",
    "Choose or add options": "请选择或输入",
    "Add an option": "请输入",
    "Add options": "请输入",
    "Clear all": "全部清除",
    "Clear date": "清除日期",
    "Clear dates": "清除日期",
    "Clear entry": "清空",
    "Clear value": "清除",
    "Close": "关闭",
    "Close fullscreen": "退出全屏",
    "Close sidebar": "收起导航",
    "Collapse sidebar": "收起导航",
    "Connecting": "正在连接",
    "Connection error": "连接中断",
    "Copied": "已复制",
    "Copy version to clipboard": "复制版本号",
    "Dark": "深色",
    "Copy to clipboard": "复制",
    "Decrement": "减少",
    "Download failed": "下载没有成功，请重试",
    "Drag and drop a file here": "把文件拖到这里",
    "Drag and drop files here": "把文件拖到这里",
    "Expand sidebar": "展开导航",
    "Fullscreen": "全屏",
    "Hide password": "隐藏密码",
    "Increment": "增加",
    "Invalid input.": "输入有误。",
    "Light": "浅色",
    "Main menu": "菜单",
    "Multiselect options": "可选的项",
    "Next month": "下个月",
    "Next page": "下一页",
    "No options to select": "没有可选的项",
    "No results": "没有相符的项",
    "Open": "展开",
    "Open sidebar": "展开导航",
    "Page not found": "没有这个页面",
    "Pagination": "分页",
    "Previous month": "上个月",
    "Previous page": "上一页",
    "Print": "打印",
    "Record screen": "录屏",
    "Remove file": "移去这个文件",
    "Running...": "正在运行",
    "Select all": "全选",
    "Selectbox options": "可选的项",
    "Selected values": "已选的项",
    "Send message": "发送",
    "Show password": "显示密码",
    "Sidebar": "导航栏",
    "Skip to main content": "跳到正文",
    "System": "随系统",
    "Theme": "外观",
    "Upload": "选取文件",
    "dd": "日",
    "file upload": "选取文件",
    "mm": "月",
    "yyyy": "年",
}
"""Streamlit's word → ours, of what can be met on these pages."""
PATTERNS = (
    (r"^year, (.*)$", "$1：年"),
    (r"^month, (.*)$", "$1：月"),
    (r"^day, (.*)$", "$1：日"),
    (r"^Page (\d+)$", "第 $1 页"),
    (r"^Choose date, (.*)$", "选择日期，$1"),
    (r"^Remove (.*)$", "移去 $1"),
    (r"^Help for (.*)$", "说明：$1"),
    (r"^\+?(\d+) more$", "另有 $1 项"),
)
"""The same for words with a part that changes."""

_JS = """
export default function ({ data }) {
  if (window.eaChinese) return
  window.eaChinese = true
  const words = data.words
  const patterns = data.patterns.map(([from, to]) => [new RegExp(from), to])
  const own = Object.prototype.hasOwnProperty
  const meaning = (said) => {
    if (own.call(words, said)) return words[said]
    const found = said.length < 80 && patterns.find(([from]) => from.test(said))
    return found ? said.replace(found[0], found[1]) : null
  }
  const ours = ".ea, [data-testid='stMarkdownContainer'], [data-testid='stCode'], textarea, input, pre, code"
  const named = ["aria-label", "title", "placeholder"]
  const say = (node) => {
    const said = node.nodeValue.trim()
    const meant = said && meaning(said)
    if (meant && node.parentElement && !node.parentElement.closest(ours)) node.nodeValue = meant
  }
  const name = (element) => {
    for (const attribute of named) {
      const said = element.getAttribute(attribute)
      const meant = said && meaning(said)
      if (meant) element.setAttribute(attribute, meant)
    }
  }
  const look = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return say(root)
    if (root.nodeType !== Node.ELEMENT_NODE) return
    name(root)
    root.querySelectorAll("[aria-label], [title], [placeholder]").forEach(name)
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) say(texts.currentNode)
  }
  document.documentElement.lang = "zh-CN"
  look(document.body)
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(look)
      else if (change.type === "characterData") say(change.target)
      else name(change.target)
    }
  }).observe(document.body, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: named,
  })
}
"""

_speak = st.components.v2.component("eassistant_chinese", html="<i></i>", js=_JS)


def speak_chinese() -> None:
    """Exchange the words from now on, as long as the page is open; called once, at a page's end."""
    with st.container(key="chinese", height="content"):
        _speak(key="speak_chinese", data={"words": WORDS, "patterns": PATTERNS}, width=1, height=1)
