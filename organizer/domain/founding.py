"""Founding a union (建会): its steps in order, who is next, what is missing, what goes against advice.

The steps are those every office knows (visit, 筹备组, 请示, 批复 … registration); that one comes before the
other, who may not stand and how many sit on a committee are hints with their article, never refusals.
Only what cannot be is refused: more people present than should attend, more votes than people.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from organizer.domain.election import ORGANISER_BELOW, Meeting, Result, count
from organizer.domain.union_org import Term, make_term
from organizer.errors import InvalidInput


class Kind(StrEnum):
    """What comes of it: codes of `founding_kind.csv` (工会法 第十一条)."""

    SINGLE = "1"
    JOINT = "2"
    ORGANISER = "3"


COVERS_AS: Mapping[Kind, str] = {Kind.SINGLE: "1", Kind.JOINT: "2", Kind.ORGANISER: "1"}
"""As what the new union covers its units: codes of `coverage_kind.csv`, and of `union_type.csv`."""

VISITED, GROUPED, ASKED, ALLOWED, JOINED, PROPOSED, ELECTED, REPORTED, APPROVED = "123456789"
"""Codes of `founding_stage.csv` that the rules speak of."""


class Body(StrEnum):
    """What a candidate stands for."""

    GROUP = "group"
    COMMITTEE = "committee"
    AUDIT = "audit"
    WOMEN = "women"


LEADER, CHAIR, VICE_CHAIR, ORGANISER = "21", "1", "2", "9"
AUDIT_HEAD, WOMEN_HEAD, WOMAN_MEMBER = "4", "6", "8"
"""Codes of `candidate_role.csv` that the rules speak of; but for the preparatory group they are those of
`officer_post.csv`."""

BODY_OF: Mapping[str, Body] = {
    "21": Body.GROUP, "22": Body.GROUP,
    "1": Body.COMMITTEE, "2": Body.COMMITTEE, "3": Body.COMMITTEE, "9": Body.COMMITTEE,
    "4": Body.AUDIT, "5": Body.AUDIT,
    "6": Body.WOMEN, "7": Body.WOMEN, "8": Body.WOMEN,
}  # fmt: skip
"""The body each role belongs to."""

LEGAL_PERSON = "2"
BARS_CHAIR_ONLY = frozenset({"5", "6", "7"})
"""Codes of `barred_reason.csv` that keep somebody from the chair alone (企业工会主席产生办法); the others
keep one from the committee (工会法 第十条)."""

WOMEN_COMMITTEE_FROM = 10
"""With so many women members there is a women's committee (女职工委员会工作条例 第十一条)."""


@dataclass(frozen=True)
class StepRule:
    """One step as `resources/rules/founding.toml` tells it."""

    code: str
    who: str
    does: str
    article: str
    needs: Sequence[str]
    papers: Sequence[str]
    usual_days: int


@dataclass(frozen=True)
class Rules:
    """All steps in order, with the figures that hints compare with."""

    steps: Sequence[StepRule]
    group_low: int
    group_high: int
    shown_days: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Rules":
        """The rules of the resource."""
        steps = [StepRule(**one) for one in data["step"]]
        return cls(steps, data["group_low"], data["group_high"], data["shown_days"])

    def step(self, code: str) -> StepRule:
        """One step; raises `InvalidInput` (field `step`) for none."""
        for rule in self.steps:
            if rule.code == code:
                return rule
        raise InvalidInput("founding.unknown_step", field="step", value=code)


@dataclass(frozen=True)
class StepTold:
    """What was told of a step."""

    done_on: date | None = None
    due_on: date | None = None
    responsible: str = ""
    paper_no: str = ""
    remark: str = ""


class State(StrEnum):
    """Where a step stands."""

    DONE = "done"
    LACKING = "lacking"
    """Done, but its paper is missing."""
    NEXT = "next"
    LATE = "late"
    """Next, and its day has passed."""
    MISSED = "missed"
    """Not told, though a later one is done."""
    WAITING = "waiting"


