"""The field of a document (领域): as its source sorts it; else from its title, where the title names exactly one."""

from __future__ import annotations

import re

from corpus.vocabulary import Document

UNSORTED = "未分类"

_FIELDS: dict[str, str] = {
    "生态环境": r"生态环境|环境保护|污染|环境违法|排污|噪声|油烟|露天焚烧|露天烧烤",
    "市场监管": r"市场监督|市场监管|市场管理局|食品|药品|广告|计量|产品质量|特种设备|价格|反不正当竞争|消费者|便利店",
    "城市管理": r"城市管理|市容|环境卫生|垃圾|城管|户外广告|养犬|犬只|违法建设",
    "消防": r"消防|疏散通道",
    "公安": r"公安|治安|禁毒|出境入境|枪支",
    "交通运输": r"交通|公路|道路|航道|港口|水路|铁路|机动车",
    "应急管理": r"安全生产|应急|危险化学品|烟花爆竹|矿山",
    "住房建设": r"建设工程|建筑|物业|住房|燃气|城市规划|城乡规划|装饰公司",
    "农业农村": r"农业|农产品|种子|畜牧|动物防疫|渔业|农药|兽药|农民",
    "林业草原": r"森林|林业|草原|湿地|野生动物",
    "水利": r"水利|水资源|河道|防洪|水土保持",
    "自然资源": r"土地|自然资源|矿产|测绘|海域",
    "卫生健康": r"卫生健康|医疗|传染病|献血|职业病|医院|医师|控制吸烟",
    "文化旅游": r"文化|旅游|文物|娱乐场所|互联网上网|出版|电影",
    "人力资源": r"劳动|社会保险|人力资源|就业|工资",
    "教育体育": r"教育|学校|体育|校外培训",
    "行政程序": r"行政处罚|行政强制|行政复议|行政执法|行政许可|行政诉讼",
}
_PATTERNS = {name: re.compile(words) for name, words in _FIELDS.items()}


def field_of(document: Document) -> str:
    """The field that the source gives, or the one field that the title names; 未分类 where it names none or several."""
    if document.field:
        return document.field
    named = [name for name, words in _PATTERNS.items() if words.search(document.title)]
    special = [name for name in named if name != "行政程序"]  # 行政处罚裁量基准 of some field
    if len(special or named) == 1:
        return (special or named)[0]
    return UNSORTED
