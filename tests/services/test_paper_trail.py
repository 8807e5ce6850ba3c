"""Papers go their way by being scanned; what is missing stands in lists; nothing is noted by mistake."""

from datetime import timedelta
from pathlib import Path

import pytest

from organizer.domain.paper_trail import Stage
from organizer.domain.signup import Typed
from organizer.errors import Conflict, InvalidInput, NotAllowed, NotFound, OrganizerError
from organizer.services import finding, undoing
from organizer.services.members import signup, telling
from organizer.services.members.printing import Printer
from organizer.services.members.signup import SignupOrder
from organizer.services.paper import missing, paper_trail
from organizer.services.paper.missing import Asked, Lack
from organizer.services.paper.paper_trail import Order
from organizer.services.workspace import Workspace
from tests.support.joiners import approve
from tests.support.offices import DIVISION, add_unit
from tests.support.papers import TWO_PAPERS, other_sight, printed

SIGNED, STAMPED, FILED = Stage.SIGNED, Stage.STAMPED, Stage.FILED


def refused(workspace: Workspace, code: str, order: Order) -> str:
    with pytest.raises(OrganizerError) as told:
        paper_trail.mark(workspace, code, order)
    assert told.value.sentence()
    return told.value.code


def words(workspace: Workspace, person: bytes) -> dict[str, str]:
    return {one.paper: one.passport for one in paper_trail.of_person(workspace, person)}


def test_two_papers_go_their_way_from_the_printer_to_the_box(office: Workspace) -> None:
    one, other = printed(office, "样例甲"), printed(office, "样例乙")
    today = office.today.isoformat()
    front, back = f"ORG1:RH-01:1:{one.short_id}", f"ORG1:RH-02:1:{one.short_id}"

    # Signed: the front alone, then the back by what a hand types.
    done = paper_trail.mark(office, front, Order(SIGNED))
    assert paper_trail.said(done) == "样例甲　入会申请书　已签字"
    assert done.again == "工会会员登记表"
    assert paper_trail.said(paper_trail.mark(office, one.short_id.lower(), Order(SIGNED))) == (
        "样例甲　工会会员登记表　已签字"
    )
    whole = paper_trail.mark(office, f"RH-01 v1 · {other.short_id}", Order(SIGNED, whole=True))
    assert whole.paper == "入会申请书、工会会员登记表" and not whole.again

    # Out of order, twice, not needed, unknown: told, and nothing noted.
    assert refused(office, back, Order(FILED, "12")) == "paper_trail.not_stamped"
    assert refused(office, front, Order(SIGNED)) == "paper_trail.signed_twice"
    assert refused(office, front, Order(STAMPED)) == "paper_trail.stamped_needless"
    assert refused(office, "ORG1:RH-01:1:2222ZZZZ", Order(SIGNED)) == "paper_trail.unknown"
    assert refused(office, f"ORG1:RH-03:1:{one.short_id}", Order(SIGNED)) == (
        "paper_trail.other_form"
    )
    assert refused(office, "ORG1:PC-1:1:AAAAAAAAAAAAAAAAAAAAAAAAAA", Order(SIGNED)) == (
        "paper_trail.survey_sheet"
    )
    tomorrow = office.today + timedelta(1)
    assert refused(office, back, Order(STAMPED, on=tomorrow)) == "member.future_day"
    early = office.today - timedelta(1)
    assert refused(office, back, Order(STAMPED, on=early)) == "paper_trail.too_early"

    # Filed: pages follow by themselves; a taken page and a box without one are refused.
    paper_trail.mark(office, back, Order(STAMPED))
    assert paper_trail.mark(office, front, Order(FILED, "12-7")).place == "12-7"
    assert refused(office, back, Order(FILED, "12-7")) == "paper_trail.page_taken"
    assert refused(office, back, Order(FILED, "12-")) == "paper_trail.no_page"
    assert refused(office, back, Order(FILED)) == "paper_trail.no_box"
    assert paper_trail.next_place(office, "12") == "12-8"
    last = paper_trail.mark(office, back, Order(FILED, "12"))
    assert paper_trail.said(last) == "样例甲　工会会员登记表　已归档 12-8"
    assert paper_trail.next_place(office, "1") == "1-1"
    assert words(office, one.person) == {
        "入会申请书": f"已打印 {today} → 已签字 {today} → 已归档 12-7",
        "工会会员登记表": f"已打印 {today} → 已签字 {today} → 已盖章 {today} → 已归档 12-8",
    }

    # Taken back: the last scan by its write, any step at any time by the code.
    undoing.take_back(office, last.write)
    assert paper_trail.next_place(office, "12") == "12-8"
    assert words(office, one.person)["工会会员登记表"].endswith(f"已盖章 {today}")
    assert paper_trail.unmark(office, front).stage is FILED
    assert words(office, one.person)["入会申请书"].endswith(f"已签字 {today}")
    paper_trail.unmark(office, front)
    with pytest.raises(Conflict) as nothing:
        paper_trail.unmark(office, front)
    assert nothing.value.code == "paper_trail.nothing_noted"


