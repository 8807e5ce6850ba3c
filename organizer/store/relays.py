"""What is open in a grid, for the person who takes it over."""

from collections.abc import Collection
from dataclasses import dataclass

from organizer.store.driver import Connection
from organizer.store.scope import SURVIVOR


@dataclass(frozen=True)
class KeptDraft:
    """A half-filled card kept on this machine: the unit, or the place of a new unit."""

    employer: bytes | None
    place: bytes | None
    saved_at: str


@dataclass(frozen=True)
class UnsignedPaper:
    """The papers of an applicant who is not approved yet, printed on a day."""

    person: str
    employer: bytes
    printed_on: str


_CARD, _NEW = "survey ", "survey/new "


def drafts(connection: Connection) -> list[KeptDraft]:
    """The half-filled visit cards and new units of this machine, newest first."""
    rows = connection.execute(
        "SELECT screen, saved_at FROM draft WHERE screen LIKE 'survey%' ORDER BY saved_at DESC"
    )
    found = []
    for screen, saved_at in rows:
        if row := _row(screen, _CARD):
            found.append(KeptDraft(row, None, saved_at))
        elif row := _row(screen, _NEW):
            found.append(KeptDraft(None, row, saved_at))
    return found


def unsigned(connection: Connection, employers: Collection[bytes]) -> list[UnsignedPaper]:
    """Papers printed for applicants of these units, oldest first; once approved they are signed."""
    rows = connection.execute(
        "SELECT coalesce(p.name, ''), m.employer, max(a.printed_on) AS day FROM membership m"
        " JOIN person p ON p.id = m.person JOIN paper a ON a.person = p.id"
        " WHERE m.state = 'pending' AND m.retired_on IS NULL AND m.employer IS NOT NULL"
        " AND p.retired_on IS NULL AND p.erased_on IS NULL AND p.merged_into IS NULL"
        " AND a.retired_on IS NULL GROUP BY m.id ORDER BY day, m.n"
    )
    return [UnsignedPaper(*row) for row in rows if row[1] in employers]


def visited_twice(connection: Connection, current: bytes) -> list[tuple[bytes, tuple[str, ...]]]:
    """Units reached by several people in a round, with the names of the accounts, in their order."""
    rows = connection.execute(
        "SELECT v.employer, group_concat(coalesce(a.name, ''), char(31)) FROM"
        f" (SELECT {SURVIVOR} AS employer, visitor, min(n) AS first FROM visit v WHERE round = ?"
        " AND retired_on IS NULL AND v.employer IS NOT NULL AND visitor IS NOT NULL"
        " AND outcome <> '2' GROUP BY 1, visitor ORDER BY first) v"
        " LEFT JOIN account a ON a.id = v.visitor"
        " GROUP BY v.employer HAVING count(*) > 1 ORDER BY min(v.first)",
        (current,),
    )
    return [(unit, tuple(names.split("\x1f"))) for unit, names in rows]


def _row(screen: str, before: str) -> bytes | None:
    text = screen.removeprefix(before)
    try:
        return bytes.fromhex(text) if text != screen else None
    except ValueError:
        return None
