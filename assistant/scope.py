"""What no corpus of law can answer (语料之外), read from a question's words: weather, inside affairs, single cases …

A sign alone refuses nothing: it is one signal among others in ``assistant.answer.evidence``, and names the reason when
a question is refused. Each pattern says what the words ask for, not which law they touch.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Outside(StrEnum):
    """Kinds of question that law does not answer (法外问题), with the words an officer is told."""

    WEATHER = "天气"
    INSIDE_AFFAIRS = "单位内部事项"
    SINGLE_CASE = "具体个案的处理结果"
    CONTACT = "联系方式、地址或路线"
    NOTICE = "某地某时的公告、名单、安排"
    STANDARD = "标准限值、裁量基准或清单"
    FOREIGN_LAW = "外国法"
    SMALL_TALK = "闲谈或个人看法"
    HOW_TO = "操作方法"
    PRICE = "价格、收费"
    GENERAL_KNOWLEDGE = "一般常识"
    FORECAST = "对将来的预测"


_SIGNS: dict[Outside, re.Pattern[str]] = {
    Outside.WEATHER: re.compile(
        r"(?:今天|明天|后天|今晚|明早|这周|下周|周末|最近).{0,10}(?:下雨|下雪|下不下|暴雨|天气|气温|台风|降温|刮风|雾霾)"
        r"|(?:天气|台风|气温).{0,8}(?:怎么样|如何|预报|登陆|多少度|几号)"
    ),
    Outside.INSIDE_AFFAIRS: re.compile(
        r"食堂|绩效|年终奖|奖金.{0,6}(?:发|多少)|值班表|排班|轮班表|调休|年休假|年假|加班费什么时候|体检时间|团建|"
        r"(?:我们|咱们|咱|本|我)(?:单位|局|队|中队|大队|支队|所|科|科室|街道|处|厅|镇).{0,24}(?:编制|考核|评优|评分|得了|"
        r"报销|领导|局长|队长|会议|规则|车辆|制服|工资|补贴|预算|采购|电脑|系统|账号|密码|几个人|多少人)|"
        r"新?(?:制服|服装|装备).{0,6}(?:什么时候|几时|何时).{0,4}(?:领|发|换)|找谁报修|谁分管|谁负责签"
    ),
    Outside.SINGLE_CASE: re.compile(
        r"(?:上个?月|上周|去年|前年|昨天|前天|前几天|隔壁|那家|这家).{0,24}(?:最后|到底|结果|一共|总共|已经).{0,12}"
        r"(?:罚了|判了|处理|投诉|查处|赔了|办了|多少)|(?:罚了|判了|赔了)(?:多少|几|没有)|案子?.{0,8}(?:进展|办到哪|判决结果)"
    ),
    Outside.CONTACT: re.compile(
        r"电话(?:号码)?(?:是|有)?(?:多少|几|哪)|手机号|举报电话|联系方式|微信号|邮箱(?:是|地址)|地址(?:是|在)?(?:哪|什么)|"
        r"怎么走|怎么去|在哪(?:条街|栋|层|儿办公|里办公)|几点(?:上班|下班|开门|关门)|上班时间"
    ),
    Outside.NOTICE: re.compile(
        r"(?:今年|本月|这个月|最近|近期|新近|这次|本次|第[一二三四五六七八九十]+批).{0,14}"
        r"(?:划定|划了|公布|通告|公告|公示|名单|路段|安排|方案|计划|发的|事项)|哪几条(?:街|路)|哪些(?:路段|街道|小区|企业)|"
        r"会议纪要|施工.{0,6}到(?:哪一天|几号|什么时候)|赋权清单|常务会"
    ),
    Outside.STANDARD: re.compile(
        r"裁量(?:权)?(?:基准|标准|表)|免罚清单|地方标准|(?<![A-Za-z])(?:DB\d{2}|GB\s?\d)|限值|标准值|毫克每|分贝的标准|检测频次|"
        r"多少年(?:必须|强制)?报废|建筑限高|投放(?:多少|上限)|登记费|收费标准|最低工资"
    ),
    Outside.FOREIGN_LAW: re.compile(
        r"德国|英国|美国|法国|日本|韩国|俄罗斯|新加坡|加拿大|澳大利亚|印度|泰国|越南|意大利|西班牙|瑞士|欧盟|国外"
    ),
    Outside.SMALL_TALK: re.compile(
        r"你好|您好呀|笑话|心情|写(?:一?首|个|篇).{0,6}(?:诗|歌|作文|故事|文案)|唱|陪我|聊(?:聊|天)|提神|"
        r"你(?:认为|觉得|支持|反对|喜欢|怎么看)|说说你|最好打交道|哪个.{0,6}最(?:好|厉害)"
    ),
    Outside.HOW_TO: re.compile(
        r"怎么(?:做(?!笔录|处理|出)|炒|炖|煮|包|重置|加页码|更换|换电池|压缩|安装|登录|连接|设置|下载|打印|拍照|剪辑|备份|修)|"
        r"登录不上|忘了密码|(?<![a-z])(?:word|excel|ppt|wps)(?![a-z])|打印机|放多少(?:盐|糖|水)|先放|才不(?:腻|糊|坏)",
        re.IGNORECASE,
    ),
    Outside.PRICE: re.compile(
        r"(?:一台|一个|一套|一辆|一斤|一平).{0,8}(?:多少钱|几块|价格)|(?:仪|机|器|车|服务|律师|官司).{0,10}(?:多少钱|要花|花费|价格)|"
        r"一小时几块|票价|股票|房价|油价"
    ),
    Outside.GENERAL_KNOWLEDGE: re.compile(
        r"作者是谁|谁是(?!.{0,4}(?:主管|责任))|有多高|有多长|首都|世界杯|春节是|几月几号|历史上|星座|高考|彩票号码|翻译成"
    ),
    Outside.FORECAST: re.compile(
        r"以后.{0,6}(?:还会|会不会)|会不会再|什么时候(?:出台|修订|降价|开会|退休)|明年.{0,8}(?:会|能)|预计|预测|涨不涨"
    ),
}

_PLACE = re.compile(
    r"北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|"
    r"贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|广州|深圳|武汉|南京|杭州|宁波|温州|苏州|无锡|青岛|济南|厦门|福州|成都|西安|郑州|"
    r"长沙|合肥|南昌|南宁|昆明|贵阳|兰州|太原|石家庄|沈阳|大连|长春|哈尔滨|海口|三亚|东莞|佛山|珠海|江门|洛阳|"
    r"(?:我|本|咱|咱们|我们)(?:省|市|县|区|镇|乡)(?!场|民)(?!(?<=在..)[内外]?(?:登记|注册))"
)


def outside(question: str) -> frozenset[Outside]:
    """The signs in a question that it asks for something no law says."""
    return frozenset(kind for kind, sign in _SIGNS.items() if sign.search(question))


def names_a_place(question: str) -> bool:
    """Whether the question names a province, a large city or “our” city or county (地名)."""
    return bool(_PLACE.search(question))
