"""Records that may be one twice: brought together by index, then judged pair by pair.

Nobody compares 300,000 people with each other: only those who share a number, a name with something
else, or a unit. Units are few enough to be grouped in memory by what they share.
"""

import functools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz import fuzz, process

from organizer import resources
from organizer.domain import matching
from organizer.domain.matching import (
    DuplicateCandidate,
    Level,
    PersonTraits,
    Rules,
    UnionTraits,
    UnitTraits,
    Verdict,
)
from organizer.store import facts
from organizer.store.driver import Connection

Pair = tuple[bytes, bytes]

_AT_ONCE = 300
_MOST_ALIKE = 30
"""So many of one name are compared each with each; of more, only those that share something else."""
_MOST_TOGETHER = 2000
"""A telephone or person in charge of so many units tells nothing."""
_RESIDENT = ("", "111", "resident_id")
_LIVE = "{0}.erased_on IS NULL AND {0}.retired_on IS NULL AND {0}.merged_into IS NULL"
_NUMBERLESS = f"s.id_number IS NULL AND {_LIVE.format('s')}"


@functools.cache
def rules(table: str) -> Rules:
    """What counts how much for a kind of record."""
    return Rules.from_table(resources.toml("rules", "duplicates.toml")[table])


@functools.cache
def _simplified() -> dict[int, str]:
    return matching.simplifier(resources.toml("rules", "duplicates.toml")["simplified"])


def judge(connection: Connection, table: str, one: bytes, other: bytes) -> Verdict:
    """What speaks for and against these two being one."""
    if table == "person":
        people = _people(connection, (one, other))
        return matching.compare_people(people[one], people[other], rules(table), _like)
    if table == "employer":
        units = _units(connection, (one, other))
        return matching.compare_units(units[one], units[other], rules(table), _like)
    unions = _unions(connection)
    return matching.compare_unions(unions[one], unions[other], rules(table), _like)


def _like(one: str, other: str) -> float:
    return float(fuzz.ratio(one, other))


# People


def seeds(connection: Connection) -> list[bytes]:
    """The people without an id number: only they can be somebody else's duplicate unseen."""
    rows = connection.execute(f"SELECT s.id FROM person s WHERE {_NUMBERLESS}")
    return [row for (row,) in rows]


def same_numbers(connection: Connection) -> list[DuplicateCandidate]:
    """People recorded under one id number."""
    rows = connection.execute(
        "WITH twice (id_number) AS (SELECT id_number FROM person WHERE id_number IS NOT NULL"
        " GROUP BY id_number HAVING count(*) > 1) SELECT p.id_number, p.id FROM twice t"
        f" JOIN person p ON p.id_number = t.id_number WHERE {_LIVE.format('p')} ORDER BY p.n"
    )
    together = defaultdict(list)
    for number, row in rows:
        together[number].append(row)
    pairs = [pair for group in together.values() for pair in combinations(group, 2)]
    return _judged_people(connection, pairs)


def people(connection: Connection, some: Sequence[bytes]) -> list[DuplicateCandidate]:
    """Who may be the same as one of these people without an id number."""
    pairs = {(one, other) for one, other in _namesakes(connection, some) if one != other}
    pairs |= set(_colleagues(connection, some))
    # Told once, whichever of the two was looked at first.
    return _judged_people(connection, {(min(pair), max(pair)) for pair in pairs})


def like_somebody(
    connection: Connection, typed: PersonTraits, but: bytes | None = None
) -> list[tuple[bytes, Verdict]]:
    """Who may be a person that is only typed yet, the likeliest first; `but` is the own record."""
    shared = {"name": typed.name, "born": typed.born_on, "phone": typed.phone}
    (unit,) = typed.employers or (None,)
    rows = connection.execute(
        "SELECT p.id FROM person p INDEXED BY person_by_name WHERE p.name = :name"
        f" AND {_LIVE.format('p')} AND {_SHARED}"
        " UNION SELECT p.id FROM person p WHERE p.original_writing = :name"
        f" AND {_LIVE.format('p')} AND {_SHARED} LIMIT {_MOST_ALIKE}",
        {**shared, "unit": unit},
    ).fetchall()
    traits = _people(connection, [row for (row,) in rows if row != but])
    found = [
        (row, matching.compare_people(typed, other, rules("person"), _like))
        for row, other in traits.items()
    ]
    likely = [one for one in found if one[1].level is not Level.NEW]
    return sorted(likely, key=lambda one: -one[1].score)


