"""本轮对上轮: units that came, closed, moved or refused, and what changed of the others.

Compared is what the units themselves told: the newest answer before the round's first day with the
newest one within it. Figures of other departments (tax, social insurance) are no answers.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from organizer.domain.access import Permission
from organizer.domain.fact import Fact, newest
from organizer.domain.place import natural_key
from organizer.domain.round import Round
from organizer.errors import NotFound
from organizer.i18n import SHANGHAI, _
from organizer.services.employers import listing
from organizer.services.workspace import Workspace
from organizer.store import comparisons, facts, rounds
from organizer.store.audit import instant
from organizer.store.comparisons import Told, Unit
from organizer.store.driver import Connection
from organizer.store.whereabouts import Whereabouts

KEYS = ("new", "closed", "moved", "unfound", "refused", "staff", "state", "union")
"""The kinds of change in the order of the report; `title_of` has their words."""


@dataclass(frozen=True)
class Difference:
    """One unit behind a number: what was said of it before and in this round, in words.

    `walk` is the street, tower or village group it is met on (b"" for none); `before` is "" when
    nobody knew, `gain` the change of a head count.
    """

    employer: bytes
    name: str
    walk: bytes
    before: str
    after: str
    gain: int = 0


@dataclass(frozen=True)
class Change:
    """One kind of change (`KEYS`), its title, and every unit behind its number."""

    key: str
    title: str
    rows: tuple[Difference, ...]

    @property
    def count(self) -> int:
        """How many units."""
        return len(self.rows)

    @property
    def gain(self) -> int:
        """By how many people together; 0 for what is no head count."""
        return sum(row.gain for row in self.rows)


@dataclass(frozen=True)
class WalkChanges:
    """A street, tower or village group with changes, and how many of each kind."""

    place: bytes
    name: str
    above: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Comparison:
    """A round beside the one before it; `previous` is "" for a first one, beside what lists said.

    `since` is the round's first day, `upto` the day until which answers were read.
    """

    current: str
    previous: str
    since: date
    upto: date
    changes: tuple[Change, ...]
    walks: tuple[WalkChanges, ...]

    def of(self, key: str) -> Change:
        """One kind of change."""
        return next(change for change in self.changes if change.key == key)

    def at(self, walk: bytes) -> tuple[Change, ...]:
        """The changes of one street, tower or village group."""
        return tuple(
            Change(one.key, one.title, tuple(row for row in one.rows if row.walk == walk))
            for one in self.changes
        )


def compare(workspace: Workspace, division_code: str = "") -> Comparison:
    """The current round of a division, or of all the account sees, beside the one before it.

    Raises `NotFound` without a round.
    """
    workspace.require(Permission.LOOK, division_code or None)
    scope = division_code or workspace.account.division_code

    def query(connection: Connection) -> Comparison:
        current = rounds.current(connection, scope)
        if current is None:
            raise NotFound("round.none")
        previous = rounds.before(connection, current)
        upto = min(current.ends_on or workspace.today, workspace.today)
        found = _Found(connection)
        _arrived(connection, found, current, previous, current.narrowed(scope), upto)
        told = comparisons.told(
            connection,
            current.narrowed(scope),
            current.starts_on.isoformat(),
            upto.isoformat(),
        )
        for one in told:
            _compared(found, one, current.starts_on.isoformat(), workspace)
        before = previous.name if previous else ""
        return Comparison(current.name, before, current.starts_on, upto, *found.settled())

    return workspace.database.read(query)


def title_of(key: str) -> str:
    """What a kind of change is called."""
    return {
        "new": _("新增"),
        "closed": _("注销"),
        "moved": _("搬离"),
        "unfound": _("查无"),
        "refused": _("拒访"),
        "staff": _("职工数变化"),
        "state": _("经营状态变化"),
        "union": _("建会状态变化"),
    }[key]


class _Found:
    """The differences of each kind while they are gathered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[str, list[tuple[Unit, str, str, int]]] = {key: [] for key in KEYS}
        self.new: set[bytes] = set()

    def add(self, key: str, unit: Unit, before: str, after: str, gain: int = 0) -> None:
        """Note a difference of a unit."""
        self._rows[key].append((unit, before, after, gain))

    def settled(self) -> tuple[tuple[Change, ...], tuple[WalkChanges, ...]]:
        """Every kind with its units in the order they were recorded, and every walk with a change."""
        lying = Whereabouts(self._connection)
        met = {unit.id for rows in self._rows.values() for unit, *_told in rows}
        seats = comparisons.places_of(self._connection, met)

        def difference(unit: Unit, before: str, after: str, gain: int) -> Difference:
            walk = lying.of(seats.get(unit.id)).walk
            return Difference(unit.id, unit.name, walk, before, after, gain)

        changes = tuple(
            Change(key, title_of(key), tuple(difference(*row) for row in sorted(rows, key=_order)))
            for key, rows in self._rows.items()
        )
        return changes, _walks(lying, changes)


