"""What a sentence claims (主张), held against the provisions it cites, from its dates to its single words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer.attribution import NamedArticle
from assistant.answer.figures import find_dates, ordinals, vague_amounts
from assistant.answer.measures import unfounded_mark
from assistant.answer.modality import Modal, read_modality
from assistant.answer.source import Source
from assistant.answer.tiers import find_marks, is_supposed, rest_of_piece
from assistant.answer.wording import is_negated, longest_shared, occurrences, pairs, shared_runs

LEAST_SHARED_WORDS = 0.45
"""Share of a sentence's character pairs that its provisions must hold; see docs/grounding.md for how it was set."""

_STATES_LAW = re.compile(
    r"属于|构成|视为|违反|无效|合法|违法(?!行为)|义务|法律责任|从业|适用(?!的?(?:规定|条文|法律|依据))|有期徒刑|处罚款"
)
_QUALIFIERS = re.compile(
    r"情节(?:特别|较为|比较)?(?:严重|较轻|轻微|恶劣|较重)|拒不(?:改正|整改|停止|拆除|执行|缴纳)|逾期(?:不|未|仍)"
    r"|(?:严重|特别严重|重大|较大)(?:后果|影响|损失|事故)|屡教不改|屡次|再次|多次|初次|首次|主动(?:消除|减轻|供述|投案)"
    r"|构成犯罪|直接负责的主管人员|直接责任人员|法定代表人|主要负责人|未成年人|个体工商户|情节"
)
_ORGAN = "部门|机关|机构|政府|委员会|法院|检察院|海关|公安局|监管局|管理局|执法局|总局|大队|支队|办公室"
# 由县级以上人民政府|市场监督管理部门: the name goes on to its last organ.
_AUTHORITY = re.compile(
    rf"由(?P<name>[^，。；：由（]{{2,40}}?(?:{_ORGAN}))(?![^，。；：责处没吊暂给予依按可应决对在]{{1,12}}(?:{_ORGAN}))"
)
_ACTOR = re.compile(
    r"[由经](?P<who>[^，。；：、由]{2,24}?)(?P<act>同意|承担|负担|负责|批准|决定|主持|作出|核准|代为|执行)"
)
_AUTHORITY_PREFIX = re.compile(
    r"^(?:国务院|设区的市级|市级|县级|省级|以上|地方|各级|人民政府|当地|所在地|有关|相关|主管|的|其|该|违法行为发生地|省、自治区、直辖市)+"
)
_OBJECTS = re.compile(
    r"许可证|营业执照|执照|资格证|资格|证书|驾驶证|执业证|资质|违法所得|非法财物|财物|工具|设备|原料|产品|商品|食品|药品|账户|户口|护照|船舶|车辆"
)
_FEW_PAIRS, _MANY_PAIRS = 4, 12
"""Pairs from which on a sentence must share words with what it cites: one that states law, and any other."""
_MOST_LINKING_PAIRS = 40
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEAST_NEGATED_RUN = 2
_LEAST_PHRASE, _LEAST_END = 4, 2
"""Characters that must be shared before and behind a word for it to count as exchanged."""
_FUNCTION_WORD = re.compile(r"[和及与或者且并的地得之其该本了在于从自至依按照等所]+")
_MARKS = "，。；：、 \n"


def states_law(text: str) -> bool:
    """Whether a sentence says what the law is: a figure, measure, modal word, date, or words such as 属于."""
    return bool(
        find_marks(text)
        or vague_amounts(text)
        or find_dates(text)
        or read_modality(text).words
        or _STATES_LAW.search(text)
        or _QUALIFIERS.search(text)
        or _AUTHORITY.search(text)
    )


def restates(text: str, known: Sequence[Source]) -> bool:
    """Whether a sentence, none of whose words states law, tells what a provision says, or is too long to be a link."""
    said = pairs(text)
    if len(said) > _MOST_LINKING_PAIRS:
        return True
    return len(said) >= _FEW_PAIRS and any(len(said & pairs(s.text)) / len(said) >= 0.6 for s in known)


def unfounded_claim(text: str, named: Sequence[NamedArticle], cited: Sequence[Source]) -> str | None:
    """What in ``text`` does not stand in the cited provisions, in words for the officer; None when all does."""
    return (
        _unfounded_numbers(text, cited)
        or unfounded_mark(text, named, cited)
        or _unfounded_modals(text, cited)
        or _unfounded_negation(text, cited)
        or _unfounded_words(text, cited)
        or _exchanged_word(text, cited)
        or _unrelated(text, cited)
    )


# ---- dates, ordinals, vague amounts ------------------------------------------------------------------------------


def _unfounded_numbers(text: str, cited: Sequence[Source]) -> str | None:
    for written, day in find_dates(text):
        if not any(all(a is None or a == b for a, b in zip(day, held, strict=True)) for s in cited for held in s.dates):
            return f"日期“{written}”不见于所引条文。"
    for written, ordinal in ordinals(text):
        if ordinal[1] not in "，、点" and not any(ordinal in s.ordinals for s in cited):
            return f"“{written}”不见于所引条文。"
    for written in vague_amounts(text):
        if not any(written.replace("天", "日") in s.words.replace("天", "日") for s in cited):
            return f"“{written}”不见于所引条文。"
    return None


# ---- modal words and negations -----------------------------------------------------------------------------------


