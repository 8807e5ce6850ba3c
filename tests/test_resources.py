import csv
import hashlib
import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from stdnum.cn import ric, uscc

from organizer import resources
from tests.support import made_up_office

SAMPLE = resources.path("sample")
MARKET = "01_市场主体名单.xlsx"
SURVEY = "02_街道摸底表（杂乱）"
JOINERS = "03_入会人员.csv"


@pytest.fixture(scope="module")
def divisions() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in resources.rows("divisions", "liaoning_2023.csv")}


@pytest.fixture(scope="module")
def market() -> list[list[object]]:
    sheet = CalamineWorkbook.from_path(str(SAMPLE / MARKET)).get_sheet_by_index(0)
    rows: list[list[object]] = [list(row) for row in sheet.to_python()]
    return rows


def test_the_divisions_are_those_of_the_2023_edition(divisions: dict[str, dict[str, str]]) -> None:
    levels = Counter(row["level"] for row in divisions.values())
    assert len(divisions) == 18_248
    assert levels == {"省": 1, "市": 14, "县": 100, "乡": 1_406, "村": 16_727}


def test_each_division_stands_below_its_parent(divisions: dict[str, dict[str, str]]) -> None:
    above = {"市": "省", "县": "市", "乡": "县", "村": "乡"}
    for code, row in divisions.items():
        if row["level"] == "省":
            assert row["parent_code"] == ""
            continue
        assert code.startswith(row["parent_code"])
        assert divisions[row["parent_code"]]["level"] == above[row["level"]]


def test_each_division_has_initials_for_each_of_its_readings(
    divisions: dict[str, dict[str, str]],
) -> None:
    for row in divisions.values():
        lines = row["pinyin"].split("|")
        assert lines == list(dict.fromkeys(lines))
        wanted = {"".join(word[0] for word in line.split()) for line in lines}
        assert set(row["initials"].split("|")) == wanted, row
        assert row["pinyin"].replace(" ", "").replace("|", "").isalnum(), row


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("前当堡镇", "qdbz qdpz"),
        ("翟家街道", "zjjd djjd"),
        ("朝阳市", "cys"),
        ("重工街道", "zgjd"),
        ("工人村街道", "grcjd"),
    ],
)
def test_places_are_found_by_each_way_to_read_them(
    divisions: dict[str, dict[str, str]], name: str, initials: str
) -> None:
    [row] = [row for row in divisions.values() if row["name"] == name]
    assert row["initials"].split("|") == initials.split()


def cells(path: Path) -> list[list[list[object]]]:
    book = load_workbook(path)
    return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_sample_comes_out_the_same_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SAMPLE / "make_sample.py", tmp_path], check=True)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted([MARKET, f"{SURVEY}.csv", f"{SURVEY}.xls", JOINERS])
    for name in (f"{SURVEY}.csv", f"{SURVEY}.xls", JOINERS):
        assert digest(tmp_path / name) == digest(SAMPLE / name), name
    assert cells(tmp_path / MARKET) == cells(SAMPLE / MARKET)


def test_the_market_list_holds_valid_made_up_codes_of_real_communities(
    market: list[list[object]], divisions: dict[str, dict[str, str]]
) -> None:
    head, rows = market[1], market[2:-2]
    assert head[:3] == ["序号", "单位名称", "统一社会信用代码"]
    assert len(rows) > 340
    communities = {row["name"] for row in divisions.values() if row["parent_code"] == "210106003"}
    codes = [str(row[2]) for row in rows if row[2]]
    assert len(codes) == len(set(codes))
    assert len(rows) - len(codes) >= 20
    for row in rows:
        assert row[9] in communities
    for code in codes:
        assert uscc.is_valid(code)
        assert code[2:8] == "219900"


@pytest.mark.parametrize(
    ("place", "least"), [("兴工街", 50), ("云峰北街", 40), ("样禾大厦", 45), ("综合市场", 60)]
)
def test_the_market_list_shows_every_shape_of_place(
    market: list[list[object]], place: str, least: int
) -> None:
    lines = {str(row[6]) for row in market[2:-2] if place in str(row[6])}
    assert len(lines) >= least


def test_the_sample_village_has_groups_and_no_streets(divisions: dict[str, dict[str, str]]) -> None:
    sheet = CalamineWorkbook.from_path(str(SAMPLE / MARKET)).get_sheet_by_index(1).to_python()
    rows = sheet[2:-2]
    assert divisions["210181106205"]["name"] == "方巾牛村委会"
    assert {row[9] for row in rows} == {"方巾牛村委会"}
    assert any("3组" in str(row[6]) for row in rows)
    assert not any("路" in str(row[6]).replace("路北", "") or "街" in str(row[6]) for row in rows)


