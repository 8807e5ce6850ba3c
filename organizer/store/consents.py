"""What people agreed to, purpose by purpose, and what they took back (PIPL arts. 14, 15, 23, 29)."""

from collections.abc import Iterable
from dataclasses import dataclass

from organizer.store.driver import Connection
from organizer.store.one_membership import SAME_PERSON
from organizer.store.scope import UNION_WITHIN, within

SIGNATURE = "签名图样.png"
"""What the picture of a signature is called among the attachments."""

_FIELDS = (
    "id", "person", "purpose", "text_version", "receivers", "form", "given_on", "withdrawn_on",
    "withdrawal_form", "reported_on",
)  # fmt: skip
_COLUMNS = ", ".join(
    f"c.{name}" if name in ("id", "person") else f"coalesce(c.{name}, '')" for name in _FIELDS
)


@dataclass(frozen=True)
class ConsentRow:
    """One purpose of one person; days as ISO text, "" for what did not happen."""

    id: bytes
    person: bytes
    purpose: str
    text_version: str
    receivers: str
    form: str
    given_on: str
    withdrawn_on: str
    withdrawal_form: str
    reported_on: str

    @property
    def stands(self) -> bool:
        """Whether it was given and not taken back."""
        return bool(self.given_on) and not self.withdrawn_on


@dataclass(frozen=True)
class Unreported:
    """A withdrawal the unions above do not know of yet."""

    consent: ConsentRow
    name: str
    union_name: str


def of_person(connection: Connection, person: bytes) -> list[ConsentRow]:
    """Everything a person and the duplicates merged into that record agreed to, newest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM consent c WHERE c.person IN {SAME_PERSON}"
        " AND c.retired_on IS NULL ORDER BY c.n DESC",
        (person,),
    )
    return [ConsentRow(*row) for row in rows]


def newest(connection: Connection, person: bytes) -> dict[str, ConsentRow]:
    """The newest row of each purpose; what was given later replaces what was taken back."""
    found: dict[str, ConsentRow] = {}
    for row in of_person(connection, person):
        found.setdefault(row.purpose, row)
    return found


def refusing(connection: Connection, people: Iterable[bytes]) -> dict[bytes, dict[str, str]]:
    """Who took a consent back or did not give it: purpose and form of the newest row, by person.

    Somebody of whom nothing is on record (存量，待补签) is not among them.
    """
    wanted = list(people)
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(
        "SELECT person, purpose, withdrawn_on IS NOT NULL, coalesce(form, '') FROM consent"
        f" WHERE person IN ({marks}) AND retired_on IS NULL ORDER BY n",
        wanted,
    )
    last: dict[tuple[bytes, str], tuple[bool, str]] = {}
    for person, purpose, withdrawn, form in rows:
        last[person, purpose] = bool(withdrawn), form
    found: dict[bytes, dict[str, str]] = {}
    for (person, purpose), (withdrawn, form) in last.items():
        if withdrawn or form == "declined":
            found.setdefault(person, {})[purpose] = "withdrawn" if withdrawn else "declined"
    return found


def unreported(connection: Connection, scope: str) -> list[Unreported]:
    """Withdrawals of a division that are still to be told upward, oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS}, coalesce(p.name, ''), coalesce(u.name, '') FROM consent c"
        " JOIN person p ON p.id = c.person"
        " LEFT JOIN membership m ON m.id = (SELECT id FROM membership WHERE person = c.person"
        " AND retired_on IS NULL ORDER BY n DESC LIMIT 1)"
        " LEFT JOIN union_org u ON u.id = m.union_org"
        " WHERE c.withdrawn_on IS NOT NULL AND c.reported_on IS NULL AND c.retired_on IS NULL"
        f" AND p.erased_on IS NULL AND (u.id IS NULL OR {UNION_WITHIN})"
        " ORDER BY c.withdrawn_on, c.n",
        within(scope),
    )
    cut = len(_FIELDS)
    return [Unreported(ConsentRow(*row[:cut]), *row[cut:]) for row in rows]


def signature(connection: Connection, person: bytes) -> bytes | None:
    """The content of the newest picture of a hand, while a consent signed on the screen stands."""
    found = connection.execute(
        "SELECT a.sha256 FROM attachment a WHERE a.person = :person AND a.kind = 'image/png'"
        " AND a.file_name = :name AND a.retired_on IS NULL AND EXISTS (SELECT 1 FROM consent c"
        " WHERE c.person = :person AND c.form = 'screen' AND c.withdrawn_on IS NULL"
        " AND c.retired_on IS NULL) ORDER BY a.n DESC LIMIT 1",
        {"person": person, "name": SIGNATURE},
    ).fetchone()
    return bytes(found[0]) if found else None


def by_id(connection: Connection, row: bytes) -> ConsentRow | None:
    """One row that is in use."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM consent c WHERE c.id = ? AND c.retired_on IS NULL", (row,)
    ).fetchone()
    return ConsentRow(*found) if found else None
