"""The audit of benchmarks as Markdown (审查报告): cited laws with their state, every section, every problem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.discretion.contract import AuditResponse, CitedLawState, SectionAudit
from assistant.discretion.words import SEVERITY_ZH, STANDING_ZH, count_words


def audit_markdown(responses: Sequence[AuditResponse]) -> str:
    """One chapter for each benchmark."""
    return "\n".join(_benchmark(response) for response in responses) or "语料中没有裁量基准。\n"


def _benchmark(response: AuditResponse) -> str:
    counts = "，".join(f"{count_words(name)} {count}" for name, count in response.summary.items())
    parts = [
        f"# 《{response.document}》审查\n",
        f"依据状态截至 {response.as_of}；{counts}。\n",
        "“拟对应条文”由文字比对得出，仅为建议，须由人工确认。\n",
        "## 所引法律\n",
        _table(("所引法律", "状态", "说明", "后继", "拟对应条文"), (_law(law) for law in response.laws)),
        "## 各项标准\n",
        _table(("编号", "标题", "页", "依据", "问题"), (_section(section) for section in response.sections)),
    ]
    return "\n".join(parts)


def _law(law: CitedLawState) -> tuple[str, ...]:
    proposal = law.proposal or ""
    if proposal and law.proposal_score is not None:
        proposal += f"（相似度 {law.proposal_score:.2f}）"
    return law.written, STANDING_ZH.get(law.state, law.state), law.text, law.successor or "", proposal


def _section(section: SectionAudit) -> tuple[str, ...]:
    laws = "；".join(f"{law.written}：{STANDING_ZH.get(law.state, law.state)}" for law in section.laws)
    problems = "；".join(f"【{SEVERITY_ZH.get(p.severity, p.severity)}】{p.text}" for p in section.problems)
    return section.id, section.title, "、".join(map(str, section.pages)), laws, problems


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")
