"""The four clears (四清): which lamp of an employer is lit, and what the dark ones still need.

A lamp is clear only when all it needs is filled in and confirmed within the current round. What a
lamp needs is data (`resources/rules/lamps.toml`), so that an office can set its own definition.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from organizer.domain.fact import Fact
from organizer.domain.round import Round


class Light(StrEnum):
    """How a lamp shows: 清, 差, 未."""

    CLEAR = "clear"
    LACKING = "lacking"
    UNSEEN = "unseen"


class Standing(StrEnum):
    """How a fact stands in a round: confirmed within it, or carried over and to be confirmed (待确认)."""

    CONFIRMED = "confirmed"
    TO_CONFIRM = "to_confirm"


@dataclass(frozen=True)
class Need:
    """Fields a lamp needs, under a condition. `any_of`: one of the fields is enough."""

    fields: tuple[str, ...]
    when: Mapping[str, tuple[str, ...]]
    unless: Mapping[str, tuple[str, ...]]
    any_of: bool


@dataclass(frozen=True)
class LampRule:
    """One lamp: its key, the hanzi on it, its full name, and what it needs."""

    key: str
    letter: str
    name: str
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Rules:
    """The lamps of an office, and answers that count as none (待核实)."""

    version: str
    lamps: tuple[LampRule, ...]
    open_answers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Lamp:
    """A lamp of one employer; `missing` names the fields still to fill or to confirm."""

    rule: LampRule
    light: Light
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """All that is known of an employer: its facts, and its own fields as last confirmed.

    `channels` has the way by which a fact was told, where a visit brought it; `unchanged` the day in
    the round on which somebody of the unit said of a fact that it still holds (无变化).
    """

    facts: Mapping[str, Fact]
    attributes: Mapping[str, str | None]
    confirmed_on: date | None
    channels: Mapping[str, str] = field(default_factory=dict)
    unchanged: Mapping[str, date] = field(default_factory=dict)


def read_rules(table: Mapping[str, Any]) -> Rules:
    """Lamp definitions from a parsed rules file."""
    lamps = tuple(
        LampRule(lamp["key"], lamp["letter"], lamp["name"], tuple(map(_need, lamp["need"])))
        for lamp in table["lamp"]
    )
    return Rules(table["version"], lamps, _answers(table.get("open_answers", {})))


def lamps(rules: Rules, known: Known, current: Round) -> tuple[Lamp, ...]:
    """The lamps of an employer in the current round."""
    return tuple(_lamp(rule, rules, known, current) for rule in rules.lamps)


def always_needed(rules: Rules) -> frozenset[str]:
    """The fields without which no employer is all clear, whatever else is known of it."""
    needs = (need for rule in rules.lamps for need in rule.needs)
    always = (need for need in needs if not (need.any_of or need.when or need.unless))
    return frozenset(name for need in always for name in need.fields)


def all_clear(rules: Rules, known: Known, current: Round) -> bool:
    """Whether every lamp of an employer is clear; the first dark one decides."""
    return all(_lamp(rule, rules, known, current).light is Light.CLEAR for rule in rules.lamps)


def unlit(rules: Rules) -> tuple[Lamp, ...]:
    """The lamps of an employer that no round asks about."""
    return tuple(Lamp(rule, Light.UNSEEN, ()) for rule in rules.lamps)


def standing(
    fact: Fact, current: Round, *, channel: str = "", unchanged_on: date | None = None
) -> Standing:
    """Whether a fact counts in a round, or was carried over and waits to be confirmed (待确认).

    It counts when it was told within the round in a way that the round accepts, or when the unit said
    within the round that nothing changed; its own source and day stay what they are.
    """
    if unchanged_on is not None and current.holds(unchanged_on):
        return Standing.CONFIRMED
    accepted = fact.source in current.sources and current.accepts(channel)
    told = accepted and current.holds(date.fromisoformat(fact.observed_on))
    return Standing.CONFIRMED if told else Standing.TO_CONFIRM


def standings(known: Known, current: Round) -> dict[str, Standing]:
    """How every fact of an employer stands in a round, by field."""
    return {
        name: standing(
            fact,
            current,
            channel=known.channels.get(name, ""),
            unchanged_on=known.unchanged.get(name),
        )
        for name, fact in known.facts.items()
    }


def _need(table: Mapping[str, Any]) -> Need:
    when, unless = _answers(table.get("when", {})), _answers(table.get("unless", {}))
    return Need(tuple(table["fields"]), when, unless, table.get("any_of", False))


def _answers(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in table.items()}


def _lamp(rule: LampRule, rules: Rules, known: Known, current: Round) -> Lamp:
    missing: list[str] = []
    seen = False
    for need in rule.needs:
        if not _applies(need, known):
            continue
        unmet = [name for name in need.fields if not _confirmed(name, rules, known, current)]
        some = len(unmet) < len(need.fields)
        seen = seen or some
        if not need.any_of:
            missing += unmet
        elif not some:
            missing += unmet[:1]
    if not missing:
        return Lamp(rule, Light.CLEAR, ())
    return Lamp(rule, Light.LACKING if seen else Light.UNSEEN, tuple(dict.fromkeys(missing)))


def _applies(need: Need, known: Known) -> bool:
    holds = all(_value(name, known) in values for name, values in need.when.items())
    return holds and not any(_value(name, known) in values for name, values in need.unless.items())


def _value(name: str, known: Known) -> str | None:
    if name in known.attributes:
        return known.attributes[name]
    fact = known.facts.get(name)
    return fact.value if fact else None


def _confirmed(name: str, rules: Rules, known: Known, current: Round) -> bool:
    if name in known.attributes:
        day = known.confirmed_on
        return bool(known.attributes[name]) and day is not None and current.holds(day)
    fact = known.facts.get(name)
    if fact is None or not fact.value or fact.value in rules.open_answers.get(name, ()):
        return False
    channel, said = known.channels.get(name, ""), known.unchanged.get(name)
    shown = standing(fact, current, channel=channel, unchanged_on=said)
    return shown is Standing.CONFIRMED
