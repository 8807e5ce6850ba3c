"""What is said of a unit about founding a union: rules and words are data, in both directions.

工会法 art. 11: from 25 members on a committee should be founded, with fewer it may be, alone or jointly,
or an organiser elected; it counts members, not staff, so both are told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MEASURES = ("members", "women", "staff", "new_forms", "three_new")
"""What rules count: members, women among them, staff, staff in new forms of employment, and the staff
of a unit in the new fields (三新领域)."""


@dataclass(frozen=True)
class AdviceRule:
    """One sentence and when it is said; `lines` are (measure, from, below), None for no limit."""

    key: str
    kind: str
    text: str
    states: frozenset[str] | None
    lines: tuple[tuple[str, int | None, int | None], ...]
    nearby: bool


@dataclass(frozen=True)
class Known:
    """What is known of a unit; `counts` by measure, None for what is not known."""

    state: str
    counts: Mapping[str, int | None]
    union: str
    nearby: str = ""


@dataclass(frozen=True)
class Advice:
    """A sentence and its kind: good, info or warn."""

    key: str
    kind: str
    text: str


def read_rules(data: Mapping[str, Any]) -> tuple[AdviceRule, ...]:
    """The rules of `resources/rules/advice.toml`."""
    return tuple(
        AdviceRule(
            rule["key"],
            rule["kind"],
            rule["text"],
            frozenset(rule["states"]) if "states" in rule else None,
            tuple(
                (name, rule.get(f"{name}_from"), rule.get(f"{name}_below"))
                for name in MEASURES
                if f"{name}_from" in rule or f"{name}_below" in rule
            ),
            rule.get("nearby", False),
        )
        for rule in data["rule"]
    )


def advise(rules: Iterable[AdviceRule], known: Known) -> Sequence[Advice]:
    """Every sentence that applies, in the order of the rules; an unknown count is below all lines."""
    places = {name: "—" if known.counts[name] is None else known.counts[name] for name in MEASURES}
    return [
        Advice(
            rule.key,
            rule.kind,
            rule.text.format(**places, union=known.union, nearby=known.nearby),
        )
        for rule in rules
        if _applies(rule, known)
    ]


def _applies(rule: AdviceRule, known: Known) -> bool:
    if rule.states is not None and known.state not in rule.states:
        return False
    if rule.nearby and not known.nearby:
        return False
    counts = [(known.counts[name] or 0, low, high) for name, low, high in rule.lines]
    return all(
        (low is None or count >= low) and (high is None or count < high)
        for count, low, high in counts
    )
