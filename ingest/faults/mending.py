"""All repairs in their order: a law as delivered becomes provisions (条文) and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.vocabulary import Finding, FindingKind, Provision, Severity
from ingest.faults.annexes import cut_annexes
from ingest.faults.draft import Draft, Mended, finding
from ingest.faults.gaps import mend_gaps
from ingest.faults.headings import move_stray_headings
from ingest.faults.numbering import number_articles, report_doubles
from ingest.faults.whitespace import is_table_line, join_broken_lines, remove_stray_blanks
from ingest.sources.text import SourceText

OVERLONG = 2000  # characters; the longest true article of the national laws has 1,541


@dataclass(frozen=True, slots=True)
class MendedLaw:
    """The provisions of one text in printed order, and every fault found in it."""

    provisions: tuple[Provision, ...]
    findings: tuple[Finding, ...]


def mend(law: SourceText, texts: Sequence[str]) -> MendedLaw:
    """Repair a delivered law; ``texts`` are the article texts of the whole source (how its words begin)."""
    drafts = [Draft.of_row(row) for row in law.rows]
    findings: list[Finding] = []
    steps = (
        number_articles,
        move_stray_headings,
        lambda law, drafts: mend_gaps(law, drafts, texts),
        cut_annexes,
        _mend_white_space,
        report_doubles,
        _report_lengths,
    )
    for step in steps:
        drafts, found = step(law, drafts)
        findings += found
    return MendedLaw(tuple(_provisions(law, drafts)), tuple(findings))


def _mend_white_space(law: SourceText, drafts: list[Draft]) -> Mended:
    mended: list[Draft] = []
    found: list[Finding] = []
    for draft in drafts:
        if draft.annex or not any(c in draft.text for c in "\n \t\u2009\u3000\xa0"):
            mended.append(draft)
            continue
        text, blanks = remove_stray_blanks(draft.text)
        text, breaks = join_broken_lines(text)
        mended.append(draft.with_text(text))
        for kind, places, what in (
            (FindingKind.STRAY_BLANK, blanks, "字间有多余空格，已删去"),
            (FindingKind.BROKEN_LINE, breaks, "句中断行，已接上"),
        ):
            if places:
                message = f"{what}（{len(places)} 处）。"
                quoted = " / ".join(places)
                found.append(
                    finding(
                        law,
                        kind,
                        Severity.INFO,
                        draft.label,
                        message,
                        article=draft.article,
                        repaired=True,
                        text=quoted,
                    )
                )
    return mended, found


def _report_lengths(law: SourceText, drafts: list[Draft]) -> Mended:
    found: list[Finding] = []
    for draft in drafts:
        if not draft.text.strip():
            message = "来源中本条没有文字。"
            found.append(
                finding(law, FindingKind.EMPTY_TEXT, Severity.ERROR, draft.label, message, article=draft.article)
            )
        elif not draft.annex and (length := _length(draft.text)) > OVERLONG:
            found.append(
                finding(
                    law,
                    FindingKind.OVERLONG,
                    Severity.WARNING,
                    draft.label,
                    f"本条长达 {length} 字，可能混入了附件或其他条文。",
                    article=draft.article,
                    remedy="引用前请核对原文。",
                )
            )
    return drafts, found


def _length(text: str) -> int:
    return sum(len(line) for line in text.split("\n") if not is_table_line(line))


def _provisions(law: SourceText, drafts: list[Draft]) -> list[Provision]:
    seen: Counter[str] = Counter()
    provisions: list[Provision] = []
    for ordinal, draft in enumerate(drafts, start=1):
        seen[draft.label] += 1
        double = f"#{seen[draft.label]}" if seen[draft.label] > 1 else ""
        provisions.append(
            Provision(
                id=f"{law.version_id}/{draft.label}{double}",
                version_id=law.version_id,
                ordinal=ordinal,
                label=draft.label,
                text=draft.text,
                article=draft.article,
                heading=draft.heading,
                source_text=draft.row if draft.row != draft.text else None,
                place=draft.place,
                page=draft.page,
                ocr=draft.ocr,
            )
        )
    return provisions
