"""Membership as a state machine (工会会员会籍管理办法, 2016-12-12).

一次入会、动态接转: one active membership for each person; a second sign-up becomes a transfer.
"""

from collections.abc import Iterable
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


_MEMBER_ENDS = frozenset({State.MOVING, State.KEPT, State.LEFT, State.EXPELLED, State.DIED})
_NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PENDING}),
    State.PENDING: frozenset({State.FULL, State.TEMPORARY, State.REFUSED}),
    State.FULL: _MEMBER_ENDS,
    State.TEMPORARY: _MEMBER_ENDS | {State.FULL},
    State.KEPT: frozenset({State.FULL, State.LEFT, State.DIED}),
    State.MOVING: frozenset({State.MOVED, State.FULL}),
}

ACTIVE = frozenset({State.PENDING, State.FULL, State.TEMPORARY, State.KEPT, State.MOVING})
"""States that stand in the way of a second sign-up."""

COUNTED = frozenset({State.FULL, State.TEMPORARY, State.MOVING})
"""States counted as members; kept memberships are not (art. 16)."""


def move(current: str, following: State) -> State:
    """The state after a step; raises `Conflict` for a step the rules do not know."""
    if following not in _NEXT.get(State(current), frozenset()):
        raise Conflict("member.illegal_step", current=current, following=following.value)
    return following


def active(states: Iterable[str]) -> bool:
    """Whether any of a person's memberships is active."""
    return any(state in ACTIVE for state in states)
