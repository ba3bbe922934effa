"""An exam from the law to the statistics: a trainer makes it, an officer sits it while the network comes and goes.

Everything that reaches the officer's browser is kept, and searched for what says which answer is right.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error, expect

from assistant.quiz.contract import Form, QuizItem
from assistant.quiz.paper_contract import Paper
from tests.journeys.checks import check_page
from tests.journeys.line import Line
from tests.journeys.visit import Visit

SOURCES = {"phone": "中华人民共和国消防法", "desk": "中华人民共和国行政处罚法"}
"""One for each size: what a bank asks already is not made again."""
_COUNT = "20"
_SHORTEST = 6


@dataclass
class Wire:
    """What a browser is sent: frames of web sockets, and bodies of responses as far as they were read."""

    page: Any
    sent: list[bytes] = field(default_factory=list)
    _unread: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("websocket", lambda ws: ws.on("framereceived", self._keep))
        self.page.on("requestfinished", lambda request: self._unread.append(request))

    def _keep(self, payload: str | bytes) -> None:
        self.sent.append(payload.encode() if isinstance(payload, str) else payload)

    def read(self) -> None:
        """Read the responses of the page that is open; the browser has none of those of a page that was left."""
        for request in self._unread:
            with suppress(Error):
                response = request.response()
                self.sent += [response.body()] if response is not None else []
        self._unread.clear()

    def has(self, words: str) -> bool:
        wanted = words.encode()
        return any(wanted in sent for sent in self.sent)


def secrets(items: Iterable[QuizItem]) -> list[str]:
    """What gives the key away: explanations, sources and their words, reasons against options, scoring points.

    What some question says itself is left out: a true statement may be the very words of the law.
    """
    held = list(items)
    asked = "\n".join(words for item in held for words in (item.stem, *item.options))
    told = [
        words
        for item in held
        for words in (
            item.explanation,
            *(refutation.reason for refutation in item.refutations),
            *(words for citation in item.citations for words in (citation.citation, citation.quotation)),
            *(point.text for point in item.key.points),
        )
    ]
    lines = (line.strip() for words in told for line in words.splitlines())
    return sorted({line for line in lines if len(line) >= _SHORTEST and line not in asked})


def makes_an_exam(v: Visit, api: Any) -> Paper:
    """A law becomes items, the items are reviewed and published, a paper is made of them and opened."""
    page, title = v.page, f"网上考试（{v.size}）"
    v.open("/quiz?tab=build")
    v.pick("来源", SOURCES[v.size])
    v.write("总题数", _COUNT)
    v.press("开始出题")
    v.sees("均已存入题库")
    check_page(v, "quiz-built", axe=False)
    page.locator(".st-key-quiz_built_submit button").click()
    v.sees("已提交审核")
    v.press("选中全部")
    v.sees("已选")
    v.press("发布", page.locator(".st-key-quiz_picked_bar"))
    v.sees("已发布")
    v.press("选中全部")
    v.sees(f"已选 {_COUNT} 题")  # the boxes are drawn after it: pressed before they are, a button would unpick them
    v.press("用来组卷")
    v.write("试卷名称", title)
    v.press("组卷")
    v.sees("已组卷")
    check_page(v, "quiz-paper", axe=False)
    page.get_by_text("开考", exact=True).first.click()
    page.locator(".st-key-quiz_open button").click()
    v.sees("已开考")
    [paper] = [entry for entry in api.papers.papers().items if entry.title == title]
    found: Paper = api.papers.paper(paper.id)
    assert len(found.items) == int(_COUNT), "every item that was picked is in the paper"
    return found


def sits_the_exam(v: Visit, page_address: str, paper: Paper) -> None:
    """An officer answers, loses the network, goes on, loads the page anew, submits; no key came before that."""
    items = [entry.item for entry in paper.items]
    told = secrets(items)
    assert len(told) > len(items)
    line, page, wire = Line(page_address), v.page, Wire(v.page)
    try:
        v.go_by(line.address)
        v.open("/quiz?tab=exams")
        offer = page.locator("[class*='st-key-exam_offer_']").filter(has_text=paper.title)
        v.press("开始考试", offer)
        v.sees("剩余时间")
        one = _number(items, Form.ONE)
        _turn_to(v, one)
        page.locator(".st-key-exam_item").get_by_role("radiogroup").locator("label").first.click()
        v.sees("已保存")
        blank = _number(items, Form.BLANKS)
        _turn_to(v, blank)
        box = page.locator(".st-key-exam_item input").first
        box.press_sequentially("三十日")
        line.cut()
        v.sees("未保存，正在重试")
        assert box.input_value() == "三十日"
        line.mend()
        expect(page.locator(".st-key-exam_bar").get_by_text("未保存")).to_have_count(0)
        expect(page.get_by_role("button", name=f"{blank} ✓", exact=True)).to_be_visible()
        expect(box).to_have_value("三十日")
        wire.read()
        page.reload()
        v.sees("已载入保存的作答")
        expect(page.locator(".st-key-exam_item input").first).to_have_value("三十日")
        _turn_to(v, one, answered=True)
        expect(page.locator(".st-key-exam_item input[type='radio']").first).to_be_checked()
        v.complaints.clear()  # of the line that was cut
        check_page(v, "exam")
        v.press("交卷")
        v.sees(f"还有 {len(items) - 2} 题未作答")
        wire.read()
        assert [words for words in told if wire.has(words)] == []
        assert wire.has(items[one - 1].stem[:20]), "the search finds what was sent"
        v.press("确认交卷")
        v.sees("已交卷。")
        v.sees("解析")
        assert any(wire.has(words) for words in told), "after submission it is told"
        check_page(v, "exam-result", axe=False)
        v.follow("错题本")
        v.sees("再练这些题")
        check_page(v, "exam-wrong", axe=False)
    finally:
        line.close()


def sees_the_statistics(v: Visit, paper: Paper) -> None:
    """The trainer sees that somebody took it, and how each item did."""
    v.open(f"/quiz?tab=statistics&paper={paper.id}")
    v.sees("1 人")
    check_page(v, "quiz-statistics", axe=False)
    v.follow("各题")
    v.sees(paper.items[0].item.stem[:12])
    v.follow("各人成绩")
    v.sees("成绩")


def _number(items: list[QuizItem], form: Form) -> int:
    """Where the first item of a form stands in a paper of one variant."""
    return next(number for number, item in enumerate(items, 1) if item.form is form)


def _turn_to(v: Visit, number: int, *, answered: bool = False) -> None:
    strip = v.page.locator(".st-key-exam_strip")
    strip.get_by_role("button", name=f"{number} ✓" if answered else str(number), exact=True).click()
    v.page.locator(".st-key-exam_item .ea-stem").filter(has_text=f"{number}. ").first.wait_for()
    v.settled()
