"""A founding from a visit to the founded union, every step told and taken back; bad input at its field."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from organizer.domain.access import Role
from organizer.domain.founding import Figures, Kind, State
from organizer.domain.signup import Typed
from organizer.errors import Conflict, InvalidInput, NotAllowed
from organizer.services import undoing
from organizer.services.members import signup
from organizer.services.members.signup import SignupOrder
from organizer.services.unions import (
    covering,
    founding,
    founding_card,
    founding_finish,
    founding_votes,
)
from organizer.services.unions.founding import FoundingOrder, StepOrder
from organizer.services.unions.founding_card import FoundingCard
from organizer.services.unions.founding_finish import FinishOrder
from organizer.services.unions.founding_votes import CandidateOrder, MeetingOrder
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, members, officers
from organizer.store.transaction import Write
from tests.support.joiners import WITH_ID, approve
from tests.support.offices import findings

UNIT = "样例五金商行"
HEAD = "黄样"
NAMES = tuple(one[0] for one in WITH_ID)


@pytest.fixture
def units(office: Workspace) -> list[bytes]:
    """Two units without a union, the first willing."""

    def body(write: Write) -> list[bytes]:
        rows = [
            write.insert("employer", {"name": name, "legal_person": HEAD})
            for name in (UNIT, "样例二号商行")
        ]
        told = {"union_state": "4", "employer_willing": "yes"}
        employers.observe(write, rows[0], told, source="spoken", on=before)
        return rows

    before = (office.today - timedelta(30)).isoformat()
    return office.database.write(office.intent("employer.add"), body)


def known(office: Workspace, unit: bytes) -> dict[str, str]:
    found = office.database.read(lambda c: facts.current(c, unit, departments=True))
    return {name: fact.value for name, fact in found.items()}


def joined(office: Workspace, unit: bytes) -> list[bytes]:
    made = [
        signup.sign_up(office, SignupOrder(Typed(*one), employer=unit)).membership
        for one in WITH_ID
    ]
    approve(office, made)
    return made


def look(office: Workspace, row: bytes) -> FoundingCard:
    return founding_card.card(office, row)


def step(office: Workspace, row: bytes, code: str, on: date, paper_no: str = "") -> list[str]:
    order = StepOrder(code, on, paper_no=paper_no)
    return list(founding.tell(office, row, order).sentences)


def states(office: Workspace, row: bytes) -> str:
    letters = {State.DONE: "d", State.LACKING: "l", State.NEXT: "n", State.LATE: "!",
               State.MISSED: "m", State.WAITING: "."}  # fmt: skip
    return "".join(letters[one.state] for one in look(office, row).steps)


def test_a_unit_is_walked_to_its_union_and_all_of_it_is_taken_back(
    office: Workspace, units: list[bytes]
) -> None:
    unit, today = units[0], office.today
    people = joined(office, unit)
    before = known(office, unit)
    order = FoundingOrder([unit], on=today - timedelta(20))
    undoing.take_back(office, founding.begin(office, order).write)
    assert founding_card.of_employer(office, unit) is None and known(office, unit) == before
    begun = founding.begin(office, order)
    row = begun.founding
    shown = look(office, row)
    # The visit at which the unit was willing is its first step.
    assert states(office, row) == "d!........." and shown.members == 3
    assert shown.union_name == f"{UNIT}工会委员会" and "工会法第十一条" in begun.sentences[0]
    assert known(office, unit)["union_state"] == "3"
    with pytest.raises(Conflict) as refused:
        founding.begin(office, FoundingOrder([unit]))
    assert "正在筹建" in refused.value.sentence()

    # A step before the one it needs: said, not refused.
    (hint,) = step(office, row, "4", today - timedelta(15), "样工〔2026〕3号")
    assert "请示上级工会" in hint and "工会法第十二条" in hint
    assert states(office, row) == "dmmdn......"
    for code, ago in (("2", 19), ("3", 17), ("5", 12), ("6", 10)):
        assert step(office, row, code, today - timedelta(ago)) == []
    assert known(office, unit)["founding_stage"] == "6"

    by_name = {}
    for name, role in zip((*NAMES, HEAD), ("1", "3", "4", "3"), strict=True):
        said = founding_votes.put(office, row, CandidateOrder(name, role)).sentences
        by_name[name] = said
    assert [bool(said) for said in by_name.values()] == [False, False, False, True]
    assert "法定代表人" in by_name[HEAD][0] and "工会法第十条" in by_name[HEAD][0]
    lines = look(office, row).candidates
    assert [one.person is not None for one in lines] == [True, True, True, False]
    with pytest.raises(InvalidInput) as wrong:
        founding_votes.put(office, row, CandidateOrder(HEAD, "2"))
    assert wrong.value.field == "name"
    founding_votes.drop(office, row, lines[3].id)

    votes = {one.id: count for one, count in zip(lines, (3, 2, 3), strict=False)}
    meeting = MeetingOrder(
        Figures(3, 3, 2, 3, 3, 0), today - timedelta(3), votes=votes, term_years=5
    )
    weighed = founding_votes.weigh(office, row, meeting)
    assert set(weighed.elected) == {one.id for one in lines[:3]}
    held = founding_votes.hold(office, row, meeting)
    assert any("到会过三分之二" in said for said in held.sentences)
    assert not any("公示" in said for said in held.sentences)
    for code, ago in (("8", 2), ("9", 1)):
        step(office, row, code, today - timedelta(ago), "样工〔2026〕9号")

    proposed = founding_finish.proposed(office, row)
    assert (proposed.founded_on, proposed.approval_no, proposed.term_years) == (
        today - timedelta(1), "样工〔2026〕9号", 5,
    )  # fmt: skip
    done = founding_finish.finish(office, row, FinishOrder())
    assert (done.moved, done.officers, done.sentences) == (3, 3, ())
    union = office.database.read(lambda c: members.union_by_id(c, done.union))
    assert union is not None and union.text("approval_no") == "样工〔2026〕9号"
    # People on record are named as officers only, where they can be erased.
    assert not union.text("chairman") and union.text("audit_committee") == "yes"
    assert (
        union.text("term_until")
        == str((today - timedelta(3)).year + 5) + (today - timedelta(3)).isoformat()[4:]
    )
    held_by = office.database.read(lambda c: officers.of_union(c, done.union))
    assert [(one.name, one.post) for one in held_by] == [
        (NAMES[0], "1"), (NAMES[1], "3"), (NAMES[2], "4"),
    ]  # fmt: skip
    now = covering.covered(office, unit)
    assert (now.union_name, now.kind) == (f"{UNIT}工会委员会", "1")
    told = known(office, unit)
    assert (told["union_state"], told["union_name"]) == ("1", f"{UNIT}工会委员会")
    assert "chair" not in told
    assert memberships(office, people) == ["moved"] * 3
    shown = look(office, row)
    # The union stands; its seal and its entry in the registry are still to come.
    assert shown.founded_on and shown.next is not None and shown.next.code == "10"
    assert [one.step for one in founding_card.due(office)] == ["法人登记"]
    with pytest.raises(Conflict):
        founding_finish.finish(office, row, FinishOrder())
    with pytest.raises(Conflict):
        founding.begin(office, FoundingOrder([unit]))
    assert findings(office) == []

    undoing.take_back(office, done.write)
    assert memberships(office, people) == ["temporary"] * 3
    assert covering.covered(office, unit).kind == covering.FALLBACK
    assert known(office, unit)["union_state"] == "3" and look(office, row).is_open
    undoing.take_back(office, held.write)
    assert look(office, row).meeting.due == 0
    assert findings(office) == []


def memberships(office: Workspace, rows: list[bytes]) -> list[str]:
    found = office.database.read(lambda c: [members.membership_by_id(c, row) for row in rows])
    return [one.record.text("state") for one in found if one is not None]


def test_units_found_a_joint_union_together_or_give_it_up(
    office: Workspace, units: list[bytes]
) -> None:
    joined(office, units[1])
    for wrong, field in (
        (FoundingOrder(units), "kind"),
        (FoundingOrder(units, Kind.JOINT), "union_name"),
        (FoundingOrder([], Kind.JOINT, "样例联合工会"), "units"),
        (FoundingOrder(units, Kind.JOINT, "样" * 61), "union_name"),
        (FoundingOrder(units, Kind.JOINT, "样", office.today + timedelta(1)), "on"),
    ):
        with pytest.raises(InvalidInput) as refused:
            founding.begin(office, wrong)
        assert refused.value.field == field and refused.value.sentence().endswith("。")
    row = founding.begin(office, FoundingOrder(units, Kind.JOINT, "样例联合工会")).founding
    assert founding_card.of_employer(office, units[1]) == row
    (line,) = founding_card.lines(office)
    assert line.units == f"{UNIT}等 2 个单位" and line.kind == "联合"

    with pytest.raises(InvalidInput):
        founding.give_up(office, row, " ")
    ended = founding.give_up(office, row, "单位搬走了", willing=True)
    assert known(office, units[1])["union_state"] == "4"
    assert "单位搬走了" in look(office, row).state and founding_card.due(office) == []
    with pytest.raises(Conflict):
        step(office, row, "2", office.today)
    undoing.take_back(office, ended.write)
    assert look(office, row).is_open

    for order, field in (
        (FinishOrder(office.today), "term_years"),
        (FinishOrder(office.today, term_years=4), "term_years"),
        (FinishOrder(office.today + timedelta(1), term_years=3), "founded_on"),
        (FinishOrder(office.today, term_from=office.today + timedelta(1), term_years=3), "term_from"),
    ):  # fmt: skip
        with pytest.raises(InvalidInput) as refused:
            founding_finish.finish(office, row, order)
        assert refused.value.field == field, order
    done = founding_finish.finish(office, row, FinishOrder(office.today, term_years=3))
    # What was not told is said, and does not stand in the way.
    assert done.moved == 3 and any("批复文号" in said for said in done.sentences)
    assert {one.employer for one in covering.units(office, done.union)} == set(units)
    for unit in units:
        told = known(office, unit)
        assert (told["union_state"], told["covering_union"]) == ("2", "样例联合工会")
    assert findings(office) == []


def test_figures_that_cannot_be_are_refused_and_few_people_are_told(
    office: Workspace, units: list[bytes]
) -> None:
    row = founding.begin(office, FoundingOrder(units[:1])).founding
    for name, role in (("甲样", "1"), ("乙样", "3")):
        founding_votes.put(office, row, CandidateOrder(name, role))
    first = look(office, row).candidates[0].id
    for order, field in (
        (MeetingOrder(Figures(20, 21, 1)), "present_count"),
        (MeetingOrder(Figures(20, 15, 1), votes={first: 16}), "votes"),
        (MeetingOrder(Figures(20, 15, 1), term_years=4), "term_years"),
        (MeetingOrder(Figures(20, 15, 1), office.today + timedelta(1)), "on"),
        (MeetingOrder(Figures(20, 15, 1), meeting="all"), "meeting"),
    ):
        with pytest.raises(InvalidInput) as refused:
            founding_votes.hold(office, row, order)
        assert refused.value.field == field, order
    few = founding_votes.hold(office, row, MeetingOrder(Figures(20, 13, 1), votes={first: 13}))
    assert any("不足三分之二（14 人）" in said for said in few.sentences)
    assert not any(one.elected for one in look(office, row).candidates)
    # A founding begins with a visit; its meeting before everything else is only odd.
    assert any("批复同意筹建" in said for said in few.sentences)
    account = replace(office.account, role=Role.COLLECTOR)
    collector = Workspace(office.database, account, office.office)
    founding.tell(collector, row, StepOrder("2", office.today))
    with pytest.raises(NotAllowed):
        founding_finish.finish(collector, row, FinishOrder(office.today, term_years=3))
    with pytest.raises(InvalidInput) as refused:
        founding.tell(office, row, StepOrder("12", office.today))
    assert refused.value.field == "step"