@dataclass(frozen=True)
class StepStanding:
    """A step with its state; `by` is the day it should be done, `lacking` the papers not there."""

    rule: StepRule
    told: StepTold
    state: State
    by: date | None = None
    lacking: Sequence[str] = ()


def stand(
    rules: Rules,
    told: Mapping[str, StepTold],
    papers: Iterable[str],
    begun_on: date,
    today: date,
) -> list[StepStanding]:
    """Where every step stands. `papers` are those printed; a paper with a number is there as well."""
    printed = set(papers)
    done = {code: one.done_on for code, one in told.items() if one.done_on is not None}
    last = max((at for at, rule in enumerate(rules.steps) if rule.code in done), default=-1)
    standings, next_found, before = [], False, begun_on
    for at, rule in enumerate(rules.steps):
        said = told.get(rule.code, StepTold())
        if said.done_on is not None:
            lacking = [] if said.paper_no else [p for p in rule.papers if p not in printed]
            state = State.LACKING if lacking else State.DONE
            standings.append(StepStanding(rule, said, state, lacking=lacking))
            before = max(before, said.done_on)
            continue
        by = said.due_on
        if at < last:
            state = State.MISSED
        elif next_found:
            state = State.WAITING
        else:
            by = by or before + timedelta(rule.usual_days)
            state, next_found = State.LATE if by < today else State.NEXT, True
        standings.append(StepStanding(rule, said, state, by))
    return standings


def next_of(standings: Iterable[StepStanding]) -> StepStanding | None:
    """The step to be done now; None when all are."""
    return next((one for one in standings if one.state in (State.NEXT, State.LATE)), None)


