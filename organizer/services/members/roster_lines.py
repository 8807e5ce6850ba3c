"""What a roster (会员花名册) says of each member of a union."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain import masking
from organizer.domain.access import Permission
from organizer.domain.member_filter import COUNTED, MemberFilter
from organizer.errors import NotFound
from organizer.forms.member_roster import RosterLine
from organizer.i18n import _
from organizer.services.employers.listing import label
from organizer.services.members import interim, member_listing
from organizer.services.members.member_listing import Order
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.store.members import Membership, Record

_PAGE = 500
_WOMAN = "2"


@dataclass(frozen=True)
class RosterOf:
    """The members of a union by name, and how many of them are women, from the country, in a group."""

    union_name: str
    lines: Sequence[RosterLine]
    women: int
    migrant: int
    new_form: int


def read(workspace: Workspace, union: bytes, *, masked: bool) -> RosterOf:
    """The counted members of a union, sorted by name; raises `NotFound`, `NotAllowed`."""
    workspace.require(Permission.PRINT)
    found = workspace.database.read(lambda c: members.union_by_id(c, union))
    if found is None:
        raise NotFound("record.unknown", value=union.hex())
    if code := found.text("division_code"):
        workspace.require(Permission.PRINT, code)
    wanted = MemberFilter(state=COUNTED, union_org=union)
    numbers = member_listing.member_numbers(workspace, wanted, Order("name"))
    known: list[Membership] = []
    for at in range(0, len(numbers), _PAGE):
        part = numbers[at : at + _PAGE]
        known += workspace.database.read(functools.partial(members.numbered, numbers=part)).values()
    return RosterOf(
        found.text("name"),
        [_line(workspace, one, masked=masked) for one in known],
        sum(one.person.text("sex") == _WOMAN for one in known),
        sum(one.person.text("migrant") == "1" for one in known),
        sum(bool(one.person.text("group_code")) for one in known),
    )


def _line(workspace: Workspace, one: Membership, *, masked: bool) -> RosterLine:
    person, record = one.person, one.record

    def told(codes: str, name: str, of: Record) -> str:
        code = of.text(name)
        return label(workspace, codes, code) if code else ""

    number = person.text("id_number")
    return RosterLine(
        name=person.text("name"),
        sex=told("sex", "sex", person),
        ethnic=told("ethnic", "ethnic", person),
        born=person.text("born_on")[:7],
        id_number=(masking.mask_resident_id(number) if masked else number) or _("后补"),
        education=told("education", "education", person),
        political=told("political", "political", person),
        workplace=record.text("workplace") or one.employer_name,
        position=record.text("position"),
        household=told("household_kind", "household_kind", person),
        migrant={"1": _("是"), "0": _("否")}.get(person.text("migrant"), ""),
        phone="" if masked else person.text("phone"),
        joined_on=record.text("joined_on"),
        card_no=interim.card_number(workspace, record),
        state=told("membership_state", "state", record),
    )
