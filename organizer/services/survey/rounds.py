"""Rounds (批次): opened with what they ask, listed, closed; what was told before waits to be confirmed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain, count

from organizer.domain import access, clears
from organizer.domain.access import Permission
from organizer.domain.clears import Standing
from organizer.domain.round import (
    AT_THE_DOOR,
    PHONE,
    ROSTER,
    Denominator,
    Round,
    check_span,
    parse_denominator,
)
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.i18n import _, listed
from organizer.services.workspace import Workspace
from organizer.store import employers, known, lamps, places, rounds
from organizer.store.driver import Connection
from organizer.store.transaction import Write

LONGEST_NAME = 40

WAYS: Mapping[str, tuple[str, ...]] = {
    "door": AT_THE_DOOR,
    PHONE: (PHONE,),
    ROSTER: (ROSTER,),
}
"""The ways by which something is confirmed in a round, and the sources each stands for."""


class State(StrEnum):
    """Where a round stands: still to begin, under way, replaced by a newer one, ended."""

    AHEAD = "ahead"
    OPEN = "open"
    REPLACED = "replaced"
    ENDED = "ended"


@dataclass(frozen=True)
class RoundOrder:
    """What a round asks. `ways` from `WAYS`; begins today unless said; "" is the account's division."""

    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    division_code: str = ""
    denominator: str = Denominator.ALL
    ways: Sequence[str] = ("door", ROSTER)


@dataclass(frozen=True)
class RoundLine:
    """A round in a list: where it stands and, in words, where it holds and what counts in it."""

    round: Round
    state: State
    division: str
    ways: str
    denominator: str


@dataclass(frozen=True)
class Closed:
    """A round with its last day set, and the step that can be taken back."""

    round: Round
    write: bytes


def open_round(workspace: Workspace, order: RoundOrder) -> bytes:
    """Open a round; everything told before it stands as to be confirmed (待确认). Returns its id.

    Raises `InvalidInput` for no name or a taken one, an end before the start, no way to confirm, an
    unknown denominator; `NotFound` for an unknown division; `Conflict` while a round that is not over
    holds for more than this one, and for one ahead while another is under way.
    """
    scope = order.division_code.strip() or workspace.account.division_code
    workspace.require(Permission.REVIEW, scope)
    values = _checked(workspace, order, scope)

    def body(write: Write) -> bytes:
        _refuse_twice(write.connection, str(values["name"]), scope, workspace.today)
        _refuse_ahead(write.connection, str(values["starts_on"]), scope, workspace.today)
        return write.insert("round", values)

    return workspace.database.write(workspace.intent("round.open"), body)


def close_round(
    workspace: Workspace, round_id: bytes | None = None, ends_on: date | None = None
) -> Closed:
    """Set the last day of a round, today unless said; of the current one without an id.

    What was seen until that day can still be written down afterwards. Raises `NotFound`,
    `InvalidInput` for a day before its start, `Conflict` when it is over or has visits after that day.
    """
    scope = workspace.account.division_code
    found = workspace.database.read(lambda c: _found(c, round_id, scope))
    workspace.require(Permission.REVIEW, found.division_code)
    over = found.ends_on is not None and found.ends_on < workspace.today
    if over and ends_on is None:
        raise Conflict("round.ended", name=found.name, ends=found.ends_on)
    last = ends_on or workspace.today
    check_span(found.starts_on, last)

    def body(write: Write) -> Closed:
        later, newest = rounds.visits_after(write.connection, found.id, last.isoformat())
        if later:
            raise Conflict("round.visits_after", ends=last, count=later, last=newest)
        write.set("round", found.id, {"ends_on": last.isoformat()})
        return Closed(replace(found, ends_on=last), write.id)

    return workspace.database.write(workspace.intent("round.close"), body)


def rounds_here(workspace: Workspace) -> list[RoundLine]:
    """The rounds that touch the account's division, the newest first."""
    workspace.require(Permission.LOOK)
    found = workspace.database.read(rounds.live)
    return [
        RoundLine(
            one,
            _state(one, found[:place], workspace.today),
            workspace.divisions.name_of(one.division_code) or workspace.office.name,
            ways_words(one),
            denominator_word(one.denominator),
        )
        for place, one in enumerate(found)
        if one.touches(workspace.account.division_code)
    ]


