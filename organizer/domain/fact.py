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

_NO_END = 10**9
_WHOLE_OF = {
    "staff_women": "staff_total",
    "staff_migrant": "staff_total",
    "staff_dispatched": "staff_total",
    "staff_new_form": "staff_total",
    "registered_members": "member_count",
}

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


def larger_than_whole(answered: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The answered head counts larger than what they are a part of: field → the whole's field.

    14 women of 1 staff is most likely a slip, but lists do lag behind: it is asked, not refused.
    """
    whole = {**known, **answered}
    return {
        part: of
        for part, of in _WHOLE_OF.items()
        if _number(answered.get(part)) > _number(whole.get(of), default=_NO_END)
    }


def _number(text: str | None, *, default: int = -1) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else default