_SHARED = (
    "(p.born_on = :born OR p.phone = :phone OR EXISTS (SELECT 1 FROM membership m"
    " WHERE m.person = p.id AND m.employer = :unit AND m.retired_on IS NULL))"
)


def _namesakes(connection: Connection, some: Sequence[bytes]) -> Iterator[Pair]:
    """Of one name, now or in former writing, who share something else too."""
    names = "name", "name"
    for start in range(0, len(some), _AT_ONCE):
        chunk = some[start : start + _AT_ONCE]
        marks = _marks(chunk)
        for own, their in (names, ("original_writing", "name"), ("name", "original_writing")):
            rows = connection.execute(
                f"SELECT s.id, p.id FROM person s JOIN person p ON p.{their} = s.{own}"
                f" WHERE s.id IN ({marks}) AND p.id <> s.id AND {_LIVE.format('p')}"
                " AND (p.born_on = s.born_on OR p.phone = s.phone OR EXISTS (SELECT 1"
                " FROM membership m JOIN membership k ON k.employer = m.employer"
                " WHERE m.person = s.id AND k.person = p.id AND m.retired_on IS NULL"
                " AND k.retired_on IS NULL))",
                chunk,
            )
            yield from rows


def _colleagues(connection: Connection, some: Sequence[bytes]) -> Iterator[Pair]:
    """At one unit, of one birth day or telephone and nearly one name: a slip of who typed it."""
    alike = rules("person").alike
    for start in range(0, len(some), _AT_ONCE):
        chunk = some[start : start + _AT_ONCE]
        found = connection.execute(
            "WITH own (id, employer) AS (SELECT DISTINCT person, employer FROM membership"
            f" WHERE person IN ({_marks(chunk)}) AND employer IS NOT NULL AND retired_on IS NULL),"
            " there (employer) AS (SELECT DISTINCT employer FROM own)"
            " SELECT t.employer, p.id, p.name, p.born_on, p.phone, EXISTS (SELECT 1 FROM own o"
            " WHERE o.id = p.id) FROM there t JOIN membership m ON m.employer = t.employer"
            f" JOIN person p ON p.id = m.person WHERE {_LIVE.format('p')} AND m.retired_on IS NULL",
            chunk,
        )
        together: defaultdict[Hashable, list[tuple[bytes, str, bool]]] = defaultdict(list)
        for employer, row, name, *shared, seed in found:
            for key in filter(None, shared):
                together[employer, key].append((row, name or "", bool(seed)))
        for group in together.values():
            for one, other in combinations(group, 2):
                known = one[0] == other[0] or not (one[2] or other[2])
                if not known and one[1] != other[1] and _like(one[1], other[1]) >= alike:
                    yield one[0], other[0]


def _judged_people(connection: Connection, pairs: Iterable[Pair]) -> list[DuplicateCandidate]:
    wanted = list(pairs)
    traits = _people(connection, {row for pair in wanted for row in pair})
    return _worth_a_look("person", wanted, traits, matching.compare_people)


def _people(connection: Connection, rows: Iterable[bytes]) -> dict[bytes, PersonTraits]:
    wanted, at = list(rows), _employers_of(connection, list(rows))
    found = {}
    for start in range(0, len(wanted), _AT_ONCE):
        chunk = wanted[start : start + _AT_ONCE]
        told = connection.execute(
            "SELECT id, name, original_writing, sex, born_on, id_number, paper_kind, phone"
            f" FROM person WHERE id IN ({_marks(chunk)})",
            chunk,
        )
        for row, *texts in told:
            name, former, sex, born_on, number, kind, phone = (text or "" for text in texts)
            resident = kind in _RESIDENT
            found[row] = PersonTraits(
                name, former, sex, born_on, number, resident, phone, at.get(row, frozenset())
            )
    return found


