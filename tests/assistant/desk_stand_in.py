"""A stand-in for the discretion desk: two invented standards, one list entry, contract values and nothing behind them.

What it computes is not law: sums follow from the request so that a test can tell whether the request arrived.
"""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from decimal import Decimal

from assistant.discretion.contract import (
    Against,
    AuditProblem,
    AuditRequest,
    AuditResponse,
    BasisInfo,
    BoundsInfo,
    CheckRequest,
    CheckResponse,
    Cite,
    CitedLawState,
    ComputeRequest,
    ComputeResponse,
    CorrectionRequest,
    DoubtInfo,
    ExplainRequest,
    ExplainResponse,
    FactorInfo,
    FindRequest,
    FindResponse,
    FineInfo,
    FormulaInfo,
    FoundItem,
    FoundStandard,
    Ground,
    ItemInfo,
    Justifying,
    Line,
    Needed,
    NoPenalty,
    NoPenaltyResult,
    OptionInfo,
    Position,
    ReviewEntry,
    SectionAudit,
    StandardInfo,
    TierInfo,
)
from corpus.errors import EAssistantError, InvalidInput, NotFound

DOCUMENT = "示范市行政处罚裁量基准（示例）"
WEIGHTED_KEY = "ver-7/1.1.1"
TIERED_KEY = "ver-7/2.1"
ITEM_KEY = "ver-8/3"
STALE = "已被《中华人民共和国示例法典》废止（2026-08-15）"
LEGAL = FineInfo(
    text="处十万元以上一百万元以下的罚款", kind="range", min_yuan=Decimal(100000), max_yuan=Decimal(1000000)
)
BOUNDS = BoundsInfo(
    above_included=True,
    below_included=False,
    origin="rules",
    text="“以上”含本数，“以下”不含本数（《示范规则》第三条）。",
)
_SPOT = Cite(citation=f"《{DOCUMENT}》第35页", quote="超标1倍以下", page=35, document_id="doc-7")
PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    for kind, data in (
        (b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\x00\x00\xff")),
        (b"IEND", b""),
    )
)
"""Two pixels, one black and one white."""


def weighted() -> StandardInfo:
    """Factors with weights, two variants, a base to be asked for in neither."""
    return StandardInfo(
        key=WEIGHTED_KEY,
        id="1.1.1",
        document=DOCUMENT,
        document_id="doc-7",
        region="示范市",
        mode="weighted",
        chapter="水污染类",
        title="超过排放标准排放示例污水",
        behaviours=["超标排放示例污水"],
        violated=[
            BasisInfo(written="《中华人民共和国示例法》第十条", text="不得超标排放。", page=35, state="in_force")
        ],
        basis=[
            BasisInfo(
                written="《中华人民共和国示例法》第八十三条第二项",
                text=LEGAL.text,
                page=35,
                state="repealed",
                note=STALE,
                provision_ids=["ver-1/第二条"],
            )
        ],
        legal_ranges=[LEGAL],
        variants=["限期内改正", "逾期未改正"],
        factors=[
            FactorInfo(
                name="超标倍数",
                page=35,
                options=[
                    OptionInfo(label="超标1倍以下", weight_percent=Decimal(10), weight_text="10%", page=35),
                    OptionInfo(label="超标1倍以上", weight_percent=Decimal(40), weight_text="40%", page=35),
                ],
            ),
            FactorInfo(
                name="排放时间",
                page=36,
                options=[
                    OptionInfo(label="一天", weight_percent=Decimal(0), weight_text="0", page=36),
                    OptionInfo(label="一天以上", weight_percent=Decimal(30), weight_text="30%", page=36),
                ],
            ),
        ],
        formulas=[
            FormulaInfo(
                variant=name,
                start_weight_percent=Decimal(start),
                multiplier_yuan=Decimal(1000000),
                text="罚款金额＝裁量百分值总和×100万",
                page=36,
            )
            for name, start in (("限期内改正", 10), ("逾期未改正", 30))
        ],
        axes=[],
        fine_columns=[],
        tiers=[],
        remark="罚款金额＝裁量百分值总和×100万",
        pages=[35, 36],
        place="第35页",
        bounds=BOUNDS,
    )


