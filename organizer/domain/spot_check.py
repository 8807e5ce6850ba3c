"""Spot checks (抽查): doors drawn by a seed, what the unit says when called back, how far it agrees.

Drawn so that anybody can repeat it: the visits of a visitor stand in the order of the SHA-256 of seed
and visit, and the first ones are taken. Everybody who visited is checked, the rest by how much they
visited.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from organizer.errors import InvalidInput

_Z = 1.96
"""Of the normal distribution, for 95 %."""

LARGEST_SEED = 10**12

DIFFERING = ("visit", "outcome", "staff_total", "union_state", "place", "other")
"""In what an answer can differ: nobody came, the outcome, the head count, the union, the address."""


class Answer(StrEnum):
    """What came of a call, by the digit that is pressed: 一致, 不一致, 没联系上."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNREACHED = "unreached"


DIGITS = dict(zip("123", Answer, strict=True))


@dataclass(frozen=True)
class Checked:
    """An answer, and in which of `DIFFERING` it differs."""

    answer: Answer
    fields: tuple[str, ...] = ()

    @property
    def stored(self) -> str:
        """As one text: differs:staff_total,place."""
        return ":".join(filter(None, (self.answer.value, ",".join(self.fields))))

    @classmethod
    def read(cls, text: str) -> "Checked":
        """An answer as stored."""
        answer, _colon, fields = text.partition(":")
        return cls(Answer(answer), tuple(filter(None, fields.split(","))))


@dataclass(frozen=True)
class Agreement:
    """How many of a check were called, and between which shares the agreement of all visits lies."""

    agreed: int
    differed: int
    unreached: int
    waiting: int

    @property
    def reached(self) -> int:
        """Units that answered the call."""
        return self.agreed + self.differed

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson interval of the agreement at 95 %, from 0 to 1; None before the first answer.

        Good for small numbers too, where the plain share ± would leave 0 to 1.
        """
        n = self.reached
        if n == 0:
            return None
        share, square = self.agreed / n, _Z * _Z
        middle = (share + square / (2 * n)) / (1 + square / n)
        half = _Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
        return max(0.0, middle - half), min(1.0, middle + half)


def checked(answer: str, fields: Sequence[str] = ()) -> Checked:
    """An answer typed as digit or word; raises `InvalidInput`.

    One that differs says in what.
    """
    found = DIGITS.get(answer) or next((one for one in Answer if one == answer), None)
    if found is None:
        raise InvalidInput("spot_check.unknown_answer", field="answer", value=answer)
    unknown = [name for name in fields if name not in DIFFERING]
    if unknown or (found is Answer.DIFFERS) != bool(fields):
        raise InvalidInput("spot_check.in_what", field="fields", value=answer)
    return Checked(found, tuple(name for name in DIFFERING if name in fields))


def draw(population: Mapping[bytes, Sequence[bytes]], size: int, seed: int) -> list[bytes]:
    """Visits to check, of the visits by visitor; the same for the same seed and population.

    Raises `InvalidInput` for more than there are, and for fewer than visitors.
    """
    whole = sum(map(len, population.values()))
    if size > whole:
        raise InvalidInput("spot_check.too_many", field="size", size=size, most=whole)
    if size < len(population):
        least = len(population)
        raise InvalidInput("spot_check.too_few", field="size", size=size, least=least)
    shares = _shares({visitor: len(visits) for visitor, visits in population.items()}, size)
    drawn = [
        visit
        for visitor, visits in population.items()
        for visit in sorted(visits, key=lambda one: _rank(seed, one))[: shares[visitor]]
    ]
    return sorted(drawn, key=lambda one: _rank(seed, one))


def check_seed(seed: int) -> int:
    """A seed people can write down; raises `InvalidInput` for one that is none."""
    if not 0 <= seed < LARGEST_SEED:
        raise InvalidInput("spot_check.seed", field="seed", value=seed)
    return seed


def _shares(counts: Mapping[bytes, int], size: int) -> dict[bytes, int]:
    """How many of each visitor: one each, the rest by the largest remainder."""
    whole, extra = sum(counts.values()) - len(counts), size - len(counts)
    quotas = {one: extra * (count - 1) / whole if whole else 0 for one, count in counts.items()}
    shares = {one: 1 + math.floor(quota) for one, quota in quotas.items()}
    by_remainder = sorted(quotas, key=lambda one: (math.floor(quotas[one]) - quotas[one], one))
    for one in by_remainder[: size - sum(shares.values())]:
        shares[one] += 1
    return shares


def _rank(seed: int, visit: bytes) -> bytes:
    return hashlib.sha256(f"{seed}:{visit.hex()}".encode()).digest()
