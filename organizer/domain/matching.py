"""Whether two records are one person, one unit or one union: signs for and against, added up.

Every sign is told with what it counts, so that a person can judge the sum. A telephone number only
supports: families, teams and agents share one, so it never makes a pair certain.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from organizer.domain.employer_name import bare_name, branch_words

Likeness = Callable[[str, str], float]
"""How much two texts resemble each other, 0 to 100."""

_NOT_WORD = re.compile(r"[\W_]+")
_OF_A_UNION = re.compile(
    r"(?:筹备组|(?:基层|联合|行业|区域)?(?:总工会|工会联合会|联合工会|工会委员会|工会))$"
)
_OLD_LENGTH, _NEW_LENGTH = 15, 18


class Level(StrEnum):
    """What follows from the sum."""

    STRICT = "strict"
    REVIEW = "review"
    NEW = "new"


@dataclass(frozen=True)
class Sign:
    """Something on which two records agree (`counts` above 0) or that speaks against it (below)."""

    key: str
    counts: int
    supports: bool = False
    """Whether it only supports what others say."""

    @property
    def agrees(self) -> bool:
        """Whether it speaks for one record."""
        return self.counts > 0


@dataclass(frozen=True)
class Verdict:
    """The sum of the signs, what follows, and the signs, those for it first."""

    level: Level
    score: int
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class DuplicateCandidate:
    """Two records of a table that may be one, and why."""

    table: str
    one: bytes
    other: bytes
    verdict: Verdict

    @property
    def pair(self) -> frozenset[bytes]:
        """The two, in no order."""
        return frozenset((self.one, self.other))


@dataclass(frozen=True)
class Rules:
    """How much each sign of one kind of record counts; `simplified` turns characters."""

    strict: int
    review: int
    alike: float
    agreeing: Mapping[str, int]
    supporting: Mapping[str, int]
    against: Mapping[str, int]

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> "Rules":
        """The rules of one kind as `duplicates.toml` has them."""
        return cls(
            table["strict"],
            table["review"],
            table["alike"],
            table["for"],
            table["support"],
            table["against"],
        )

    def judge(self, agree: Sequence[str], differ: Sequence[str]) -> Verdict:
        """What follows from these signs; a support may call for a look, never decide."""
        signs = [
            *(Sign(key, self.agreeing[key]) for key in agree if key in self.agreeing),
            *(Sign(key, self.supporting[key], True) for key in agree if key in self.supporting),
            *(Sign(key, self.against[key]) for key in differ if key in self.against),
        ]
        score = sum(sign.counts for sign in signs)
        firm = sum(sign.counts for sign in signs if not sign.supports)
        level = Level.NEW
        if firm >= self.strict:
            level = Level.STRICT
        elif score >= self.review and firm > 0:
            level = Level.REVIEW
        return Verdict(level, score, tuple(signs))


def simplifier(table: Mapping[str, str]) -> dict[int, str]:
    """Traditional to simplified characters, for `str.translate`."""
    pairs = zip(table["traditional"], table["simplified"], strict=True)
    return {ord(old): new for old, new in pairs}


@dataclass(frozen=True)
class PersonTraits:
    """What tells one person from another; "" and empty sets for what is not known."""

    name: str
    former: str = ""
    sex: str = ""
    born_on: str = ""
    id_number: str = ""
    resident: bool = True
    """Whether the number is of a resident's card, which nobody has two of."""
    phone: str = ""
    employers: frozenset[bytes] = frozenset()


def compare_people(one: PersonTraits, other: PersonTraits, rules: Rules, like: Likeness) -> Verdict:
    """Whether two records are one person; two numbers of resident cards are two people."""
    agree: list[str] = []
    differ: list[str] = []
    if one.id_number and other.id_number:
        if _same_number(one.id_number, other.id_number):
            agree.append("id_number")
        elif one.resident and other.resident:
            differ.append("id_number")
    names = _person_names(one, other, rules, like)
    (agree if names else differ).append(names or "name")
    for key in ("born_on", "sex"):
        ours, theirs = getattr(one, key), getattr(other, key)
        if ours and theirs:
            (agree if ours == theirs else differ).append(key)
    if one.employers & other.employers:
        agree.append("employer")
    if one.phone and one.phone == other.phone:
        agree.append("phone")
    return rules.judge(agree, differ)


def _person_names(one: PersonTraits, other: PersonTraits, rules: Rules, like: Likeness) -> str:
    ours, theirs = _plain(one.name), _plain(other.name)
    if ours == theirs:
        return "name"
    former = {_plain(one.former), _plain(other.former)} - {""}
    if former & {ours, theirs} or (one.former and _plain(one.former) == _plain(other.former)):
        return "former_name"
    return "name_alike" if like(ours, theirs) >= rules.alike else ""


