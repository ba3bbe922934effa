"""Trimmings of a web page (网页样板内容): navigation, share buttons, page data, footers and spam, told from the text.

Two judges: where most of the prose stands in the page's tree (the content element), and trafilatura, which is asked
about everything outside it. A line that begins an article (第…条) is kept whatever either says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import trafilatura
from lxml import etree

from ingest.readers.html_blocks import PageBlock, ancestors
from ingest.readers.html_page_data import is_page_data
from ingest.readers.html_words import tag_of

Elements = frozenset[etree._Element]

_LONGEST_ASKED = 3_000_000  # characters; the library takes minutes over longer pages
_HOLDS_MOST = 0.85
_LEAVES = frozenset({"p", "span", "font", "h1", "h2", "h3", "b", "strong", "pre"})
_MARKS = re.compile(
    r"(?:^|[-_\s])(?:comments?|pinglun|share|bdshare|nav|navbar|menu|footer?|sidebar|breadcrumbs?|crumbs?|related|copyright"
    r"|toolbar|pagination|login|search|friendlinks?|banner|advert)(?:$|[-_\s\d])",
    re.I,
)
_SENTENCE = re.compile(r"[，。；：、]")
_PROSE_END = re.compile(r"[。；：！？”）]$")

# Lines that are page furniture wherever they stand; each must be the whole line.
_FURNITURE = re.compile(
    r"(?:【?\s*(?:我要)?(?:打印|关闭|收藏|分享|返回|纠错|评论|复制链接|下载正文|保护视力色|大|中|小|繁體?|简体?|\||字体\s*[:：]?)"
    r"(?:本页|窗口|页面|顶部|列表|首页|到)?\s*】?\s*[:：|]?\s*)+"
    r"|(?:分享到|扫一扫|微信扫一扫|用微信“?扫一扫).{0,40}"
    r"|(?:上一[篇条页]|下一[篇条页]|前一篇|后一篇)\s*[:：].{0,80}|(?:上一[篇条页]|下一[篇条页])"
    r"|(?:相关(?:文章|链接|阅读|新闻|信息|稿件|附件下载)|热门(?:推荐|文章)|推荐阅读|猜你喜欢|友情链接)\s*[:：]?"
    r"|(?:您?(?:现在|当前)(?:的|所在)?位置|当前位置|所在位置)(?:是)?\s*[:：].{0,120}"
    r"|首页\s*(?:[>›»/＞→]|&gt;).{0,120}"
    r"|.{0,20}(?:浏览|点击|阅读|访问)(?:次数|量|数)\s*[:：]?\s*\d*.{0,10}"
    r"|(?:发布|更新|发表)(?:时间|日期)\s*[:：].{0,80}|(?:信息|文章|稿件)?来源\s*[:：].{0,60}"
    r"|(?:责任编辑|编辑|责编|录入|审核)\s*[:：]\s*\S{0,12}"
    r"|.{0,30}(?:ICP备|公网安备).{0,60}|网站标识码.{0,30}|.{0,10}(?:版权所有|copyright|©).{0,80}"
    r"|.{0,40}(?:Adobe\s*)?Flash\s*(?:Player|播放器|插件).{0,80}|.{0,30}浏览器(?:版本过低|不支持).{0,60}"
    r"|(?:发表评论|网友评论|我来说两句|最新评论|查看全部评论|登录后评论|验证码).{0,30}",
    re.I,
)
# Words that only a footer or a side column holds; looked for outside the content element.
_FOOTER = re.compile(
    r"主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|技术支持|网站地图|联系我们|关于我们|网站声明|隐私保护|无障碍|ICP备|公网安备"
    r"|网站标识码|版权所有|copyright|邮编|客户端|微信公众号|登录|注册",
    re.I,
)
_SPAM = re.compile(
    r"澳门(?:新?葡京|威尼斯人?|金沙|银河|永利|娱乐|赌场|博彩)|新葡京|威尼斯人|百家乐|老虎机|时时彩|六合彩|北京赛车|博彩(?:网|平台|公司|导航)?"
    r"|娱乐城|真人(?:娱乐|荷官|视讯)|棋牌(?:游戏|平台|下载)|体育(?:投注|博彩)|网上(?:赌场|投注|博彩)|赌球|开户送|注册送|首存|返水|彩票平台"
    r"|电子游艺|皇冠(?:体育|足球|网址)|bet\s?365|太阳城|捕鱼(?:达人|游戏)|开奖(?:结果|直播)|成人(?:视频|电影)|私服|办证|代开发票"
)
_LAW_WORDS = re.compile(
    r"第[一二三四五六七八九十百零\d]+[条款项]|本(?:条例|办法|规定|法)|禁止|不得|违反|处罚|查处|行政机关"
)
_SPANS = re.compile(r"\s(?:row|col)span\s*=\s*[\"']?\d+[\"']?", re.I)  # the library lays out every field of a span
_BLANK = re.compile(r"\s+")


def trimmings(source: str, blocks: Sequence[PageBlock], title: str) -> tuple[list[str], etree._Element | None]:
    """For each block why it is not the document's text, in Chinese, empty for what is; and the content element."""
    kept_by_library = _judgement(source)
    marked = marked_elements(blocks)
    content = content_element(blocks, kept_by_library, marked)
    reasons = [_reason(block, content, kept_by_library, title, marked) for block in blocks]
    _contents_links(blocks, reasons)
    if all(reasons):  # nothing looks like text: better too much than nothing
        reasons = [reason if block.hidden else "" for block, reason in zip(blocks, reasons, strict=True)]
    return reasons, content


