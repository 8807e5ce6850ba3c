"""Stock: what the registry has comes in as history, looked at first, nobody twice, undone as a whole."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from organizer.domain.paper_trail import Stage
from organizer.domain.signup import Typed
from organizer.errors import Cancelled, UnreadableFile
from organizer.services import finding, undoing
from organizer.services.lists import stock_importing
from organizer.services.lists.list_run import Imported
from organizer.services.lists.stock_importing import MEMBERS, UNIONS
from organizer.services.members import consenting, erasing, person_card, signup
from organizer.services.members.printing import Printer
from organizer.services.members.signup import SignupOrder
from organizer.services.paper import missing, paper_trail
from organizer.services.paper.missing import Asked, Lack
from organizer.services.paper.paper_trail import Order
from organizer.services.workspace import Workspace
from tests.support.made_up_office import people
from tests.support.offices import DIVISION, add_unit, findings
from tests.support.papers import other_sight

HEAD = (
    "序号", "姓名", "性别", "出生日期", "民族", "就业状况", "有效证件类别", "证件号码", "学历", "技能等级",
    "移动电话", "户籍类型", "户籍所在地", "会籍变化类型", "会籍变化日期", "会籍变化原因", "政治面貌", "工作单位",
    "籍贯", "是否农民工", "所属工会", "会员证号", "入会日期", "会籍状态",
)  # fmt: skip
UNION_HEAD = (
    "工会名称", "统一社会信用代码", "工会编码", "上级工会", "层级", "建会日期", "任期开始", "届满日期",
    "会员人数", "主席", "联系电话",
)  # fmt: skip
SHOP, OTHER = "样例商行工会委员会", "样例超市工会委员会"
IDS = tuple(str(one["resident_id"]) for one in people(8, seed=5))


def book(file: Path, head: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["辽宁省工会会员信息表"])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    made.save(file)
    return file


def member(name: str, number: object, **told: object) -> list[object]:
    """A row of a member list; `told` by the words of the header."""
    row: dict[str, object] = {
        "姓名": name, "证件号码": number, "有效证件类别": "身份证", "移动电话": "19900838865",
        "会籍变化类型": "入会", "入会日期": "2019-05-06", "所属工会": SHOP, "民族": "汉族",
    }  # fmt: skip
    return [{**row, **told}.get(column) for column in HEAD]


def union_row(name: str, **told: object) -> list[object]:
    return [{"工会名称": name, **told}.get(column) for column in UNION_HEAD]


def reports(result: Imported) -> dict[int, str]:
    return {one.row: one.error.code for one in result.reports}


def counted(result: Imported) -> tuple[int, int, int]:
    return result.added, result.known, result.refused


def unions_first(office: Workspace, folder: Path) -> None:
    rows = [
        union_row(SHOP, 工会编码="LN0001", 建会日期="2015-03-04", 会员人数="30"),
        union_row(OTHER, 工会编码="LN0002"),
    ]
    made = stock_importing.take_over(office, UNIONS, book(folder / "工会.xlsx", UNION_HEAD, rows))
    assert counted(made) == (2, 0, 0)


def test_members_come_in_as_they_stand(office: Workspace, tmp_path: Path) -> None:
    unions_first(office, tmp_path)
    shop = add_unit(office, "样例商行")
    today = office.today.isoformat()
    signed = signup.sign_up(office, SignupOrder(Typed("样例在册", IDS[6], "19900838867")))
    tomorrow = (office.today + timedelta(1)).isoformat()
    rows = [
        member("样例甲", IDS[0], 工作单位="样例商行", 会员证号="2100001", 籍贯="沈阳"),
        member("样例乙", IDS[1], 会籍变化类型="保留", 会籍变化日期="20240102", 会籍变化原因="失业"),
        member("样例丙", IDS[2], 会籍状态="退会", 会籍变化日期="2023-02-03"),
        member("样例丁", 2.1e17),
        member("样例戊", "2.1E+17"),
        member("样例己", IDS[3], 入会日期=tomorrow, 移动电话="024-8888"),
        member("样例庚", IDS[4], 会籍状态="挂靠"),
        member("样例辛", IDS[4], 会籍状态="待审批"),
        member("样例壬", IDS[5], 所属工会="没有的工会"),
        member("样例癸", IDS[6]),
        member("样例甲", IDS[0]),
        member("样例甲", IDS[0], 所属工会=OTHER),
        member("样例子", None, 移动电话="19900838868"),
        member("样例丑", IDS[7], 民族="外星族"),
    ]
    file = book(tmp_path / "会员.xlsx", HEAD, rows)
    union = finding.union_by_name(office, SHOP)

    # Looked at first: the same verdicts, and nothing is written.
    before = office.database.read(lambda c: c.execute("SELECT count(*) FROM writes").fetchone())
    looked = stock_importing.check(office, MEMBERS, file)
    assert (
        office.database.read(lambda c: c.execute("SELECT count(*) FROM writes").fetchone())
        == before
    )
    done = stock_importing.take_over(office, MEMBERS, file)
    assert counted(looked) == counted(done) == (6, 1, 7)
    assert (
        reports(looked)
        == reports(done)
        == {
            6: "id.damaged_number",
            7: "id.damaged_number",
            8: reports(done)[8],
            9: "stock.unknown_state",
            10: "stock.not_settled",
            11: "stock.unknown_union",
            12: "stock.active_elsewhere",
            14: "stock.active_elsewhere",
            16: "codelist.unknown",
        }
    )
    assert {one.error.code for one in done.reports if one.row == 8} >= {"stock.future_day"}
    assert all(one.error.sentence() for one in done.reports)

    # Old state, dates and card number; no approval, nobody to be told, consent to be signed.
    (hit,) = finding.find(office, "样例甲", table="person")
    card = person_card.card(office, hit.id)
    assert card.current is not None
    assert (card.current.code, card.current.since, card.current.employer) == (
        "full",
        "2019-05-06",
        shop,
    )
    assert [event.what for event in card.events] == ["按原有名册记为正式会员 2019-05-06"]
    assert [line.told for line in consenting.lines(office, hit.id)] == ["历史，待补签"] * 3
    states = Counter(
        office.database.read(
            lambda c: [
                row[0] for row in c.execute("SELECT state FROM membership WHERE channel = 'stock'")
            ]
        )
    )
    assert states == {"full": 4, "kept": 1, "left": 1}
    assert missing.numbers(office, Asked(Lack.UNTOLD)) == []
    assert signup.waiting(office) == [signed.membership]
    steps = office.database.read(
        lambda c: c.execute(
            "SELECT from_state, to_state, on_day, reason_code FROM membership_step s"
            " JOIN membership m ON m.id = s.membership WHERE m.state = 'kept' ORDER BY s.n"
        ).fetchall()
    )
    assert steps == [("", "full", "2019-05-06", None), ("full", "kept", "2024-01-02", "3")]

    # The paper that is signed later fills the consent.
    mine = card.current.membership
    printed = Printer(office).print_signup(mine, tmp_path / "paper.pdf", ("notice",))
    paper_trail.mark(office, printed.short_id, Order(Stage.SIGNED))
    assert next(line.told for line in consenting.lines(office, hit.id)) == f"{today} 纸面签字"

    # The same list again adds nobody; differences are told and nothing is overwritten.
    rows[0] = member("样例甲", IDS[0], 移动电话="19900838869", 入会日期="2020-05-06", 籍贯="大连")
    again = stock_importing.take_over(office, MEMBERS, book(tmp_path / "又.xlsx", HEAD, rows[:3]))
    assert counted(again) == (0, 3, 0)
    assert [one.note.facts["fields"] for one in again.notes] == ["电话、入会日期"]
    assert person_card.card(office, hit.id).current == card.current
    assert findings(office) == []

    # Undone as a whole.
    undoing.take_back(office, done.run)
    assert finding.find(office, "样例乙", table="person") == []
    assert union is not None and finding.union_by_name(office, SHOP) == union


def test_who_was_erased_is_not_brought_back(office: Workspace, tmp_path: Path) -> None:
    unions_first(office, tmp_path)
    file = book(tmp_path / "会员.xlsx", HEAD, [member("样例甲", IDS[0])])
    stock_importing.take_over(office, MEMBERS, file)
    (hit,) = finding.find(office, "样例甲", table="person")
    erasing.erase_person(office, hit.id, "本人要求")
    again = stock_importing.take_over(office, MEMBERS, file)
    assert reports(again) == {3: "stock.erased"}
    assert counted(again) == (0, 0, 1)


def test_unions_come_in_by_their_codes(office: Workspace, tmp_path: Path) -> None:
    tomorrow = (office.today + timedelta(1)).isoformat()
    rows = [
        union_row(SHOP, 工会编码="LN0001", 上级工会=OTHER, 会员人数="30人", 主席="样例主席"),
        union_row(SHOP, 工会编码="LN0009"),
        union_row(OTHER, 统一社会信用代码="812101060000000000"),
        union_row("样例三工会", 建会日期=tomorrow, 任期开始="2024-01-01", 届满日期="2023-01-01"),
        union_row("样例四工会", 届满日期="2027-01-01", 上级工会="没有的工会"),
        union_row("工人村街道总工会", 工会编码="LN0100", 层级="街道"),
    ]
    file = book(tmp_path / "工会.xlsx", UNION_HEAD, rows)
    looked, done = (
        stock_importing.check(office, UNIONS, file),
        stock_importing.take_over(office, UNIONS, file),
    )
    assert counted(looked) == counted(done)
    assert (done.added + done.known, done.refused) == (4, 2)
    assert reports(done)[4] == "stock.union_namesake"
    assert reports(done)[5].startswith("uscc.")
    assert {one.field for one in done.reports if one.row == 6} == {"founded_on", "term_until"}
    assert not any(one.refused for one in done.reports if one.row == 6)
    notes = {(one.row, one.note.code) for one in done.notes}
    assert (7, "stock.unknown_parent") in notes
    listed = office.database.read(
        lambda c: c.execute(
            "SELECT local_code, listed_members, listed_on, chairman FROM union_org WHERE name = ?",
            (SHOP,),
        ).fetchall()
    )
    assert listed == [("LN0001", 30, office.today.isoformat(), "样例主席")]
    # The street's own union is the one everybody there falls back on, not a second.
    joined = signup.sign_up(office, SignupOrder(Typed("样例丙", phone="19900838866")))
    assert joined.union_name == "工人村街道总工会"
    own = finding.find(office, "工人村街道总工会", table="union_org")
    assert len(own) == 1

    # By the code the same union, under whatever name; the newest count replaces the old.
    rows = [union_row("改名的工会", 工会编码="LN0001", 会员人数="33")]
    again = stock_importing.take_over(office, UNIONS, book(tmp_path / "又.xlsx", UNION_HEAD, rows))
    assert counted(again) == (0, 1, 0)
    assert [one.note.facts["fields"] for one in again.notes] == ["名称"]
    undoing.take_back(office, again.run)
    undoing.take_back(office, done.run)
    assert finding.union_by_name(office, SHOP) is None


class Stop:
    """Progress of somebody who stops the work at its first step."""

    def step(self, done: int, total: int, note: str = "") -> None:
        if done < total:
            raise Cancelled("job.cancelled")


def test_a_stopped_list_goes_on_and_others_scopes_are_kept(
    office: Workspace, tmp_path: Path
) -> None:
    unions_first(office, tmp_path)
    rows = [member(f"样{'甲乙丙丁'[n % 4]}{'戊己庚辛'[n // 4 % 4]}", one["resident_id"])
            for n, one in enumerate(people(60, seed=9))]  # fmt: skip
    file = book(tmp_path / "会员.xlsx", HEAD, rows)
    with pytest.raises(Cancelled):
        stock_importing.take_over(office, MEMBERS, file, progress=Stop())
    done = stock_importing.take_over(office, MEMBERS, file)
    assert done.resumed and done.added == 60
    assert findings(office) == []
    with pytest.raises(UnreadableFile):
        stock_importing.check(office, UNIONS, tmp_path / "没有.xlsx")
    with other_sight(office, f"{DIVISION}001") as narrow, pytest.raises(Exception, match="access"):
        stock_importing.take_over(narrow, MEMBERS, file)
    bare = book(tmp_path / "无工会.xlsx", HEAD, [member("样例甲", IDS[0], 所属工会=None)])
    assert reports(stock_importing.check(office, MEMBERS, bare)) == {3: "stock.no_union"}
    union = finding.union_by_name(office, OTHER)
    assert counted(stock_importing.take_over(office, MEMBERS, bare, union=union)) == (1, 0, 0)
