"""Union organisations (工会组织): their kinds, the chain above them, terms and names.

中国工会章程 and 工会法 art. 11–16: province – city – county – town – village – employer, the last three
being the small three tiers (小三级).
"""

from dataclasses import dataclass
from datetime import date

from organizer.domain.division import level_of
from organizer.domain.uscc import parse_uscc
from organizer.errors import InvalidInput

TERMS = (3, 5)
"""Years a base union committee may serve (工会法 art. 16)."""

SINGLE, JOINT, INDUSTRY, REGIONAL, FEDERATION = "1", "2", "3", "4", "9"
"""Codes of `union_type.csv` that the rules speak of."""

BASE = frozenset({SINGLE, JOINT, INDUSTRY, REGIONAL})
"""Types of base unions (基层工会), which have members, a term and officers of their own."""

OWN, COVERED, NOT_REQUIRED = "1", "2", "6"
"""Codes of `union_state.csv` that the rules speak of."""

FOUNDED = frozenset({OWN, COVERED})
"""Codes that say there is a union: an own one, or one that covers the unit."""

UNFOUNDED = frozenset({"3", "4", "5"})
"""Being founded, none but willing, none and not yet willing. 6 needs none, 7 is not known."""

_CODE_LENGTHS = (2, 4, 6, 9, 12)
_UNION_USCC = "81"
"""Registering department union, category base union (GB 32100-2015)."""


@dataclass(frozen=True)
class Term:
    """A committee's time in office."""

    starts_on: date
    years: int

    @property
    def ends_on(self) -> date:
        """The day it is up (届满); a term that begins on 29 February is up on 28 February."""
        try:
            return self.starts_on.replace(year=self.starts_on.year + self.years)
        except ValueError:
            return self.starts_on.replace(year=self.starts_on.year + self.years, day=28)


def make_term(starts_on: date, years: int) -> Term:
    """A term of three or five years; raises `InvalidInput` for another length."""
    if years not in TERMS:
        raise InvalidInput("union.wrong_term", field="term_years", years=years)
    return Term(starts_on, years)


def division_above(division_code: str) -> str:
    """The division whose union stands above; "" above the province."""
    lengths = [length for length in _CODE_LENGTHS if length < len(division_code)]
    return division_code[: lengths[-1]] if lengths else ""


def fallback_name(division_name: str, division_code: str) -> str:
    """What the union every unit of a division falls back on (兜底) is called until named.

    A village's or community's is a joint union, those above are general unions.
    """
    name = division_name.removesuffix("办事处").removesuffix("委会")
    return f"{name}{'联合工会' if level_of(division_code) == '村' else '总工会'}"


def fallback_type(division_code: str) -> str:
    """The type of that union, as in `union_type.csv`."""
    return REGIONAL if level_of(division_code) == "村" else FEDERATION


def parse_union_uscc(text: str) -> str:
    """The USCC of a union as a legal person (81…); raises `InvalidInput` for another body's."""
    code = parse_uscc(text)
    if not code.code.startswith(_UNION_USCC):
        raise InvalidInput("union.not_a_union", field="uscc", code=code.code)
    return code.code