def _employers_of(connection: Connection, people: Sequence[bytes]) -> dict[bytes, frozenset[bytes]]:
    redirected = facts.merged(connection)
    found: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for start in range(0, len(people), _AT_ONCE):
        chunk = people[start : start + _AT_ONCE]
        rows = connection.execute(
            f"SELECT person, employer FROM membership WHERE person IN ({_marks(chunk)})"
            " AND employer IS NOT NULL AND retired_on IS NULL",
            chunk,
        )
        for person, employer in rows:
            found[person].add(redirected.get(employer, employer))
    return {person: frozenset(units) for person, units in found.items()}


# Units


def units(connection: Connection) -> list[DuplicateCandidate]:
    """Units that may be one: by code, by name, by what they share while their names resemble."""
    traits = _units(connection)
    rows = list(traits)
    pairs = _by_name(rows, traits)
    pairs |= _together(rows, traits, lambda one: (one.uscc,))
    pairs |= _together(rows, traits, lambda one: (one.registration_no,))
    pairs |= _resembling(rows, traits, lambda one: (one.place,))
    pairs |= _resembling(rows, traits, lambda one: (one.legal_person,))
    pairs |= _resembling(rows, traits, lambda one: one.phones)
    pairs |= _resembling(rows, traits, lambda one: () if one.place else (one.address,))
    return _worth_a_look("employer", pairs, traits, matching.compare_units)


def _by_name(rows: Sequence[bytes], traits: Mapping[bytes, UnitTraits]) -> set[Pair]:
    """Units of one name or signboard; where that is a common one, those that share more."""
    named = _groups(rows, traits, lambda one: {one.bare, one.sign} - {""})
    pairs: set[Pair] = set()
    for group in named:
        if len(group) <= _MOST_ALIKE:
            pairs |= set(combinations(group, 2))
        else:
            pairs |= _together(
                group,
                traits,
                lambda one: filter(None, (one.place, one.legal_person, one.address, *one.phones)),
            )
    return pairs


def _units(connection: Connection, only: Sequence[bytes] = ()) -> dict[bytes, UnitTraits]:
    """Every live unit, or these, in the order they came."""
    moved = dict(
        connection.execute(
            "SELECT id, merged_into FROM place WHERE merged_into IS NOT NULL"
        ).fetchall()
    )
    chosen = f" AND e.id IN ({_marks(only)})" if only else ""
    rows = connection.execute(
        "SELECT e.id, coalesce(e.name, ''), coalesce(e.signboard, ''), coalesce(e.uscc, ''),"
        " coalesce(e.registration_no, ''), coalesce(e.legal_person, ''), coalesce(e.phone, ''),"
        " coalesce(e.address, ''), (SELECT p.id FROM occupancy o JOIN place p ON p.id = o.place"
        " WHERE o.employer = e.id AND o.retired_on IS NULL AND o.until_on IS NULL"
        " AND p.kind NOT IN ('division', 'street', 'lane', 'village_group')"
        " ORDER BY o.since_on DESC, o.n DESC LIMIT 1)"
        f" FROM employer e WHERE e.retired_on IS NULL AND e.merged_into IS NULL{chosen}"
        " ORDER BY e.n",
        only,
    )
    names = ("name", "signboard", "uscc", "registration_no", "legal_person")
    return {
        row: UnitTraits(
            **dict(zip(names, texts, strict=True)),
            phones=frozenset(phones.split("、")) - {""},
            address=address,
            place=moved.get(place, place),
            simplified=_simplified(),
        )
        for row, *texts, phones, address, place in rows
    }


# Unions