def _order(row: tuple[Unit, str, str, int]) -> int:
    return row[0].n


def _walks(lying: Whereabouts, changes: Sequence[Change]) -> tuple[WalkChanges, ...]:
    """By what they stand in and by name, what has no place last."""
    counted = Counter((row.walk, one.key) for one in changes for row in one.rows)
    names = {walk: lying.name(walk) for walk, _key in counted}
    return tuple(
        WalkChanges(
            walk,
            names[walk] or _("没有地址的单位"),
            lying.above(walk),
            {key: counted[walk, key] for key in KEYS},
        )
        for walk in sorted(
            names, key=lambda one: (not one, lying.above(one), natural_key(names[one]))
        )
    )


def _arrived(
    connection: Connection,
    found: _Found,
    current: Round,
    previous: Round | None,
    scope: str,
    upto: date,
) -> None:
    since = None
    if previous is not None:
        # Whatever came after the last round had ended was not in it.
        ended = previous.ends_on or current.starts_on
        since = _midnight(min(ended + timedelta(days=bool(previous.ends_on)), current.starts_on))
    end = _midnight(upto + timedelta(days=1))
    for unit, met in comparisons.arrived(connection, current.id, scope, since, end):
        found.new.add(unit.id)
        found.add("new", unit, "", _("走访新增") if met else _("名单新增"))


def _midnight(day: date) -> str:
    at = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return instant(int(at.timestamp() * 1000))


def _compared(found: _Found, one: Told, since: str, workspace: Workspace) -> None:
    ranks = facts.source_ranks()
    now = [fact for fact in one.facts if fact.observed_on >= since]
    then = [fact for fact in one.facts if fact.observed_on < since]
    if not now or one.unit.id in found.new:
        return
    after = newest(now, ranks)
    before = newest(then, ranks) if then else None
    if before is not None and before.value == after.value:
        return
    _COMPARED[one.field](found, one.unit, before, after, workspace)


def _of_state(
    found: _Found, unit: Unit, before: Fact | None, after: Fact, workspace: Workspace
) -> None:
    key = after.value if after.value in KEYS else "state"
    if before is None and key == "state":
        # That a unit nobody had asked works as usual is no change.
        return
    was = listing.label(workspace, "operating_state", before.value) if before else ""
    found.add(key, unit, was, listing.label(workspace, "operating_state", after.value))


def _of_union(
    found: _Found, unit: Unit, before: Fact | None, after: Fact, workspace: Workspace
) -> None:
    if before is not None:
        was, now = (listing.label(workspace, "union_state", one.value) for one in (before, after))
        found.add("union", unit, was, now)


def _of_staff(
    found: _Found, unit: Unit, before: Fact | None, after: Fact, _workspace: Workspace
) -> None:
    if before is not None and before.value.isdigit() and after.value.isdigit():
        gain = int(after.value) - int(before.value)
        if gain:
            found.add("staff", unit, before.value, after.value, gain)


_COMPARED: Mapping[str, Callable[[_Found, Unit, Fact | None, Fact, Workspace], None]] = {
    "operating_state": _of_state,
    "union_state": _of_union,
    "staff_total": _of_staff,
}
