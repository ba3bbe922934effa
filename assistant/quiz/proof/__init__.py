"""What can be proved of an item (试题校验): read anew from the texts, not taken from whoever made the item."""

from assistant.quiz.proof.evidence import Evidence
from assistant.quiz.proof.proving import prove

__all__ = ["Evidence", "prove"]
