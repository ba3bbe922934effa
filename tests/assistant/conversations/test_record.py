"""What people ask goes on record; what the program looks up itself to show an old answer does not."""

from __future__ import annotations

from assistant.auditlog.contract import Act
from assistant.auditlog.recording import recording
from assistant.conversations.contract import AskInConversation, MessagesQuery
from assistant.conversations.service import ConversationService
from assistant.conversations.store import ConversationStore
from assistant.views import LayeredViews
from tests.assistant.conversations.conftest import ME, TODAY, Bench


class Noting:
    """A recorder that keeps the acts."""

    def __init__(self) -> None:
        self.acts: list[Act] = []

    def record(self, act: Act, *_by: object, **_more: object) -> None:
        self.acts.append(act)


def test_citations_of_old_answers_are_looked_up_without_a_record(bench: Bench) -> None:
    noting = Noting()
    recorded = LayeredViews(bench.views, (recording(noting, lambda: "1"),))
    service = ConversationService(ConversationStore(bench.userdata), recorded, lambda: TODAY, unrecorded=bench.views)
    conversation = bench.begin()
    for question in ("占道经营怎么处罚", "那要是第二次被抓呢"):
        list(service.ask(ME, conversation, AskInConversation(question=question)))
    shown = service.messages(ME, conversation, MessagesQuery()).items
    assert any(message.response and message.response.citations for message in shown)
    assert set(noting.acts) == {Act.ASK_BEGUN, Act.ASK}
