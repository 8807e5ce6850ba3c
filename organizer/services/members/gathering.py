"""集中入会: the event itself, and what the union's committee allows for it beforehand (现场审批授权)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from organizer.domain.access import Permission
from organizer.domain.gathering import Authority, check_authority
from organizer.domain.union_org import fallback_name
from organizer.errors import InvalidInput, NotFound
from organizer.services.members import signup
from organizer.services.workspace import Workspace
from organizer.store import employers, gatherings, members
from organizer.store.driver import Connection
from organizer.store.gatherings import GatheringRow as GatheringRow
from organizer.store.transaction import Write


@dataclass(frozen=True)
class GatheringOrder:
    """An event: where a union is not said, people join the one their place falls back on."""

    name: str
    held_on: date | None = None
    venue: str = ""
    union_org: bytes | None = None
    employer: bytes | None = None
    oath_reader: str = ""


@dataclass(frozen=True)
class GatheringCard:
    """A gathering with what the committee allowed for it, and how much of that is left today."""

    row: GatheringRow
    authority: Authority | None
    places: int
    used: int

    @property
    def id(self) -> bytes:
        """Its id."""
        return self.row.id


def hold(workspace: Workspace, order: GatheringOrder) -> bytes:
    """Prepare a gathering, also for a day to come; returns its id. Raises `InvalidInput`."""
    workspace.require(Permission.SIGN_UP)
    values = _checked(workspace, order)
    code = workspace.office.division_code
    if order.employer:
        unit = workspace.database.read(lambda c: employers.employer_by_id(c, order.employer or b""))
        code = (unit.division_code if unit else None) or code
    name = workspace.divisions.get(code).name

    def body(write: Write) -> bytes:
        union = order.union_org or members.ensure_fallback_union(write, code, name)
        _require_at(workspace, write.connection, union)
        return write.insert("gathering", {**values, "union_org": union})

    return workspace.database.write(workspace.intent("gathering.hold"), body)


def edit(workspace: Workspace, gathering: bytes, order: GatheringOrder) -> bytes:
    """Correct what is said of a gathering; the union stays once somebody joined. Returns the write."""
    workspace.require(Permission.SIGN_UP)
    values = _checked(workspace, order)

    def body(write: Write) -> bytes:
        row = found(write.connection, workspace, gathering)
        union = order.union_org or row.union_org
        _require_at(workspace, write.connection, union)
        if union != row.union_org and (row.members or row.pending):
            raise InvalidInput("gathering.union_stays", field="union", union=row.union_name)
        if row.authority_no and row.authorised_until < values["held_on"]:
            raise InvalidInput(
                "authority.before_event", field="held_on",
                day=row.authorised_until, held=values["held_on"],
            )  # fmt: skip
        write.set("gathering", gathering, {**values, "union_org": union})
        return write.id

    return workspace.database.write(workspace.intent("gathering.edit"), body)


def authorise(workspace: Workspace, gathering: bytes, authority: Authority) -> bytes:
    """Record that the union's committee allows approval on the spot; returns the write.

    Raises `InvalidInput` for one that is over already, or for fewer than were approved under it.
    """
    workspace.require(Permission.REVIEW)

    def body(write: Write) -> bytes:
        row = found(write.connection, workspace, gathering, Permission.REVIEW)
        held_on = date.fromisoformat(row.held_on)
        checked = check_authority(authority, held_on, workspace.today)
        given = gatherings.authority_list(gathering, checked.number)
        used = gatherings.used(write.connection, given)
        if used > checked.most:
            raise InvalidInput("authority.too_few", field="authorised_most", used=used)
        write.set(
            "gathering",
            gathering,
            {
                "authority_no": checked.number,
                "authorised_by": checked.granted_by,
                "authorised_until": checked.until.isoformat(),
                "authorised_most": checked.most,
            },
        )
        _keep_list(write, given, row, checked)
        return write.id

    return workspace.database.write(workspace.intent("gathering.authorise"), body)


def held(workspace: Workspace) -> list[GatheringRow]:
    """The gatherings of the account's division, the latest first."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    return workspace.database.read(lambda c: gatherings.gatherings(c, scope))


def card(workspace: Workspace, gathering: bytes) -> GatheringCard:
    """One gathering; raises `NotFound`."""
    workspace.require(Permission.LOOK)
    return workspace.database.read(lambda c: carded(c, workspace, gathering))


def by_text(workspace: Workspace, text: str) -> bytes:
    """The gathering meant by its id or its whole name; raises `NotFound` for none or several."""
    same = [row for row in held(workspace) if text in (row.id.hex(), row.name)]
    if len(same) != 1:
        raise NotFound("record.not_one", value=text, count=len(same))
    return same[0].id


def taken_in(workspace: Workspace, gathering: bytes) -> Sequence[bytes]:
    """The memberships that began at a gathering, in the order of its list."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> list[bytes]:
        found(connection, workspace, gathering, Permission.LOOK)
        return gatherings.joined_at(connection, gathering)

    return workspace.database.read(query)


def carded(connection: Connection, workspace: Workspace, gathering: bytes) -> GatheringCard:
    """One gathering as a write sees it; raises `NotFound`."""
    row = found(connection, workspace, gathering, Permission.LOOK)
    if not row.authority_no:
        return GatheringCard(row, None, 0, 0)
    authority = Authority(
        row.authority_no,
        row.authorised_by,
        date.fromisoformat(row.authorised_until),
        row.authorised_most,
    )
    used = gatherings.used(connection, gatherings.authority_list(row.id, row.authority_no))
    return GatheringCard(row, authority, authority.places(workspace.today, used), used)


def found(
    connection: Connection,
    workspace: Workspace,
    gathering: bytes,
    permission: Permission = Permission.SIGN_UP,
) -> GatheringRow:
    """A gathering this account may act on; raises `NotFound`, `NotAllowed`."""
    row = gatherings.gathering_by_id(connection, gathering)
    if row is None:
        raise NotFound("record.unknown", value=gathering.hex())
    workspace.require(permission, row.division_code or None)
    return row


def _checked(workspace: Workspace, order: GatheringOrder) -> dict[str, Any]:
    name = " ".join(order.name.split())
    if not name:
        raise InvalidInput("gathering.no_name", field="name")
    return {
        "name": name,
        "held_on": (order.held_on or workspace.today).isoformat(),
        "venue": order.venue.strip() or None,
        "employer": order.employer,
        "oath_reader": order.oath_reader.strip() or None,
    }


def _require_at(workspace: Workspace, connection: Connection, union: bytes) -> None:
    chosen = signup.chosen_union(connection, union)
    workspace.require(Permission.SIGN_UP, chosen.text("division_code") or None)


def _keep_list(write: Write, given: bytes, row: GatheringRow, authority: Authority) -> None:
    """Who is approved on the spot is approved on this list, which prints like any other."""
    values = {
        "union_org": row.union_org,
        "committee": authority.granted_by,
        "met_on": row.held_on,
        "paper_no": authority.number,
    }
    if not write.add("approval_list", given, values):
        write.set("approval_list", given, {**values, "retired_on": None})


def fallback(workspace: Workspace) -> str:
    """The union people join where none is said."""
    workspace.require(Permission.SIGN_UP)
    code = workspace.office.division_code
    return fallback_name(workspace.divisions.get(code).name, code)
