"""Undo and redo step by step: whatever was pressed, what then was is shown."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.store import integrity, undo
from organizer.store.database import Database
from organizer.store.transaction import Intent
from tests.support import offices

ME = b"a" * 16


edits = st.tuples(st.just("edit"), st.integers(0, 1), st.sampled_from(["phone", "remark"]))


moves = st.lists(st.one_of(edits, st.just(("undo",)), st.just(("redo",))), max_size=25)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves)
def test_step_by_step_back_and_forth_always_shows_what_then_was(
    moves: list[tuple[str, int, str]],
) -> None:
    """Edits that stand make up the state: an undo takes the newest off, a redo puts it on again."""
    with offices.bare_copies(1) as (database,):
        rows = [
            database.write(
                Intent("employer.add", None), lambda w: w.insert("employer", {"phone": "0"})
            )
            for _number in range(2)
        ]
        standing: list[tuple[bytes, str, str]] = []
        taken: list[tuple[bytes, str, str]] = []
        for number, (move, *about) in enumerate(moves):
            if move == "edit":
                step = (rows[int(about[0])], str(about[1]), f"v{number}")
                save(database, *step)
                standing.append(step)
                taken.clear()
            elif move == "undo" and standing:
                assert step_back(database, database.read(lambda c: undo.latest(c, ME))) == ()
                taken.append(standing.pop())
            elif move == "redo" and taken:
                target, _original = database.read(lambda c: undo.latest_undo(c, ME))
                assert step_back(database, target) == ()
                standing.append(taken.pop())
            assert state(database, rows) == expected(rows, standing)
        assert database.exclusive(lambda c, devices, _pinyin: integrity.check(c, devices)) == []


def save(database: Database, row: bytes, name: str, value: str) -> None:
    database.write(Intent("employer.edit", ME), lambda w: w.set("employer", row, {name: value}))


def step_back(database: Database, target: bytes) -> tuple[tuple[str, bytes, str], ...]:
    writes = database.read(lambda c: undo.writes_of(c, target))
    return database.write(
        Intent("undo", ME, undoes=target), lambda w: undo.take_back(w, writes, "2026-03-02").kept
    )


def state(database: Database, rows: list[bytes]) -> list[tuple[str | None, str | None]]:
    return [
        database.read(
            lambda c, r=row: c.execute(
                "SELECT phone, remark FROM employer WHERE id = ?", (r,)
            ).fetchone()
        )
        for row in rows
    ]


def expected(
    rows: list[bytes], standing: list[tuple[bytes, str, str]]
) -> list[tuple[str | None, str | None]]:
    told: dict[tuple[bytes, str], str | None] = {
        (row, name): first for row in rows for name, first in (("phone", "0"), ("remark", None))
    }
    told |= {(row, name): value for row, name, value in standing}
    return [(told[row, "phone"], told[row, "remark"]) for row in rows]