def tiered() -> StandardInfo:
    """Three tiers over one axis, two columns of fines; needs review."""
    fines = {
        "轻微": ("不予处罚", "other", None, None),
        "一般": ("1万元以上3万元以下", "range", 10000, 30000),
        "严重": ("3万元以上5万元以下", "range", 30000, 50000),
    }
    return StandardInfo(
        key=TIERED_KEY,
        id="2.1",
        document=DOCUMENT,
        document_id="doc-7",
        region="示范市",
        mode="tiered",
        chapter="城市管理类",
        title="占用示例道路摆摊",
        behaviours=["占用道路摆摊"],
        violated=[],
        basis=[BasisInfo(written="《示范市示例条例》第三条", text="处一万元以上五万元以下的罚款", state="in_force")],
        legal_ranges=[
            FineInfo(text="一万元以上五万元以下", kind="range", min_yuan=Decimal(10000), max_yuan=Decimal(50000))
        ],
        variants=[],
        factors=[],
        formulas=[],
        axes=["违法情节"],
        fine_columns=["对单位罚款"],
        tiers=[
            TierInfo(
                index=index,
                when={"违法情节": label},
                grade=label,
                behaviour=f"{label}占道",
                fines={
                    "对单位罚款": FineInfo(
                        text=text,
                        kind=kind,
                        min_yuan=None if low is None else Decimal(low),
                        max_yuan=None if high is None else Decimal(high),
                    )
                },
                pages=[90],
                place="第90页",
            )
            for index, (label, (text, kind, low, high)) in enumerate(fines.items())
        ],
        remark="",
        pages=[90],
        place="第90页",
        bounds=BOUNDS,
        needs_review=[DoubtInfo(code="fine_not_read", message="第2档的罚款未能确认。", page=90, place="第90页第4行")],
    )


def item() -> ItemInfo:
    """An entry that is no punishment when both conditions hold."""
    return ItemInfo(
        key=ITEM_KEY,
        id="3",
        document="示范市轻微违法行为不予处罚清单（示例）",
        document_id="doc-8",
        region="示范市",
        category="水污染",
        violation="超标排放示例污水",
        effect="not_punish",
        lead="同时符合下列条件的，不予处罚：",
        conditions=["首次被发现", "超标0.1倍以内"],
        joint=True,
        exclusions=[],
        provisions=[],
        remarks=["本清单不适用于夜间排放。"],
        pages=[2],
        place="第2页",
    )