def current_round(workspace: Workspace) -> Round | None:
    """The newest round of the account's division; None before the first."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    return workspace.database.read(lambda c: rounds.current(c, scope))


def proposed_name(workspace: Workspace) -> str:
    """A name for a new round that is not taken: 2026年秋季排查, 2026年秋季排查（2）."""
    workspace.require(Permission.LOOK)
    taken = {one.name for one in workspace.database.read(rounds.live)}
    name = season_name(workspace.today)
    again = (_("{name}（{number}）").format(name=name, number=n) for n in count(2))
    return next(one for one in chain((name,), again) if one not in taken)


def season_name(today: date) -> str:
    """What a round that begins today may be called: 2026年秋季排查."""
    seasons = (_("冬季"), _("春季"), _("夏季"), _("秋季"))
    return _("{year}年{season}排查").format(year=today.year, season=seasons[today.month % 12 // 3])


def standings(workspace: Workspace, employer: bytes) -> dict[str, Standing]:
    """By field, whether a unit's facts are confirmed in its round or wait for it (待确认).

    Empty without a round; raises `NotFound` for an unknown unit.
    """
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> dict[str, Standing]:
        found = employers.employer_by_id(connection, employer)
        if found is None:
            raise NotFound("record.unknown", value=employer.hex())
        workspace.require(Permission.LOOK, found.division_code)
        return standings_in(connection, found.id, found.division_code)

    return workspace.database.read(query)


def standings_in(
    connection: Connection, employer: bytes, division_code: str | None
) -> dict[str, Standing]:
    """The same for services that read more of a unit at once; the unit is a live one."""
    current = rounds.holding(rounds.live(connection), division_code)
    if current is None:
        return {}
    seen = known.known_of(connection, [employer], current).get(employer)
    return clears.standings(seen, current) if seen else {}


def standing_word(standing: Standing) -> str:
    """The word of a standing: 已确认, 待确认."""
    return {Standing.CONFIRMED: _("已确认"), Standing.TO_CONFIRM: _("待确认")}[standing]


def denominator_word(denominator: Denominator) -> str:
    """Of which units shares are counted, as printed."""
    return {
        Denominator.ALL: _("全部单位"),
        Denominator.TEN: _("10 人以上单位"),
        Denominator.TWENTY_FIVE: _("会员潜力 25 人以上单位"),
    }[denominator]


def way_word(way: str) -> str:
    """The word of a way of `WAYS`."""
    return {"door": _("上门"), PHONE: _("电话"), ROSTER: _("有日期的名册")}[way]


def ways_words(current: Round) -> str:
    """The ways that confirm in a round, listed."""
    kept = set(current.sources)
    return listed(way_word(way) for way, sources in WAYS.items() if kept.issuperset(sources))


def _checked(workspace: Workspace, order: RoundOrder, scope: str) -> dict[str, object]:
    name = " ".join(order.name.split())
    if not name:
        raise InvalidInput("round.no_name", field="name")
    if len(name) > LONGEST_NAME:
        raise InvalidInput("round.long_name", field="name", most=LONGEST_NAME)
    starts = order.starts_on or workspace.today
    check_span(starts, order.ends_on)
    unknown = [way for way in order.ways if way not in WAYS]
    if unknown or not order.ways:
        value = unknown[0] if unknown else ""
        raise InvalidInput("round.unknown_way", field="ways", value=value)
    if scope and workspace.database.read(lambda c: places.division_by_code(c, scope)) is None:
        raise NotFound("place.unknown_division", code=scope)
    sources = [source for way, some in WAYS.items() if way in order.ways for source in some]
    return {
        "name": name,
        "starts_on": starts.isoformat(),
        "ends_on": order.ends_on.isoformat() if order.ends_on else None,
        "division_code": scope or None,
        "denominator": parse_denominator(order.denominator),
        "sources": json.dumps(sources),
        "lamp_rules": lamps.rules().version,
    }


def _refuse_twice(connection: Connection, name: str, scope: str, today: date) -> None:
    for other in rounds.live(connection):
        if other.name == name:
            raise InvalidInput("round.taken", field="name", name=name)
        over = other.ends_on is not None and other.ends_on < today
        wider = access.covers(other.division_code, scope) and other.division_code != scope
        if wider and not over:
            raise Conflict("round.wider_open", name=other.name)


def _refuse_ahead(connection: Connection, starts: str, scope: str, today: date) -> None:
    """A round ahead would take the place of the one under way, and visits of today had none."""
    if starts <= today.isoformat():
        return
    for other in rounds.live(connection):
        goes_on = other.ends_on is None or other.ends_on > today
        if other.touches(scope) and other.starts_on <= today and goes_on:
            raise Conflict("round.too_soon", name=other.name, starts=starts)


def _found(connection: Connection, round_id: bytes | None, scope: str) -> Round:
    there = rounds.live(connection)
    if round_id is None:
        found = next((one for one in there if one.touches(scope)), None)
    else:
        found = next((one for one in there if one.id == round_id), None)
    if found is None:
        raise NotFound("round.none")
    return found


def _state(one: Round, newer: Sequence[Round], today: date) -> State:
    if one.ends_on is not None and one.ends_on < today:
        return State.ENDED
    if any(access.covers(later.division_code, one.division_code) for later in newer):
        return State.REPLACED
    return State.AHEAD if today < one.starts_on else State.OPEN
