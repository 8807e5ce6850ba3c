"""`organizer demo`: six steps on the sample, twice into one folder, and nothing left in the clear."""

import csv
import re
from pathlib import Path

import python_calamine

from organizer.services.lists import importing
from organizer.services.office import opening
from tests.support.command_line import LISTED_ON, CommandLine, sample
from tests.support.literal_reader import read_members
from tests.support.offices import Template, copy_office, open_office

DEMO_PASSWORD = "organizer-demo"


def joiners() -> list[dict[str, str]]:
    with sample("03_*.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def told_of_the_sample() -> set[str]:
    """Every name, code and number of the sample: units, people, ids, phones, addresses."""
    told = set()
    for row in joiners():
        told |= {row["姓名"], row["证件号码"], row["手机号码"], row["工作单位"]}
    for pattern in ("01_*.xlsx", "02_*.xls"):
        book = python_calamine.CalamineWorkbook.from_path(sample(pattern))
        for name in book.sheet_names:
            for cells in book.get_sheet_by_name(name).to_python():
                told |= {str(cell).strip() for cell in cells}
    return {word for word in told if RUN.search(word.encode())}


_HANZI = rb"(?:[\xe3-\xe9][\x80-\xbf]{2}|\xf0[\xa0-\xaf][\x80-\xbf]{2})"
RUN = re.compile(rb"%s{2}(?:%s|[ -~])*|[0-9A-Z]{10,}" % (_HANZI, _HANZI))
"""What a name, an address or a number looks like among other bytes."""


def in_the_clear(data: bytes, words: set[str]) -> list[str]:
    """The words that can be read in these bytes, as UTF-8 or as a JSON text with escapes."""
    escapes = re.findall(rb"(?:\\u[0-9a-fA-F]{4}){2,}", data)
    runs = [run.decode("utf-8", "replace") for run in RUN.findall(data)]
    runs += [escape.decode("unicode-escape") for escape in escapes]
    return [word for run in runs for word in words if word in run]


def everything_kept(line: CommandLine) -> dict[str, bytes]:
    places = (line.data, line.state, line.temporary)
    files = [file for place in places for file in place.rglob("*") if file.is_file()]
    return {file.name: file.read_bytes() for file in files}


def assert_nothing_is_in_the_clear(line: CommandLine) -> None:
    words = told_of_the_sample()
    assert {"翟海涛", "21990019761201455X", "沈阳样禾供应链管理有限公司", "19900823557"} <= words
    assert len(words) > 2000
    assert {"翟海涛", "19900823557"} <= set(in_the_clear(sample("03_*.csv").read_bytes(), words))

    closed = everything_kept(line)
    assert {"office.db", "attachments.db", "keyring.json"} <= set(closed)
    opened = opening.unlock(line.folder, "演示账号", DEMO_PASSWORD)
    importing.import_list(opened, sample("02_*.xls"), as_of=LISTED_ON)
    at_work = everything_kept(line)
    opened.close()
    assert len(at_work["office.db-wal"]) > 100_000
    found = {
        name: leaked
        for kept in (closed, at_work)
        for name, data in kept.items()
        if (leaked := in_the_clear(data, words))
    }
    assert found == {}


def assert_another_reader_finds_every_member(batches: Path) -> None:
    read = [
        (one.name, one.id_number, one.mobile)
        for file in sorted(batches.iterdir())
        for one in read_members(file)
    ]
    wanted = {
        (row["姓名"], row["证件号码"], row["手机号码"])
        for row in joiners()
        if row["证件号码"] and row["备注"] != "同一人再次登记"
    }
    assert len(read) == len(wanted) == 30
    assert set(read) == wanted


def test_the_demo_walks_the_whole_path_twice_and_leaves_nothing_in_the_clear(
    tmp_path: Path,
) -> None:
    out = tmp_path / "demo"
    line = CommandLine(tmp_path / "machine", out / "data")
    known = {"ORGANIZER_DATA": None, "ORGANIZER_PASSWORD": None}
    first = line.run("demo", "--out", out, **known)
    assert first.code == 0 and first.err == "", first
    assert (first.out.count("✓"), first.out.count("✗")) == (8, 0)
    sheet = (out / "恢复单.pdf").read_bytes()

    second = line.do("demo", "--out", out, **known)
    assert [step["good"] for step in second["steps"]] == [True] * 8
    assert (out / "恢复单.pdf").read_bytes() != sheet
    assert len(list((out / "papers").iterdir())) == 31
    assert_another_reader_finds_every_member(out / "batches")
    assert line.do("database", "check", ORGANIZER_PASSWORD=DEMO_PASSWORD)["findings"] == []
    assert_nothing_is_in_the_clear(line)


def test_a_folder_with_other_files_is_left_alone(nobody: CommandLine) -> None:
    out = nobody.home / "mine"
    out.mkdir()
    (out / "letter.txt").write_text("mine", encoding="utf-8")
    assert "没有动" in nobody.refused("demo", "--out", out)
    assert [file.name for file in out.iterdir()] == ["letter.txt"]
    assert (out / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_demo_never_touches_an_office_of_its_own(office_line: CommandLine) -> None:
    before = office_line.folder.database.read_bytes()
    assert "已经有单位数据" in office_line.refused(
        "demo", "--out", "demo", "--data", office_line.data
    )
    assert office_line.folder.database.read_bytes() == before


def test_a_demo_somebody_looks_at_is_not_cleared(
    office_template: Template, nobody: CommandLine
) -> None:
    out = nobody.home / "demo"
    office = open_office(copy_office(office_template.root, out / "data").root)
    (out / "organizer-demo.txt").write_text("", encoding="utf-8")
    before = sorted(file.name for file in out.rglob("*"))
    try:
        assert "另一个程序" in nobody.refused("demo", "--out", out, code=2)
        assert sorted(file.name for file in out.rglob("*")) == before
    finally:
        office.close()
