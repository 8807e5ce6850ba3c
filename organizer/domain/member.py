"""Membership as a state machine (工会会员会籍管理办法, 2016-12-12).

一次入会、动态接转: one active membership for each person; a second sign-up becomes a transfer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from organizer.errors import Conflict


class State(StrEnum):
    """Where a membership stands (会籍状态)."""

    DRAFT = "draft"
    PENDING = "pending"
    FULL = "full"
    TEMPORARY = "temporary"
    KEPT = "kept"
    MOVING = "moving"
    MOVED = "moved"
    LEFT = "left"
    EXPELLED = "expelled"
    REFUSED = "refused"
    DIED = "died"


class Act(StrEnum):
    """What is done with a membership after the application."""

    REFUSE = "refuse"
    KEEP = "keep"
    RESUME = "resume"
    LEAVE = "leave"
    EXPEL = "expel"
    DIE = "die"
    SEND = "send"
    RECALL = "recall"
    CONFIRM = "confirm"


@dataclass(frozen=True)
class Rule:
    """Where an act leads from where, and what has to be said of it.

    `change` is the code of `membership_change.csv` it is reported under, and `reasons` are codes of
    `membership_reason.csv`; the only reason there is need not be said. `worded`: it needs a reason
    in words; `papered`: the number of the paper that decides it.
    """

    before: frozenset[State]
    after: State
    change: str = ""
    reasons: tuple[str, ...] = ()
    worded: bool = False
    papered: bool = False


JOINED, TRANSFERRED_IN = "1", "2"
"""Codes of `membership_change.csv` under which a membership begins."""

WORK_CHANGED = "1"
"""The reason of `membership_reason.csv` for a transfer: the employment changed."""

_MEMBER = frozenset({State.FULL, State.TEMPORARY})
_HELD = _MEMBER | {State.KEPT}

ACTS: Mapping[Act, Rule] = {
    Act.REFUSE: Rule(frozenset({State.PENDING}), State.REFUSED, worded=True),
    # Art. 17-20: retired, out of work, in the army. Art. 21: no dues and no vote meanwhile.
    Act.KEEP: Rule(_MEMBER, State.KEPT, "3", ("2", "3", "4", "retired", "enlisted")),
    Act.RESUME: Rule(frozenset({State.KEPT}), State.FULL, TRANSFERRED_IN, (WORK_CHANGED,)),
    # Art. 22: of one's own will, or after six months without dues and activities.
    Act.LEAVE: Rule(_HELD, State.LEFT, "6", ("5", "lapsed")),
    # Art. 23 and 工会章程 第七条: decided by the base committee, filed with the union above.
    Act.EXPEL: Rule(_HELD, State.EXPELLED, "5", ("6",), papered=True),
    Act.DIE: Rule(_HELD, State.DIED, "", ("died",)),
    # Art. 12, 13, 19: also who was kept goes along with a new job or to the place of residence.
    Act.SEND: Rule(_HELD, State.MOVING, "4", (WORK_CHANGED, "4")),
    Act.CONFIRM: Rule(frozenset({State.MOVING}), State.MOVED),
    Act.RECALL: Rule(frozenset({State.MOVING}), State.FULL),
}
"""The acts a membership knows; all else is impossible."""

_OTHER_STEPS = frozenset(
    {
        (State.DRAFT, State.PENDING),
        (State.PENDING, State.FULL),
        (State.PENDING, State.TEMPORARY),
        (State.TEMPORARY, State.FULL),
        # Taken back, a membership is what it was before it was sent.
        (State.MOVING, State.TEMPORARY),
        (State.MOVING, State.KEPT),
    }
)
ACTIVE = frozenset({State.PENDING, State.FULL, State.TEMPORARY, State.KEPT, State.MOVING})
"""States that stand in the way of a second sign-up."""

COUNTED = frozenset({State.FULL, State.TEMPORARY, State.MOVING})
"""States counted as members; kept memberships are not, nor do they vote (art. 16, 21)."""


def move(current: str, following: State) -> State:
    """The state after a step; raises `Conflict` for a step the rules do not know."""
    before = State(current)
    ways = {rule.after for rule in ACTS.values() if before in rule.before}
    if following not in ways and (before, following) not in _OTHER_STEPS:
        raise Conflict("member.illegal_step", current=current, following=following.value)
    return following


def allowed(current: str) -> list[Act]:
    """The acts a membership in this state knows."""
    return [act for act, rule in ACTS.items() if State(current) in rule.before]


def active(states: Iterable[str]) -> bool:
    """Whether any of a person's memberships is active."""
    return any(state in ACTIVE for state in states)