def test_lists_say_what_is_missing_and_where(office: Workspace, tmp_path: Path) -> None:
    shop = add_unit(office)
    here = printed(office, "样例甲", employer=shop)
    bare = signup.sign_up(office, SignupOrder(Typed("样例丙", phone="19900838866")))
    union = paper_trail_union(office)

    def found(lack: Lack, **of: bytes) -> list[tuple[str, str]]:
        asked = Asked(lack, **of)
        numbers = missing.numbers(office, asked)
        lines = missing.page(office, asked, numbers)
        return [(lines[n].name, lines[n].paper) for n in numbers]

    both = [("样例甲", "入会申请书"), ("样例甲", "工会会员登记表")]
    assert found(Lack.UNSIGNED) == both
    assert found(Lack.UNSIGNED, union=union) == found(Lack.UNSIGNED, employer=shop) == both
    assert found(Lack.UNSIGNED, employer=add_unit(office, "别家商行")) == []
    assert found(Lack.UNSTAMPED) == found(Lack.UNFILED) == []
    paper_trail.mark(office, here.short_id, Order(SIGNED))
    assert found(Lack.UNSIGNED) == []
    assert found(Lack.UNSTAMPED) == [("样例甲", "工会会员登记表")]
    assert found(Lack.UNFILED) == [("样例甲", "入会申请书")]
    assert found(Lack.NO_APPLICATION) == [("样例丙", "入会申请书")]
    assert found(Lack.NO_REGISTRATION) == [("样例丙", "工会会员登记表")]

    # Printed again, the newer print counts.
    Printer(office).print_signup(here.membership, tmp_path / "again.pdf", TWO_PAPERS)
    assert found(Lack.UNSIGNED) == both

    # Approved and not told.
    assert found(Lack.UNTOLD) == []
    approve(office, [here.membership, bare.membership])
    assert [name for name, _paper in found(Lack.UNTOLD)] == ["样例甲", "样例丙"]
    counted = missing.counts(office, Asked(Lack.UNTOLD))
    assert (counted[Lack.UNTOLD], counted[Lack.UNSIGNED], counted[Lack.NO_CONSENT]) == (2, 2, 2)
    with pytest.raises(InvalidInput):
        telling.tell(office, [bare.membership], "smoke")
    with pytest.raises(InvalidInput):
        telling.tell(office, [bare.membership], "phone", office.today - timedelta(1))
    write = telling.tell(office, [here.membership, bare.membership], "phone")
    assert found(Lack.UNTOLD) == []
    undoing.take_back(office, write)
    assert len(found(Lack.UNTOLD)) == 2


def paper_trail_union(office: Workspace) -> bytes:
    """The union everybody here joined."""
    (union,) = {one.id for one in finding.find(office, "工人村街道", table="union_org")}
    return union


def test_papers_of_another_place_are_refused_and_not_shown(office: Workspace) -> None:
    here = printed(office, "样例甲")
    with other_sight(office, f"{DIVISION}001") as narrow:
        assert refused(narrow, here.short_id, Order(SIGNED)) == "paper_trail.elsewhere"
        assert missing.numbers(narrow, Asked(Lack.UNSIGNED)) == []
        with pytest.raises(NotAllowed):
            paper_trail.of_person(narrow, here.person)
    with pytest.raises(NotFound):
        paper_trail.mark(office, "22222222", Order(SIGNED))
    with other_sight(office, DIVISION, role="exporter") as looker, pytest.raises(NotAllowed):
        paper_trail.mark(looker, here.short_id, Order(SIGNED))
