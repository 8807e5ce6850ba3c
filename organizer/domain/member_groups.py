"""Members by group: the eight groups (八大群体) and the new forms of employment (新就业形态).

Two lists of the same people: somebody recorded under one counts under what it is the same as in the
other (`same_as` of `group.csv`), and never twice in one list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

FEW = 3
"""Fewer than so many of a kind in one unit would say who they are: an employer is not told."""


@dataclass(frozen=True)
class Group:
    """A group of one of the two lists; `codes` are all under which its people may be recorded."""

    code: str
    label: str
    kind: str
    codes: frozenset[str]


def read_groups(rows: Iterable[Mapping[str, str]]) -> list[Group]:
    """The groups of `group.csv`, in its order."""
    return [
        Group(
            row["code"], row["label"], row["kind"],
            frozenset(filter(None, (row["code"], row["same_as"]))),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """A line of the table: how many members, women, from the country, and by recorded group."""

    name: str
    members: int = 0
    women: int = 0
    migrant: int = 0
    by_code: Mapping[str, int] = field(default_factory=dict)

    def of(self, group: Group) -> int:
        """How many belong to a group."""
        return sum(self.by_code.get(code, 0) for code in group.codes)

    def of_kind(self, groups: Iterable[Group], kind: str) -> int:
        """How many belong to any group of a list, each counted once."""
        codes = frozenset(code for group in groups if group.kind == kind for code in group.codes)
        return sum(count for code, count in self.by_code.items() if code in codes)

    def plus(self, other: "Tally") -> "Tally":
        """Both together, under this name."""
        codes = {*self.by_code, *other.by_code}
        return Tally(
            self.name,
            self.members + other.members,
            self.women + other.women,
            self.migrant + other.migrant,
            {code: self.by_code.get(code, 0) + other.by_code.get(code, 0) for code in codes},
        )


def summed(name: str, lines: Sequence[Tally]) -> Tally:
    """The line of totals."""
    whole = Tally(name)
    for line in lines:
        whole = whole.plus(line)
    return whole


def told_to_employer(count: int) -> str:
    """A number of a breakdown as an employer may read it."""
    return str(count) if count == 0 or count >= FEW else f"<{FEW}"
