"""One lane for writing: saves go first, long runs step aside, nothing half done is left."""

import threading
from collections.abc import Generator
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import pytest

from organizer.errors import DatabaseLocked, OutsideError
from organizer.services.workspace import Workspace
from organizer.store import database
from organizer.store.database import Database
from organizer.store.driver import Connection
from organizer.store.transaction import Write
from tests.support import offices


def add(workspace: Workspace, name: str) -> bytes:
    return workspace.database.write(
        workspace.intent("employer.add"), lambda w: w.insert("employer", {"name": name})
    )


def names(workspace: Workspace) -> list[str]:
    return workspace.database.read(
        lambda c: [name for (name,) in c.execute("SELECT name FROM employer ORDER BY n")]
    )


def long_run(
    workspace: Workspace, steps: int, at_step: dict[int, threading.Event]
) -> "Future[str]":
    """A run of small writes; it says when it reaches a step and waits there to be let on."""

    def run(database: Database) -> Generator[None, None, str]:
        for number in range(steps):
            if number in at_step:
                at_step[number].set()
                assert at_step[-number].wait(10)
            database.write_step(
                workspace.intent("list.import"),
                lambda w, n=number: w.insert("employer", {"name": f"第{n}步"}),
            )
            yield
        return "done"

    return workspace.database.run(run)


def test_a_save_waits_for_at_most_one_step_of_a_long_run(office: Workspace) -> None:
    at_step = {3: threading.Event(), -3: threading.Event()}
    run = long_run(office, 8, at_step)
    assert at_step[3].wait(10)
    # The run stands in its fourth step; two people save now.
    saves = [threading.Thread(target=add, args=(office, f"保存{n}")) for n in (1, 2)]
    for save in saves:
        save.start()
    while len(office.database._lane._saves) < 2:
        pass
    at_step[-3].set()
    for save in saves:
        save.join()
    assert run.result(10) == "done"
    told = names(office)
    assert sorted(told[4:6]) == ["保存1", "保存2"]
    assert told[:4] == [f"第{n}步" for n in range(4)]
    assert told[6:] == [f"第{n}步" for n in range(4, 8)]
    assert offices.findings(office) == []


def test_two_long_runs_take_turns(office: Workspace) -> None:
    at_step = {0: threading.Event()}
    at_step[-0].set()
    first, second = long_run(office, 3, {}), long_run(office, 3, {})
    assert first.result(10) == second.result(10) == "done"
    assert sorted(names(office)) == sorted([f"第{n}步" for n in range(3)] * 2)


def test_closing_finishes_what_was_begun(office: Workspace, tmp_path: Path) -> None:
    at_step = {1: threading.Event(), -1: threading.Event()}
    run = long_run(office, 5, at_step)
    assert at_step[1].wait(10)
    closing = threading.Thread(target=office.database.close)
    closing.start()
    at_step[-1].set()
    closing.join(10)
    assert run.result(0) == "done"
    again = offices.open_office(tmp_path / "office")
    assert names(again) == [f"第{n}步" for n in range(5)]
    assert offices.findings(again) == []
    again.close()


def test_who_comes_after_closing_is_told_so_and_closing_twice_is_fine(office: Workspace) -> None:
    office.database.close()
    office.database.close()
    with pytest.raises(DatabaseLocked) as caught:
        add(office, "太晚")
    assert "已经关闭" in caught.value.sentence()


def test_a_run_that_fails_keeps_its_finished_steps_and_frees_the_lane(office: Workspace) -> None:
    def run(database: Database) -> Generator[None, None, None]:
        database.write_step(
            office.intent("list.import"), lambda w: w.insert("employer", {"name": "第一步"})
        )
        yield
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        office.database.run(run).result(10)
    add(office, "之后")
    assert names(office) == ["第一步", "之后"]
    assert offices.findings(office) == []


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO employer (id, name) VALUES (x'00', 'x')",
        "UPDATE place SET name = 'x'",
        "DELETE FROM writes",
        "DROP TABLE employer",
    ],
)
def test_a_reading_connection_cannot_write(office: Workspace, statement: str) -> None:
    with pytest.raises(OutsideError):
        office.database.read(lambda c: c.execute(statement))
    assert offices.findings(office) == []


def test_a_reader_sees_the_newest_save_and_never_half_of_one(office: Workspace) -> None:
    counts: list[int] = []
    stop = threading.Event()

    def count(connection: Connection) -> int:
        return int(connection.execute("SELECT count(*) FROM employer").fetchone()[0])

    def look() -> None:
        while not stop.is_set():
            counts.append(office.database.read(count))

    watching = threading.Thread(target=look)
    watching.start()
    for number in range(20):
        office.database.write(
            office.intent("employer.add"),
            lambda w, n=number: [w.insert("employer", {"name": f"{n}-{k}"}) for k in range(3)],
        )
        assert office.database.read(count) == 3 * (number + 1)
    stop.set()
    watching.join()
    assert counts
    assert all(found % 3 == 0 for found in counts)


def test_a_full_rollback_leaves_the_next_write_its_numbers(office: Workspace) -> None:
    """The failing write comes from a device nobody knows yet: that is forgotten, too."""

    def fails(connection: Connection) -> None:
        office.database._devices.number(b"x" * 16, "2026-03-01T00:00:00.000Z")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        office.database.local(fails)
    add(office, "之后")
    assert offices.findings(office) == []
    assert office.database.read(
        lambda c: c.execute("SELECT count(*) FROM device WHERE id = ?", (b"x" * 16,)).fetchone()
    ) == (0,)


def test_the_log_is_brought_into_the_file_while_saving_goes_on(office: Workspace) -> None:
    log = Path(f"{office.database.folder.database}-wal")
    page, remark = 4096, "门牌" * 4000
    for number in range(600):
        office.database.write(
            office.intent("employer.add"),
            lambda w, n=number: w.insert("employer", {"name": f"第{n}家", "remark": remark}),
        )
    # Each save writes its remark of six pages twice, into the row and into the change log.
    assert office.database.folder.database.stat().st_size > 600 * 10 * page
    assert log.stat().st_size < 3000 * page
    assert offices.findings(office) == []


def _insert_employer(write: Write, values: dict[str, str]) -> None:
    write.insert("employer", values)


def test_the_log_stays_short_though_somebody_always_reads(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two readers in turn: at no moment does nobody read, so the log would never begin anew."""
    huge, page = 2000, 4096
    monkeypatch.setattr(database, "_HUGE_LOG", huge)
    office.database._begins_anew_at = huge
    log, over = Path(f"{office.database.folder.database}-wal"), threading.Event()
    slow = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
        " SELECT count(*) FROM n, (SELECT count(*) FROM employer)"
    )
    reads = []

    def read() -> None:
        while not over.is_set():
            reads.append(office.database.read(lambda c: c.execute(slow).fetchone()))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()

    def steps(database: Database) -> Generator[None, None, None]:
        for number in range(150):
            values = {"name": f"第{number}家", "remark": "门牌" * 40_000}
            database.write_step(
                office.intent("list.import"), partial(_insert_employer, values=values)
            )
            yield

    try:
        office.database.run(steps).result()
    finally:
        over.set()
        for reader in readers:
            reader.join()
    # Some 150 x 120 pages were written, and everybody went on reading.
    assert office.database.folder.database.stat().st_size > 4 * huge * page
    assert log.stat().st_size < 2.5 * huge * page
    assert len(reads) > 3
    assert offices.findings(office) == []
