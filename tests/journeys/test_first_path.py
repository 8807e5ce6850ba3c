"""The main job by command line: a list in, a door visited, people signed up, papers, a batch."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdfium2
import pypdfium2.raw
import xlwt

from tests.support.command_line import CommandLine, sample
from tests.support.literal_reader import read_members
from tests.support.made_up_office import units
from tests.support.offices import ACCOUNT, DIVISION, Template, copy_office

NAME = "工人村街道总工会"

HEADER = ("单位名称", "统一社会信用代码", "法定代表人", "联系电话", "地址", "所属社区", "职工人数")
COMMUNITY = "劳模社区"
ANSWERS = (
    "union_state=4", "staff_total=36", "staff_women=14", "staff_migrant=5", "staff_new_form=3",
    "employer_willing=yes", "staff_willing=yes", "no_union_reason=5", "responsible=张管理",
    "grid=001", "next_visit_on=2020-03-01",
)  # fmt: skip
Rows = list[tuple[str, ...]]


def made_up_rows(count: int = 12) -> Rows:
    return [
        (one["name"], one["uscc"], one["legal_person"], one["phone"], one["address"], COMMUNITY,
         str(one["staff"]))
        for one in units(count, seed=9)
    ]  # fmt: skip


def as_xlsx(rows: Rows, file: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(file)


def as_xls(rows: Rows, file: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for number, row in enumerate((HEADER, *rows)):
        for column, text in enumerate(row):
            sheet.write(number, column, text)
    book.save(str(file))


def as_csv(encoding: str) -> Callable[[Rows, Path], None]:
    def write(rows: Rows, file: Path) -> None:
        with file.open("w", encoding=encoding, newline="") as out:
            csv.writer(out).writerows((HEADER, *rows))

    return write


FORMATS: tuple[tuple[str, Callable[[Rows, Path], None]], ...] = (
    ("a.xlsx", as_xlsx),
    ("b.xls", as_xls),
    ("c.csv", as_csv("utf-8")),
    ("d.csv", as_csv("utf-8-sig")),
    ("e.csv", as_csv("gb18030")),
)


def pages(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def every_font_is_embedded(pdf: Path) -> bool:
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(pdf)
    try:
        fonts = [
            raw.FPDFTextObj_GetFont(found)
            for page in document
            for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
        ]
        return bool(fonts) and all(raw.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)
    finally:
        document.close()


def recovery_code(sheet: Path) -> str:
    (text,) = pages(sheet)
    groups = re.findall(r"([1-8])((?:[2-9A-HJ-NP-Z]){5})", text.partition("怎样使用")[0])
    assert [number for number, _group in groups] == list("12345678")
    return " ".join(group for _number, group in groups)


def test_an_office_is_made_locked_and_recovered(nobody: CommandLine) -> None:
    made = nobody.do("office", "new", "--name", NAME, "--division", DIVISION, "--account", ACCOUNT,
                     "--sheet", "恢复单.pdf")  # fmt: skip
    assert made["data"] == str(nobody.data)
    sheet = nobody.home / "恢复单.pdf"
    assert NAME in pages(sheet)[0] and every_font_is_embedded(sheet)

    code = nobody.home / "code.txt"
    code.write_text(recovery_code(sheet).lower() + "\n", encoding="utf-8")
    new = "另一句样例口令五六"
    words = ("office", "recover", "--code-file", code, "--sheet", "新恢复单.pdf")
    nobody.do(*words, ORGANIZER_PASSWORD=new)
    assert "密码不对" in nobody.refused("find", NAME)
    assert nobody.do("find", "工人村街道", ORGANIZER_PASSWORD=new)["hits"]
    # The sheet that was opened is void; the new one is not the old one.
    again = ("office", "recover", "--code-file", code, "--sheet", "第三张.pdf")
    assert "恢复码不对" in nobody.refused(*again, ORGANIZER_PASSWORD=new)
    assert recovery_code(nobody.home / "新恢复单.pdf") != recovery_code(sheet)


def test_a_list_goes_in_once_whatever_format_it_comes_in(
    office_line: CommandLine, tmp_path: Path
) -> None:
    rows = made_up_rows()
    added = []
    for name, write in FORMATS:
        write(rows, tmp_path / name)
        facts = office_line.do("list", "import", tmp_path / name)
        assert (facts["added"] + facts["known"], facts["refused"]) == (len(rows), 0), name
        added.append((facts["added"], facts["new_facts"] > 0))
    assert added == [(len(rows), True), *[(0, False)] * 4]
    assert all(len(office_line.ids(row[0], "employer")) == 1 for row in rows[:3])


def test_two_offices_give_the_same_units_the_same_ids(
    office_template: Template, tmp_path: Path
) -> None:
    seen = []
    for name in ("north", "south"):
        line = CommandLine(tmp_path / name)
        copy_office(office_template.root, line.data)
        line.do("list", "import", sample("02_*.xls"))
        hits = line.do("find", "沈阳", "--limit", "1000")["hits"]
        hits += line.do("find", "大连", "--limit", "1000")["hits"]
        kept = {(hit["table"], hit["name"], hit["detail"]): hit["id"] for hit in hits}
        seen.append(kept)
    assert seen[0] == seen[1]
    assert sum(table == "employer" for table, *_ in seen[0]) > 50


def test_visits_light_the_lamps_and_stay(survey_line: CommandLine) -> None:
    unit = "沈阳样禾供应链管理有限公司"
    (row,) = survey_line.ids("yhgyl", "employer")
    assert survey_line.ids(unit, "employer") == [row]

    first = survey_line.run("visit", "add", "yhgyl", "--outcome", "2", "--on", "2020-02-01")
    assert first.code == 0, first
    assert "第 1 次" in first.out and "建未 位未 数未 进未 → 建未 位未 数未 进未" in first.out
    facts = [word for answer in ANSWERS for word in ("--fact", answer)]
    second = survey_line.run("visit", "add", unit, "--outcome", "1", *facts, "--on", "2020-02-02")
    assert "第 2 次" in second.out, second
    assert "建未 位未 数未 进未 → 建清 位清 数清 进清" in second.out
    third = survey_line.do("visit", "add", row, "--outcome", "3", "--on", "2020-02-03")
    assert third["visits"] == 3


JOINERS = (
    ("--name", "翟海涛", "--id-number", "21990019761201455X", "--phone", "19900823557",
     "--unit", "沈阳例天家政服务有限公司", "--ethnic", "满族", "--education", "本科",
     "--political", "党员", "--household-kind", "城镇", "--migrant", "no", "--position", "司机"),
    ("--name", "王㛃", "--id-number", "219900199210193646", "--phone", "19900664065",
     "--unit", "沈阳例天家政服务有限公司", "--ethnic", "汉", "--education", "技校",
     "--political", "群众", "--household-kind", "农村", "--migrant", "yes"),
    ("--name", "阿依古丽·买买提热合曼", "--id-number", "219900197503059425", "--phone",
     "19900430607", "--unit", "沈阳例天家政服务有限公司", "--ethnic", "维吾尔族",
     "--education", "大专", "--political", "群众", "--household-kind", "城镇", "--migrant", "no"),
)  # fmt: skip
WITHOUT_ID = ("--name", "孙长林", "--phone", "19900838865", "--unit", "沈阳例天家政服务有限公司")


def test_people_join_papers_print_and_the_batch_goes_out(survey_line: CommandLine) -> None:
    line, home = survey_line, survey_line.home
    signed = [line.do("signup", "add", *words) for words in JOINERS]
    second = line.refused("signup", "add", *JOINERS[0])
    assert "翟海涛" in second and "转入" in second
    without = line.run("signup", "add", *WITHOUT_ID, "--json")
    assert "暂不能录入省平台" in without.out, without
    # Who has no number is looked at before the others are approved with him.
    assert WITHOUT_ID[1] in line.refused("signup", "approve", "--all")
    line.do("signup", "look", without.json["facts"]["membership"])
    assert line.do("signup", "approve", "--all")["count"] == 4
    (union,) = {done["union"] for done in signed}

    memberships = [done["membership"] for done in signed]
    (home / "papers").mkdir()
    files = line.do("paper", "print", "signup", "--ids", *memberships, "--out", "papers")["files"]
    for file, words in zip(files, JOINERS, strict=True):
        application, registration, _notice = pages(home / file)
        assert "我自愿加入中华全国总工会" in application and words[1] in application
        assert "工会会员登记表" in registration and words[3] in registration
        assert every_font_is_embedded(home / file)

    (home / "batches").mkdir()
    out = line.run("batch", "export", "--union", union, "--out", "batches")
    assert out.code == 0, out
    assert "已导出并逐格核对 3 人，1 人未入批次" in out.out
    (kept_off,) = re.findall("未入批次 孙长林：.*", out.out)
    assert "暂不能录入省平台" in kept_off
    assert "参考样式（未经辽宁核实）" in out.out
    (batch,) = (home / "batches").iterdir()
    read = read_members(batch)
    assert [(one.name, one.id_number, one.mobile) for one in read] == [
        (words[1], words[3], words[5]) for words in JOINERS
    ]
    assert {(one.change, one.employer) for one in read} == {("1", "沈阳例天家政服务有限公司")}
    again = line.refused("batch", "export", "--union", union, "--out", ".")
    assert "孙长林" in again and "暂不能录入省平台" in again
    assert line.do("database", "check")["findings"] == []


def test_a_character_no_font_has_is_named_and_nothing_is_printed(survey_line: CommandLine) -> None:
    words = ("--name", "姜\U0003105c", *JOINERS[0][2:])
    made = survey_line.do("signup", "add", *words)
    refused = ("paper", "print", "signup", "--ids", made["membership"], "--out", "papers.pdf")
    assert "“\U0003105c”（U+3105C）" in survey_line.refused(*refused)
    assert not (survey_line.home / "papers.pdf").exists()


def test_a_person_is_found_by_the_last_digits_erased_and_gone(survey_line: CommandLine) -> None:
    line = survey_line
    done = line.do("signup", "add", *JOINERS[0])
    assert line.ids("455x", "person") == line.ids("zht", "person") == [done["person"]]
    shown = line.run("find", "翟海涛").out
    assert "19900823557" not in shown and "21990019761201455X" not in shown
    line.do("paper", "print", "signup", "--ids", done["membership"], "--out", "papers.pdf")

    erased = line.run("person", "erase", done["person"], "--reason", "本人撤回同意")
    assert erased.code == 0 and "不能恢复" in erased.out, erased
    assert "papers.pdf" in erased.out  # what was handed out stays the person's business
    for word in ("翟海涛", "zht", "455X", "3557"):
        assert line.ids(word, "person") == []
    assert "没有编号" in line.refused("person", "erase", done["person"], "--reason", "再次")
    paper = ("paper", "print", "signup", "--ids", done["membership"], "--out", "again.pdf")
    assert "没有编号" in line.refused(*paper)
    assert line.do("database", "check")["findings"] == []


def test_steps_are_taken_back_one_after_the_other(survey_line: CommandLine) -> None:
    line = survey_line
    line.do("visit", "add", "yhgyl", "--outcome", "2")
    done = line.do("signup", "add", *JOINERS[0])
    line.do("signup", "approve", done["membership"])
    taken = [line.do("undo") for _ in range(3)]
    assert [step["kept"] for step in taken] == [0, 0, 0]
    assert line.ids("翟海涛", "person") == []
    assert line.do("visit", "add", "yhgyl", "--outcome", "2")["visits"] == 1
    # Signed up again after all was taken back: nothing of the first time stands in the way.
    assert line.do("signup", "add", *JOINERS[0])["membership"] != done["membership"]
    assert line.do("database", "check")["findings"] == []


def test_an_import_is_taken_back_whole_and_comes_again_as_it_was(
    survey_line: CommandLine,
) -> None:
    line = survey_line
    done = line.do("list", "import", sample("02_*.xls"))
    (unit,) = line.ids("沈阳范远机械制造有限公司", "employer")
    undone = line.do("undo", done["run"])
    assert (undone["kept"], undone["rows"] >= done["added"]) == (0, True)
    assert line.ids("沈阳范远机械制造有限公司", "employer") == []
    assert line.ids("沈阳样禾供应链管理有限公司", "employer")
    assert "已经撤销过" in line.refused("undo", done["run"])
    line.do("list", "import", sample("02_*.xls"))
    assert line.ids("沈阳范远机械制造有限公司", "employer") == [unit]
    assert line.do("database", "check")["findings"] == []


def test_what_is_final_is_not_undone(survey_line: CommandLine) -> None:
    line = survey_line
    done = line.do("signup", "add", *JOINERS[0])
    line.do("person", "erase", done["person"], "--reason", "本人撤回同意")
    line.run("undo")
    assert line.ids("翟海涛", "person") == []
    assert "没有这一步操作" in line.refused("undo", "00" * 16)
