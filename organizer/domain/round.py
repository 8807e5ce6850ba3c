"""A survey round (批次): its days, where it holds, what confirms a fact in it, which units it counts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from organizer.errors import InvalidInput

PHONE = "phone"
"""What was said from afar, a way to confirm only where a round says so (电话确认)."""

REMOTE = ("phone", "online")
"""Channels of visits at which nobody stood at the door."""

AT_THE_DOOR = ("spoken", "seen", "paper")
"""Sources of what somebody of the unit said, showed or handed over (上门)."""

ROSTER = "roster"
"""A roster with a date, handed over by the unit."""

DEFAULT_SOURCES = (*AT_THE_DOOR, ROSTER)
"""What confirms unless the office says otherwise."""


class Denominator(StrEnum):
    """Of which units a report counts its shares (分母): all, those of 10 or of 25 people and more."""

    ALL = "all"
    TEN = "ten"
    TWENTY_FIVE = "twenty_five"

    @property
    def least(self) -> int:
        """So many people a unit has at least; 25 is 工会法 article 11, told of possible members."""
        return {Denominator.ALL: 0, Denominator.TEN: 10, Denominator.TWENTY_FIVE: 25}[self]


@dataclass(frozen=True)
class Round:
    """One sweep over all doors; open-ended while `ends_on` is empty.

    `division_code` is the beginning of the codes it holds for, "" for the whole office;
    `lamp_rules` the version of the lamp definitions it was opened with.
    """

    id: bytes
    name: str
    starts_on: date
    ends_on: date | None
    sources: tuple[str, ...] = DEFAULT_SOURCES
    division_code: str = ""
    denominator: Denominator = Denominator.ALL
    lamp_rules: str = ""

    def holds(self, day: date) -> bool:
        """Whether a day lies within the round."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def accepts(self, channel: str | None) -> bool:
        """Whether what came by this way confirms; at the door it always does."""
        return channel not in REMOTE or PHONE in self.sources

    def covers(self, division_code: str | None) -> bool:
        """Whether a unit of this division is in the round; one without a division is in every one."""
        return division_code is None or division_code.startswith(self.division_code)

    def touches(self, scope: str) -> bool:
        """Whether the round and a division have units in common; `scope` "" is everything."""
        return self.division_code.startswith(scope) or scope.startswith(self.division_code)

    def narrowed(self, scope: str) -> str:
        """The part of a division that lies in the round, as the beginning of its codes."""
        return max(scope, self.division_code, key=len)


def check_span(starts_on: date, ends_on: date | None) -> None:
    """Raises `InvalidInput` when a round ends before it begins."""
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput("round.ends_early", field="ends_on", starts=starts_on, ends=ends_on)


def parse_denominator(text: str) -> Denominator:
    """The denominator of a code; raises `InvalidInput`."""
    if text not in tuple(Denominator):
        raise InvalidInput("round.unknown_denominator", field="denominator", value=text)
    return Denominator(text)
