"""Filters of units as conditions of SQL, the same for the list, the walks and drives."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from organizer.domain.access import Sight
from organizer.domain.staff_band import BANDS
from organizer.domain.union_org import FOUNDED
from organizer.domain.unit_filter import UNKNOWN, Goal, UnitFilter
from organizer.store import facts, lamps, search
from organizer.store.driver import Connection
from organizer.store.efforts import CLOSED
from organizer.store.scope import LIVE, REACHED, WITHIN, within

_COUNTED = "CAST({} AS INTEGER)"
_FOUNDED = ", ".join(f"'{code}'" for code in sorted(FOUNDED))
# A lamp that was not looked at again since something changed counts as dark.
_LIT = (
    "EXISTS (SELECT 1 FROM lamp_now l WHERE l.employer = e.id"
    f" AND l.lights <> '' AND replace(l.lights, '{lamps.CLEAR}', '') = '')"
)
_WITHIN = WITHIN.replace(":low", ":wanted_low").replace(":high", ":wanted_high")


@dataclass(frozen=True)
class Condition:
    """A condition on `employer e`, and what its names stand for; it asks for `:round` besides."""

    sql: str = "1"
    values: Mapping[str, object] = field(default_factory=dict)


EVERYTHING = Condition()


def shown(name: str, sight: Sight) -> str:
    """The value shown of a field of `employer e`."""
    return (
        f"(SELECT f.value FROM fact_now w JOIN fact f ON f.id = {facts.NOW[sight.departments]}"
        f" WHERE w.employer = e.id AND w.field = '{name}')"
    )


def counted(name: str, sight: Sight) -> str:
    """The number of people shown in a field of `employer e`."""
    return _COUNTED.format(shown(name, sight))


def condition(connection: Connection, wanted: UnitFilter, sight: Sight) -> Condition:
    """What a unit has to fulfil; figures somebody does not see decide nothing."""
    values: dict[str, object] = {}
    parts = [*_codes(wanted, sight, values), *_people(wanted, sight, values)]
    asked = (
        (wanted.unvisited, f"NOT {REACHED}"),
        (wanted.unlit, f"NOT {_LIT}"),
        (wanted.unfounded, f"NOT {done(Goal.FOUNDED, sight)}"),
        (wanted.closed, CLOSED),
    )
    parts += [part for flag, part in asked if flag]
    if wanted.text.strip():
        parts.append(_text(connection, wanted.text, values))
    return Condition(" AND ".join(parts) or "1", values)


def done(goal: Goal, sight: Sight) -> str:
    """The condition under which a unit has reached a goal."""
    if goal is Goal.VISITED:
        return REACHED
    if goal is Goal.LIT:
        return _LIT
    return f"coalesce({shown('union_state', sight)}, '') IN ({_FOUNDED})"


def count(
    connection: Connection, wanted: UnitFilter, sight: Sight, current: bytes | None, goal: Goal
) -> tuple[int, int]:
    """How many live units a filter leaves, and how many of them have reached a goal."""
    which = condition(connection, wanted, sight)
    units, reached = connection.execute(
        f"SELECT count(*), coalesce(sum({done(goal, sight)}), 0) FROM employer e"
        f" WHERE {LIVE} AND {WITHIN} AND {which.sql}",
        {**within(sight.scope), **which.values, "round": current},
    ).fetchone()
    return units, reached


def _codes(wanted: UnitFilter, sight: Sight, values: dict[str, object]) -> list[str]:
    parts = []
    for name in ("operating_state", "union_state"):
        code = getattr(wanted, name)
        if code == UNKNOWN:
            parts.append(f"{shown(name, sight)} IS NULL")
        elif code:
            parts.append(f"{shown(name, sight)} = :{name}")
            values[name] = code
    if wanted.division:
        parts.append(_WITHIN)
        values |= {f"wanted_{name}": value for name, value in within(wanted.division).items()}
    return parts


def _people(wanted: UnitFilter, sight: Sight, values: dict[str, object]) -> list[str]:
    staff, parts = counted("staff_total", sight), []
    if wanted.band == UNKNOWN:
        parts.append(f"{staff} IS NULL")
    elif wanted.band:
        first, last = BANDS[wanted.band]
        parts.append(f"{staff} BETWEEN :first AND :last" if last else f"{staff} >= :first")
        values |= {"first": first, "last": last}
    if wanted.staff_from:
        parts.append(f"{staff} >= :staff_from")
        values["staff_from"] = wanted.staff_from
    if wanted.three_new_from:
        flag, people = shown("three_new", sight), counted("staff_new_form", sight)
        parts.append(f"({people} >= :three_new OR {flag} = 'yes' AND {staff} >= :three_new)")
        values["three_new"] = wanted.three_new_from
    return parts


def _text(connection: Connection, text: str, values: dict[str, object]) -> str:
    """Found by name, pinyin or digits as everywhere, or by a piece of the address."""
    found = search.all_of(connection, "employer", text)
    values |= {"hits": json.dumps([row.hex() for row in found]), "text": text.strip()}
    return (
        "(e.id IN (SELECT unhex(value) FROM json_each(:hits))"
        " OR instr(coalesce(e.address, ''), :text) > 0)"
    )