def _same_number(one: str, other: str) -> bool:
    """The same number, also where one list still has the 15 digits of before 1999."""
    short, long = sorted((one.upper(), other.upper()), key=len)
    if (len(short), len(long)) == (_OLD_LENGTH, _NEW_LENGTH):
        return long[:6] + long[8:17] == short
    return short == long


@dataclass(frozen=True)
class UnitTraits:
    """What tells one unit from another. `place` is the door or house, not a whole street."""

    name: str
    signboard: str = ""
    uscc: str = ""
    registration_no: str = ""
    legal_person: str = ""
    phones: frozenset[str] = frozenset()
    address: str = ""
    place: bytes | None = None
    simplified: Mapping[int, str] = field(default_factory=dict, repr=False)

    @cached_property
    def bare(self) -> str:
        """The name without place names, company form, brackets, width and Traditional spelling."""
        return bare_name(self.name.translate(dict(self.simplified)))

    @cached_property
    def sign(self) -> str:
        """The signboard likewise."""
        return bare_name(self.signboard.translate(dict(self.simplified))) if self.signboard else ""

    @cached_property
    def branch(self) -> tuple[str, ...]:
        """What makes it one branch of several."""
        return branch_words(self.name)


def compare_units(one: UnitTraits, other: UnitTraits, rules: Rules, like: Likeness) -> Verdict:
    """Whether two records are one unit; two codes are two units, a branch is not its parent."""
    agree: list[str] = []
    differ: list[str] = []
    for key in ("uscc", "registration_no", "legal_person"):
        ours, theirs = getattr(one, key), getattr(other, key)
        if ours and theirs:
            (agree if ours == theirs else differ).append(key)
    names = _unit_names(one, other, rules, like)
    (agree if names else differ).append(names or "name")
    if one.branch != other.branch and names not in ("", "signboard"):
        differ.append("branch")
    if one.place and other.place:
        (agree if one.place == other.place else differ).append("place")
    elif one.address and _plain(one.address) == _plain(other.address):
        agree.append("address")
    if one.phones & other.phones:
        agree.append("phone")
    return rules.judge(agree, differ)


def _unit_names(one: UnitTraits, other: UnitTraits, rules: Rules, like: Likeness) -> str:
    if one.bare == other.bare:
        return "name"
    signs = {one.sign, other.sign} - {""}
    if signs & {one.bare, other.bare} or (one.sign and one.sign == other.sign):
        return "signboard"
    return "name_alike" if like(one.bare, other.bare) >= rules.alike else ""


@dataclass(frozen=True)
class UnionTraits:
    """What tells one union from another."""

    name: str
    uscc: str = ""
    national_code: str = ""
    provincial_code: str = ""
    local_code: str = ""
    division_code: str = ""
    parent: bytes | None = None
    chairman: str = ""
    phone: str = ""
    units: frozenset[bytes] = frozenset()
    simplified: Mapping[int, str] = field(default_factory=dict, repr=False)

    @cached_property
    def bare(self) -> str:
        """The name of what it is the union of: 样禾五金有限公司工会委员会 → 样禾五金."""
        name = _NOT_WORD.sub("", self.name.translate(dict(self.simplified)))
        return bare_name(_OF_A_UNION.sub("", name) or name)

    @cached_property
    def branch(self) -> tuple[str, ...]:
        """What makes it the union of one branch of several."""
        return branch_words(self.name)


_UNION_CODES = ("uscc", "national_code", "provincial_code", "local_code")


def compare_unions(one: UnionTraits, other: UnionTraits, rules: Rules, like: Likeness) -> Verdict:
    """Whether two records are one union: codes first, then the name of what it is the union of."""
    agree: list[str] = []
    differ: list[str] = []
    for key in _UNION_CODES:
        ours, theirs = getattr(one, key), getattr(other, key)
        if ours and theirs:
            (agree if ours == theirs else differ).append(key)
    if one.bare == other.bare:
        agree.append("name")
    elif like(one.bare, other.bare) >= rules.alike:
        agree.append("name_alike")
    else:
        differ.append("name")
    if one.branch != other.branch and "name" not in differ:
        differ.append("branch")
    if one.division_code and other.division_code:
        within = one.division_code.startswith(other.division_code)
        within = within or other.division_code.startswith(one.division_code)
        (agree if within else differ).append("division")
    agree += _shared(one, other)
    return rules.judge(agree, differ)


def _shared(one: UnionTraits, other: UnionTraits) -> Iterator[str]:
    for key in ("parent", "chairman", "phone"):
        if getattr(one, key) and getattr(one, key) == getattr(other, key):
            yield key
    if one.units & other.units:
        yield "unit"


def _plain(text: str) -> str:
    """A text without blanks, marks and width."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).lower()