@dataclass(frozen=True)
class Hint:
    """Something to know, by key; the words stand in the services."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


def order_hints(
    rules: Rules, told: Mapping[str, StepTold], code: str, on: date | None
) -> Iterator[Hint]:
    """What goes against the order when a step is told as done."""
    if on is None:
        return
    rule = rules.step(code)
    for need in rule.needs:
        before = told.get(need, StepTold()).done_on
        if before is None:
            yield Hint("before", {"need": need, "article": rule.article})
        elif on < before:
            yield Hint("day_before", {"need": need, "day": before})
        elif need == PROPOSED and (on - before).days < rules.shown_days:
            yield Hint("shown", {"days": (on - before).days, "usual": rules.shown_days})


def kind_hints(kind: Kind, members: int, units: int) -> Iterator[Hint]:
    """What the Law says to the kind chosen; it counts members."""
    if kind is Kind.ORGANISER and members >= ORGANISER_BELOW:
        yield Hint("should_committee", {"members": members})
    elif kind is Kind.JOINT and members >= ORGANISER_BELOW and units < 2:
        yield Hint("should_own", {"members": members})
    elif members < ORGANISER_BELOW and kind is Kind.SINGLE:
        yield Hint("may_all", {"members": members})
    if kind is Kind.JOINT and units < 2:
        yield Hint("joint_alone")


def usual_name(unit: str, kind: Kind) -> str:
    """What the union of one unit is mostly called; "" for a joint one."""
    if kind is Kind.JOINT or not unit:
        return ""
    return f"{unit}{'工会委员会' if kind is Kind.SINGLE else '工会'}"


def check_kind(kind: Kind, units: int) -> None:
    """Raises `InvalidInput` where several units would found a union of one."""
    if units > 1 and kind is not Kind.JOINT:
        raise InvalidInput("founding.several_units", field="kind", count=units)


@dataclass(frozen=True)
class Standing:
    """Somebody who stands for something, as far as the rules ask; `barred` a code or ""."""

    name: str
    role: str
    barred: str = ""
    is_member: bool | None = None
    """None for somebody who is not on record here."""


def candidate_hints(one: Standing, legal_person: str) -> Iterator[Hint]:
    """Who may not stand, as hints."""
    if BODY_OF[one.role] is Body.GROUP:
        return
    barred = one.barred or (LEGAL_PERSON if legal_person and one.name == legal_person else "")
    if barred and (barred not in BARS_CHAIR_ONLY):
        yield Hint("barred", {"name": one.name, "reason": barred})
    elif barred and one.role in (CHAIR, VICE_CHAIR):
        yield Hint("barred_chair", {"name": one.name, "reason": barred})
    if one.is_member is False:
        yield Hint("no_member", {"name": one.name})


def slate_hints(
    rules: Rules, kind: Kind, candidates: Sequence[Standing], women: int
) -> Iterator[Hint]:
    """What the list of candidates as a whole lacks."""
    roles = [one.role for one in candidates]
    group = sum(BODY_OF[role] is Body.GROUP for role in roles)
    if group and not rules.group_low <= group <= rules.group_high:
        yield Hint("group_size", {"low": rules.group_low, "high": rules.group_high, "count": group})
    if group and LEADER not in roles:
        yield Hint("no_leader")
    if all(BODY_OF[role] is Body.GROUP for role in roles):
        return
    if CHAIR not in roles and ORGANISER not in roles:
        yield Hint("no_chair")
    if kind is not Kind.ORGANISER and all(BODY_OF[role] is not Body.AUDIT for role in roles):
        yield Hint("no_audit")
    if women >= WOMEN_COMMITTEE_FROM and WOMEN_HEAD not in roles:
        yield Hint("women_committee", {"women": women})
    elif 0 < women < WOMEN_COMMITTEE_FROM and all(BODY_OF[r] is not Body.WOMEN for r in roles):
        yield Hint("women_member", {"women": women})


@dataclass(frozen=True)
class Figures:
    """A meeting in numbers; ballots 0 where nobody counted them."""

    due: int
    present: int
    seats: int
    ballots_out: int = 0
    ballots_back: int = 0
    ballots_void: int = 0


def check_figures(figures: Figures, votes: Mapping[str, int]) -> None:
    """Raises `InvalidInput` at the number that cannot be; `votes` by name."""
    if figures.due < 1:
        raise InvalidInput("founding.nobody_due", field="due_count")
    if figures.present > figures.due:
        raise InvalidInput(
            "founding.present_over_due",
            field="present_count",
            present=figures.present,
            due=figures.due,
        )
    out, back = figures.ballots_out, figures.ballots_back
    if out > figures.present:
        raise InvalidInput(
            "founding.ballots_over", field="ballots_out", count=out, most=figures.present
        )
    if out and back > out:
        raise InvalidInput("founding.ballots_over", field="ballots_back", count=back, most=out)
    if figures.ballots_void > (back or figures.present):
        most = back or figures.present
        raise InvalidInput(
            "founding.ballots_over", field="ballots_void", count=figures.ballots_void, most=most
        )
    most = (back or figures.present) - figures.ballots_void
    for name, number in votes.items():
        if number > most:
            raise InvalidInput(
                "founding.votes_over", field="votes", name=name, votes=number, most=most
            )


def check_term(years: int, starts_on: date = date.min) -> Term:
    """The term of a committee; raises `InvalidInput` (field `term_years`) unless it is 3 or 5 years."""
    return make_term(starts_on, years)


@dataclass(frozen=True)
class Vote:
    """The votes somebody got for something; None where none were counted."""

    key: str
    role: str
    votes: int | None


def results(figures: Figures, votes: Sequence[Vote]) -> dict[Body, Result]:
    """Who is elected into which body, by the key of the vote.

    Seats are given for the committee; of the others as many sit as stand.
    """
    found = {}
    for body in (Body.COMMITTEE, Body.AUDIT, Body.WOMEN):
        own = {one.key: one.votes for one in votes if BODY_OF[one.role] is body}
        counted = {key: number for key, number in own.items() if number is not None}
        if counted:
            seats = figures.seats if body is Body.COMMITTEE else len(own)
            found[body] = count(Meeting(figures.due, figures.present, seats, counted))
    return found
