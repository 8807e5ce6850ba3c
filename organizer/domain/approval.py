"""Approval of applications (会籍管理办法 art. 5): what has to be looked at before one is approved.

Nothing here stands in the way of joining but a minor under 16: it is looked at once for each person,
and again when something new turns up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from organizer.errors import InvalidInput


class Doubt(StrEnum):
    """What the committee has to have seen (审批前须看过)."""

    MINOR = "minor"
    RETIRED = "retired"
    TWIN = "twin"
    NO_ID = "no_id"
    NO_CONSENT = "no_consent"


@dataclass(frozen=True)
class Mark:
    """A doubt about somebody; `of` tells one twin from another."""

    doubt: Doubt
    of: str = ""

    def text(self) -> str:
        """As it is kept in `membership.warnings_seen`."""
        return f"{self.doubt.value}:{self.of}" if self.of else self.doubt.value


def unseen(marks: Iterable[Mark], seen: str) -> list[Mark]:
    """Those nobody has looked at yet; what was seen before need not be seen again."""
    known = set(seen.split())
    return [mark for mark in marks if mark.text() not in known]


def seen_with(marks: Iterable[Mark], seen: str) -> str:
    """What was seen before and these, as it is kept."""
    return " ".join(sorted({*seen.split(), *(mark.text() for mark in marks)}))


@dataclass(frozen=True)
class Meeting:
    """The committee's meeting that decides: who met, on which day, under which 文号."""

    committee: str = ""
    met_on: date | None = None
    number: str = ""


def check_meeting(meeting: Meeting, today: date) -> Meeting:
    """The meeting as it is kept, today where no day is said; raises `InvalidInput` for one to come."""
    met_on = meeting.met_on or today
    if met_on > today:
        raise InvalidInput("approval.future_meeting", field="met_on", day=met_on.isoformat())
    return Meeting(meeting.committee.strip(), met_on, meeting.number.strip())
