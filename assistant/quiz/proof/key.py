"""Whether the quotation bears the key (答案有据), wrong options are refuted (错项可驳) and there is no second key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.quiz.contract import BLANK, Form, ItemContent, Point
from assistant.quiz.proof.evidence import Evidence, contained, likeness, plain
from assistant.quiz.proof.naming import spelled_out
from corpus.money import find_amounts
from corpus.quantities import Unit, find_quantities

_VALUES = frozenset({Point.AMOUNT, Point.MULTIPLE, Point.TIME_LIMIT, Point.AUTHORITY, Point.PENALTY})
_CONDITION = re.compile(r"(?:^|[，；。])([^，；。\n]{2,40}的)(?=[，,])")
_MODAL = re.compile(r"可以|应当|必须|不得|禁止|无须|不必")
_LIKE = 0.75
_SAME_SUBJECT = 0.85
_CONTEXT = 5
_WORSE = re.compile(
    r"情节(?:特别)?严重|情节较[轻重]|情节轻微|逾期(?:仍)?[不未]改正|拒不改正|造成(?:严重|重大)?后果|再次违[法反]"
)
_ASKS_FOR_WHAT_IS_NOT = re.compile(
    r"(?:下列|以下|哪)[^，。？]*【?不】?(?:属于|包括|符合|正确)|(?:错误|不正确)的(?:是|有|一项)"
)
_LEAD = re.compile(r"^\s*(?:根据|依照|按照)《(?P<title>[^》]+)》(?:的?规定)?，?")
_OF_A_LIST = re.compile(r"(?:不适用，不符合“|适用，所列情形均已满足，)(?P<said>.+?)(?:”的要求)?$")
"""How an option says whether a list applies to a case: the words of the list are inside."""
_OF_AN_ARTICLE = re.compile(r"《[^》]+》(?P<label>第[^：“”]+)：“(?P<said>[^“”]+)”")
"""How an option names an article together with what it says."""
_OWN = re.compile(r"(?<!基)本(?:法典?|条例|办法|规定)(?!律|第)")
_DUTY = re.compile(r"应当(?:履行|遵守)(?P<rule>《[^》]+》第[^，。；]+?条)规定的")
"""A duty that a decision holds against the party: its breach violates the rule."""
ONE_IS_ENOUGH = "（答出其一即可）"
"""Said of a scoring point whose words name orders of which one is made; no words of the law."""
_ASIDE = re.compile(r"（[^（）]*）")

Value = tuple[Decimal, str]


def values_of(words: str) -> tuple[Value, ...]:
    """The sums and quantities in words, in order."""
    found: list[tuple[int, Value]] = [(m.start, (m.value, "元")) for m in find_amounts(words)]
    found += [(q.start, (q.value, _unit(q.unit))) for q in find_quantities(words)]
    return tuple(value for _, value in sorted(found))


def _unit(unit: Unit) -> str:
    return unit.value


def support_fault(item: ItemContent, evidence: Evidence) -> str:
    """Why the cited words do not bear the key; "" where they do."""
    claim = item.claim
    if claim is None:
        return "没有写明答案取自哪些文字"
    if claim.citation >= len(item.citations):
        return "答案所据的引文不存在"
    cited = item.citations[claim.citation]
    held = evidence.provision(cited.provision_id)
    if held is None:
        return "答案所据的条文不在现行文本中"
    text = plain(held[1].text)
    quotations = [plain(c.quotation) for c in (item.citations if item.form is Form.MANY else [cited])]
    if claim.subject and plain(claim.subject) not in text:
        return f"条文里没有“{claim.subject[:40]}”"
    for answer in claim.answers:
        if not any(plain(answer) in quotation for quotation in quotations):
            return f"引文里没有“{answer[:40]}”"
    if not claim.answers:
        return "没有写明答案的文字"
    return (
        _wrong_law(item)
        or _key_fault(item, claim.answers, text)
        or _points_fault(item, evidence)
        or _torn_condition(item, held[1].text)
        or _foreign_condition(item)
        or _turned_question(item)
    )


def _wrong_law(item: ItemContent) -> str:
    """The stem asks what one law says, and another is cited."""
    lead = _LEAD.match(item.stem)
    if lead is None or any(lead["title"] in c.title or c.title in lead["title"] for c in item.citations):
        return ""
    return f"题干问的是《{lead['title'][:40]}》，引文出自{item.citations[0].citation}"


def _foreign_condition(item: ItemContent) -> str:
    """A condition in the stem (情节严重的) that is not one of the clause which gives the answer."""
    claim = item.claim
    if claim is None or claim.point not in _VALUES or (item.form is Form.TRUTH and not item.key.truth):
        return ""
    quoted = item.citations[claim.citation].quotation
    clauses = [c for c in re.split(r"[；。\n]", quoted) if any(answer in c for answer in claim.answers)]
    for found in _WORSE.finditer(item.stem):
        if clauses and found.group() not in claim.subject and not any(found.group() in c for c in clauses):
            return f"题干写有“{found.group()}”，而答案不是对这种情形的规定"
    return ""


def _turned_question(item: ItemContent) -> str:
    """The stem asks what does not belong to the very thing of which the claim says that it does."""
    claim = item.claim
    if claim is None or not claim.subject or not (turned := _ASKS_FOR_WHAT_IS_NOT.search(item.stem)):
        return ""
    if contained(plain(claim.subject), plain(item.stem)) >= _SAME_SUBJECT:
        return f"题干反问“{turned.group()[-12:]}”，而引文正面规定了答案"
    return ""


def _key_fault(item: ItemContent, answers: Sequence[str], text: str) -> str:
    """Where the key says other than the words it is taken from."""
    key = item.key
    if item.form in (Form.ONE, Form.MANY):
        for option in (item.options[c] for c in key.correct):
            if not any(_same(option, answer) for answer in answers) or not _quoted(option, item, answers):
                return f"选项“{option[:40]}”不是引文的文字"
    elif item.form is Form.TRUTH:
        said = all(plain(a) in plain(item.stem) for a in answers)
        if key.truth and not said:
            return "判断为正确，但题干与引文不一致"
        if not key.truth and said:
            return "判断为错误，但题干与引文一致"
        return _truth_values_fault(item, answers)
    elif item.form is Form.BLANKS:
        return _blank_fault(item, text)
    return ""


def _points_fault(item: ItemContent, evidence: Evidence) -> str:
    """A scoring point with other words than the quotations; 该法第…条 may be told under the law's title."""
    quoted: list[str] = []
    for cited in item.citations if item.form is Form.POINTS else []:
        held = evidence.provision(cited.provision_id)
        before = held[1].text[: cited.span[0]] if held is not None else ""
        named = _OWN.sub(f"《{cited.title.removeprefix('中华人民共和国')}》", cited.quotation)
        spelled = _DUTY.sub(r"违反\g<rule>", spelled_out(cited.quotation, before))
        quoted += [plain(cited.quotation), plain(spelled), plain(named)]
    for point in item.key.points:
        clauses = [plain(c) for c in re.split("[，；]", point.text.removesuffix(ONE_IS_ENOUGH))]
        if not any(_in_order(clauses, q) for q in ("".join(quoted[::3]), "".join(quoted[1::3]), *quoted)):
            return f"评分要点“{point.text[:40]}”不是引文的文字"
    return ""


