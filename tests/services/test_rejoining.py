"""A second sign-up becomes 转入, done at once: of a member, of a kept one, of one under way."""

import pytest

from organizer.domain.member import Act, State
from organizer.domain.signup import Typed
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services import picking
from organizer.services.members import changing, duplicates, rejoining, signup, transferring
from organizer.services.members.changing import ChangeOrder
from organizer.services.members.duplicates import Asked, Known
from organizer.services.members.signup import SignupOrder
from organizer.services.members.transferring import Letter
from organizer.services.unions import covering
from organizer.services.workspace import Workspace
from organizer.store import members
from tests.support.joiners import WITH_ID, join
from tests.support.offices import add_unit, findings

NAME, NUMBER, PHONE = WITH_ID[0]
NEW_PHONE = "19900000001"


def new_union(office: Workspace, name: str = "沈阳样例药房工会委员会") -> bytes:
    return office.database.write(
        office.intent("union.add"), lambda w: w.insert("union_org", {"name": name})
    )


def order(union: bytes | None, unit: bytes | None = None) -> SignupOrder:
    return SignupOrder(Typed(NAME, NUMBER, NEW_PHONE), employer=unit, union_org=union)


def known(office: Workspace) -> Known:
    found = duplicates.look(office, Asked(NUMBER))
    assert found is not None and found.blocks and found.membership is not None
    return found


def states(office: Workspace, person: bytes) -> list[tuple[str, str, str]]:
    found = office.database.read(lambda c: members.memberships_of(c, person))
    return [(one.record.text("state"), one.union_name, one.person.text("phone")) for one in found]


def test_a_member_of_this_file_comes_along_with_what_was_typed(office: Workspace) -> None:
    (first, *_rest) = join(office)
    goal, unit = new_union(office), add_unit(office, "沈阳样例药房")
    found = known(office)
    assert found.transferable and found.membership == first and found.state == State.TEMPORARY
    with pytest.raises(Conflict):
        signup.sign_up(office, order(goal, unit))
    done = rejoining.rejoin(office, order(goal, unit), first, Letter(paid_until="2026-02"))
    assert not done.resumed and done.union_name == "沈阳样例药房工会委员会"
    newest, old = states(office, done.person)
    assert newest == (State.FULL, "沈阳样例药房工会委员会", NEW_PHONE)
    assert old[0] == State.MOVED
    assert known(office).membership == done.membership
    # There now; once more is nothing to do.
    with pytest.raises(InvalidInput) as refused:
        rejoining.rejoin(office, order(goal, unit), done.membership, Letter())
    assert refused.value.field == "union" and refused.value.code == "signup.same_union"
    assert findings(office) == []


def test_a_kept_member_is_a_member_again(office: Workspace) -> None:
    (first, second, *_rest) = join(office)
    changing.change(office, [first, second], ChangeOrder(Act.KEEP, "3"))
    found = known(office)
    assert found.state == State.KEPT and "会籍保留" in found.sentence
    with pytest.raises(Conflict):
        signup.sign_up(office, order(found.union))
    done = rejoining.rejoin(office, order(found.union), first, Letter())
    assert done.resumed and done.membership == first
    assert states(office, done.person) == [(State.FULL, found.union_name, NEW_PHONE)]
    # In another union a kept one arrives as a member.
    name, number, phone = WITH_ID[1]
    other = SignupOrder(Typed(name, number, phone), union_org=new_union(office))
    there = rejoining.rejoin(office, other, second, Letter())
    assert not there.resumed and states(office, there.person)[0][0] == State.FULL


def test_a_letter_under_way_arrives_and_a_waiting_application_does_not(office: Workspace) -> None:
    (first, *_rest) = join(office)
    transferring.send(office, first, "样例市产业工会", Letter())
    goal = new_union(office)
    done = rejoining.rejoin(office, order(goal), first, Letter())
    assert [one[0] for one in states(office, done.person)] == [State.FULL, State.MOVED]
    assert transferring.under_way(office) == []
    name, number, phone = "麴样", "219900199508173226", "19900000002"
    waits = signup.sign_up(office, SignupOrder(Typed(name, number, phone)))
    again = SignupOrder(Typed(name, number, phone), union_org=goal)
    with pytest.raises(Conflict) as refused:
        rejoining.rejoin(office, again, waits.membership, Letter())
    assert refused.value.code == "signup.still_pending"
    # Somebody else's membership is not taken over by a slip of the hand.
    with pytest.raises(NotFound):
        rejoining.rejoin(office, order(goal), waits.membership, Letter())
    assert findings(office) == []


def test_the_usual_union_is_the_one_that_covers_the_unit(office: Workspace) -> None:
    unit, union = add_unit(office, "沈阳样例药房"), new_union(office)
    assert picking.usual_union(office, unit).id is None
    covering.cover(office, [unit], union, "1")
    seat = picking.usual_union(office, unit)
    assert (seat.id, seat.name) == (union, "沈阳样例药房工会委员会")
