"""The made-up office of the pictures: a bit of everything that can be done."""

import itertools
from collections.abc import Iterator
from pathlib import Path

from organizer import resources
from organizer.domain.visit import Outcome
from organizer.errors import OrganizerError
from organizer.services import finding
from organizer.services.lists import importing
from organizer.services.members import gathering, roster, signup
from organizer.services.members.gathering import GatheringOrder
from organizer.services.members.signup import SignupOrder
from organizer.services.survey import recording
from organizer.services.unions import covering, founding, keeping, officers
from organizer.services.unions.founding import FoundingOrder, StepOrder
from organizer.services.unions.keeping import UnionOrder
from organizer.services.workspace import Workspace
from tests.support import walked
from tests.support.crowds import ordinary, pasted
from tests.support.joiners import approve

UNION = "沈阳样春机械制造有限公司工会委员会"
_COVERED = "样春机械"
_FOUNDING = "样辰人力"
_EVENT = "工人村快递员集中入会"
_OUTCOMES = (Outcome.MET, Outcome.MET, Outcome.NOBODY, Outcome.MET, Outcome.REFUSED)
_ANSWERS = (
    {"union_state": "1", "staff_total": "36", "staff_women": "14", "responsible": "张管理"},
    {"union_state": "4", "staff_total": "12", "employer_willing": "yes", "no_union_reason": "5"},
    {"staff_total": "8"},
)


def fill(workspace: Workspace) -> None:
    """Lists, a round, visits and applications, so that every screen has something to show."""
    (market,) = resources.path("sample").glob("01_*.xlsx")
    (joiners,) = resources.path("sample").glob("03_*.csv")
    importing.import_list(workspace, market)
    recording.open_round(workspace, "秋季排查", workspace.today, None)
    units = [hit for hit in finding.find(workspace, "沈阳", 160, "employer")]
    answers = itertools.cycle(_ANSWERS)
    for unit, outcome in zip(units[::2], itertools.cycle(_OUTCOMES), strict=False):
        facts = next(answers) if outcome is Outcome.MET else {}
        recording.record_visit(workspace, recording.VisitOrder(unit.id, outcome, facts))
    walked.walk(workspace)
    signed = list(sign_up(workspace, joiners))
    approve(workspace, signed[: len(signed) // 2])
    _unions(workspace)


def sign_up(workspace: Workspace, joiners: Path) -> Iterator[bytes]:
    """The people of a list, those with mistakes left out."""
    for order in roster.read_roster(workspace, joiners):
        try:
            yield signup.sign_up(workspace, order).membership
        except OrganizerError:
            continue


def _unions(workspace: Workspace) -> None:
    """A union with officers and a unit, a founding under way, a gathering, somebody twice."""
    today = workspace.today
    began = today.replace(year=today.year - 3, day=1)
    union = keeping.add(
        workspace,
        UnionOrder({"name": UNION, "founded_on": began.isoformat(), "term_from": began.isoformat(),
                    "term_years": "3", "approval_no": "样工〔2023〕3号", "org_type": "1"}),
    )  # fmt: skip
    for name, post in (("黄样", "1"), ("孙样", "4"), ("李样", "6")):
        officers.appoint(workspace, union, {"name": name, "post": post})
    (unit,) = finding.find(workspace, _COVERED, 1, "employer")
    covering.cover(workspace, [unit.id], union, "1", began)
    (willing,) = finding.find(workspace, _FOUNDING, 1, "employer")
    begun = founding.begin(workspace, FoundingOrder([willing.id], responsible="张管理"))
    for step in ("1", "2", "3"):
        founding.tell(workspace, begun.founding, StepOrder(step, today, responsible="张管理"))
    gathering.hold(workspace, GatheringOrder(_EVENT, today, "社区活动室", oath_reader="黄样"))
    for _time in range(2):
        typed = signup.Typed("孙样同", phone="19900838811")
        signup.sign_up(workspace, SignupOrder(typed, employer=unit.id))


def pasted_list() -> str:
    """People as somebody pastes them."""
    return pasted(ordinary(9))
