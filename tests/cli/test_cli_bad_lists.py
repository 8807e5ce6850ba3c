"""Lists of other offices and what people type: bad is reported by row, column and reason; good goes in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_cli_bad_files import ledger
from tests.support.command_line import CommandLine
from tests.support.made_up_office import unit_code, units
from tests.support.offices import copy_office

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "sheets"
ADDRESS = "沈阳市铁西区兴工街{}号"


def workbook(file: Path, rows: list[list[object]], merges: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "摸底表"
    for row in rows:
        book.active.append(row)
    for merge in merges:
        book.active.merge_cells(merge)
    book.save(file)
    return file


def one_digit_off(code: str) -> str:
    return code[:-1] + ("1" if code[-1] != "1" else "2")


def test_a_messy_list_goes_in_row_by_row(office_line: CommandLine, tmp_path: Path) -> None:
    good = [one["name"] for one in units(4, seed=8)]
    codes = [unit_code(number, "91") for number in (11, 22, 33, 44)]
    rows: list[list[object]] = [
        ["2026年度单位摸底表"],
        ["单位名称", "统一社会信用代码", "单位地址", "职工人数", None, "联系电话"],
        [None, None, None, "总数", "女", None],
        ["甲", "乙", "1", "2", "3", "4"],
        [good[0], codes[0], ADDRESS.format(1), "35人", 12, "19900000001"],
        ["小计", None, None, 35, 12, None],
        [f"{good[1]}?", codes[1], ADDRESS.format(2), 5, 1, "19900000002"],
        [good[1], one_digit_off(codes[1]), ADDRESS.format(3), 5, 1, "19900000003"],
        ["样例\ue5e5商店", codes[2], ADDRESS.format(4), 6, 2, "19900000004"],
        [good[2], codes[2], ADDRESS.format(5), "很多", 2, "不知道"],
        [None, codes[3], ADDRESS.format(6), 7, 2, "19900000006"],
        [good[3], 912199001234567800, ADDRESS.format(7), 8, 3, "19900000007"],
        ["合计", None, None, 66, 22, None],
        ["填表人：", "张某", None, None, None, None],
    ]
    merges = ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3")
    file = workbook(tmp_path / "摸底表.xlsx", rows, merges)
    answer = office_line.run("list", "import", file)
    assert (answer.code, answer.err) == (0, ""), answer
    for refused in (
        "[未导入] 摸底表 第 7 行　单位名称：单位名称里有看不出的字",
        "[未导入] 摸底表 第 8 行　统一社会信用代码：统一社会信用代码校验不通过",
        "[未导入] 摸底表 第 9 行　单位名称：单位名称里有看不出的字",
        "[未导入] 摸底表 第 11 行　单位名称：这一行没有单位名称",
        "[未导入] 摸底表 第 12 行　统一社会信用代码：",
        "[这一项未导入] 摸底表 第 10 行　职工总数：“很多”不是人数",
        "[这一项未导入] 摸底表 第 10 行　电话：",
        "[不是数据] 摸底表 第 6、13 行　小计或合计行",
        "[不是数据] 摸底表 第 4 行　栏次编号行",
        "[不是数据] 摸底表 第 14 行　表下方的说明或签名",
    ):
        assert refused in answer.out, answer.out
    assert answer.out.splitlines()[-1].startswith("新增 2 个单位，已有 0 个，5 行有误未导入")
    for name, there in zip(good, (1, 0, 1, 0), strict=True):
        assert len(office_line.ids(name, "employer")) == there, name

    facts = office_line.do("list", "import", file)
    assert (facts["added"], facts["known"], facts["new_facts"]) == (0, 2, 0)
    assert {(row["row"], row["field"], row["refused"]) for row in facts["rows"]} == {
        (7, "name", True), (8, "uscc", True), (9, "name", True), (11, "name", True),
        (12, "uscc", True), (10, "staff_total", False), (10, "phone", False),
    }  # fmt: skip


def html(file: Path) -> None:
    page = (
        "<html><body><table><tr><td>单位名称</td></tr><tr><td>样例</td></tr></table></body></html>"
    )
    file.write_text(page, encoding="utf-8")


BAD_FILES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "no_header.xlsx": ("没有找到表头", lambda file: workbook(file, [["一", "二"], [1, 2]])),
    "no_name_column.csv": (
        "单位名称",
        lambda file: file.write_text("统一社会信用代码,地址\n91,某处\n", encoding="utf-8"),
    ),
    "empty.xlsx": ("0 字节", lambda file: file.write_bytes(b"")),
    "empty.csv": ("0 字节", lambda file: file.write_bytes(b"")),
    "blank.csv": ("没有找到表头", lambda file: file.write_bytes(b"\r\n,,\r\n")),
    "blank.xlsx": ("没有找到表头", lambda file: workbook(file, [])),
    "page.xls": ("网页格式", html),
    "locked.xlsx": (
        "打开密码",
        lambda file: file.write_bytes((GOLDEN / "password.xlsx").read_bytes()),
    ),
    "torn.xlsx": ("损坏", lambda file: file.write_bytes(b"PK\x03\x04" + bytes(300))),
    "photo.xlsx": ("图片", lambda file: file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300))),
    "folder.xlsx": ("文件夹", lambda file: file.mkdir()),
    "missing.xlsx": ("找不到", lambda file: None),
}


@pytest.fixture(scope="module")
def unmoved(sample_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """A machine for commands that are refused; at the end nothing in its office has changed."""
    line = CommandLine(tmp_path_factory.mktemp("unmoved"))
    copy_office(sample_office, line.data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORGANIZER_STATE", str(line.state))
        before = ledger(line)
        yield line
        patch.setenv("ORGANIZER_STATE", str(line.state))
        assert ledger(line) == before


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_list_is_told_and_changes_nothing(
    unmoved: CommandLine, tmp_path: Path, name: str
) -> None:
    said, make = BAD_FILES[name]
    make(tmp_path / name)
    sentence = unmoved.refused("list", "import", tmp_path / name)
    assert said in sentence and f"“{name}”" in sentence


def test_a_source_nobody_knows_is_refused(unmoved: CommandLine, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", [["单位名称"], ["样例"]])
    sentence = unmoved.refused("list", "import", file, "--source", "rumour")
    assert "没有数据来源“rumour”" in sentence


ID = "21990019761201455X"
PEOPLE: dict[str, tuple[str, dict[str, str]]] = {
    "15 digits": ("15位的旧身份证号", {"--id-number": "219900761201455"}),
    "17 digits": ("应为18位", {"--id-number": ID[:-1]}),
    "check digit": ("校验不通过", {"--id-number": ID[:-1] + "1"}),
    "letters": ("只能由数字组成", {"--id-number": "A" * 18}),
    "no such day": ("出生日期", {"--id-number": "219900197613014554"}),
    "question mark": ("按证件上的字", {"--name": "翟?涛"}),
    "full width": ("按证件上的字", {"--name": "翟？涛"}),
    "private use": ("自造的字", {"--name": "翟\uf8f0涛"}),
    "no name": ("姓名还没有填", {"--name": " "}),
    "phone": ("手机号", {"--phone": "1990082355"}),
    "land line": ("不是手机号", {"--phone": "024-99990001"}),
    "nothing to reach": ("必须留手机号码", {"--id-number": "", "--phone": ""}),
    "child": ("不满16周岁", {"--id-number": "219900202001010019"}),
    "no such unit": ("找到 0 条", {"--unit": "没有这个单位"}),
    "several units": ("写得更具体", {"--unit": "沈阳"}),
    "no such union": ("没有名为", {"--union": "没有这个工会"}),
    "no such people": ("不在", {"--ethnic": "火星族"}),
    "no such school": ("不在", {"--education": "三年级"}),
}


@pytest.mark.parametrize("wrong", PEOPLE)
def test_a_sign_up_with_a_mistake_is_refused_at_its_field(unmoved: CommandLine, wrong: str) -> None:
    said, changes = PEOPLE[wrong]
    right = {"--name": "翟海涛", "--id-number": ID, "--phone": "19900823557"}
    words = [word for pair in (right | changes).items() for word in pair]
    assert said in unmoved.refused("signup", "add", *words)


VISITS: dict[str, tuple[str, tuple[str, ...]]] = {
    "outcome": ("没有走访结果“9”", ("--outcome", "9")),
    "future": ("还没有到", ("--outcome", "1", "--on", "2999-01-01")),
    "before the round": ("早于本批次", ("--outcome", "1", "--on", "2019-12-31")),
    "no number": ("不是人数", ("--outcome", "1", "--fact", "职工总数=许多")),
    "no such fact": ("没有“天气”这一项", ("--outcome", "1", "--fact", "天气=晴")),
    "no pair": ("请写成", ("--outcome", "1", "--fact", "职工总数")),
    "no day": ("不是日期", ("--outcome", "1", "--fact", "next_visit_on=明天")),
}


@pytest.mark.parametrize("wrong", VISITS)
def test_a_visit_with_a_mistake_is_refused_whole(unmoved: CommandLine, wrong: str) -> None:
    said, words = VISITS[wrong]
    assert said in unmoved.refused("visit", "add", "yhgyl", *words)


def test_without_a_round_there_is_no_visit(office_line: CommandLine, tmp_path: Path) -> None:
    office_line.do(
        "list", "import", workbook(tmp_path / "a.xlsx", [["单位名称"], ["样例供应链公司"]])
    )
    assert "先开一个批次" in office_line.refused("visit", "add", "样例供应链", "--outcome", "1")


def test_a_round_that_ends_before_it_starts_is_refused(office_line: CommandLine) -> None:
    words = ("round", "open", "试", "--starts", "2026-02-01", "--ends", "2026-01-01")
    assert "早于开始日" in office_line.refused(*words)


def test_ids_nobody_has_are_refused(unmoved: CommandLine) -> None:
    for words in (
        ("signup", "approve", "00" * 16),
        ("signup", "approve", "zz"),
        ("person", "erase", "00" * 16, "--reason", "x"),
        ("paper", "print", "signup", "--ids", "0", "--out", "a.pdf"),
        ("undo", "zz"),
        ("visit", "add", "00" * 16, "--outcome", "1"),
    ):
        assert "编号" in unmoved.refused(*words)
