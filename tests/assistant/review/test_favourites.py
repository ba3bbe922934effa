"""Favourites and recent entries: a person's own, with titles of the corpus, cut to what may still be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count

import pytest

from assistant.accounts.principal import Principal
from assistant.favourites import service as limits
from assistant.favourites.contract import EntryKey, EntryKind, EntryQuery, EntryRequest
from assistant.favourites.service import FavouritesService
from assistant.personal.service import PersonalDataService
from assistant.views import OpenViews
from corpus.errors import Conflict, NotFound
from tests.assistant.desk_stand_in import StandInDesk
from tests.assistant.people import OFFICER, OTHER, ReadingAssistant

ALL = EntryQuery()


class Clock:
    """A minute later at every look."""

    def __init__(self) -> None:
        self._minutes: Iterator[int] = count()

    def __call__(self) -> dt.datetime:
        return dt.datetime(2026, 11, 21, tzinfo=dt.UTC) + dt.timedelta(minutes=next(self._minutes))


class HidingViews(OpenViews):
    """The second officer may not read one document."""

    def assistant(self, principal: Principal):
        return hidden_from_other if principal.id == OTHER.id else self.everyones_assistant


hidden_from_other: ReadingAssistant


@pytest.fixture
def favourites(userdata, assistant, reader, law) -> FavouritesService:
    global hidden_from_other
    hidden_from_other = ReadingAssistant(reader, frozenset({law.document_id}))
    return FavouritesService(userdata, HidingViews(assistant, StandInDesk()), now=Clock())


def provision(law) -> EntryRequest:
    return EntryRequest(kind=EntryKind.PROVISION, id=law.provision_id, title="随便写的标题")


def test_titles_are_those_of_the_corpus(favourites, law):
    favourites.add(OFFICER, provision(law))
    favourites.add(OFFICER, EntryRequest(kind="document", id=law.document_id))
    favourites.add(OFFICER, EntryRequest(kind="answer", id="message-1", title="我的问题"))
    titles = [entry.title for entry in favourites.favourites(OFFICER, ALL).items]
    assert titles == ["我的问题", "中华人民共和国消防法", "《中华人民共和国消防法》第六十条"]
    assert favourites.favourites(OTHER, ALL).total == 0
    assert favourites.favourites(OFFICER, EntryQuery(kind="document")).total == 1


def test_adding_twice_keeps_one_and_removing_twice_is_no_error(favourites, law):
    favourites.add(OFFICER, provision(law))
    favourites.add(OFFICER, provision(law))
    assert favourites.favourites(OFFICER, ALL).total == 1
    key = EntryKey(kind="provision", id=law.provision_id)
    favourites.remove(OFFICER, key)
    favourites.remove(OFFICER, key)
    assert favourites.favourites(OFFICER, ALL).total == 0


@pytest.mark.parametrize("kind", [EntryKind.PROVISION, EntryKind.DOCUMENT])
def test_what_may_not_be_read_can_neither_be_kept_nor_seen(favourites, userdata, law, kind):
    request = EntryRequest(kind=kind, id=law.provision_id if kind is EntryKind.PROVISION else law.document_id)
    with pytest.raises(NotFound):
        favourites.add(OTHER, request)
    favourites.add(OFFICER, request)
    moved = Principal(OFFICER.id, OFFICER.name, OFFICER.role, OFFICER.permissions)
    blind = FavouritesService(userdata, OpenViews(hidden_from_other, StandInDesk()))
    assert blind.favourites(moved, ALL).total == 0
    assert favourites.favourites(OFFICER, ALL).total == 1


def test_recent_entries_are_few_and_the_last_comes_first(favourites, monkeypatch):
    monkeypatch.setattr(limits, "MOST_RECENT", 3)
    for number in range(5):
        favourites.opened(OFFICER, EntryRequest(kind="answer", id=f"m{number}", title=f"第{number}问"))
    favourites.opened(OFFICER, EntryRequest(kind="answer", id="m3", title="第3问"))
    assert [entry.id for entry in favourites.recent(OFFICER, ALL).items] == ["m3", "m4", "m2"]
    favourites.clear_recent(OFFICER)
    assert favourites.recent(OFFICER, ALL).total == 0


def test_there_is_a_most_to_be_kept(favourites, monkeypatch):
    monkeypatch.setattr(limits, "MOST_FAVOURITES", 1)
    favourites.add(OFFICER, EntryRequest(kind="answer", id="a"))
    favourites.add(OFFICER, EntryRequest(kind="answer", id="a"))
    with pytest.raises(Conflict):
        favourites.add(OFFICER, EntryRequest(kind="answer", id="b"))


def test_ones_own_data_is_handed_out_and_erased_and_nobody_elses(favourites, law):
    personal = PersonalDataService({"entries": favourites})
    favourites.add(OFFICER, provision(law))
    favourites.add(OTHER, EntryRequest(kind="answer", id="a"))
    assert personal.export(OFFICER).areas["entries"]["favourite"][0]["id"] == law.provision_id
    assert personal.erase(OFFICER).areas == {"entries": 1}
    assert favourites.favourites(OFFICER, ALL).total == 0
    assert favourites.favourites(OTHER, ALL).total == 1
