"""The arithmetic of electing a union committee (工会基层组织选举工作条例, 总工发〔2016〕27号).

Present must be two thirds of those who should attend; elected is who has more than half of those who
should attend, not of those who came. All of it is a hint with its article, never a refusal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DELEGATES_FROM = 100
"""From this many members on delegates may be elected instead of a meeting of all."""

ORGANISER_BELOW = 25
"""With fewer members a chairman or an organiser alone will do (工会法 第十一条)."""

_SURPLUS_IN_HUNDRED = 5


@dataclass(frozen=True)
class Span:
    """From so many to so many."""

    low: int
    high: int

    def __contains__(self, count: int) -> bool:
        return self.low <= count <= self.high


@dataclass(frozen=True)
class Table:
    """Spans by number of members: (most members or None, span), in rising order."""

    rows: Sequence[tuple[int | None, Span]]

    @classmethod
    def read(cls, rows: Sequence[Mapping[str, Any]]) -> "Table":
        """A table of `resources/rules/election.toml`."""
        return cls([(row.get("upto"), Span(row["low"], row["high"])) for row in rows])

    def of(self, members: int) -> Span:
        """The span for so many members."""
        return next(span for upto, span in self.rows if upto is None or members <= upto)


@dataclass(frozen=True)
class Meeting:
    """A meeting in numbers: who should attend, who did, how many seats, votes by candidate."""

    due: int
    present: int
    seats: int
    votes: Mapping[str, int]


@dataclass(frozen=True)
class Result:
    """What the numbers mean: whether enough came, who is elected, by falling votes."""

    quorum: int
    enough: bool
    needed: int
    elected: Sequence[str]
    tied: Sequence[str]
    """Who has the same votes for the last seat: voted on again."""


def fewest_candidates(seats: int) -> int:
    """At least one in twenty more than seats, and never as many as seats (差额选举)."""
    return seats + max(1, -(-seats * _SURPLUS_IN_HUNDRED // 100))


def quorum(due: int) -> int:
    """How many must be present: two thirds of those who should attend."""
    return -(-due * 2 // 3)


def needed(due: int) -> int:
    """With how many votes one is elected: more than half of those who should attend."""
    return due // 2 + 1


def count(meeting: Meeting) -> Result:
    """Who is elected: more than half of those who should attend, the most votes first."""
    least, enough = quorum(meeting.due), needed(meeting.due)
    if meeting.present < least:
        return Result(least, False, enough, [], [])
    ranked = sorted(
        ((votes, name) for name, votes in meeting.votes.items() if votes >= enough),
        key=lambda one: -one[0],
    )
    elected = ranked[: meeting.seats]
    tied: list[str] = []
    if len(ranked) > meeting.seats and elected and ranked[meeting.seats][0] == elected[-1][0]:
        last = elected[-1][0]
        tied = [name for votes, name in ranked if votes == last]
        elected = [one for one in elected if one[0] > last]
    return Result(least, True, enough, [name for _votes, name in elected], tied)