class StandInDesk:
    """Answers about what is above; remembers the requests it got. ``fails`` is raised by every method."""

    def __init__(self) -> None:
        self.requests: list[object] = []
        self.fails: EAssistantError | None = None
        self.finds = True
        self.held = {standard.key: standard for standard in (weighted(), tiered())}
        self.corrections: dict[str, CorrectionRequest] = {}

    def _note(self, request: object) -> None:
        if self.fails is not None:
            raise self.fails
        self.requests.append(request)

    def standards(
        self, query: str | None = None, document: str | None = None, as_of: dt.date | None = None
    ) -> list[StandardInfo]:
        self._note(("standards", query, document, as_of))
        return [s for s in self.held.values() if not query or query in s.title]

    def standard(self, key: str, as_of: dt.date | None = None) -> StandardInfo:
        self._note(("standard", key, as_of))
        if key not in self.held:
            raise NotFound(f"没有编号为 {key} 的裁量标准。", remedy="请用 eassistant discretion list 查看编号。")
        return self.held[key]

    def items(self, document: str | None = None) -> list[ItemInfo]:
        self._note(("items", document))
        return [item()]

    def find(self, request: FindRequest) -> FindResponse:
        self._note(request)
        if not self.finds:
            return FindResponse(standards=[], items=[], notes=["没有找到相近的裁量标准。"])
        return FindResponse(
            standards=[
                FoundStandard(standard=standard, score=score, why=["“排放”见于标题"])
                for standard, score in zip(self.held.values(), (0.9, 0.4), strict=False)
            ],
            items=[FoundItem(item=item(), score=0.5, why=["违法行为相近"])],
        )

    def compute(self, request: ComputeRequest) -> ComputeResponse:
        self._note(request)
        return self._computed(request)

    def check(self, request: CheckRequest) -> CheckResponse:
        self._note(request)
        return self._checked(request)

    def explain(self, request: ExplainRequest) -> ExplainResponse:
        self._note(request)
        check = self._checked(request)
        lines = [Line(text="一、违法事实"), *check.computed.lines]
        title = f"裁量说明（{request.case_name}）" if request.case_name else "裁量说明"
        text = "\n".join(f"{line.text} {line.value}".rstrip() for line in lines)
        return ExplainResponse(title=title, text=text, paragraphs=lines, check=check)

    def explain_docx(self, request: ExplainRequest) -> bytes:
        self._note(request)
        return b"PK\x03\x04docx"

    def audit(self, request: AuditRequest) -> list[AuditResponse]:
        self._note(request)
        law = CitedLawState(
            role="basis",
            written="《中华人民共和国示例法》第八十三条第二项",
            title="中华人民共和国示例法",
            state="repealed",
            text=STALE,
            quote_matches=False,
            successor="《中华人民共和国示例法典》",
            proposal="《中华人民共和国示例法典》第一千条",
            proposal_score=0.93,
            page=35,
        )
        problem = AuditProblem(code="basis_repealed", severity="error", text=f"依据{STALE}。", page=35)
        return [
            AuditResponse(
                document=DOCUMENT,
                document_id="doc-7",
                as_of=request.as_of or dt.date(2026, 11, 21),
                sections=[
                    SectionAudit(
                        key=WEIGHTED_KEY, id="1.1.1", title=weighted().title, pages=[35], laws=[law], problems=[problem]
                    ),
                    SectionAudit(key=TIERED_KEY, id="2.1", title=tiered().title, pages=[90], laws=[], problems=[]),
                ],
                summary={"sections": 2, "repealed": 1},
                laws=[law],
                seconds=0.1,
            )
        ]

    def review(self, document: str | None = None) -> list[ReviewEntry]:
        self._note(("review", document))
        return [self._entry(TIERED_KEY)]

    def correct(self, key: str, request: CorrectionRequest) -> ReviewEntry:
        self._note((key, request))
        if not request.record.get("title"):
            raise InvalidInput("记录缺少标题。", where="title", remedy="请补上标题。")
        self.corrections[key] = request
        return self._entry(key)

    def remove_correction(self, key: str) -> ReviewEntry:
        self._note(("remove", key))
        if key not in self.corrections:
            raise NotFound(f"{key} 没有更正。")
        del self.corrections[key]
        return self._entry(key)

    def picture(self, key: str, page: int | None = None) -> bytes:
        self._note(("picture", key, page))
        if key != TIERED_KEY:
            raise NotFound("这份文件没有页面图片。")
        return PNG

    # ---- values ------------------------------------------------------------------------------------------------

    def _entry(self, key: str) -> ReviewEntry:
        made = self.corrections.get(key)
        return ReviewEntry(
            key=key,
            kind="standard",
            document=DOCUMENT,
            title=tiered().title,
            doubts=tiered().needs_review,
            pages=[90],
            has_picture=True,
            record={
                "id": "2.1",
                "mode": "tiered",
                "title": tiered().title,
                "chapter": "城市管理类",
                "axes": ["违法情节"],
                "fine_columns": ["对单位罚款"],
                "tiers": [
                    {
                        "fines": [["对单位罚款", {"text": "1万元以上3万元以下", "kind": "unread"}]],
                        "when": [["违法情节", "一般"]],
                        "pages": [90],
                    }
                ],
            },
            correction=made.record if made else None,
            corrected_by=made.by if made else None,
            corrected_at=dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC) if made else None,
        )

    def _computed(self, request: ComputeRequest) -> ComputeResponse:
        standard = self.held.get(request.standard)
        if standard is None:
            raise NotFound(f"没有编号为 {request.standard} 的裁量标准。", remedy="请核对编号。")
        result = ComputeResponse(
            state="needs_input",
            standard=standard.key,
            title=standard.title,
            document=standard.document,
            variant=request.variant,
            column=request.column,
            legal_range=standard.legal_ranges[0],
            legal_min_yuan=standard.legal_ranges[0].min_yuan,
            legal_max_yuan=standard.legal_ranges[0].max_yuan,
            bounds=standard.bounds,
        )
        if standard.mode == "tiered":
            return self._of_tier(request, standard, result)
        unknown = [name for name in request.choose if name not in {f.name for f in standard.factors}]
        if unknown:
            raise InvalidInput(f"没有名为“{unknown[0]}”的裁量因素。", where="/choose", remedy="请按标准所列选择。")
        needs = [
            Needed(kind="choose", name=f.name, question=f"{f.name}属于哪一种？", options=[o.label for o in f.options])
            for f in standard.factors
            if f.name not in request.choose
        ]
        if request.variant is None:
            needs.insert(
                0, Needed(kind="variant", name="variant", question="是否按期改正？", options=standard.variants)
            )
        if needs:
            return result.model_copy(update={"needs": needs})
        formula = next(f for f in standard.formulas if f.variant == request.variant)
        chosen = [(f, o) for f in standard.factors for o in f.options if o.label == request.choose[f.name]]
        total = formula.start_weight_percent + sum((o.weight_percent for _, o in chosen), Decimal(0))
        fine = total * Decimal(10000)
        lines = [Line(text=f"裁量起点（{formula.variant}）", value=f"{formula.start_weight_percent}%", cites=[_SPOT])]
        lines += [Line(text=f"{f.name}：{o.label}", value=o.weight_text, cites=[_SPOT]) for f, o in chosen]
        lines.append(Line(text=f"{total}% × 100万元", value=f"{fine}元", cites=[_SPOT]))
        return result.model_copy(
            update={
                "state": "computed",
                "raw_total_percent": total,
                "total_percent": total,
                "fine_yuan": fine,
                "within_legal_range": fine >= Decimal(100000),
                "lines": lines,
                "warnings": [f"依据{STALE}。"],
            }
        )

    def _of_tier(self, request: ComputeRequest, standard: StandardInfo, result: ComputeResponse) -> ComputeResponse:
        wanted = request.choose.get("违法情节")
        found = [t for t in standard.tiers if t.index == request.tier or t.when["违法情节"] == wanted]
        if not found:
            options = [str(t.when["违法情节"]) for t in standard.tiers]
            need = Needed(kind="choose", name="违法情节", question="违法情节属于哪一档？", options=options)
            return result.model_copy(update={"needs": [need]})
        fine = found[0].fines["对单位罚款"]
        return result.model_copy(
            update={
                "state": "computed",
                "tier": found[0].index,
                "fine": fine,
                "column": "对单位罚款",
                "fine_min_yuan": fine.min_yuan,
                "fine_max_yuan": fine.max_yuan,
                "within_legal_range": True,
                "lines": [Line(text=f"档次：{found[0].grade}", value=fine.text, cites=[_SPOT])],
            }
        )

    def _checked(self, request: CheckRequest) -> CheckResponse:
        plain = {name: getattr(request, name) for name in ComputeRequest.model_fields}
        computed = self._computed(ComputeRequest(**plain))
        proposed = request.proposed_yuan
        asked = Needed(kind="fact", name="首次违法", question="当事人是否首次实施该违法行为？")
        answered = request.facts.get("首次违法")
        against = []
        if proposed is not None and computed.legal_min_yuan is not None and computed.legal_max_yuan is not None:
            low, high = computed.legal_min_yuan, computed.legal_max_yuan
            position = Position.BELOW if proposed < low else Position.ABOVE if proposed > high else Position.INSIDE
            gap = low - proposed if proposed < low else proposed - high if proposed > high else None
            against.append(
                Against(
                    name="法定幅度",
                    position=position,
                    min_yuan=low,
                    max_yuan=high,
                    gap_yuan=gap,
                    text={"below": "低于法定幅度", "inside": "在法定幅度之内", "above": "高于法定幅度"}[position.value],
                )
            )
        return CheckResponse(
            computed=computed,
            proposed_yuan=proposed,
            against=against,
            verdict=against[0].text if against else "未给出拟罚款金额。",
            ok=against[0].position is Position.INSIDE if against else None,
            justifying=[
                Justifying(
                    choose={"超标倍数": "超标1倍以上", "排放时间": "一天"},
                    fine_min_yuan=Decimal(500000),
                    fine_max_yuan=Decimal(500000),
                    changes=["超标倍数：超标1倍以下 → 超标1倍以上"],
                )
            ]
            if proposed is not None
            else [],
            grounds=[
                Ground(
                    name="主动消除危害后果",
                    effect="lenient_or_mitigated",
                    must=True,
                    status="needs_fact",
                    text="主动消除或者减轻违法行为危害后果的，应当从轻或者减轻行政处罚。",
                    cites=[Cite(citation="《中华人民共和国行政处罚法》第三十二条第一项", state="in_force")],
                    needs=[Needed(kind="fact", name="主动消除", question="当事人是否主动消除危害后果？")],
                )
            ],
            no_penalty=NoPenaltyResult(
                result={None: NoPenalty.FACTS_MISSING, True: NoPenalty.MUST, False: NoPenalty.NOT}[answered],
                text="清单第3项的条件尚缺事实。" if answered is None else "已按所答事实核查。",
                needs=[asked] if answered is None else [],
            ),
            needs=[*computed.needs, *([asked] if answered is None else [])],
        )
