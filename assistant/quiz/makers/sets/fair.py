"""Which sentences may be asked with their modal word exchanged (可换词的条文): where both forces are met in practice.

A power or a choice may be thought a duty, and a duty of procedure a choice; nobody takes 可以接受监督 or
可以及时救治 for the law. What is exchanged is therefore a short list of acts, and whatever is in doubt is left out.
"""

from __future__ import annotations

import re

from assistant.quiz.makers.sets.words import Span

_CHOICE = re.compile(
    r"罚款|处罚|警告|没收|吊销|暂扣|查封|扣押|扣留|冻结|拍卖|划拨|代履行|强制|拆除|当场|口头|抽样|登记保存|检查|查阅|复制|"
    r"询问|传唤|约谈|责令|鉴定|委托|聘请|指定|申请|延长|延期|暂缓|分期|缩短|中止|合并|电子|录音|录像|授权|设定|裁量基准|执行协议|"
    r"当面|派出所决定|不公开|公开"
)
"""What the law leaves to those whom it concerns, and what may be taken for a duty."""
_DUTY = re.compile(
    r"(?:告知|通知|送达|听证|备案|公告|公示|公开|报告|登记|记录|记载|审查|审核|复核|复检|出示|制作|签名|盖章|签字|移送|移交|回避|"
    r"验收|评估|论证|说明理由|说明情况|书面|答复|受理|立案|作出[^，的]{0,12}决定|召回|备查|退还|返还|解除|委托|催告|集体讨论|"
    r"法制审核|责令|没收|不予|从轻|减轻|从重|吊销|撤销|收据)(?!的|书|表|结果|结论|机构|人员|义务|部门)"
)
"""What an authority or a party must do in a procedure, and what may be taken for a choice."""
_BARRED = re.compile(
    r"^(?:因(?=当事人|经营者|陈述|申辩)|再|收取|收费|公开|查封|扣押|冻结|处罚|罚款|加重|委托|转委托|转让|兼任|参与|变更|延长|设定|实施|"
    r"重新|上市|采用|同时|单独|在(?:夜间|法定|公共)|对(?:同一|居民))"
)
"""What is forbidden and may be taken for allowed."""
_MANNER = re.compile(
    r"(?:依法)?(?:立即|及时|如实|主动|妥善|认真|充分|按照|依照|根据|遵守|严格|即时|迅速|予以(?:配合|协助)|有|是|当|具有|取得|持有|"
    r"接受|配合|协助|采取|实施|落实|执行|履行|[^，。；]{0,16}依法(?:取得|办理)|(?:[于在])?(?:每(?:年|季|半年|月|周|日|隔)|按[年季月]|定期|至少))"
)
"""How a duty is done, or what a party has to bear: 可以如实提供, 可以接受检查 are absurd."""
_STATE_OF_THINGS = re.compile(
    r"符合|达到|真实|清晰|清楚|显著|醒目|准确|完整|一致|属于|相适应|相符|保持|对其|承担|包括|恪尽职守|有针对性|根据本系统|标明|注明|印有"
)
"""What is said of things rather than done: 可以符合要求 says nothing, and no officer would take it for the law."""
_RIGHT_OF_ALL = re.compile(r"举报|投诉|检举|控告|报警|申诉")
"""What everybody may do anyway: where the law says 应当, 可以 is not false."""
_CLAIM = re.compile(r"赔偿|补偿|支付|受偿|意见|建议|基金|补助|补贴|救助|奖励")
"""What a party has a right to: that it must be asked for is no mistake that anybody makes."""
_WRONG_ON_ITS_FACE = re.compile(
    r"注销|撤销|吊销|失效|过期|淘汰|变质|不合格|贬低|限制|排斥|打击报复|骚扰|垄断|转嫁|歧视|妨碍|危害|损害|"
    r"[^，。；]{0,12}(?:未经|未取得|没有|不符合|未依法|未按)[^，。；]*的?，?[^，。；]*不得"
)
_LEANS_ON_OTHERS = re.compile(
    r"申请人提交|申请材料|所提交|(?:又不|仍不|仍未|逾期[不未]|拒不)[^，。；]{0,4}的，"  # whose application, of what
)
_AGENT = re.compile(r"机关|部门|机构|单位|企业|者|人|组织|公司|警察|法院|医院|学校|海关|员|交警|场所")
_CONTRADICTED = re.compile(r"不得(?!超过|少于)|必须|方可|不应")
"""What would stand in one sentence with an exchanged 可以, and give it away: 可以抽样检验，不得免检."""


def may_be_exchanged(words: str, modal: Span, other: str) -> bool:
    """Whether a sentence is worth asking with ``other`` in place of its modal word, and can be read alone."""
    printed = words[slice(*modal)]
    before, after = words[: modal[0]], words[modal[1] :]
    clause = re.split(r"[，。；]", after, maxsplit=1)[0]
    if _LEANS_ON_OTHERS.search(words) or not _AGENT.search(before) or before.endswith("人民政府"):
        return False
    if printed in ("应当", "必须") and other == "可以":
        return (
            bool(_DUTY.search(clause))
            and not _MANNER.match(clause)
            and not _STATE_OF_THINGS.match(clause)
            and not _RIGHT_OF_ALL.search(clause)
            and not _CONTRADICTED.search(after)
        )
    if printed == "可以":
        return bool(_CHOICE.search(clause)) and not _CLAIM.search(clause) and not _RIGHT_OF_ALL.search(clause)
    return bool(_BARRED.match(clause)) and not _WRONG_ON_ITS_FACE.search(words)