def _in_order(clauses: Sequence[str], text: str) -> bool:
    """Whether all clauses stand in a text, one after the other."""
    at = 0
    for clause in clauses:
        found = text.find(clause, at)
        if found < 0:
            return False
        at = found + len(clause)
    return True


def _quoted(option: str, item: ItemContent, answers: Sequence[str]) -> bool:
    """Whether a right option says no more than the quotations: 不予罚款 has 罚款 in it, and is another rule."""
    if article := _OF_AN_ARTICLE.match(option):
        quoted = any(plain(article["said"]) in plain(c.quotation) for c in item.citations)
        return quoted and any(plain(article["label"]) in plain(told) for told in answers)
    framed = _OF_A_LIST.match(option)
    words = plain(framed["said"] if framed else re.sub(r"^《[^》]+》(?=第)", "", option))
    return any(words in plain(told) for told in (*answers, *(c.quotation for c in item.citations)))


def _truth_values_fault(item: ItemContent, answers: Sequence[str]) -> str:
    """A true statement with a figure of its own, or a false one whose figures are those of the law."""
    if item.claim is None or item.claim.point not in _VALUES:
        return ""
    stem = set(values_of(_LEAD.sub("", item.stem)))
    if item.key.truth:
        quoted = {value for c in item.citations for value in values_of(c.quotation)}
        return "" if stem <= quoted else "判断为正确，但题干有引文没有的数额或者期限"
    right = {value for answer in answers for value in values_of(answer)}
    return "判断为错误，但题干的数额或者期限正是引文的" if right and right == stem else ""


def _blank_fault(item: ItemContent, text: str) -> str:
    """Each blank with its answer stands in the provision between the words that stand around it in the stem."""
    whole = _LEAD.sub("", item.stem)
    without_asides = _ASIDE.sub("", whole)
    for number, accepted in enumerate(item.key.blanks):
        if not any(_stands(text, stem, number, plain(a)) for a in accepted for stem in (whole, without_asides)):
            return f"第{number + 1}空的答案与原文的上下文对不上"
    return ""


def _stands(text: str, stem: str, number: int, answer: str) -> bool:
    pieces = [plain(p) for p in stem.split(BLANK)]
    if number + 1 >= len(pieces):
        return False
    before, after = pieces[number][-_CONTEXT:], pieces[number + 1][:_CONTEXT]
    return bool(before or after) and before + answer in text and answer + after in text


