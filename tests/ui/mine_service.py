"""What is kept of people, for the page's stand-in: the real services, over a database of the test's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.accounts.principal import LOCAL
from assistant.curated.service import CuratedService
from assistant.favourites.service import FavouritesService
from assistant.feedback.service import FeedbackService
from assistant.handbook.service import HandbookService
from assistant.personal.service import PersonalDataService
from assistant.refused.service import RefusedService
from assistant.userdata import UserData
from assistant.views import OpenViews
from tests.ui.service import TODAY, FakeService


class FakeFeedback:
    """The feedback of the one person of the page."""

    def __init__(self, feedback: FeedbackService) -> None:
        self._feedback = feedback

    def give(self, request):
        return self._feedback.give(LOCAL, request)

    def own(self, page):
        return self._feedback.own(LOCAL, page)


class FakeReview:
    """The reviewers' queues, seen by the one person of the page."""

    def __init__(self, fake: FakeService, feedback: FeedbackService, userdata: UserData) -> None:
        self._fake = fake
        self._feedback = feedback
        self._curated = CuratedService(userdata, lambda: TODAY, noted=feedback.made_into)
        self.refused_questions = RefusedService(userdata, lambda: TODAY, 30)

    def feedback(self, query):
        return self._feedback.queue(query)

    def feedback_entry(self, feedback_id):
        return self._feedback.entry(self._fake, feedback_id)

    def settle_feedback(self, feedback_id, settlement):
        return self._feedback.settle(LOCAL, feedback_id, settlement)

    def curated(self, query):
        return self._curated.entries(self._fake, query)

    def curated_entry(self, curated_id):
        return self._curated.entry(self._fake, curated_id)

    def write_curated(self, request, curated_id=None):
        if curated_id is None:
            return self._curated.write(LOCAL, self._fake, request)
        return self._curated.rewrite(LOCAL, self._fake, curated_id, request)

    def approve_curated(self, curated_id, decision):
        return self._curated.approve(LOCAL, self._fake, curated_id, decision)

    def withdraw_curated(self, curated_id, decision):
        return self._curated.withdraw(LOCAL, self._fake, curated_id, decision)

    def refused(self, query):
        return self.refused_questions.groups(self._fake, query)

    def settle_refused(self, group_id, settlement):
        return self.refused_questions.settle(self._fake, group_id, settlement)


class FakeMine:
    """Favourites, recent entries, handbooks and data of the one person of the page."""

    def __init__(self, fake: FakeService, feedback: FeedbackService, userdata: UserData) -> None:
        self._fake = fake
        self._favourites = FavouritesService(userdata, OpenViews(fake, fake.desk))
        self._handbooks = HandbookService(userdata, lambda: TODAY)
        areas = {"feedback": feedback, "entries": self._favourites, "handbooks": self._handbooks}
        self._personal = PersonalDataService(areas)

    def favourites(self, query):
        return self._favourites.favourites(LOCAL, query)

    def add_favourite(self, request):
        return self._favourites.add(LOCAL, request)

    def remove_favourite(self, key):
        self._favourites.remove(LOCAL, key)

    def recent(self, query):
        return self._favourites.recent(LOCAL, query)

    def note_opened(self, request):
        return self._favourites.opened(LOCAL, request)

    def clear_recent(self):
        self._favourites.clear_recent(LOCAL)

    def handbooks(self, page):
        return self._handbooks.own(LOCAL, page)

    def handbook(self, handbook_id):
        return self._handbooks.entry(LOCAL, self._fake, handbook_id)

    def save_handbook(self, request, handbook_id=None):
        return self._handbooks.save(LOCAL, self._fake, request, handbook_id)

    def remove_handbook(self, handbook_id):
        self._handbooks.remove(LOCAL, handbook_id)

    def handbook_docx(self, request):
        return self._handbooks.docx(self._fake, request)

    def data(self):
        return self._personal.export(LOCAL)

    def erase_data(self):
        return self._personal.erase(LOCAL)


def kept_for(fake: FakeService, folder: Path) -> UserData:
    """Give the stand-in what is kept of people; the caller closes the database."""
    userdata = UserData.open(f"sqlite:///{folder / 'userdata.db'}")
    feedback = FeedbackService(userdata, lambda: {})
    parts: dict[str, Any] = {
        "feedback": FakeFeedback(feedback),
        "review": FakeReview(fake, feedback, userdata),
        "mine": FakeMine(fake, feedback, userdata),
    }
    for name, part in parts.items():
        setattr(fake, name, part)
    return userdata
