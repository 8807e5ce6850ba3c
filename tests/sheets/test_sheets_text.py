"""Text lists: encodings, separators, quotation marks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.errors import UnreadableFile
from organizer.sheets import Row, Sheet, Skipped, header_synonyms, read_list

FIELDS = header_synonyms("employer")


def sheet_of(path: Path) -> Sheet:
    [sheet] = read_list(path, fields=FIELDS, required=frozenset({"name"})).sheets
    return sheet


def rows_of(path: Path) -> list[dict[str, str]]:
    return [{f: cell.text for f, cell in row.cells.items()} for row in sheet_of(path).rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = (
        ["用人单位名册"],
        ["单位名称", "地址", "统一社会信用代码"],
        ["样例商店", "示范街1号，2层", "2.10102E+17"],
        ["样例饭店", "", '="91210000000000000X"'],
    )
    text = "\r\n".join(separator.join(line) for line in lines)
    (tmp_path / "表.csv").write_bytes(text.encode(encoding))
    assert rows_of(tmp_path / "表.csv") == [
        {"name": "样例商店", "address": "示范街1号，2层", "uscc": "2.10102E+17"},
        {"name": "样例饭店", "uscc": "91210000000000000X"},
    ]


def test_characters_beyond_gbk_survive_in_gb18030(tmp_path: Path) -> None:
    (tmp_path / "表.txt").write_bytes("单位名称,联系人\n𠮷样商店,测试䶮".encode("gb18030"))
    assert rows_of(tmp_path / "表.txt") == [{"name": "𠮷样商店", "contact": "测试䶮"}]


def test_commas_and_line_breaks_inside_quotation_marks(tmp_path: Path) -> None:
    text = '单位名称,地址,备注\n"甲,乙商店","示范街\n1号","说""好"""\n'
    (tmp_path / "表.csv").write_text(text, encoding="utf-8", newline="")
    [row] = rows_of(tmp_path / "表.csv")
    assert row == {"name": "甲,乙商店", "address": "示范街\n1号", "remark": '说"好"'}


def test_headings_in_two_rows_without_merges(tmp_path: Path) -> None:
    text = "单位名称,职工情况,,地址\n,总数,女,\n样例商店,9,4,示范街1号\n"
    (tmp_path / "表.csv").write_text(text, encoding="utf-8")
    assert rows_of(tmp_path / "表.csv") == [
        {"name": "样例商店", "staff_total": "9", "staff_women": "4", "address": "示范街1号"}
    ]


def test_single_column_list(tmp_path: Path) -> None:
    text = "单位名称\n样例甲\n注：以下为新增\n样例乙\n"
    (tmp_path / "名单.txt").write_text(text, encoding="utf-8")
    assert rows_of(tmp_path / "名单.txt") == [{"name": "样例甲"}, {"name": "样例乙"}]


def test_very_wide_file(tmp_path: Path) -> None:
    wide = ["单位名称", *(f"列{n}" for n in range(3000))]
    (tmp_path / "宽.csv").write_text(",".join(wide) + "\n样例甲,1\n", encoding="utf-8")
    sheet = sheet_of(tmp_path / "宽.csv")
    assert len(sheet.columns) == 3001
    assert [row.text("name") for row in sheet.rows()] == ["样例甲"]


def test_quotation_mark_never_closed_is_told_with_its_row(tmp_path: Path) -> None:
    text = '单位名称,地址\n样例甲,一号\n"样例乙,二号\n样例丙,三号\n'
    (tmp_path / "表.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        sheet_of(tmp_path / "表.csv")
    assert refused.value.code == "sheets.quotes"
    assert refused.value.facts["row"] == 3


def test_a_cell_without_end_is_told_like_a_quotation_mark_that_is_never_closed(
    tmp_path: Path,
) -> None:
    (tmp_path / "表.csv").write_text(f"单位名称,地址\n样例甲,{'号' * 140_000}\n", encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        sheet_of(tmp_path / "表.csv")
    assert (refused.value.code, refused.value.facts["row"]) == ("sheets.quotes", 2)


VISIBLE = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="=")
ENTRY = st.text(VISIBLE, max_size=8)


@given(st.lists(st.lists(ENTRY, min_size=3, max_size=3), max_size=12))
def test_every_row_of_a_file_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("text") / "表.csv"
    quoted = [",".join(f'"{text.replace(chr(34), chr(34) * 2)}"' for text in row) for row in rows]
    path.write_text("\n".join(["单位名称,地址,电话", *quoted]), encoding="utf-8", newline="")
    sheet = sheet_of(path)
    lines = list(sheet.lines())
    assert [line.number for line in lines] == list(range(1, len(rows) + 2))
    for line, values in zip(lines[1:], rows, strict=True):
        assert isinstance(line, Row | Skipped)
        if isinstance(line, Row):
            read = [line.text(field) for field in ("name", "address", "phone")]
            assert read == values