def _torn_condition(item: ItemContent, text: str) -> str:
    """A condition of the answer's own part of the sentence that the stem does not tell (情节严重的, 逾期不改正的)."""
    claim = item.claim
    if claim is None or claim.point not in _VALUES or not claim.subject:
        return ""
    begin, end = item.citations[claim.citation].span
    at = text.find(claim.subject, 0, end)
    if at < 0:
        return ""
    told = plain(item.stem)
    for answer in claim.answers:
        after = max(begin, at + len(claim.subject))
        found = text.find(answer, after, end)
        if found < 0:
            continue
        between = text[at + len(claim.subject) : found]
        own = re.split(r"[；。\n]", between)[-1]
        for condition in _CONDITION.finditer("，" + own.lstrip("的，,")):
            if plain(condition[1]).removesuffix("的") not in told:
                return f"题干没有写出条件“{condition[1]}”"
    return ""


def _same(option: str, answer: str) -> bool:
    option, answer = plain(option), plain(answer)
    return option in answer or answer in option


def refutation_fault(item: ItemContent, evidence: Evidence) -> str:
    """The first wrong option that cannot be refuted, and why; "" where all can."""
    claim = item.claim
    if item.form not in (Form.ONE, Form.MANY):
        return _truth_fault(item, evidence) if item.form is Form.TRUTH else ""
    right = [item.options[c] for c in item.key.correct]
    for number, option in enumerate(item.options):
        if number in item.key.correct:
            continue
        for answer in [*right, *(claim.answers if claim else [])]:
            if _alike(option, answer):
                return f"错项“{option[:40]}”与答案“{answer[:40]}”难以区分"
        if not any(r.option == number for r in item.refutations):
            return f"错项“{option[:40]}”没有写明错在哪里"
        if claim is not None and claim.subject and (place := _stated_elsewhere(item, option, evidence)):
            return f"错项“{option[:40]}”在{place}有同样的规定"
    return ""


def _alike(option: str, answer: str) -> bool:
    """Whether two options say the same: the same values, or nearly the same words without values."""
    if _MODAL.findall(option) != _MODAL.findall(answer):
        return False  # 可以不予 is another rule than 不予, 可以 another than 应当
    first, second = values_of(option), values_of(answer)
    if first or second:
        same_words = plain(_without_numbers(option)) == plain(_without_numbers(answer))
        return first == second and (same_words or likeness(plain(option), plain(answer)) > _LIKE)
    a, b = plain(option), plain(answer)
    return a == b or a in b or b in a or likeness(a, b) > _LIKE


def _without_numbers(words: str) -> str:
    return re.sub(r"[0-9０-９〇零一二两三四五六七八九十百千万亿]", "", words)


def _truth_fault(item: ItemContent, evidence: Evidence) -> str:
    """A statement that counts as wrong must not stand in the law somewhere else."""
    if item.key.truth:
        return ""
    statement = plain(re.sub(r"^(?:根据|依照|按照)《[^》]+》(?:的?规定)?，?", "", item.stem))
    for line in evidence.concordance.lines_with(statement):
        return f"题干的陈述见于{_name(line.provision_id, evidence)}"
    return ""


def _stated_elsewhere(item: ItemContent, option: str, evidence: Evidence) -> str:
    """Another provision in force that states the wrong option of the same subject."""
    claim = item.claim
    assert claim is not None
    cited = {c.provision_id for c in item.citations}
    subject, words = plain(claim.subject), plain(option)
    if len(subject) < 4 or len(words) < 2:
        return ""
    for provision_id, line in _beside(subject, words, evidence):
        if provision_id in cited:
            continue
        if contained(subject, line) >= _SAME_SUBJECT:
            return _name(provision_id, evidence)
    return ""


def _beside(subject: str, words: str, evidence: Evidence) -> Iterator[tuple[str, str]]:
    for line in evidence.concordance.lines_with(words):
        yield line.provision_id, line.words
    wanted = values_of(words)
    if wanted:
        for line in evidence.concordance.lines_with(subject):
            if set(wanted) <= set(values_of(line.words)):
                yield line.provision_id, line.words


def _name(provision_id: str, evidence: Evidence) -> str:
    held = evidence.provision(provision_id)
    return f"《{held[0].document.title}》{held[1].label}" if held else provision_id


def second_key_fault(item: ItemContent) -> str:
    """Two options, or two accepted answers, that would both be right or mean the same."""
    if item.form in (Form.ONE, Form.MANY):
        for i, first in enumerate(item.options):
            for second in item.options[i + 1 :]:
                if (
                    values_of(first)
                    and values_of(first) == values_of(second)
                    and likeness(plain(first), plain(second)) > _LIKE
                ):
                    return f"“{first[:30]}”与“{second[:30]}”意思相同"
    if item.form is Form.BLANKS and any(len({plain(a) for a in b}) < len(b) for b in item.key.blanks):
        return "填空的答案有重复"
    return ""
