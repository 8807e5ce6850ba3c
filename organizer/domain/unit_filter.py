"""Which units are wanted: one filter for the list, the board, the tree, drives and reports.

A filter that asks for what is not done yet has a goal (union founded, lamps lit, door visited), so
that a saved one (攻坚清单) can say how far it has come without remembering who stood on it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum

from organizer.domain.staff_band import BANDS
from organizer.errors import InvalidInput

UNKNOWN = "?"
"""Stands in a filter for employers of which the field is not known."""

MANY_STAFF = 100
"""From so many people on a unit without a union is a matter of its own (百人以上企业建会攻坚)."""

THREE_NEW = 10
"""From so many people on a founding in the three new fields (三新领域) is counted apart."""


class Goal(StrEnum):
    """When a unit of a filter is done."""

    FOUNDED = "founded"
    LIT = "lit"
    VISITED = "visited"


@dataclass(frozen=True)
class UnitFilter:
    """Which units are wanted; empty fields do not limit. Codes as in the code lists, or `UNKNOWN`.

    `unlit`: not every lamp is clear. `unfounded`: neither a union nor covered by one, as far as is
    known. `three_new_from`: so many people in new forms of employment, or in a unit of a new field.
    `closed`: closed after honest tries (已尽责). Head counts are numbers of people.
    """

    text: str = ""
    operating_state: str = ""
    union_state: str = ""
    band: str = ""
    unvisited: bool = False
    division: str = ""
    unlit: bool = False
    unfounded: bool = False
    closed: bool = False
    staff_from: int = 0
    three_new_from: int = 0

    @property
    def goal(self) -> Goal:
        """What makes a unit of this filter done."""
        if self.unfounded or self.three_new_from:
            return Goal.FOUNDED
        return Goal.LIT if self.unlit else Goal.VISITED

    @property
    def can_be_driven(self) -> bool:
        """Whether there is something to reach: a door closed after honest tries has had its end."""
        return self != UnitFilter() and not self.closed

    @property
    def whole(self) -> "UnitFilter":
        """The same units, those that are done among them."""
        return replace(self, unvisited=False, unlit=False, unfounded=False)

    def to_text(self) -> str:
        """As stored: what limits, as JSON."""
        said = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(said, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> "UnitFilter":
        """A stored filter; raises `InvalidInput` for what another version of the program wrote."""
        kinds = {field.name: type(field.default) for field in fields(cls)}
        try:
            said = json.loads(text)
        except ValueError as error:
            raise InvalidInput("filter.unreadable", field="filter") from error
        sound = isinstance(said, dict) and all(
            name in kinds and type(value) is kinds[name] for name, value in said.items()
        )
        if not sound or said.get("band", UNKNOWN) not in (*BANDS, UNKNOWN, ""):
            raise InvalidInput("filter.unreadable", field="filter")
        return cls(**said)


NAMED: Mapping[str, UnitFilter] = {
    "unvisited": UnitFilter(unvisited=True),
    "unlit": UnitFilter(unlit=True),
    "many_unfounded": UnitFilter(staff_from=MANY_STAFF, unfounded=True),
    "three_new": UnitFilter(three_new_from=THREE_NEW),
    "closed": UnitFilter(closed=True),
}
"""The filters of the board by their key: 未访, 灯未亮, 百人以上未建会, 三新10人以上, 已尽责."""
