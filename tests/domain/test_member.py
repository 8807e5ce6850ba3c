"""Membership as a state machine: no step the rules do not know, never two active ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.member import ACTIVE, COUNTED, State, active, move
from organizer.errors import Conflict

ENDED = {State.MOVED, State.LEFT, State.EXPELLED, State.REFUSED, State.DIED}


def test_the_usual_life_of_a_membership() -> None:
    state = State.DRAFT
    for following in (
        State.PENDING,
        State.TEMPORARY,
        State.FULL,
        State.KEPT,
        State.FULL,
        State.MOVING,
    ):
        state = move(state, following)
    assert move(state, State.MOVED) is State.MOVED


@pytest.mark.parametrize(
    ("current", "following"),
    [
        (State.DRAFT, State.FULL),
        (State.REFUSED, State.FULL),
        (State.LEFT, State.FULL),
        (State.DIED, State.PENDING),
        (State.PENDING, State.LEFT),
    ],
)
def test_illegal_steps_are_refused(current: State, following: State) -> None:
    with pytest.raises(Conflict) as refused:
        move(current, following)
    assert refused.value.sentence().endswith("。")


@given(st.lists(st.sampled_from(State), max_size=12))
def test_an_ended_membership_never_moves_again(steps: list[State]) -> None:
    state = State.DRAFT
    for following in steps:
        try:
            state = move(state, following)
        except Conflict:
            continue
        assert not (state in ENDED and state in ACTIVE)
    if state in ENDED:
        assert all(_refused(state, following) for following in State)


def test_kept_memberships_are_active_but_not_counted() -> None:
    assert active([State.LEFT, State.KEPT])
    assert State.KEPT not in COUNTED
    assert not active([State.REFUSED, State.LEFT])


def _refused(state: State, following: State) -> bool:
    try:
        move(state, following)
    except Conflict:
        return True
    return False
