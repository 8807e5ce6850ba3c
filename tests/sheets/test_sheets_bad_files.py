"""Files that are no lists: one plain sentence each, and never a crash."""

import io
import os
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt
from xlwt.CompoundDoc import XlsDoc

from organizer.errors import UnreadableFile
from organizer.sheets import contents, header_synonyms, read_list

GOLDEN = Path(__file__).parent.parent / "golden" / "sheets"
FIELDS = header_synonyms("employer")


def refusal(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        read_list(path, fields=FIELDS, required=frozenset({"name"}))
    return refused.value


def sentence(error: UnreadableFile) -> str:
    return error.sentence()


def xlsx(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def xls_stream() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("单位").write(0, 0, "单位名称")
    stream: bytes = book.get_biff_data()
    return stream


def compound(stream: bytes) -> bytes:
    saved = io.BytesIO()
    XlsDoc().save(saved, stream)
    return saved.getvalue()


def locked_xls() -> bytes:
    """The record saying that all that follows is encrypted, right after the opening record."""
    stream = xls_stream()
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    file_pass = struct.pack("<HH", 0x2F, 54) + bytes([1, 0, 1, 0, 1, 0]) + bytes(48)
    return compound(stream[:first] + file_pass + stream[first:])


def zipped(parts: dict[str, bytes]) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return saved.getvalue()


def bomb() -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(60):
                part.write(bytes(1_000_000))
    return saved.getvalue()


def far_cell() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "单位名称"
    book.active.cell(1_048_576, 16_384).value = "x"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """A workbook in which one part says something else."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([["单位名称"], ["x"]]))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts.setdefault("xl/sharedStrings.xml", b'<sst uniqueCount="1"><si/></sst>')
    assert old in parts[part]
    with zipfile.ZipFile(saved, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data.replace(old, new) if name == part else data)
    return saved.getvalue()


def torn_sheet() -> bytes:
    data = bytearray(xlsx([["单位名称"], *([f"样例{n}"] for n in range(500))]))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        start = package.getinfo("xl/worksheets/sheet1.xml").header_offset
    data[start + 300 : start + 310] = bytes(10)
    return bytes(data)


HTML = "<html><body><table><tr><td>单位名称</td></tr></table></body></html>"
BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty.xlsx": ("empty", bytes),
    "page.xls": ("web_page", HTML.encode),
    "table.xls": ("web_page", lambda: b"\xef\xbb\xbf\r\n" + b"<Table border=1><tr></tr></table>"),
    "page16.xls": ("web_page", lambda: HTML.encode("utf-16")),
    "mail.xls": ("web_page", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related"),
    "xml2003.xls": ("web_page", lambda: b'<?xml version="1.0"?><Workbook></Workbook>'),
    "locked.xls": ("password", locked_xls),
    "torn.xlsx": ("damaged", lambda: xlsx([["单位名称"]])[:2000]),
    "torn_sheet.xlsx": ("damaged", torn_sheet),
    "torn.xls": ("damaged", lambda: compound(xls_stream())[:700]),
    "letter.xlsx": (
        "not_workbook",
        lambda: zipped({"[Content_Types].xml": b"", "word/d.xml": b""}),
    ),
    "letter.wps": (
        "not_workbook",
        lambda: compound(xls_stream()).replace(
            "Workbook".encode("utf-16-le") + bytes(10), "WordDocument".encode("utf-16-le") + b"\0\0"
        ),
    ),
    "several.zip": ("archive", lambda: zipped({"a.xlsx": b"", "b.xlsx": b""})),
    "several.rar": ("archive", lambda: b"Rar!\x1a\x07\x00"),
    "bomb.xlsx": ("too_large", bomb),
    "far.xlsx": ("far_cell", far_cell),
    "far_row.xlsx": (
        "far_cell",
        lambda: changed("xl/worksheets/sheet1.xml", b'r="A2"', b'r="A4294967290"'),
    ),
    "strings.xlsx": (
        "damaged",
        lambda: changed("xl/sharedStrings.xml", b'uniqueCount="', b'uniqueCount="99999999999'),
    ),
    "scan.pdf": ("pdf", lambda: b"%PDF-1.7\n"),
    "photo.xlsx": ("picture", lambda: b"\x89PNG\r\n\x1a\n"),
    "photo.csv": ("picture", lambda: b"\xff\xd8\xff\xe0"),
    "ancient.xls": ("old_format", lambda: b"\x09\x08\x08\x00\x00\x05\x05\x00"),
    "program.csv": ("not_text", lambda: b"a,b\x00\x01,c"),
    "unknown.csv": ("encoding", lambda: b"a,\xff\xff\xfe,c\n" * 3),
    "other.csv": ("no_header", "品名,数量\n铅笔,3\n".encode),
    "blank.csv": ("no_header", lambda: b"\n\n"),
    "blank.xlsx": ("no_header", lambda: xlsx([])),
    "no_name.xlsx": ("missing_columns", lambda: xlsx([["行业", "地址", "电话"], ["x", "y", "z"]])),
}


@pytest.mark.parametrize("file_name", BAD)
def test_refused_with_a_sentence(tmp_path: Path, file_name: str) -> None:
    code, content = BAD[file_name]
    (tmp_path / file_name).write_bytes(content())
    error = refusal(tmp_path / file_name)
    assert error.code == f"sheets.{code}"
    assert file_name in sentence(error)
    assert "请" in sentence(error)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    (tmp_path / "夹.xlsx").mkdir()
    assert refusal(tmp_path / "没有.xlsx").code == "sheets.missing"
    assert refusal(tmp_path / "夹.xlsx").code == "sheets.folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_and_a_device_are_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.csv")
    for path in (tmp_path / "管道.csv", Path("/dev/zero")):
        error = refusal(path)
        assert error.code == "sheets.no_file"
        assert "请选择" in sentence(error)
        with pytest.raises(UnreadableFile) as caught:
            contents.digest(path)
        assert caught.value.code == "sheets.no_file"


def test_password_protected_workbook() -> None:
    assert refusal(GOLDEN / "password.xlsx").code == "sheets.password"


def test_sentences_name_the_words_looked_for(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("品名,数量\n", encoding="utf-8")
    assert "单位名称、用人单位名称" in sentence(refusal(tmp_path / "a.csv"))
    (tmp_path / "b.csv").write_text("题目,,\n行业,地址,电话\n", encoding="utf-8")
    told = sentence(refusal(tmp_path / "b.csv"))
    assert "第 2 行" in told
    assert "单位名称、用人单位名称" in told


def test_limits_leave_room_for_real_lists(tmp_path: Path) -> None:
    """Formats dragged down to the last row and out to column AZ hold nothing and are let pass."""
    book = openpyxl.Workbook()
    book.active.append(["单位名称", "地址"])
    book.active.append(["样例商店", "示范街1号"])
    book.active.cell(1, 52).value = "远处的备注"
    book.active.cell(1_048_576, 1).font = openpyxl.styles.Font(bold=True)
    book.save(tmp_path / "表.xlsx")
    [sheet] = read_list(tmp_path / "表.xlsx", fields=FIELDS, required=frozenset({"name"})).sheets
    assert [row.text("name") for row in sheet.rows()] == ["样例商店"]


@pytest.mark.parametrize("make", [lambda: compound(xls_stream()), lambda: xlsx([["单位名称"]])])
def test_damage_anywhere_never_crashes(tmp_path: Path, make: Callable[[], bytes]) -> None:
    """Every outcome is a list or a sentence; anything else would escape here."""
    whole, chance = make(), random.Random(7)
    refused = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 40))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / "坏.xls").write_bytes(data[: chance.randrange(len(data) // 2, len(data))])
        try:
            found = read_list(tmp_path / "坏.xls", fields=FIELDS, required=frozenset({"name"}))
            for sheet in found.sheets:
                list(sheet.lines())
        except UnreadableFile as error:
            assert sentence(error)
            refused += 1
    assert refused > 0
