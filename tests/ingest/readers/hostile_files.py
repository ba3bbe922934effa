"""Files as they should not be (坏文件): mutations of sound files, from a seed, and the classic traps.

Every sound file is built here; ``hostile(seed, count)`` gives the same files for the same seed.
"""

from __future__ import annotations

import functools
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pymupdf

from tests.ingest.readers.word_files import NUMBERING, STYLES, numbered, p, word_file

PAGES = Path(__file__).parent / "pages"
LAW = "示范市犬只管理条例（示例）\n\n第一条　为了规范养犬行为，维护公共秩序，制定本条例。\n第二条　每户限养一只。\n"
EXTENSIONS = (".pdf", ".docx", ".doc", ".xlsx", ".xls", ".html", ".md", ".txt", ".zip", ".png", ".jpg", ".dat", "")

Hostile = tuple[str, bytes]


def _docx() -> bytes:
    table = f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>"
    body = p("总则", numbered(1)) + p("甲。", numbered(1, 1)) + table + p("第二款。") * 20
    return word_file(body, parts={"styles": STYLES, "numbering": NUMBERING})


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["序号", "违法行为", "罚款"], [1, "超量养犬", "二百元"], [2, "不使用束犬链", "五百元"]):
        sheet.append(row)
    sheet.merge_cells("A5:C5")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _pdf(**options: object) -> bytes:
    document = pymupdf.open()
    for _ in range(2):
        page = document.new_page()
        page.insert_text((72, 72), LAW.split("\n")[0], fontname="china-s")
        page.insert_text((72, 100), LAW.split("\n")[2], fontname="china-s")
    data: bytes = document.tobytes(**options)
    return data


def _png() -> bytes:
    with pymupdf.open(stream=_pdf(), filetype="pdf") as document:
        data: bytes = document[0].get_pixmap(dpi=9).tobytes("png")
        return data


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _locked(data: bytes) -> bytes:
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(data)).encrypt("示例", locked)
    return locked.getvalue()


@functools.cache
def sound_files() -> dict[str, bytes]:
    """One sound file of each kind."""
    files = {
        "示例.docx": _docx(),
        "示例.xlsx": _xlsx(),
        "示例.pdf": _pdf(),
        "示例.png": _png(),
        "示例.md": (
            f"---\ntitle: 示例\n---\n# {LAW}\n<!-- INFO END -->\n\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n" + LAW * 5
        ).encode(),
        "示例.txt": (LAW * 5).encode(),
        "示例gbk.txt": (LAW * 5).encode("gb18030"),
        "示例16.txt": (LAW * 5).encode("utf-16"),
        "示例.rtf": rb"{\rtf1\ansi\ansicpg936 \'b5\'da\'d2\'bb\'cc\'f5\par}",
    }
    files.update({page.name: page.read_bytes() for page in sorted(PAGES.glob("*.html"))})
    files["示例.zip"] = zipped({name: files[name] for name in ("示例.docx", "示例.txt", "示例.md")})
    return files


def traps() -> Iterator[Hostile]:
    """The traps that are always tried."""
    docx, xlsx = _docx(), _xlsx()
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{lol}]><w:document'.encode()
    yield "空.pdf", b""
    yield "空白.txt", b"\x00\r\n " * 50
    yield "五十兆.txt", LAW.encode() * (50 * 1024 * 1024 // len(LAW.encode()))
    yield "密码.docx", _locked(docx)
    yield "密码.xlsx", _locked(xlsx)
    yield "密码.pdf", _pdf(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="示例", owner_pw="示例")
    yield "宏.docm", _with_part(docx, "word/vbaProject.bin", b"macro")
    yield "宏.xlsm", _with_part(xlsx, "xl/vbaProject.bin", b"macro")
    yield "实体.docx", _replaced(docx, "word/document.xml", b"<w:document", laughs)
    yield "膨胀.docx", _with_part(docx, "word/document.xml", b"<w:document>" + b" " * (80 * 1024 * 1024))
    yield "越界.zip", zipped({"../../etc/示例.txt": b"x", "/abs.txt": b"x", "C:\\x.txt": b"x", "好.txt": LAW.encode()})
    yield "炸弹.zip", zipped({"bomb.txt": b"\x00" * (40 * 1024 * 1024)})
    yield "套娃.zip", functools.reduce(lambda inner, _: zipped({"in.zip": inner}), range(8), zipped({"a.txt": b"a"}))
    yield "千份.zip", zipped({f"{n}.txt": b"x" for n in range(6000)})
    yield "深.html", b"<html><body>" + b"<div>" * 3000 + LAW.encode()
    yield "深表.html", b"<html><body>" + b"<table><tr><td>" * 300 + LAW.encode()
    yield "宽表.html", b"<html><body><p>x</p><table>" + b"<tr><td rowspan=65000 colspan=1000>x<td>y" * 300
    yield "不闭合.html", b"<html><body>" + ("<font><b>" + LAW).encode() * 300
    yield "标记.md", b"<!-- \n" * 20000 + b"<table>\n" * 20000 + b"```\n~~~\n" * 5000
    yield "长行.md", b"*[" * 200_000 + b"\n" + b"**_`<" * 8_000
    yield "长行.txt", "第一条".encode() * 1_000_000
    yield "控制.txt", bytes(range(32)) * 2000 + LAW.encode() * 500


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped({**members, name: content})


def _replaced(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _with_part(data, name, archive.read(name).replace(old, new, 1))


def hostile(seed: int, count: int) -> Iterator[Hostile]:
    """``count`` mutated files."""
    chance = random.Random(seed)
    names = sorted(sound_files())
    for number in range(count):
        name = chance.choice(names)
        data = sound_files()[name]
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            data = chance.choice(_MUTATIONS)(data, chance)
        if chance.random() < 0.25:
            name = name.rsplit(".", 1)[0] + chance.choice(EXTENSIONS)
        yield f"{number:04d}-{name}", data


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _flip(data: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(chance.choice((1, 3, 30)) if data else 0):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _overwrite(data: bytes, chance: random.Random) -> bytes:
    start, size = chance.randrange(len(data) + 1), chance.choice((4, 64, 1024))
    return data[:start] + chance.randbytes(size) + data[start + size :]


def _zeros(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + bytes(chance.choice((1, 512))) + data[start:]


def _twice(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data + data[start:]


def _other_head(data: bytes, chance: random.Random) -> bytes:
    other = sound_files()[chance.choice(sorted(sound_files()))]
    return other[: chance.choice((8, 100))] + data


def _inside(data: bytes, chance: random.Random) -> bytes:
    """A part of an Office file or archive damaged inside sound packing: the reader itself meets the damage."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError):
        return _flip(data, chance)
    name = chance.choice(sorted(members)) if members else "x"
    return zipped({**members, name: chance.choice((_cut, _flip, _overwrite))(members.get(name, b""), chance)})


_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _flip,
    _overwrite,
    _zeros,
    _twice,
    _other_head,
    _inside,
)
