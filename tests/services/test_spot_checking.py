"""抽查 over a real office: drawn, printed with its telephones only on paper, answered, told in plain words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from organizer.domain.access import Role
from organizer.domain.spot_check import Answer
from organizer.errors import Conflict, InvalidInput, NotAllowed, NotFound
from organizer.forms.proof import page_texts
from organizer.services import merging, undoing
from organizer.services.reports import report_writing, spot_checking
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import places
from organizer.store.transaction import Write
from tests.support import offices

PHONE = "1990000{:04d}"


@pytest.fixture
def walked(office: Workspace) -> Iterator[Workspace]:
    """Twelve units behind no door, ten visited by one and two by another, one of those found empty."""

    def body(write: Write) -> list[bytes]:
        return [
            write.insert(
                "employer", {"name": f"样{n}店", "phone": PHONE.format(n), "contact": "王样"}
            )
            for n in range(12)
        ]

    units = office.database.write(office.intent("employer.add"), body)
    recording.open_round(office, "样例批次", office.today, None)
    other = colleague(office, "李样")
    for n, unit in enumerate(units):
        facts = {"staff_total": str(n + 3), "union_state": "5"}
        by = office if n < 10 else other
        recording.record_visit(by, VisitOrder(unit, "1", facts))
    # Nobody there the last time: nobody who could be asked.
    recording.record_visit(other, VisitOrder(units[11], "2"))
    yield office
    assert offices.findings(office) == []


def colleague(office: Workspace, name: str, role: Role = Role.COLLECTOR) -> Workspace:
    row = office.database.write(
        office.intent("account.add"),
        lambda write: write.insert("account", {"name": name, "role": role}),
    )
    account = replace(office.account, id=row, name=name, role=role)
    return Workspace(office.database, account, office.office)


def test_a_check_is_drawn_again_from_its_seed(walked: Workspace) -> None:
    first = spot_checking.draw(walked, 5, 42)
    again = spot_checking.draw(walked, 5, 42)
    assert (first.population, first.size) == (11, 5)
    names = [
        [one.name for one in spot_checking.items(walked, drawn.check)] for drawn in (first, again)
    ]
    assert names[0] == names[1] and len(set(names[0])) == 5
    # 李样 has one visit that can be checked, and it is.
    assert "样10店" in names[0]
    assert "样11店" not in [
        one.name for one in spot_checking.items(walked, spot_checking.draw(walked, 11).check)
    ]
    undoing.take_back_latest(walked)
    assert len(spot_checking.checks(walked)) == 2


def test_answers_amount_to_a_share_with_its_doubt(walked: Workspace) -> None:
    check = spot_checking.draw(walked, 8, 1).check
    for position in range(1, 6):
        spot_checking.answer(walked, check, position, "1")
    spot_checking.answer(walked, check, 6, "2", ["staff_total"], "说只有 2 个人")
    found = spot_checking.answer(walked, check, 7, "3")
    assert (found.agreed, found.differed, found.unreached, found.waiting) == (5, 1, 1, 1)
    words = spot_checking.agreement_words(found)
    assert "联系上 6 户，一致 5 户（83%）" in words and "44% 到 97%" in words
    assert spot_checking.differing(walked, check) == {"staff_total": 1}
    # Called once more and reached: the answer is replaced, the log keeps the first.
    found = spot_checking.answer(walked, check, 7, "1")
    assert (found.agreed, found.unreached) == (6, 0)
    answers = {one.position: one.answer for one in spot_checking.items(walked, check)}
    assert answers[7] and answers[7].answer is Answer.AGREES and answers[8] is None
    (line,) = spot_checking.checks(walked)
    assert line.agreement == found


def test_telephones_are_on_paper_only_and_who_prints_is_noted(
    walked: Workspace, tmp_path: Path
) -> None:
    check = spot_checking.draw(walked, 5, 42).check
    items = spot_checking.items(walked, check)
    assert not any("1990000" in str(one) for one in items)
    written = report_writing.write_call_back(walked, check, tmp_path / "回访单.pdf")
    (text,) = page_texts(written.path.read_bytes())
    for one in items:
        number = one.name.removeprefix("样").removesuffix("店")
        assert one.name in text and PHONE.format(int(number)) in text
    assert "抽查回访单" in text and "42" in text and "职工总数" in text
    audited = walked.database.read(
        lambda c: c.execute(
            "SELECT actor, subject FROM audit WHERE action = 'spot_check.print'"
        ).fetchall()
    )
    assert audited == [(walked.account.id, check)]
    with pytest.raises(Conflict):
        report_writing.write_call_back(walked, check, tmp_path / "回访单.pdf")
    with pytest.raises(InvalidInput) as caught:
        report_writing.write_call_back(walked, check, tmp_path / "回访单.xlsx")
    assert "只做成 PDF" in caught.value.sentence()


def test_who_collects_may_not_check(walked: Workspace, tmp_path: Path) -> None:
    check = spot_checking.draw(walked, 5, 42).check
    collector = colleague(walked, "赵样")
    for act in (
        lambda: spot_checking.draw(collector, 5),
        lambda: spot_checking.items(collector, check),
        lambda: spot_checking.answer(collector, check, 1, "1"),
        lambda: spot_checking.review_signals(collector),
        lambda: report_writing.write_call_back(collector, check, tmp_path / "x.pdf"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not (tmp_path / "x.pdf").exists()


def test_what_cannot_be_checked_is_said_in_one_sentence(walked: Workspace) -> None:
    check = spot_checking.draw(walked, 5, 42).check
    cases = (
        (InvalidInput, "只有 11 户", lambda: spot_checking.draw(walked, 12)),
        (InvalidInput, "有 2 个人走访过", lambda: spot_checking.draw(walked, 1)),
        (InvalidInput, "抽签号", lambda: spot_checking.draw(walked, 5, -1)),
        (NotFound, "没有第 6 号", lambda: spot_checking.answer(walked, check, 6, "1")),
        (InvalidInput, "没有“9”", lambda: spot_checking.answer(walked, check, 1, "9")),
        (InvalidInput, "哪一项不一致", lambda: spot_checking.answer(walked, check, 1, "2")),
    )
    for kind, said, act in cases:
        with pytest.raises(kind) as caught:
            act()
        assert said in caught.value.sentence()
    assert spot_checking.agreement(walked, check).waiting == 5


def test_a_check_outlives_its_division(walked: Workspace) -> None:
    gone, kept = "210106003006", "210106003007"
    spot_checking.draw(walked, 5, 42, gone)
    merging.merge_places(walked, places.division_id(gone), places.division_id(kept))
    (check,) = spot_checking.checks(walked)
    assert check.area == gone


def test_before_anybody_visited_there_is_nothing_to_draw(office: Workspace) -> None:
    with pytest.raises(NotFound) as none:
        spot_checking.draw(office, 5)
    assert "请先开一个批次" in none.value.sentence()
    recording.open_round(office, "样例批次", office.today, None)
    with pytest.raises(NotFound) as nobody:
        spot_checking.draw(office, 5)
    assert "还没有走访过的单位" in nobody.value.sentence()
    assert not spot_checking.review_signals(office) and not spot_checking.checks(office)


def test_signals_of_an_office(walked: Workspace) -> None:
    def body(write: Write) -> None:
        rows = write.connection.execute("SELECT id FROM employer ORDER BY n LIMIT 4").fetchall()
        for (row,) in rows:
            write.set("employer", row, {"phone": "19900007777"})

    walked.database.write(walked.intent("employer.edit"), body)
    (found,) = spot_checking.review_signals(walked)
    assert found.note.code == "signal.shared_phone" and len(found.employers) == 4
