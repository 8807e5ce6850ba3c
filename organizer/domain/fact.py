"""What is observed about an employer: append-only facts, and which of them is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

HEAD_COUNTS = (
    "staff_total",
    "staff_women",
    "staff_migrant",
    "staff_dispatched",
    "staff_new_form",
    "member_count",
    "registered_members",
)
"""Fields whose value is a number of people."""

CODED = frozenset({"operating_state", "union_state", "no_union_reason"})
"""Fields whose value is a code of the list of the same name."""

FIELDS = (
    "operating_state",
    *HEAD_COUNTS,
    "union_state",
    "union_claimed",
    "union_name",
    "union_founded_on",
    "covering_union",
    "employer_willing",
    "staff_willing",
    "no_union_reason",
    "responsible",
    "promise",
    "next_visit_on",
    "grid",
)
"""The fields a fact may be about; the change log keeps these names."""


@dataclass(frozen=True)
class Fact:
    """One observation of one field of an employer."""

    id: bytes
    field: str
    value: str
    source: str
    observed_on: str


def newest(facts: Iterable[Fact], ranks: Mapping[str, int]) -> Fact:
    """The fact shown: newest observation, then the better source, then the later record.

    Last year's tax list never overwrites yesterday's visit. `ranks` orders the sources' codes.
    """
    return max(facts, key=lambda fact: (fact.observed_on, ranks.get(fact.source, 0), fact.id))
