"""A survey round (批次): its days, and which sources confirm a fact within it."""

from dataclasses import dataclass
from datetime import date

from organizer.errors import InvalidInput

DEFAULT_SOURCES = ("spoken", "seen", "paper", "roster")
"""Sources that confirm by default: somebody of the unit said, showed or gave it."""


@dataclass(frozen=True)
class Round:
    """One sweep over all doors; open-ended while `ends_on` is empty."""

    id: bytes
    name: str
    starts_on: date
    ends_on: date | None
    sources: tuple[str, ...] = DEFAULT_SOURCES

    def holds(self, day: date) -> bool:
        """Whether a day lies within the round."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def check_span(starts_on: date, ends_on: date | None) -> None:
    """Raises `InvalidInput` when a round ends before it begins."""
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput("round.ends_early", field="ends_on", starts=starts_on, ends=ends_on)
