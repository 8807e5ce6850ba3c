"""Somebody who joined without an id number brings it later: an edit of the person, no second one."""

from dataclasses import replace

import pytest

from organizer.domain.access import Role
from organizer.domain.signup import Typed
from organizer.errors import Conflict, InvalidInput, NotAllowed, NotFound
from organizer.services import finding, today, undoing
from organizer.services.batches import reporting
from organizer.services.members import amending, duplicates, erasing, person_card, signup
from organizer.services.members.duplicates import Asked
from organizer.services.members.signup import SignupOrder
from organizer.services.workspace import Workspace
from organizer.store.accounts import Account
from tests.support.joiners import WITH_ID, WITHOUT_ID, join
from tests.support.offices import findings

NUMBER = "219900199508173226"


@pytest.fixture
def waiting(office: Workspace) -> bytes:
    """The membership of 孙长林, approved, whose id number is still to come."""
    *_others, membership = join(office, (*WITH_ID, WITHOUT_ID))
    return membership


def person(office: Workspace, membership: bytes) -> dict[str, object]:
    names = ("id", "id_number", "sex", "born_on", "phone", "ethnic", "paper_kind")
    row = office.database.read(
        lambda c: c.execute(
            f"SELECT {', '.join(f'p.{name}' for name in names)} FROM membership m"
            " JOIN person p ON p.id = m.person WHERE m.id = ?",
            (membership,),
        ).fetchone()
    )
    return dict(zip(names, row, strict=True))


def people(office: Workspace) -> int:
    (count,) = office.database.read(lambda c: c.execute("SELECT count(*) FROM person").fetchone())
    return int(count)


def test_the_number_says_sex_and_birth_and_the_person_leaves_the_list(
    office: Workspace, waiting: bytes
) -> None:
    before, count = person(office, waiting), people(office)
    assert amending.lacking_numbers(office) != []
    (union,) = reporting.unions_waiting(office)
    assert [one.membership for one in reporting.preview(office, union.id).held] == [waiting]

    entry = amending.entry(office, waiting)
    assert entry.numberless and entry.typed.name == "孙长林"
    done = amending.amend(office, waiting, replace(entry.typed, id_number=" 219900199508173226"))
    after = person(office, waiting)
    assert after == before | {
        "id_number": NUMBER, "sex": "2", "born_on": "1995-08-17", "paper_kind": "resident_id",
    }  # fmt: skip
    assert done.person == before["id"] and people(office) == count
    assert "id.spaces" in [note.code for note in done.notes]
    assert amending.lacking_numbers(office) == []
    assert "no_id" not in {one.key for one in today.agenda_of_today(office).errands}
    assert reporting.preview(office, union.id).held == ()
    assert [hit.id for hit in finding.find(office, NUMBER[-6:])] == [done.person]
    assert findings(office) == []


def test_it_is_taken_back_as_one_step(office: Workspace, waiting: bytes) -> None:
    before, entry = person(office, waiting), amending.entry(office, waiting)
    amending.amend(office, waiting, replace(entry.typed, id_number=NUMBER), position="保洁员")
    assert undoing.take_back_latest(office).step == "person.edit"
    assert person(office, waiting) == before
    assert amending.entry(office, waiting) == entry


def test_a_number_of_somebody_else_is_stopped_with_the_word_for_a_transfer(
    office: Workspace, waiting: bytes
) -> None:
    before, entry = person(office, waiting), amending.entry(office, waiting)
    taken = replace(entry.typed, id_number=WITH_ID[0][1], phone="13900000000")
    with pytest.raises(Conflict, match=r"signup\.already_member") as refused:
        amending.amend(office, waiting, taken)
    assert WITH_ID[0][0] in refused.value.sentence() and "转入" in refused.value.sentence()
    assert person(office, waiting) == before
    known = duplicates.look(office, Asked(WITH_ID[0][1], person=entry.person))
    assert known is not None and known.blocks and "转入" in known.sentence


def test_also_a_number_of_somebody_without_a_membership(office: Workspace, waiting: bytes) -> None:
    made = signup.sign_up(office, SignupOrder(Typed("宋样", NUMBER, "13900000001")))
    undone = office.database.read(
        lambda c: c.execute("SELECT n FROM membership WHERE id = ?", (made.membership,)).fetchone()
    )
    assert undone
    intent = office.intent("membership.retire")
    office.database.write(intent, lambda w: w.retire("membership", made.membership, "2026-11-21"))
    entry = amending.entry(office, waiting)
    with pytest.raises(Conflict, match=r"signup\.number_taken") as refused:
        amending.amend(office, waiting, replace(entry.typed, id_number=NUMBER))
    assert "宋样" in refused.value.sentence() and "转入" in refused.value.sentence()
    known = duplicates.look(office, Asked(NUMBER, person=entry.person))
    assert known is not None and known.blocks


def test_nobody_is_a_duplicate_of_oneself(office: Workspace, waiting: bytes) -> None:
    entry = amending.entry(office, waiting)
    amending.amend(office, waiting, replace(entry.typed, id_number=NUMBER))
    assert duplicates.look(office, Asked(NUMBER, entry.typed.name, person=entry.person)) is None
    amending.amend(office, waiting, replace(entry.typed, id_number=NUMBER))


def test_a_number_is_corrected_but_never_taken_out(office: Workspace, waiting: bytes) -> None:
    entry = amending.entry(office, waiting)
    amending.amend(office, waiting, replace(entry.typed, id_number=NUMBER))
    with pytest.raises(InvalidInput) as refused:
        amending.amend(office, waiting, replace(entry.typed, id_number=""))
    assert refused.value.field == "id_number"
    assert person(office, waiting)["id_number"] == NUMBER
    with pytest.raises(InvalidInput):
        amending.amend(office, waiting, replace(entry.typed, id_number="219900199508173227"))


def test_what_was_emptied_is_emptied_and_what_was_not_asked_stays(
    office: Workspace, waiting: bytes
) -> None:
    entry = amending.entry(office, waiting)
    assert entry.typed.coded["ethnic"] and entry.typed.coded["education"]
    coded = {"ethnic": ""}
    amending.amend(office, waiting, replace(entry.typed, id_number=NUMBER, phone="", coded=coded))
    now = amending.entry(office, waiting).typed
    assert (now.phone, now.coded["ethnic"]) == ("", "")
    assert now.coded["education"] == entry.typed.coded["education"]


def test_who_may_not_sign_up_here_sees_and_changes_nothing(
    office: Workspace, waiting: bytes
) -> None:
    typed = replace(amending.entry(office, waiting).typed, id_number=NUMBER)
    for account in (
        Account(office.account.id, "某人", Role.AUDITOR, ""),
        Account(office.account.id, "某人", Role.EXPORTER, ""),
        Account(office.account.id, "某人", Role.COLLECTOR, "210181"),
    ):
        acting = Workspace(office.database, account, office.office)
        with pytest.raises(NotAllowed):
            amending.entry(acting, waiting)
        with pytest.raises(NotAllowed):
            amending.amend(acting, waiting, typed)
    elsewhere = Account(office.account.id, "某人", Role.COLLECTOR, "210181")
    assert amending.lacking_numbers(Workspace(office.database, elsewhere, office.office)) == []


def test_an_erased_person_is_not_opened(office: Workspace, waiting: bytes) -> None:
    row = amending.entry(office, waiting).person
    erasing.erase_person(office, row, "本人撤回同意")
    with pytest.raises(NotFound):
        amending.entry(office, waiting)
    with pytest.raises(NotFound):
        person_card.card(office, row)
    assert amending.lacking_numbers(office) == []
