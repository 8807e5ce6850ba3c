"""A visit: what a surveyor found at a door. A visit is never changed; a later one may correct it."""

from datetime import date
from enum import StrEnum

from organizer.errors import InvalidInput


class Outcome(StrEnum):
    """What came of it, by the digit that is pressed (走访结果)."""

    MET = "1"
    NOBODY = "2"
    REFUSED = "3"
    MOVED = "4"
    CLOSED = "5"
    UNKNOWN_HERE = "6"
    NEW = "7"
    NO_UNIT = "8"


class Target(StrEnum):
    """Whom a visit went to (走访对象): 单位, 地点, 站点, 家里的人, 网上的群."""

    UNIT = "unit"
    PLACE = "place"
    STATION = "station"
    PERSON = "person"
    GROUP = "group"


class Channel(StrEnum):
    """By which way (走访方式): 上门, 电话, 入户, 网上."""

    DOOR = "door"
    PHONE = "phone"
    HOME = "home"
    ONLINE = "online"


CHANNELS: dict[Target, tuple[Channel, ...]] = {
    Target.UNIT: (Channel.DOOR, Channel.PHONE, Channel.ONLINE),
    Target.PLACE: (Channel.DOOR,),
    Target.STATION: (Channel.DOOR, Channel.PHONE),
    Target.PERSON: (Channel.HOME, Channel.PHONE, Channel.ONLINE),
    Target.GROUP: (Channel.ONLINE,),
}
"""The ways to each target, the usual one first."""

CONFIRMING = frozenset({Outcome.MET, Outcome.NEW})
"""Outcomes at which somebody answered, so that what is known of the unit is confirmed."""

AT_UNIT = tuple(outcome for outcome in Outcome if outcome is not Outcome.NO_UNIT)
"""Outcomes a visit to a unit may have; that there is none is said of a place."""

ELSEWHERE = (Outcome.MET, Outcome.NOBODY, Outcome.REFUSED)
"""Outcomes of a visit to a place, a station, a person at home or an online group."""

_OPERATING = {
    Outcome.MET: "normal",
    Outcome.REFUSED: "refused",
    Outcome.MOVED: "moved",
    Outcome.CLOSED: "closed",
    Outcome.UNKNOWN_HERE: "unfound",
    Outcome.NEW: "normal",
}


GONE = frozenset({Outcome.MOVED, Outcome.CLOSED, Outcome.UNKNOWN_HERE})
"""Outcomes that say that a unit is not there any more (搬离, 注销, 查无)."""

GONE_STATES = frozenset(_OPERATING[outcome] for outcome in GONE)
"""The operating states these show."""


def operating_state(outcome: Outcome) -> str | None:
    """The operating state an outcome shows; None when nobody was there to show it."""
    return _OPERATING.get(outcome)


def parse_outcome(text: str, among: tuple[Outcome, ...] = AT_UNIT) -> Outcome:
    """The outcome of a digit, at a unit unless said otherwise; raises `InvalidInput`."""
    if text not in among:
        code = "visit.unknown_outcome" if among is AT_UNIT else "visit.outcome_elsewhere"
        raise InvalidInput(code, field="outcome", value=text)
    return Outcome(text)


def parse_channel(text: str, target: Target) -> Channel:
    """The way to a target, its usual one for ""; raises `InvalidInput` for one that cannot be."""
    ways = CHANNELS[target]
    if not text:
        return ways[0]
    if text not in ways:
        raise InvalidInput("visit.unknown_channel", field="channel", value=text)
    return Channel(text)


def check_day(
    day: date, *, today: date, round_starts: date | None, round_ends: date | None = None
) -> date:
    """The day of a visit; raises `InvalidInput` when it lies ahead or outside the round."""
    if day > today:
        raise InvalidInput("visit.in_future", field="visited_on", day=day, today=today)
    if round_starts is not None and day < round_starts:
        raise InvalidInput("visit.before_round", field="visited_on", day=day, starts=round_starts)
    if round_ends is not None and day > round_ends:
        raise InvalidInput("visit.after_round", field="visited_on", day=day, ends=round_ends)
    return day
