"""Spot checks (抽查): the visits that can be checked, checks drawn, and what came of the calls."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from organizer.domain.review_signals import Trace
from organizer.domain.visit import Outcome
from organizer.i18n import SHANGHAI
from organizer.store.driver import Connection
from organizer.store.scope import LIVE, SAME, SURVIVOR, WITHIN, within
from organizer.store.whereabouts import Whereabouts

# The last visit to a unit in the round, at which somebody was met or the unit was found gone.
_LAST = (
    f"v.n = (SELECT w.n FROM visit w WHERE w.employer {SAME} AND w.round = :round"
    " AND w.retired_on IS NULL ORDER BY w.visited_on DESC, w.n DESC LIMIT 1)"
    f" AND v.outcome <> '{Outcome.NOBODY}'"
)


@dataclass(frozen=True)
class CheckRow:
    """A check: when it was drawn, with which seed, and how many of it have which answer."""

    id: bytes
    round: bytes
    round_name: str
    division_code: str
    seed: int
    size: int
    drawn_on: str
    answers: dict[str, int]


@dataclass(frozen=True)
class ItemRow:
    """One visit of a check with all that is asked on the telephone; `answer` "" while it waits."""

    id: bytes
    position: int
    employer: bytes
    visit: bytes
    name: str
    place: bytes | None
    contact: str
    phone: str
    visited_on: str
    outcome: str
    visitor: str
    facts: dict[str, str]
    answer: str
    answered_on: str
    remark: str


def population(connection: Connection, current: bytes, scope: str) -> dict[bytes, list[bytes]]:
    """The visits that can be checked, one for each unit, by who made them."""
    rows = connection.execute(
        f"SELECT coalesce(v.visitor, x''), v.id FROM visit v JOIN employer e ON e.id = {SURVIVOR}"
        f" WHERE v.round = :round AND v.retired_on IS NULL AND {_LAST} AND {LIVE} AND {WITHIN}"
        " ORDER BY v.visitor, v.id",
        {"round": current, **within(scope)},
    )
    found: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for visitor, visit in rows:
        found[visitor].append(visit)
    return dict(found)


def employers_of(connection: Connection, visits: Sequence[bytes]) -> list[bytes]:
    """The unit of each of these visits, redirects followed."""
    return [
        connection.execute(f"SELECT {SURVIVOR} FROM visit v WHERE v.id = ?", (row,)).fetchone()[0]
        for row in visits
    ]


def checks(connection: Connection, scope: str) -> list[CheckRow]:
    """The checks of a division, the newest first."""
    rows = connection.execute(
        "SELECT c.id, c.round, coalesce(r.name, ''), coalesce(c.division_code, ''), c.seed, c.size,"
        " c.drawn_on, (SELECT json_group_object(a.answer, a.count) FROM (SELECT"
        " CASE WHEN i.agrees IS NULL THEN '' WHEN instr(i.agrees, ':') THEN 'differs'"
        " ELSE i.agrees END AS answer, count(*) AS count FROM spot_check_item i"
        " WHERE i.spot_check = c.id AND i.retired_on IS NULL GROUP BY 1) a)"
        " FROM spot_check c LEFT JOIN round r ON r.id = c.round WHERE c.retired_on IS NULL"
        " AND coalesce(c.division_code, '') LIKE ? || '%' ORDER BY c.n DESC",
        (scope,),
    )
    return [CheckRow(*_parsed(row, 7)) for row in rows]


def items(connection: Connection, check: bytes) -> list[ItemRow]:
    """The visits of a check in the order they were drawn."""
    rows = connection.execute(
        "SELECT i.id, i.position, i.employer, i.visit, coalesce(e.name, ''),"
        " (SELECT o.place FROM occupancy o WHERE o.employer = e.id AND o.retired_on IS NULL"
        " AND o.until_on IS NULL ORDER BY o.since_on DESC, o.n DESC LIMIT 1),"
        " coalesce(e.contact, e.legal_person, ''), coalesce(e.phone, ''), v.visited_on, v.outcome,"
        " coalesce(a.name, ''), (SELECT json_group_object(f.field, f.value) FROM fact f"
        " WHERE f.visit = v.id AND f.retired_on IS NULL), coalesce(i.agrees, ''),"
        " coalesce(i.answered_on, ''), coalesce(i.remark, '') FROM spot_check_item i"
        " JOIN employer e ON e.id = i.employer JOIN visit v ON v.id = i.visit"
        " LEFT JOIN account a ON a.id = v.visitor"
        " WHERE i.spot_check = ? AND i.retired_on IS NULL ORDER BY i.position",
        (check,),
    )
    return [ItemRow(*_parsed(row, 11)) for row in rows]


def traces(connection: Connection, current: bytes, scope: str) -> list[Trace]:
    """Every visit of a round to units of a division, as it was entered."""
    known = Whereabouts(connection)
    rows = connection.execute(
        "SELECT v.id, e.id, coalesce(e.name, ''), coalesce(a.name, ''), v.visited_on, v.visited_at,"
        " v.place, v.outcome, (SELECT json_group_object(f.field, f.value) FROM fact f"
        " WHERE f.visit = v.id AND f.retired_on IS NULL) FROM visit v"
        f" JOIN employer e ON e.id = {SURVIVOR} LEFT JOIN account a ON a.id = v.visitor"
        f" WHERE v.round = :round AND v.retired_on IS NULL AND {LIVE} AND {WITHIN}",
        {"round": current, **within(scope)},
    ).fetchall()
    found = []
    for visit, employer, unit, visitor, on, at, place, outcome, answers in rows:
        street = known.of(place).walk
        entered = datetime.fromisoformat(at).astimezone(SHANGHAI)
        day = date.fromisoformat(on)
        told = json.loads(answers)
        found.append(
            Trace(visit, employer, unit, visitor, day, entered, street, known.name(street),
                  outcome, told)
        )  # fmt: skip
    return found


def _parsed(row: Sequence[Any], place: int) -> tuple[Any, ...]:
    """A row whose value at a place is written as JSON."""
    return (*row[:place], json.loads(row[place]), *row[place + 1 :])


def phones(connection: Connection, scope: str) -> list[tuple[bytes, str, str]]:
    """Id, name and telephones of the live units of a division that have any."""
    return connection.execute(
        "SELECT e.id, coalesce(e.name, ''), e.phone FROM employer e"
        f" WHERE coalesce(e.phone, '') <> '' AND {LIVE} AND {WITHIN} ORDER BY e.n",
        within(scope),
    ).fetchall()