def survey_rows() -> list[list[str]]:
    with (SAMPLE / f"{SURVEY}.csv").open(encoding="gb18030", newline="") as lines:
        return list(csv.reader(lines))


def test_the_untidy_list_is_the_same_in_both_formats() -> None:
    sheet = CalamineWorkbook.from_path(str(SAMPLE / f"{SURVEY}.xls")).get_sheet_by_index(0)
    rows = survey_rows()
    assert len(sheet.to_python()) == len(rows)
    assert [str(row[1]) for row in sheet.to_python()] == [row[1] for row in rows]


def test_the_untidy_list_is_untidy_as_promised() -> None:
    rows = survey_rows()
    papers = [row[5] for row in rows]
    assert any("小计" in row[1] for row in rows)
    assert any(not any(row) for row in rows)
    assert any("E+17" in paper for paper in papers)
    assert any(len(paper) == 15 and paper.isdigit() for paper in papers)
    assert any("?" in row[4] for row in rows)
    whole = [paper for paper in papers if len(paper) == 18 and paper[:17].isascii()]
    wrong = [paper for paper in whole if paper[:17].isdigit() and not _checks(paper)]
    assert len(wrong) == 2
    codes = [row[2] for row in rows if len(row[2]) == 18 and row[2].isascii() and row[2].isupper()]
    assert any(not uscc.is_valid(code) for code in codes)
    assert any("1990" not in row[10] and "." in row[10] for row in rows)


def _checks(paper: str) -> bool:
    return ric.calc_check_digit(paper) == paper[17].upper().replace("×", "X")


def test_each_raw_address_stands_in_the_untidy_list_once() -> None:
    lines = (SAMPLE / "raw_addresses.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 138
    assert sorted(row[3] for row in survey_rows()[3:] if row[3]) == sorted(lines)


def test_the_joiners_work_for_units_of_the_list_and_one_comes_twice(
    market: list[list[object]],
) -> None:
    with (SAMPLE / JOINERS).open(encoding="utf-8-sig", newline="") as lines:
        people = list(csv.DictReader(lines))
    employers = {str(row[1]) for row in market}
    papers = Counter(person["证件号码"] for person in people)
    assert 30 <= len(people) <= 35
    assert papers[""] == 1
    assert [count for paper, count in papers.items() if paper and count > 1] == [2]
    for person in people:
        assert person["工作单位"] in employers
        if paper := person["证件号码"]:
            assert paper.startswith("219900")
            assert _checks(paper)
            assert (int(paper[16]) % 2 == 1) == (person["性别"] == "男")


def test_made_up_people_have_distinct_valid_ids_that_fit_them() -> None:
    people = list(made_up_office.people(3_000, seed=5, employers=40))
    assert len({person["resident_id"] for person in people}) == len(people)
    for person in people:
        paper = person["resident_id"]
        assert ric.calc_check_digit(paper) == paper[17]
        assert paper[:14] == "219900" + person["birth"].replace("-", "")
        assert person["sex"] == ("1" if int(paper[16]) % 2 else "2")
        assert 0 <= person["employer"] < 40
        assert 2 <= len(person["name"]) <= 4


def test_made_up_units_have_distinct_valid_codes_and_possible_counts() -> None:
    units = list(made_up_office.units(3_000, seed=5, communities=["210181106205"]))
    assert len({unit["uscc"] for unit in units}) == len(units)
    for unit in units:
        assert uscc.is_valid(unit["uscc"])
        assert unit["women"] + unit["rural"] <= unit["staff"]
        assert unit["community"] == "210181106205"
        assert unit["address"].startswith("沈阳市铁西区" + unit["street"])


def test_no_id_comes_twice_however_many_are_asked_for() -> None:
    # The stride meets every number once only if it shares no factor with the whole.
    for whole in (made_up_office.MOST_PEOPLE, made_up_office.MOST_UNITS):
        assert pow(made_up_office.STRIDE, -1, whole)


def test_a_made_up_office_streams_and_depends_on_nothing_but_its_seed() -> None:
    endless = made_up_office.people(made_up_office.MOST_PEOPLE, seed=3)
    first = list(islice(endless, 50))
    assert first == list(made_up_office.people(50, seed=3))
    assert first != list(made_up_office.people(50, seed=4))
    assert list(made_up_office.units(50, seed=3)) == list(made_up_office.units(50, seed=3))
