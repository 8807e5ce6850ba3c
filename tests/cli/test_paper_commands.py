"""Sheets and collection workbooks by command: made, filled by another program, taken back."""

from pathlib import Path

import openpyxl
import pypdfium2

from tests.support.command_line import CommandLine, assert_plain

COMMUNITY = "210106003006"


def street(line: CommandLine) -> dict[str, str | int]:
    """A street with some units."""
    walks = line.do("survey", "status", "--division", COMMUNITY)["walks"]
    found: dict[str, str | int] = next(one for one in walks if one["units"] > 5)
    return found


def pages(file: Path) -> int:
    document = pypdfium2.PdfDocument(file)
    try:
        return len(document)
    finally:
        document.close()


def test_every_kind_of_sheet_is_printed(survey_line: CommandLine) -> None:
    line = survey_line
    place = street(line)
    out = line.home / "走访单.pdf"
    done = line.do("survey", "sheet", "--place", str(place["id"]), "--size", "A5", "--out", out)
    assert done["units"] == place["units"] and done["place"] == place["name"]
    assert pages(out) == len(done["sheets"]) and done["blanks"] >= 3
    forms = line.home / "登记表.pdf"
    made = line.do("survey", "sheet", "--place", str(place["id"]), "--kind", "form", "--out", forms)
    assert pages(forms) == made["units"] == place["units"]
    blank = ("--kind", "blank", "--count", "2", "--out", line.home / "空白.pdf")
    assert line.do("survey", "sheet", "--place", str(place["id"]), *blank)["blanks"] == 2
    assert_plain(line.refused("survey", "sheet", "--place", str(place["id"]), "--out", out))
    assert_plain(line.refused("survey", "sheet", "--place", "没有这条街", "--out", line.home / "x"))
    small = ("--kind", "form", "--size", "A5", "--out", line.home / "小.pdf")
    assert_plain(line.refused("survey", "sheet", "--place", str(place["id"]), *small))


def test_a_collection_workbook_goes_out_and_comes_back(survey_line: CommandLine) -> None:
    line = survey_line
    place = street(line)
    out = line.home / "采集表.xlsx"
    made = line.do("collect", "make", "--place", str(place["id"]), "--out", out)
    assert made["units"] == place["units"]
    book = openpyxl.load_workbook(out)
    for cell, value in {
        "F4": "1已访",
        "H4": 23,
        "F5": "2无人",
        "G5": "2026-02-03",
        "H6": 5,
    }.items():
        book["采集表"][cell] = value
    filled = line.home / "填好.xlsx"
    book.save(filled)
    answer = line.run("collect", "read", filled, "--on", "2026-02-02", "--json")
    facts = answer.json["facts"]
    assert (answer.code, facts["taken"], facts["again"]) == (1, 2, 0)
    assert [(one["row"], one["column"]) for one in facts["problems"]] == [(6, "走访结果")]
    # A person reads row, column and what to do.
    said = line.run("collect", "read", filled, "--on", "2026-02-02").out.splitlines()
    assert said[0].startswith("第 6 行“走访结果”：") and said[-1] == (
        "已读回 0 行，更正 0 行，以前读过 2 行，有问题 1 行。"
    )
    # The sample ends before today, as a year of papers would.
    reached = next(one for one in line.do("survey", "status")["walks"] if one["id"] == place["id"])[
        "reached"
    ]
    assert reached == 1
    assert_plain(line.refused("collect", "read", line.home / "没有.xlsx"))
    assert_plain(line.refused("collect", "read", line.data / "keyring.json"))
    assert_plain(line.refused("collect", "make", "--place", str(place["id"]), "--out", out))
