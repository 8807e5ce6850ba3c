"""How far a round has got, street by street: units, doors reached, the four lamps."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from organizer.domain.access import Permission
from organizer.domain.clears import LampRule
from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services import survey
from organizer.services.workspace import Workspace
from organizer.store import grids, lamps, visits, walks
from organizer.store.driver import Connection
from organizer.store.lamps import CLEAR
from organizer.store.walks import PlaceCount

_VILLAGE = 12
"""Digits of a code of the lowest level, a village or community."""


@dataclass(frozen=True)
class WalkStatus:
    """A street, tower or village group, or what of a division lies in none; `lamps` as in `rules`.

    `clear` are the units with every lamp clear, `closed` those closed after honest tries (已尽责),
    which are never counted as clear; `grid` is "" where it lies in none. `seen_empty` says of one
    without units that somebody looked (已走访无单位).
    """

    place: bytes
    name: str
    above: str
    grid: str
    units: int
    reached: int
    closed: int
    clear: int
    lamps: tuple[int, ...]
    seen_empty: bool = False


@dataclass(frozen=True)
class Status:
    """A round and where each walk of it stands, by division and name."""

    round_name: str
    rules: tuple[LampRule, ...]
    walks: tuple[WalkStatus, ...]

    @property
    def total(self) -> WalkStatus:
        """All walks together."""
        return WalkStatus(
            b"",
            _("合计"),
            "",
            "",
            sum(one.units for one in self.walks),
            sum(one.reached for one in self.walks),
            sum(one.closed for one in self.walks),
            sum(one.clear for one in self.walks),
            tuple(map(sum, zip(*(one.lamps for one in self.walks), strict=True))),
        )


def status(workspace: Workspace, division_code: str = "") -> Status:
    """The current round in a division (or all the account sees); raises `NotFound` without one."""
    workspace.require(Permission.LOOK, division_code or None)
    scope = division_code or workspace.account.division_code
    survey.settle_lamps(workspace)
    rules = lamps.rules().lamps

    def query(connection: Connection) -> Status:
        current = visits.current_round(connection)
        if current is None:
            raise NotFound("round.none")
        found = _walks(connection, scope, current.id, len(rules))
        return Status(current.name, rules, tuple(sorted(found, key=_order)))

    return workspace.database.read(query)


def _walks(connection: Connection, scope: str, current: bytes, width: int) -> Iterator[WalkStatus]:
    counted = [*walks.counts(connection, scope, current)]
    counted += _without_units(connection, scope, {one.place for one in counted})
    empty = visits.empty_places(connection, current)
    lit = walks.shining(connection, scope)
    named = walks.named(connection, (one.place for one in counted))
    above = walks.named(connection, {one.parent for one in named.values() if one.parent})
    codes = {one.id: one.shown for one in grids.grids(connection, scope)}
    lying = grids.of_places(connection, named)
    for one in counted:
        place, shown = named.get(one.place), lit.get(one.place, Counter())
        parent = above.get(place.parent) if place and place.parent else None
        each = (sum(n for lights, n in shown.items() if lights[at] == CLEAR) for at in range(width))
        yield WalkStatus(
            one.place,
            place.name if place else _("没有地址的单位"),
            parent.name if parent else "",
            codes.get(lying.get(one.place, b""), ""),
            one.units,
            one.reached,
            one.closed,
            shown[CLEAR * width],
            tuple(each),
            one.units == 0 and one.place in empty,
        )


def _without_units(connection: Connection, scope: str, met: set[bytes]) -> Iterator[PlaceCount]:
    """Streets, towers and village groups in use without a unit, and villages that have none of these."""
    known = [one for one in walks.names(connection, scope) if not one.retired]
    above = {one.parent for one in known}
    for one in known:
        village = len(one.division_code) >= _VILLAGE and one.id not in above
        if one.id not in met and (one.kind != "division" or village):
            yield PlaceCount(one.id, 0, 0, 0)


def _order(walk: WalkStatus) -> tuple[bool, str, str]:
    # What lies in no place comes last.
    return not walk.place, walk.above, walk.name
