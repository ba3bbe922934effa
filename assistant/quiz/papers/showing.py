"""How an item looks on one variant (卷面): its options in another order, and its question without the key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.quiz.contract import ItemContent, QuizItem
from assistant.quiz.paper_contract import Answer, AskedItem

_NAMES_ANOTHER = re.compile(
    r"[以上下]+(?:都|均|各项|皆|全|选项|答案|说法|情形都|情形均)|上述(?:都|均|各项|皆|全|选项|答案|说法|情形)"
    r"|(?:都|均|皆|全部?)(?:是|不是|对|不对|正确|不正确|错误|属于|不属于)$|前[两二三四0-9]+[项者种]|其他选项|无正确"
)
_LETTERS_ALONE = re.compile(r"[A-HＡ-Ｈ](?:\s*[、和与及,，]?\s*[A-HＡ-Ｈ])*[项对均都]*")
_NAMES_LETTER = re.compile(
    r"(?<![A-Za-zＡ-Ｚ])[A-HＡ-Ｈ](?:\s*[、和与及,，]?\s*[A-HＡ-Ｈ])*\s*(?:选?项|两项|三项|正确|错误|不正确|不选|不当选|当选)"
    r"|(?:选项?|选择|答案[是为：:]?)\s*[A-HＡ-Ｈ]{1,8}(?![A-Za-z])|第[一二三四五六1-8]个?选项"
)


def order_matters(item: ItemContent) -> bool:
    """Whether the options must stay in their order: one speaks of the others, or words name options by letter."""
    if any(_NAMES_ANOTHER.search(option) or _LETTERS_ALONE.fullmatch(option.strip()) for option in item.options):
        return True
    named = (item.stem, item.explanation, *item.options, *(refutation.reason for refutation in item.refutations))
    return any(_NAMES_LETTER.search(words) for words in named)


def shown_item(item: QuizItem, order: Sequence[int]) -> QuizItem:
    """The item with its options in the order shown; ``order[k]`` is the own index of the option shown as ``k``."""
    if list(order) == list(range(len(item.options))):
        return item
    place = {own: shown for shown, own in enumerate(order)}
    return item.model_copy(
        update={
            "options": [item.options[own] for own in order],
            "key": item.key.model_copy(update={"correct": sorted(place[own] for own in item.key.correct)}),
            "refutations": [r.model_copy(update={"option": place[r.option]}) for r in item.refutations],
        }
    )


def own_answer(answer: Answer, order: Sequence[int]) -> Answer:
    """An answer given to options as shown, in the item's own order; what names no option is left out."""
    if not answer.chosen:
        return answer
    chosen = sorted({order[shown] for shown in answer.chosen if shown < len(order)})
    return answer.model_copy(update={"chosen": chosen})


def asked_item(
    item: ItemContent, number: int, order: Sequence[int], points: Decimal, answer: Answer | None = None
) -> AskedItem:
    """The item as it is put to somebody: only what is needed to answer it."""
    return AskedItem(
        number=number,
        kind=item.kind,
        form=item.form,
        stem=item.stem,
        options=[item.options[own] for own in order],
        blanks=len(item.key.blanks),
        points=points,
        answer=answer,
    )
