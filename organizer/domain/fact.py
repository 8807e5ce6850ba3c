"""What is observed about an employer: append-only facts, and which of them is shown.

The fields follow the survey form (排查登记表) block by block; the change log keeps their names.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

GROUPS = (
    "group_h1", "group_h2", "group_h3", "group_h4", "group_h5", "group_h6", "group_h7", "group_h8",
    "group_n2", "group_n9",
)  # fmt: skip
"""Head counts of the eight groups, then of the new employment forms that none of them covers
(H1 = N1, H2 = N3, H6 = N4): a person is counted once."""

STAFF_COUNTS = (
    "staff_total",
    "staff_women",
    "staff_migrant",
    "staff_dispatched",
    "staff_sent_out",
    "staff_flexible",
    "staff_new_form",
    "party_members",
    "contracts_signed",
    "staff_insured",
    *GROUPS,
)
"""Block C. `staff_dispatched` came from elsewhere (派入), `staff_sent_out` work elsewhere (派出)."""

_UNION_COUNTS = ("member_count", "member_women", "registered_members", "mutual_aid_members")

HEAD_COUNTS = (*STAFF_COUNTS, *_UNION_COUNTS, "intended_members")
"""Fields whose value is a number of people."""

MANY = 10_000
"""From this on a head count is more likely a slip than a unit of this size."""

_NO_END = 10**9
_WHOLE_OF = {
    **dict.fromkeys(STAFF_COUNTS[1:], "staff_total"),
    "intended_members": "staff_total",
    "member_women": "member_count",
    "registered_members": "member_count",
    "mutual_aid_members": "member_count",
}
# Social insurance lists lag behind or cover other places; they are compared, not doubted.
# Who is sent out works elsewhere and is not among the staff that was counted here.
del _WHOLE_OF["staff_insured"], _WHOLE_OF["staff_sent_out"]

CODED = frozenset(
    {
        "operating_state", "union_state", "no_union_reason", "founding_stage", "dues_state",
        "publicity_way",
    }
)  # fmt: skip
"""Fields whose value is a code of the list of the same name."""

CIVIC = (
    "workers_congress", "open_affairs", "collective_contract", "womens_committee",
    "audit_committee", "labour_law_committee", "mutual_aid", "members_home", "service_station",
    "official_seal", "bank_account",
)  # fmt: skip
"""What a unit or its union has or has not (职代会, 厂务公开, 集体合同, 经审会 …)."""

WILLING = ("employer_willing", "staff_willing")
"""What a unit and its staff say to a union (单位意愿, 职工意愿)."""

YES_NO = frozenset({*CIVIC, *WILLING, "union_claimed", "three_new", "party_org", "branch"})
"""Fields answered by yes or no."""

PAST_DAYS = frozenset({"union_founded_on", "preparatory_on", "congress_held_on", "publicity_on"})
"""Days that cannot lie ahead."""

BLOCKS: Mapping[str, tuple[str, ...]] = {
    "identity": ("operating_state", "branch", "also_at"),
    "kind": ("three_new", "platform", "labels", "party_org"),
    "staff": STAFF_COUNTS,
    "union": (
        "union_state", "union_claimed", "union_name", "union_founded_on", "approval_no",
        "union_uscc", "covering_union", "preparatory_on", "chair", "chair_phone",
        "chair_term_ends_on", "member_count", "member_women", "registered_members", "dues_state",
        *CIVIC, "congress_held_on", "contract_ends_on", "mutual_aid_members",
    ),
    "progress": (
        "publicity_on", "publicity_way", "employer_willing", "staff_willing", "no_union_reason",
        "founding_stage", "intended_members", "promise", "promised_on", "responsible",
        "next_visit_on", "grid",
    ),
    "needs": ("employer_needs",),
}  # fmt: skip
"""The fields by the block of the form they stand in (A–F)."""

FIELDS = tuple(name for names in BLOCKS.values() for name in names)
"""The fields a fact may be about."""

LONGEST_TEXT = 500
"""Characters a told text may have."""

PHONES = frozenset({"chair_phone"})
"""Fields that hold a person's number: shown masked."""


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
    return max(facts, key=_standing(ranks))


def in_order(facts: Iterable[Fact], ranks: Mapping[str, int]) -> list[Fact]:
    """Facts of one field, the one shown last: the order of `newest`."""
    return sorted(facts, key=_standing(ranks))


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


def uncommonly_many(answered: Mapping[str, str]) -> tuple[str, ...]:
    """The answered head counts of `MANY` and more: asked about, never refused."""
    return tuple(name for name in HEAD_COUNTS if _number(answered.get(name)) >= MANY)


def _standing(ranks: Mapping[str, int]) -> Callable[[Fact], tuple[str, int, bytes]]:
    return lambda fact: (fact.observed_on, ranks.get(fact.source, 0), fact.id)


def _number(text: str | None, *, default: int = -1) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else default