def _contents_links(blocks: Sequence[PageBlock], reasons: list[str]) -> None:
    """Links that only repeat the head of an article (第一条 in a side column) are navigation."""
    heads = {_squeezed(block.text)[:40] for block in blocks if block.is_law and block.link_share < 0.5}
    for at, block in enumerate(blocks):
        words = _squeezed(block.text)
        if block.is_law and block.link_share > 0.8 and any(h.startswith(words[:40]) for h in heads):
            reasons[at] = "导航链接"


def is_spam(text: str) -> bool:
    """Whether a line advertises gambling and the like; law on gambling speaks otherwise and has fewer of the words."""
    return len(set(_SPAM.findall(text))) >= 2 and not _LAW_WORDS.search(text)


def marked_elements(blocks: Sequence[PageBlock]) -> Elements:
    """Elements that their class, id or tag names a comment box, menu or footer, unless most of the page is in them."""
    sizes: dict[etree._Element, int] = {}
    for block in blocks:
        for element in ancestors(block):
            sizes[element] = sizes.get(element, 0) + len(block.text)
    whole = max(sizes.values(), default=0)
    return frozenset(element for element, size in sizes.items() if 2 * size < whole and _is_marked(element))


def _is_marked(element: etree._Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return tag_of(element) in ("nav", "footer", "aside") or _MARKS.search(names) is not None


def content_element(blocks: Sequence[PageBlock], kept_by_library: str, marked: Elements) -> etree._Element | None:
    """The smallest element that holds nearly all prose, with what stands clean beside it; None without any prose."""
    weights: dict[etree._Element, float] = {}
    for block in blocks:
        weight = _weight(block, kept_by_library, marked)
        for element in ancestors(block) if weight else ():
            weights[element] = weights.get(element, 0.0) + weight
    if not weights:
        return None
    tables = {block.table for block in blocks if block.table is not None}
    current = next(element for element in weights if element.getparent() is None)
    while True:
        inner = next((child for child in current if weights.get(child, 0.0) >= _HOLDS_MOST * weights[current]), None)
        if inner is None or inner in tables or tag_of(inner) in _LEAVES:
            return _with_neighbours(current, blocks, marked)
        current = inner


def _with_neighbours(content: etree._Element, blocks: Sequence[PageBlock], marked: Elements) -> etree._Element:
    """``content``, or an element around it as long as what that adds (落款, 附表说明) is mostly no trimming."""
    while (parent := content.getparent()) is not None:
        added = [
            b for b in blocks if any(e is parent for e in ancestors(b)) and all(e is not content for e in ancestors(b))
        ]
        bad = sum(1 for block in added if _is_trimming(block, marked))
        if not added or 3 * bad <= len(added):
            content = parent
        else:
            break
    return content


def _is_trimming(block: PageBlock, marked: Elements) -> bool:
    text = block.text
    if block.hidden or is_spam(text) or _FOOTER.search(text) or _SPAM.search(text):
        return True
    if is_page_data(block.table) if block.table is not None else _FURNITURE.fullmatch(text):
        return True
    return (block.link_share > 0.5 and not block.attachment) or _in_marked(block, None, marked)


def _in_marked(block: PageBlock, content: etree._Element | None, marked: Elements) -> bool:
    """Whether a marked element, inside ``content`` where there is one, stands around the block."""
    for element in ancestors(block):
        if element is content:
            return False
        if element in marked:
            return True
    return False


def _weight(block: PageBlock, kept_by_library: str, marked: Elements) -> float:
    if _is_trimming(block, marked) and not block.is_law:
        return 0.0
    size = len(block.text) * (1.0 - block.link_share)
    if block.is_law:
        return 3.0 * size + 50
    if not _SENTENCE.search(block.text):
        return 0.1 * size
    return size * (2.0 if _squeezed(block.text) in kept_by_library else 1.0)


def _reason(
    block: PageBlock, content: etree._Element | None, kept_by_library: str, title: str, marked: Elements
) -> str:
    text = block.text
    if block.is_law:
        return ""
    if block.hidden:
        return "隐藏内容"
    if is_spam(text):
        return "广告"
    if is_page_data(block.table) if block.table is not None else _FURNITURE.fullmatch(text):
        return "页面功能和页面信息"
    inside = content is not None and any(element is content for element in ancestors(block))
    if inside:
        if _in_marked(block, content, marked):
            return "评论、导航或页脚栏目"
        return "导航链接" if _is_menu(block) else ""
    if title and _squeezed(text) == _squeezed(title):
        return ""
    if block.link_share > 0.5 and not block.attachment:
        return "导航链接"
    if _FOOTER.search(text) or _SPAM.search(text):
        return "页脚和广告"
    if _is_prose(block) and _squeezed(text) in kept_by_library:
        return ""
    return "正文以外的内容"


def _is_prose(block: PageBlock) -> bool:
    """A sentence, or a table of some size: what a preamble or an annex outside the content element looks like."""
    if block.table is not None:
        return len(block.text) >= 100
    return len(block.text) >= 10 and bool(_SENTENCE.search(block.text)) and bool(_PROSE_END.search(block.text))


def _is_menu(block: PageBlock) -> bool:
    """A line of links among others of its kind, inside the content element (相关链接)."""
    if block.link_share < 0.8 or block.attachment or block.table is not None:
        return False
    item = next((e for e in ancestors(block) if tag_of(e) in ("li", "dd", "td")), None)
    return item is not None or "｜" in block.text or "|" in block.text


def _judgement(source: str) -> str:
    """What trafilatura takes for the page's text, without white space; empty when it finds none."""
    if len(source) > _LONGEST_ASKED:
        return ""
    text = trafilatura.extract(
        _SPANS.sub("", source),
        output_format="txt",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=False,
    )
    return _squeezed(text or "")


def _squeezed(text: str) -> str:
    return _BLANK.sub("", text)
