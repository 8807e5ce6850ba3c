"""Weekly report and spot checks by command: written files, answers by number, one sentence for what fails."""

import json
from pathlib import Path

from openpyxl import load_workbook

from organizer.forms.proof import page_texts
from tests.support.command_line import CommandLine


def visited(line: CommandLine, count: int) -> list[str]:
    units = list(dict.fromkeys(line.ids("沈阳", "employer")))[:count]
    for number, unit in enumerate(units):
        line.do("visit", "add", unit, "--outcome", "1", "--fact", f"staff_total={number + 11}",
                "--fact", "union_state=4")  # fmt: skip
    return units


def test_the_week_is_told_and_written(survey_line: CommandLine, tmp_path: Path) -> None:
    line = survey_line
    visited(line, 3)
    pdf, book = tmp_path / "周报.pdf", tmp_path / "周报.xlsx"
    told = line.do("survey", "report", "--out", pdf)
    whole = told["rows"][-1]
    assert (whole["due"]["total"], whole["reached"]["week"], whole["unfounded"]["total"]) == (
        392,
        3,
        3,
    )
    status = line.do("survey", "status")["walks"]
    by_street = {one["id"]: one["reached"]["total"] for one in told["rows"][:-1]}
    assert by_street == {one["id"]: one["reached"] for one in status if one["units"]}
    assert "排查周报" in page_texts(pdf.read_bytes())[0]
    ten = line.do("survey", "report", "--denominator", "ten", "--by", "grid", "--out", book)
    assert ten["rows"][-1]["due"]["total"] < 392 and ten["denominator"] == "ten"
    assert load_workbook(book)["按网格"]["C5"].value == "没有划入网格"
    past = line.do("survey", "report", "--week", "2020-01-06")
    assert past["monday"] == "2020-01-06" and past["rows"][-1]["reached"]["total"] == 0


def test_what_cannot_be_told_is_one_sentence(survey_line: CommandLine, tmp_path: Path) -> None:
    line = survey_line
    assert "还没有开始" in line.refused("survey", "report", "--week", "2999-01-01")
    assert "还没有排查批次" in line.refused("survey", "report", "--week", "2019-01-01")
    assert ".xlsx" in line.refused("survey", "report", "--out", tmp_path / "周报.doc")
    assert "分母" in line.refused("survey", "report", "--denominator", "dozen")
    there = tmp_path / "周报.pdf"
    there.touch()
    assert "已经存在" in line.refused("survey", "report", "--out", there)
    assert "没有可以抽查的" in line.refused("survey", "sample", "--size", "3")
    assert line.do("survey", "checks") == {"checks": []}
    assert line.do("survey", "signals") == {"signals": []}


def test_a_sample_is_drawn_printed_and_answered(survey_line: CommandLine, tmp_path: Path) -> None:
    line = survey_line
    visited(line, 6)
    paper = tmp_path / "回访单.pdf"
    drawn = line.do("survey", "sample", "--size", "4", "--seed", "7", "--out", paper)
    assert (drawn["population"], len(drawn["items"])) == (6, 4)
    again = line.do("survey", "sample", "--size", "4", "--seed", "7")
    assert [one["employer"] for one in again["items"]] == [
        one["employer"] for one in drawn["items"]
    ]
    assert "抽查回访单" in page_texts(paper.read_bytes())[0]
    # A file that cannot be written draws nothing.
    line.refused("survey", "sample", "--size", "2", "--out", paper)
    check = drawn["check"]
    line.do("survey", "answer", check, "1", "1")
    line.do("survey", "answer", check, "2", "2", "--field", "staff_total", "--remark", "只有 3 人")
    found = line.do("survey", "answer", check, "3", "3")
    assert (found["agreed"], found["differed"], found["unreached"], found["waiting"]) == (
        1,
        1,
        1,
        1,
    )
    listed = line.do("survey", "checks")["checks"]
    assert [one["waiting"] for one in listed] == [4, 1] and listed[1]["id"] == check
    assert "没有第 9 号" in line.refused("survey", "answer", check, "9", "1")
    assert "哪一项" in line.refused("survey", "answer", check, "4", "2")
    assert "只有 6 户" in line.refused("survey", "sample", "--size", "7")
    # Telephones stand on the paper and nowhere else.
    assert "1990" not in json.dumps(drawn)
