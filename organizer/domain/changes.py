"""The change log's vocabulary: shared tables, their fields, and what a change is.

The names here are a contract between versions and machines. A migration that renames or splits a
field raises `VOCABULARY_VERSION` and ships an upgrade of old changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

VOCABULARY_VERSION = 1


class Op(StrEnum):
    """What a change does to its row."""

    INSERT = "insert"
    SET = "set"
    RETIRE = "retire"


class Ledger(StrEnum):
    """By which key two sides compare a table after an exchange."""

    STREET = "street"
    UNION = "union"
    OFFICE = "office"


@dataclass(frozen=True)
class SharedTable:
    """A table that travels. `links` are ids of other rows (16 bytes), `personal` is erased."""

    name: str
    ledger: Ledger
    values: tuple[str, ...]
    links: Mapping[str, str] = field(default_factory=dict)
    personal: frozenset[str] = frozenset()
    person_link: str = ""
    """The field that names the person whose data the row holds ("id" for the person itself)."""
    told: frozenset[str] = frozenset()
    """Free text about something else in which a person may be named."""
    unasked: frozenset[str] = frozenset()
    """Fields that say where something was read or follow from others: copies may differ in them
    without anybody having to decide."""

    history_of: str = ""
    """The link to the row whose changes this table tells of: told stays what was not taken back."""

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields in vocabulary order, without `id`."""
        return (*self.links, *self.values, "retired_on")


@dataclass(frozen=True, order=True)
class Head:
    """A change as others name it: the device (incarnation) that made it and its number there."""

    device: bytes
    seq: int


@dataclass(frozen=True)
class Change:
    """One entry of the log. `value` holds all fields of an insert, else the one field's value."""

    head: Head
    write: bytes
    table: str
    row: bytes
    op: Op
    field: str
    value: Mapping[str, object]
    bases: tuple[Head, ...]
    hlc: int


_PERSON_VALUES = (
    "name", "original_writing", "sex", "born_on", "ethnic", "paper_kind", "id_number", "phone",
    "education", "political", "household_kind", "household_place", "native_place", "address",
    "migrant", "group_code", "platform", "station", "skill_level", "erased_on",
)  # fmt: skip

