"""Steps and time limits (程序与期限), as far as they stand in the text of the law, with what each day means."""

from __future__ import annotations

from assistant.encyclopedia.contract import Procedure, ProcedureStep, ProcedureWords, TimeLimit, TimeUnit
from corpus.vocabulary import State
from ui.encyclopedia.address import Address
from ui.encyclopedia.parts import quoted, state_mark
from ui.links import link
from ui.markup import block, element, occurrences, provision_text, tag, text

_DAYS = {True: "工作日", False: "自然日", None: "未写明是否工作日"}


def procedure_html(procedure: Procedure, address: Address) -> str:
    """Each step folds open to the sentences of the law; the limits stand in sight."""
    laws = "".join(
        element(
            "div",
            link(f"《{law.title}》", address.to(law=law.document_id)) + state_mark(law.status),
            "ea-tags",
        )
        for law in procedure.laws
    )
    notes = "".join(element("div", text(note)) for note in procedure.notes)
    working = [words for law in procedure.laws for words in law.working_days]
    return block(
        laws,
        element("div", notes, "ea-notes") if notes else "",
        *(element("div", "工作日的规定：" + quoted(words, address), "ea-remark") for words in working),
        *(_step(step, address) for step in procedure.steps),
    )


def _step(step: ProcedureStep, address: Address) -> str:
    limits = [limit for words in step.words for limit in words.limits]
    shown = "".join(tag(words) for words in dict.fromkeys(limit_words(limit) for limit in limits))
    head = element("summary", element("span", text(step.name), "ea-strong") + element("span", shown, "ea-row-facts"))
    return element("details", head + "".join(_words(words, address) for words in step.words), "ea-step-of-law")


def limit_words(limit: TimeLimit) -> str:
    """A limit with what its days are: ``七日内（工作日）``."""
    if limit.unit is not TimeUnit.DAY:
        return limit.words.text
    return f"{limit.words.text}（{_DAYS[limit.working]}）"


def _words(words: ProcedureWords, address: Address) -> str:
    marks = {"ea-amount": [s for limit in words.limits for s in occurrences(words.words.text, limit.words.text)[:1]]}
    source = link(words.words.citation, address.to(provision=words.words.provision_id), "ea-link ea-small")
    state = state_mark(words.status) if words.status is not State.IN_FORCE else ""
    limits = "".join(_limit(limit, address) for limit in words.limits)
    return element("div", provision_text(words.words.text, marks) + source + state + limits, "ea-excerpt")


def _limit(limit: TimeLimit, address: Address) -> str:
    parts = [limit_words(limit)]
    parts += [f"起算：{limit.starts.text}"] if limit.starts else []
    parts += [limit.note] if limit.note else []
    basis = " " + quoted(limit.basis, address) if limit.basis else ""
    return element("div", text(" · ".join(parts)) + basis, "ea-quiet")