def _unfounded_modals(text: str, cited: Sequence[Source]) -> str | None:
    """A modal word must govern in a provision what it governs in the sentence."""
    marks = find_marks(text)
    for word in read_modality(text).words:
        act = rest_of_piece(text, word.end)
        if any(word.end <= m.start < word.end + len(act) and m.measure for m in marks):
            continue  # judged with the measure
        if word.kind not in _kinds_governing(act, cited):
            return f"“{text[word.start : word.end]}{act[:8]}”与条文不符：条文并未如此规定。"
    return None


def _kinds_governing(act: str, cited: Sequence[Source]) -> set[Modal]:
    """The modal kinds under which the provisions speak of ``act``: those written beside it, else those in reach.

    An act that they do not speak of may stand under any kind that they use.
    """
    run = _shared_head(act, cited) or longest_shared(act, [s.words for s in cited], 2)
    places = [(s, s.window[0] + at) for s in cited for at in (occurrences(run, s.words) if run else ())]
    beside = {kind for s, at in places if (kind := s.modality.in_piece(at)) is not None}
    ordered = [(s, at) for s, at in places if not is_supposed(s.text, at)]
    in_reach = {kind for s, at in ordered if (kind := s.modality.in_clause(at)) is not None}
    if ordered:
        return beside or in_reach or {Modal.MUST}
    used = {w.kind for s in cited for w in s.modality.words}
    return beside or used | {Modal.MUST for s in cited if s.placed}


def _shared_head(act: str, cited: Sequence[Source]) -> str:
    """The longest beginning of ``act``, of two characters or more, that a provision holds; '' for none."""
    lengths = range(len(act), 1, -1)
    return next((act[:n] for n in lengths if any(act[:n] in s.words for s in cited)), "")


def _unfounded_negation(text: str, cited: Sequence[Source]) -> str | None:
    """Words shared with a provision must be negated where it negates them, and only there."""
    judged = [(m.start, m.end) for m in find_marks(text)]
    for source in cited:
        for start, end in shared_runs(text, source.words, _LEAST_NEGATED_RUN):
            if any(begin <= start < finish for begin, finish in judged):
                continue
            run = text[start:end].rstrip(_MARKS)
            here = is_negated(text, start)
            if len(run) < _LEAST_NEGATED_RUN or not _HAN.match(run):
                continue
            if all(here is not is_negated(s.words, at) for s in cited for at in occurrences(run, s.words)):
                said = text[max(0, start - 2) : end] if here else run
                return f"“{said[:16].strip(_MARKS)}”与条文的肯定、否定相反。"
    return None


# ---- words -------------------------------------------------------------------------------------------------------


def _unfounded_words(text: str, cited: Sequence[Source]) -> str | None:
    held = "".join(s.text + str(s.evidence.provision.heading) for s in cited)
    for word in _absent(_QUALIFIERS.findall(text), held):
        return f"条件“{word}”不见于所引条文。"
    for match in _AUTHORITY.finditer(text):
        core = _AUTHORITY_PREFIX.sub("", match["name"])
        if core not in held:
            return f"机关“{match['name']}”不见于所引条文。"
    if fault := _wrong_actor(text, held):
        return fault
    if any(m.measure for m in find_marks(text)):
        for word in _absent(_OBJECTS.findall(text), held):
            return f"“{word}”不见于所引条文。"
    return None


def _wrong_actor(text: str, held: str) -> str | None:
    """由甲承担, 经甲批准 where the provisions name 乙 there and nobody else."""
    for said in _ACTOR.finditer(text):
        there = [m for m in _ACTOR.finditer(held) if m["act"] == said["act"]]
        if there and not any(said["who"] in m["who"] or m["who"] in said["who"] for m in there):
            return f"“{said.group()}”与条文“{there[0].group()}”不符。"
    return None


def _absent(words: Iterable[str], held: str) -> Iterable[str]:
    return (word for word in words if word not in held)


def _exchanged_word(text: str, cited: Sequence[Source]) -> str | None:
    """One word of a provision's phrase exchanged for one that it does not know: 销售|劣|药的 for 销售|假|药的."""
    figures = [(m.start, m.end) for m in find_marks(text) if m.figure]
    for source in cited:
        words = "".join(source.words.split())
        for start, end in shared_runs(text, words, _LEAST_PHRASE):
            for gap in (1, 2):
                said, after = text[end : end + gap], text[end + gap : end + gap + _LEAST_END]
                if len(_HAN.findall(said)) < gap or said in words or _FUNCTION_WORD.fullmatch(said):
                    continue
                if len(after) < _LEAST_END or not _HAN.search(after):
                    continue
                if any(begin < end + gap and end < finish for begin, finish in figures):
                    continue
                phrase = re.compile(f"{re.escape(text[start:end])}([\u4e00-\u9fff]{{{gap}}}){re.escape(after)}")
                held = [m[1] for m in phrase.finditer(words)]
                if held and not any(_FUNCTION_WORD.fullmatch(h) for h in held):
                    return f"“{text[start:end][-6:]}{said}{after}”在条文中写作“{held[0]}”。"
    return None


def _unrelated(text: str, cited: Sequence[Source]) -> str | None:
    said = pairs(text)
    if len(said) < (_FEW_PAIRS if states_law(text) else _MANY_PAIRS):
        return None
    held = frozenset().union(*(pairs(s.words) for s in cited))
    shared = len(said & held) / len(said)
    return "与所引条文没有关联。" if shared < LEAST_SHARED_WORDS else None
