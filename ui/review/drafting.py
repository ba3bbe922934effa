"""A curated answer on the screen before it is saved (拟写): begun empty, from feedback, or from a saved one."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field

import streamlit as st
from pydantic import ValidationError

from assistant.curated.contract import CuratedDetail, CuratedRequest, Paragraph, Quote
from assistant.feedback.contract import FeedbackDetail
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError
from ui.state import today

NEW = "new"
OPENED = "curated"
_DRAFT = "curated_draft"
_numbers = itertools.count(1)


@dataclass
class DraftQuote:
    """A quotation on the screen."""

    provision_id: str
    citation: str
    quote: str
    number: int = field(default_factory=lambda: next(_numbers))


@dataclass
class DraftParagraph:
    """A paragraph on the screen."""

    text: str = ""
    quotes: list[DraftQuote] = field(default_factory=list)
    number: int = field(default_factory=lambda: next(_numbers))


@dataclass
class Draft:
    """What is being written; ``id`` is None until it is saved."""

    id: str | None = None
    title: str = ""
    question: str = ""
    phrasings: str = ""
    region: str = ""
    valid_from: dt.date = field(default_factory=today)
    valid_until: dt.date | None = None
    feedback_id: str | None = None
    paragraphs: list[DraftParagraph] = field(default_factory=lambda: [DraftParagraph()])
    problem: EAssistantError | None = None
    number: int = field(default_factory=lambda: next(_numbers))

    def request(self) -> CuratedRequest:
        """The answer as it stands on the screen. Raises InvalidInput."""
        try:
            return CuratedRequest(
                title=self.title,
                question=self.question,
                phrasings=[line for line in self.phrasings.splitlines() if line.strip()],
                paragraphs=[
                    Paragraph(text=p.text, quotes=[Quote(provision_id=q.provision_id, quote=q.quote) for q in p.quotes])
                    for p in self.paragraphs
                ],
                region=self.region or None,
                valid_from=self.valid_from,
                valid_until=self.valid_until,
                feedback_id=self.feedback_id,
            )
        except ValidationError as error:
            raise error_from_validation(error.errors()) from None


def current_draft() -> Draft | None:
    """What is being written in this session."""
    held: Draft | None = st.session_state.get(_DRAFT)
    return held


def leave_draft() -> None:
    st.session_state.pop(_DRAFT, None)


def begun() -> Draft:
    """An empty one, now being written."""
    draft = st.session_state[_DRAFT] = Draft()
    return draft


def draft_new() -> None:
    """Begin an empty one."""
    _write(Draft())


def draft_from_feedback(entry: FeedbackDetail) -> None:
    """Begin one from feedback: its question, and what the answer cited."""
    quotes = [DraftQuote(c.provision_id, c.citation, c.quote) for c in entry.response.citations[:3]]
    _write(
        Draft(
            title=entry.question[:50],
            question=entry.question[:500],
            region=entry.region or "",
            feedback_id=entry.id,
            paragraphs=[DraftParagraph("", quotes)],
        )
    )


def draft_from(entry: CuratedDetail, citations: dict[str, str]) -> None:
    """Begin to change a saved one; ``citations`` by provision."""
    paragraphs = [
        DraftParagraph(
            p.text, [DraftQuote(q.provision_id, citations.get(q.provision_id, "所引条文"), q.quote) for q in p.quotes]
        )
        for p in entry.paragraphs
    ]
    _write(
        Draft(
            id=entry.id,
            title=entry.title,
            question=entry.question,
            phrasings="\n".join(entry.phrasings),
            region=entry.region or "",
            valid_from=entry.valid_from,
            valid_until=entry.valid_until,
            feedback_id=entry.feedback_id,
            paragraphs=paragraphs or [DraftParagraph()],
        )
    )


def _write(draft: Draft) -> None:
    st.session_state[_DRAFT] = draft
    st.session_state["review"] = "审定答复"
    st.query_params.pop("feedback", None)
    st.query_params[OPENED] = NEW
