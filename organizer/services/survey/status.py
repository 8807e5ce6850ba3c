"""How far a round has got, street by street or grid by grid: units, doors reached, the four lamps."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from organizer.domain.access import Permission
from organizer.domain.clears import LampRule
from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store import employers, grids, lamps, places, relays, visits, walks
from organizer.store.driver import Connection
from organizer.store.lamps import CLEAR
from organizer.store.tally import Tally

_VILLAGE = 12
"""Digits of a code of the lowest level, a village or community."""


@dataclass(frozen=True)
class WalkStatus:
    """A street, tower or village group, or what of a division lies in none; `lamps` as in `rules`.

    `clear` are the units with every lamp clear, `closed` those closed after honest tries (已尽责),
    which are never counted as clear; `grid` is "" where it lies in none. `seen_empty` says of one
    without units that somebody looked (已走访无单位). `doubled` are units that several people
    reached: a fact to talk about, no error. For a grid `place` is its id, `responsible` whose it is.
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
    doubled: int = 0
    responsible: str = ""


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
            doubled=sum(one.doubled for one in self.walks),
        )


def status(workspace: Workspace, division_code: str = "") -> Status:
    """The current round in a division (or all the account sees).

    Raises `NotFound` without a round, and for a division that is unknown, merged or out of use.
    """
    return _counted(workspace, division_code, _walks)


def by_grid(workspace: Workspace, division_code: str = "") -> Status:
    """The same, a line for each grid with its own units, and one for what lies in none."""
    return _counted(workspace, division_code, _grids)


@dataclass(frozen=True)
class _Asked:
    """What is counted: a round within `scope`; `home` is whose places are named without units."""

    scope: str
    home: str
    round: bytes
    width: int


def _counted(
    workspace: Workspace,
    division_code: str,
    lines: Callable[[Connection, _Asked], Iterator[WalkStatus]],
) -> Status:
    workspace.require(Permission.LOOK, division_code or None)
    if division_code:
        workspace.divisions.get(division_code)
    scope = division_code or workspace.account.division_code
    recording.settle_lamps(workspace)
    rules = lamps.rules().lamps

    def query(connection: Connection) -> Status:
        current = visits.current_round(connection, scope)
        if current is None:
            raise NotFound("round.none")
        within = current.narrowed(scope)
        # Without limits an office still answers for its own divisions only, not for the province.
        asked = _Asked(within, within or workspace.office.division_code, current.id, len(rules))
        found = sorted(lines(connection, asked), key=_order)
        return Status(current.name, rules, tuple(found))

    return workspace.database.read(query)


def _grids(connection: Connection, asked: _Asked) -> Iterator[WalkStatus]:
    counted = {one.where: one for one in grids.counts(connection, asked.scope, asked.round)}
    known = {one.id: one for one in grids.grids(connection, asked.scope)}
    twice = Counter(
        _grid_of(connection, unit) for unit, _names in relays.visited_twice(connection, asked.round)
    )
    for row in dict.fromkeys([*known, *counted]):
        count = counted.get(row, Tally(row))
        grid = known.get(row) or grids.any_grid(connection, row)
        fields = grid.fields if grid else {}
        division = places.division_by_code(connection, fields.get("division_code") or "")
        yield WalkStatus(
            row,
            grid.shown if grid else _("没有划入网格"),
            division.name if division else "",
            fields.get("code") or "",
            count.units,
            count.reached,
            count.closed,
            count.lights[CLEAR * asked.width],
            tuple(_lit(count.lights, asked.width)),
            doubled=twice[row],
            responsible=fields.get("responsible") or "",
        )


def _grid_of(connection: Connection, employer: bytes) -> bytes:
    found = employers.employer_by_id(connection, employer)
    place = found.place if found else None
    return grids.of_places(connection, [place]).get(place, b"") if place else b""


def _lit(shown: Counter[str], width: int) -> Iterator[int]:
    """How many units have each lamp clear."""
    return (
        sum(n for lights, n in shown.items() if lights[at:].startswith(CLEAR))
        for at in range(width)
    )


def _walk_of(connection: Connection, employer: bytes) -> bytes:
    found = employers.employer_by_id(connection, employer)
    return walks.walk_of(connection, found.place if found else None)


def _walks(connection: Connection, asked: _Asked) -> Iterator[WalkStatus]:
    counted = [*walks.counts(connection, asked.scope, asked.round)]
    counted += _without_units(connection, asked.home, {one.where for one in counted})
    empty = visits.empty_places(connection, asked.round)
    twice = Counter(
        _walk_of(connection, unit) for unit, _names in relays.visited_twice(connection, asked.round)
    )
    named = walks.named(connection, (one.where for one in counted))
    above = walks.named(connection, {one.parent for one in named.values() if one.parent})
    codes = {one.id: one.shown for one in grids.grids(connection, asked.scope)}
    lying = grids.of_places(connection, named)
    for one in counted:
        place = named.get(one.where)
        parent = above.get(place.parent) if place and place.parent else None
        yield WalkStatus(
            one.where,
            place.name if place else _("没有地址的单位"),
            parent.name if parent else "",
            codes.get(lying.get(one.where, b""), ""),
            one.units,
            one.reached,
            one.closed,
            one.lights[CLEAR * asked.width],
            tuple(_lit(one.lights, asked.width)),
            one.units == 0 and one.where in empty,
            twice[one.where],
        )


def _without_units(connection: Connection, scope: str, met: set[bytes]) -> Iterator[Tally]:
    """Streets, towers and village groups in use without a unit, and villages that have none of these."""
    known = [one for one in walks.names(connection, scope) if not one.retired]
    above = {one.parent for one in known}
    for one in known:
        village = len(one.division_code) >= _VILLAGE and one.id not in above
        if one.id not in met and (one.kind != "division" or village):
            yield Tally(one.id)


def _order(walk: WalkStatus) -> tuple[bool, str, str]:
    # What lies in no place comes last.
    return not walk.place, walk.above, walk.name