_TABLES = (
    SharedTable(
        "office", Ledger.OFFICE, ("name", "division_code", "level", "screen_signature", "interim_numbers")
    ),
    SharedTable("account", Ledger.OFFICE, ("name", "role", "division_code")),
    SharedTable(
        "place",
        Ledger.STREET,
        ("kind", "name", "number", "side", "sort_key", "division_code", "raw"),
        {"parent": "place", "merged_into": "place", "grid": "grid"},
        unasked=frozenset({"raw", "sort_key"}),
    ),
    SharedTable(
        "grid",
        Ledger.OFFICE,
        ("code", "name", "division_code", "boundary", "responsible", "phone"),
    ),
    SharedTable(
        "employer",
        Ledger.STREET,
        (
            "name", "signboard", "uscc", "registration_no", "unit_type", "nature", "econ_type",
            "industry", "legal_person", "contact", "phone", "registered_address", "address",
            "founded_on", "grid", "remark",
        ),
        {"merged_into": "employer"},
    ),
    SharedTable(
        "occupancy",
        Ledger.STREET,
        ("since_on", "until_on"),
        {"employer": "employer", "place": "place"},
        unasked=frozenset({"since_on"}),
    ),
    SharedTable(
        "fact",
        Ledger.STREET,
        ("field", "value", "source", "observed_on", "source_row"),
        {"employer": "employer", "visit": "visit"},
        unasked=frozenset({"source_row"}),
    ),
    SharedTable(
        "round",
        Ledger.OFFICE,
        (
            "name", "starts_on", "ends_on", "division_code", "denominator", "sources", "lamp_rules",
        ),
    ),
    SharedTable(
        "visit",
        Ledger.STREET,
        (
            "target", "channel", "group_name", "outcome", "visited_on", "visited_at", "companions",
            "person_met", "unchanged", "remark", "next_on",
        ),
        {
            "round": "round",
            "employer": "employer",
            "place": "place",
            "person": "person",
            "visitor": "account",
            "corrects": "visit",
        },
        personal=frozenset({"person_met", "remark"}),
        person_link="person",
        told=frozenset({"companions", "person_met", "remark"}),
    ),
    SharedTable(
        "effort",
        Ledger.STREET,
        ("ground", "closed_at", "remark"),
        {"round": "round", "employer": "employer", "closer": "account"},
        told=frozenset({"remark"}),
    ),
    SharedTable(
        "assignment",
        Ledger.OFFICE,
        ("assignee", "assigned_on", "until_on", "ended_on", "remark"),
        {"round": "round", "grid": "grid", "place": "place"},
    ),
    SharedTable(
        "drive",
        Ledger.OFFICE,
        ("name", "division_code", "filter", "target", "due_on", "responsible"),
    ),
    SharedTable(
        "sheet",
        Ledger.STREET,
        ("kind", "code", "printed_on"),
        {"round": "round", "place": "place"},
    ),
    SharedTable(
        "sheet_row",
        Ledger.STREET,
        ("position", "code"),
        {"sheet": "sheet", "round": "round", "employer": "employer", "place": "place"},
    ),
    SharedTable(
        "spot_check",
        Ledger.OFFICE,
        ("division_code", "seed", "size", "drawn_on"),
        {"round": "round"},
    ),
    SharedTable(
        "spot_check_item",
        Ledger.OFFICE,
        ("position", "agrees", "answered_on", "remark"),
        {"spot_check": "spot_check", "employer": "employer", "visit": "visit"},
        told=frozenset({"remark"}),
    ),
    SharedTable(
        "union_org",
        Ledger.UNION,
        (
            "name", "short_name", "org_type", "org_form", "level", "division_code", "local_code",
            "provincial_code", "national_code", "uscc", "founded_on", "approval_no", "term_from",
            "term_until", "chairman", "phone", "audit_committee", "women_committee",
            "certificate_no", "certificate_until", "listed_members", "listed_on",
        ),
        {"parent": "union_org", "merged_into": "union_org"},
    ),
    SharedTable(
        "coverage",
        Ledger.UNION,
        ("kind", "since_on", "until_on"),
        {"employer": "employer", "union_org": "union_org"},
    ),
    SharedTable(
        "person",
        Ledger.UNION,
        _PERSON_VALUES,
        {"merged_into": "person"},
        personal=frozenset(_PERSON_VALUES) - {"erased_on"},
        person_link="id",
    ),
    SharedTable(
        "membership",
        Ledger.UNION,
        (
            "state", "position", "employment_state", "engagement", "channel", "applied_on",
            "application_text", "joined_on", "change_kind", "change_reason", "change_on",
            "card_no", "workplace", "warnings_seen", "told_on", "told_way", "paid_until",
        ),
        {
            "person": "person", "union_org": "union_org", "employer": "employer",
            "gathering": "gathering", "approval_list": "approval_list",
        },
        personal=frozenset({"position", "card_no", "workplace"}),
        person_link="person",
    ),
    SharedTable(
        "membership_step",
        Ledger.UNION,
        ("from_state", "to_state", "reason_code", "reason", "paper_no", "on_day", "filed_on"),
        {"membership": "membership", "person": "person"},
        personal=frozenset({"reason"}),
        person_link="person",
        history_of="membership",
    ),
    SharedTable(
        "transfer",
        Ledger.UNION,
        (
            "from_name", "to_name", "letter_no", "reason_code", "paid_until", "sent_on",
            "valid_until", "received_on",
        ),
        {
            "person": "person", "leaving": "membership", "arriving": "membership",
            "from_union": "union_org", "to_union": "union_org",
        },
        personal=frozenset({"letter_no"}),
        person_link="person",
    ),
    SharedTable(
        "officer",
        Ledger.UNION,
        ("name", "post", "engaged", "since_on", "until_on"),
        {"union_org": "union_org", "person": "person"},
        personal=frozenset({"name"}),
        person_link="person",
    ),
    SharedTable(
        "founding",
        Ledger.UNION,
        (
            "kind", "union_name", "begun_on", "meeting", "venue", "due_count", "present_count",
            "ballots_out", "ballots_back", "ballots_void", "seats", "term_years", "founded_on",
            "given_up_on", "reason",
        ),
        {"employer": "employer", "union_org": "union_org"},
        told=frozenset({"reason"}),
    ),
    SharedTable(
        "founding_step",
        Ledger.UNION,
        ("step", "due_on", "done_on", "responsible", "paper_no", "remark"),
        {"founding": "founding", "employer": "employer"},
        told=frozenset({"remark"}),
    ),
    SharedTable(
        "candidate",
        Ledger.UNION,
        ("name", "body", "post", "position", "barred", "votes", "elected"),
        {"founding": "founding", "person": "person"},
        personal=frozenset({"name", "position"}),
        person_link="person",
    ),
    SharedTable(
        "gathering",
        Ledger.UNION,
        (
            "name", "held_on", "venue", "oath_reader", "oath_version", "authority_no",
            "authorised_by", "authorised_until", "authorised_most", "closed_on",
        ),
        {"union_org": "union_org", "employer": "employer"},
    ),
    SharedTable(
        "approval_list",
        Ledger.UNION,
        ("committee", "met_on", "paper_no"),
        {"union_org": "union_org"},
    ),
    SharedTable(
        "consent",
        Ledger.UNION,
        (
            "purpose", "text_version", "receivers", "form", "given_on", "withdrawn_on",
            "withdrawal_form", "reported_on",
        ),
        {"person": "person"},
        person_link="person",
    ),
    SharedTable("distinct_pair", Ledger.OFFICE, ("kind", "one", "other")),
    SharedTable(
        "attachment",
        Ledger.OFFICE,
        ("sha256", "kind", "size", "file_name"),
        {"person": "person", "employer": "employer", "visit": "visit"},
        personal=frozenset({"file_name", "sha256"}),
        person_link="person",
    ),
    SharedTable(
        "paper",
        Ledger.OFFICE,
        (
            "form", "form_version", "text_version", "short_id", "printed_on", "signed_on",
            "stamped_on", "filed_on", "box",
        ),
        {
            "person": "person", "attachment": "attachment", "union_org": "union_org",
            "employer": "employer", "founding": "founding",
        },
        personal=frozenset({"short_id"}),
        person_link="person",
    ),
    SharedTable(
        "batch",
        Ledger.OFFICE,
        ("profile", "profile_sha256", "state", "sealed_at", "sha256", "file_name", "row_count"),
        {"union_org": "union_org"},
    ),
    SharedTable(
        "batch_item",
        Ledger.OFFICE,
        ("position", "cells", "state"),
        {"batch": "batch", "membership": "membership", "person": "person"},
        personal=frozenset({"cells"}),
        person_link="person",
    ),
    SharedTable("erasure", Ledger.OFFICE, ("salt", "row_hash", "id_hash", "reason")),
)  # fmt: skip

VOCABULARY: Mapping[str, SharedTable] = {table.name: table for table in _TABLES}
"""All shared tables by name."""

STATE_DAYS = frozenset({"retired_on", "erased_on"})
"""Fields of which matters whether they are set, not to which day."""

FINAL_WRITES = frozenset(
    {
        "person.erase", "batch.draft", "batch.drop", "batch.seal", "office.new", "account.add",
        "account.retire",
    }
)  # fmt: skip
"""Writes that cannot be taken back: erased, sealed, or the ground others stand on."""


def default_head(heads: Mapping[Head, int]) -> Head:
    """Which of several heads is shown while in conflict: the latest by (hybrid time, device)."""
    return max(heads, key=lambda head: (heads[head], head.device, head.seq))