def unions(connection: Connection) -> list[DuplicateCandidate]:
    """Unions that may be one: by code, by the name of what they are the union of."""
    traits = _unions(connection)
    rows = list(traits)
    codes = ("uscc", "national_code", "provincial_code", "local_code")
    pairs = _together(
        rows, traits, lambda one: [(key, one_) for key in codes if (one_ := getattr(one, key))]
    )
    pairs |= _together(rows, traits, lambda one: (one.bare,))
    pairs |= _together(rows, traits, lambda one: one.units)
    pairs |= _resembling(rows, traits, lambda one: (one.division_code,))
    return _worth_a_look("union_org", pairs, traits, matching.compare_unions)


def _unions(connection: Connection) -> dict[bytes, UnionTraits]:
    covered: defaultdict[bytes, set[bytes]] = defaultdict(set)
    # What a union of a whole community covers tells nothing about it; its only unit does.
    for union, unit in connection.execute(
        "SELECT union_org, min(employer) FROM coverage WHERE retired_on IS NULL"
        " AND until_on IS NULL AND kind = '1' GROUP BY union_org HAVING count(*) = 1"
    ):
        covered[union].add(facts.survivor(connection, "employer", unit))
    rows = connection.execute(
        "SELECT id, coalesce(name, ''), coalesce(uscc, ''), coalesce(national_code, ''),"
        " coalesce(provincial_code, ''), coalesce(local_code, ''), coalesce(division_code, ''),"
        " parent, coalesce(chairman, ''), coalesce(phone, '') FROM union_org"
        " WHERE retired_on IS NULL AND merged_into IS NULL ORDER BY n"
    ).fetchall()
    names = (
        "name", "uscc", "national_code", "provincial_code", "local_code", "division_code", "parent",
        "chairman", "phone",
    )  # fmt: skip
    return {
        row: UnionTraits(
            **dict(zip(names, told, strict=True)),
            units=frozenset(covered[row]),
            simplified=_simplified(),
        )
        for row, *told in rows
    }


# What all have in common


def _groups(
    rows: Sequence[bytes],
    traits: Mapping[bytes, object],
    keys: Callable[..., Iterable[Hashable]],
) -> Iterator[list[bytes]]:
    """Rows that share a key, where there are at least two; none is shared by having none."""
    found: defaultdict[Hashable, list[bytes]] = defaultdict(list)
    for row in rows:
        for key in keys(traits[row]):
            if key:
                found[key].append(row)
    return (group for group in found.values() if len(group) > 1)


def _together(
    rows: Sequence[bytes],
    traits: Mapping[bytes, object],
    keys: Callable[..., Iterable[Hashable]],
) -> set[Pair]:
    """Each with each of those that share a key."""
    groups = _groups(rows, traits, keys)
    return {
        pair for group in groups if len(group) <= _MOST_ALIKE for pair in combinations(group, 2)
    }


def _resembling(
    rows: Sequence[bytes],
    traits: Mapping[bytes, UnitTraits] | Mapping[bytes, UnionTraits],
    keys: Callable[..., Iterable[Hashable]],
) -> set[Pair]:
    """Those that share a key and whose names resemble each other."""
    table = "employer" if rows and isinstance(traits[rows[0]], UnitTraits) else "union_org"
    cutoff, pairs = rules(table).alike, set[Pair]()
    for group in _groups(rows, traits, keys):
        if len(group) > _MOST_TOGETHER:
            continue
        names = [traits[row].bare for row in group]
        for place, name in enumerate(names[:-1]):
            rest = names[place + 1 :]
            close = process.extract(
                name, rest, scorer=fuzz.ratio, score_cutoff=cutoff, limit=_MOST_ALIKE
            )
            pairs |= {(group[place], group[place + 1 + at]) for _name, _score, at in close}
    return pairs


def _worth_a_look(
    table: str,
    pairs: Iterable[Pair],
    traits: Mapping[bytes, object],
    compare: Callable[..., Verdict],
) -> list[DuplicateCandidate]:
    found = []
    for one, other in pairs:
        verdict = compare(traits[one], traits[other], rules(table), _like)
        if verdict.level is not Level.NEW:
            found.append(DuplicateCandidate(table, one, other, verdict))
    return found


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
