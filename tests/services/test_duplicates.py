from organizer.domain.member import State
from organizer.domain.signup import Typed
from organizer.services.members import duplicates, signup
from organizer.services.members.duplicates import Asked
from organizer.services.members.signup import SignedUp, SignupOrder
from organizer.services.workspace import Workspace
from organizer.store.transaction import Write
from tests.support.joiners import approve

ID_NUMBER = "219900199508173226"
OTHER_ID = "219900198511261219"


def employer(workspace: Workspace, name: str = "试样一机械厂") -> bytes:
    return workspace.database.write(
        workspace.intent("employer.add"), lambda w: w.insert("employer", {"name": name})
    )


def sign_up(workspace: Workspace, typed: Typed, at: bytes | None = None) -> SignedUp:
    return signup.sign_up(workspace, SignupOrder(typed, employer=at))


def end(workspace: Workspace, membership: bytes) -> None:
    def body(write: Write) -> None:
        write.set("membership", membership, {"state": State.LEFT.value})

    workspace.database.write(workspace.intent("membership.end"), body)


def test_an_active_membership_under_the_number_leads_to_a_transfer(office: Workspace) -> None:
    made = sign_up(office, Typed("王龚", ID_NUMBER))
    known = duplicates.look(office, Asked(ID_NUMBER))
    assert known is not None and known.blocks and "审批" in known.sentence
    approve(office, [made.membership])
    known = duplicates.look(office, Asked(ID_NUMBER))
    assert known is not None and known.blocks and known.person == made.person
    assert made.union_name in known.sentence and "转入" in known.sentence


def test_who_left_may_join_again(office: Workspace) -> None:
    made = sign_up(office, Typed("王龚", ID_NUMBER))
    approve(office, [made.membership])
    end(office, made.membership)
    known = duplicates.look(office, Asked(ID_NUMBER))
    assert known is not None and not known.blocks and "可以重新入会" in known.sentence
    again = sign_up(office, Typed("王龚", ID_NUMBER))
    assert again.person == made.person


def test_name_unit_and_birth_date_point_to_somebody_without_a_number(office: Workspace) -> None:
    at = employer(office)
    sign_up(office, Typed("王龚", phone="13800245678", born_on="1995-08-17"), at)
    same = duplicates.look(office, Asked(name="王龚", employer=at, born_on="1995-08-17"))
    assert same is not None and not same.blocks and "试样一机械厂" in same.sentence
    # The number handed in later says the same birth date.
    later = duplicates.look(office, Asked(ID_NUMBER, "王龚", at, "1995-08-17"))
    assert later is not None and not later.blocks
    assert duplicates.look(office, Asked(name="王龚", employer=at, born_on="1990-01-01")) is None
    unsure = duplicates.look(office, Asked(name="王龚", employer=at))
    assert unsure is not None and "出生日期不全" in unsure.sentence
    elsewhere = employer(office, "试样二机械厂")
    assert duplicates.look(office, Asked(name="王龚", employer=elsewhere)) is None


def test_two_numbers_are_two_people(office: Workspace) -> None:
    at = employer(office)
    sign_up(office, Typed("王龚", ID_NUMBER), at)
    assert duplicates.look(office, Asked(OTHER_ID, "王龚", at, "1985-11-26")) is None


def test_a_number_and_a_name_unknown_here_are_nobody(office: Workspace) -> None:
    assert duplicates.look(office, Asked(ID_NUMBER, "王龚", employer(office))) is None
    assert duplicates.look(office, Asked()) is None
