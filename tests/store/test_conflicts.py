"""Several copies of one office: nothing is lost, disagreement is shown, all copies end up alike."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.domain import ids
from organizer.services.workspace import Workspace
from organizer.store import changelog, facts, integrity
from organizer.store.changelog import LoggedWrite
from organizer.store.database import Database
from organizer.store.driver import Connection
from organizer.store.transaction import Intent, Write
from tests.support import offices
from tests.support.offices import Template, bare_copies, exchange, writes_of

ME = b"a" * 16


def intent(name: str = "employer.edit") -> Intent:
    return Intent(name, ME)


def insert(database: Database, row: bytes | None = None, **fields: str) -> bytes:
    return database.write(intent(), lambda w: w.insert("employer", fields, row))


def edit(database: Database, row: bytes, **fields: object) -> None:
    database.write(intent(), lambda w: w.set("employer", row, fields))


def decide(database: Database, row: bytes, field: str, value: str) -> None:
    database.write(intent("conflict.decide"), lambda w: w.settle("employer", row, field, value))


def shown(database: Database, row: bytes, field: str) -> object:
    return database.read(
        lambda c: c.execute(f"SELECT {field} FROM employer WHERE id = ?", (row,)).fetchone()[0]
    )


def conflicts(database: Database) -> list[tuple[str, bytes, str]]:
    return database.read(lambda c: sorted(c.execute("SELECT tbl, row, field FROM conflict")))


def story(database: Database) -> tuple[object, ...]:
    """Everything about which copies must agree once they know the same writes."""

    def query(connection: Connection) -> tuple[object, ...]:
        return (
            integrity.fingerprints(connection),
            sorted(connection.execute("SELECT tbl, row, field FROM conflict")),
            sorted(connection.execute("SELECT employer, field, fact FROM fact_now")),
            sorted(connection.execute("SELECT tbl, row, text FROM search_entry")),
        )

    return database.read(query)


def faults(database: Database) -> list[integrity.Finding]:
    return database.exclusive(lambda c, devices, _pinyin: integrity.check(c, devices))


@pytest.fixture
def pair(office_template: Template, tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Two machines of one office."""
    opened = []
    for name in ("office", "other"):
        offices.copy_office(office_template.root, tmp_path / name)
        opened.append(offices.open_office(tmp_path / name))
    yield opened[0], opened[1]
    for workspace in opened:
        workspace.close()


def test_two_who_edit_one_field_disagree_until_somebody_decides(
    pair: tuple[Workspace, Workspace],
) -> None:
    one, other = (workspace.database for workspace in pair)
    row = insert(one, name="样例五金商行", phone="02499990001")
    exchange(one, other)
    edit(one, row, phone="02499990002")
    edit(other, row, phone="02499990003", remark="只有这里知道")
    exchange(one, other)
    assert conflicts(one) == conflicts(other) == [("employer", row, "phone")]
    # The later edit is shown on both, the earlier is not forgotten.
    assert shown(one, row, "phone") == shown(other, row, "phone") == "02499990003"
    assert shown(one, row, "remark") == "只有这里知道"
    decide(one, row, "phone", "02499990002")
    assert conflicts(one) == []
    exchange(one, other)
    assert conflicts(one) == conflicts(other) == []
    assert shown(one, row, "phone") == shown(other, row, "phone") == "02499990002"
    assert story(one) == story(other)
    assert [offices.findings(workspace) for workspace in pair] == [[], []]


def test_a_decision_for_the_value_that_is_shown_already_counts() -> None:
    with bare_copies(2) as (one, other):
        row = insert(one, phone="1")
        exchange(one, other)
        edit(one, row, phone="2")
        edit(other, row, phone="3")
        exchange(one, other)
        decide(one, row, "phone", str(shown(one, row, "phone")))
        exchange(one, other)
        assert conflicts(one) == conflicts(other) == []


def test_two_decisions_that_differ_are_a_conflict_again() -> None:
    with bare_copies(2) as (one, other):
        row = insert(one, phone="1")
        exchange(one, other)
        edit(one, row, phone="2")
        edit(other, row, phone="3")
        exchange(one, other)
        decide(one, row, "phone", "2")
        decide(other, row, "phone", "3")
        exchange(one, other)
        assert conflicts(one) == conflicts(other) == [("employer", row, "phone")]
        assert shown(one, row, "phone") == shown(other, row, "phone")


def test_two_who_say_the_same_agree() -> None:
    with bare_copies(2) as (one, other):
        row = insert(one, phone="1")
        exchange(one, other)
        edit(one, row, phone="2")
        edit(other, row, phone="2")
        exchange(one, other)
        assert conflicts(one) == conflicts(other) == []
        edit(one, row, phone="3")
        exchange(one, other)
        assert shown(other, row, "phone") == "3"
        assert conflicts(other) == []


def test_an_edit_of_a_row_that_both_took_from_one_list_is_no_disagreement() -> None:
    row = ids.derived_id("employer", "uscc", "a code")
    with bare_copies(2) as (one, other):
        insert(one, row, name="样例商行", phone="1")
        edit(one, row, phone="2")
        insert(other, row, name="样例商行", phone="1")
        exchange(one, other)
        assert conflicts(one) == conflicts(other) == []
        assert shown(one, row, "phone") == shown(other, row, "phone") == "2"


def test_what_one_list_leaves_out_the_other_may_say() -> None:
    row = ids.derived_id("employer", "uscc", "a code")
    with bare_copies(2) as (one, other):
        insert(one, row, name="样例商行", phone="1")
        insert(other, row, name="样例商行", legal_person="样例负责人")
        exchange(one, other)
        assert conflicts(one) == conflicts(other) == []
        assert shown(one, row, "legal_person") == "样例负责人"
        assert shown(other, row, "phone") == "1"


def test_lists_that_contradict_each_other_are_a_disagreement() -> None:
    row = ids.derived_id("employer", "uscc", "a code")
    with bare_copies(2) as (one, other):
        insert(one, row, name="样例商行", phone="1")
        insert(other, row, name="样例商行", phone="2")
        exchange(one, other)
        assert conflicts(one) == conflicts(other) == [("employer", row, "phone")]


def test_two_who_take_a_row_out_of_use_agree_whatever_the_day() -> None:
    with bare_copies(2) as (one, other):
        row = insert(one, name="样例商行")
        exchange(one, other)
        one.write(intent(), lambda w: w.retire("employer", row, "2026-03-01"))
        other.write(intent(), lambda w: w.retire("employer", row, "2026-03-02"))
        exchange(one, other)
        assert conflicts(one) == conflicts(other) == []
        assert shown(one, row, "retired_on") == shown(other, row, "retired_on") == "2026-03-02"


def test_writes_may_arrive_before_the_insert_and_twice() -> None:
    with bare_copies(2) as (one, other):
        row = insert(one, name="样例五金商行", phone="1")
        edit(one, row, phone="2")
        edit(one, row, phone="3")
        first, second, third = writes_of(one)
        assert other.receive([third]) == 1
        assert shown(other, row, "phone") == "3"
        assert other.receive([second, third]) == 1
        assert shown(other, row, "phone") == "3"
        assert conflicts(other) == []
        assert other.receive([third, second, first]) == 1
        before = story(other)
        assert other.receive([first, second, third, first]) == 0
        assert story(other) == before == story(one)
        assert faults(other) == []


def test_two_units_redirected_to_each_other_are_shown_as_one_on_every_copy() -> None:
    with bare_copies(2) as (one, other):
        a, b = insert(one, name="甲样例商行"), insert(one, name="乙样例商行")
        exchange(one, other)
        edit(one, a, merged_into=b)
        edit(other, b, merged_into=a)
        exchange(one, other)
        survivors = {
            database.read(lambda c, row=row: facts.survivor(c, "employer", row))
            for database in (one, other)
            for row in (a, b)
        }
        assert len(survivors) == 1
        assert story(one) == story(other)


ROWS = [ids.derived_id("employer", str(number)) for number in range(3)]
FIELDS = ("name", "phone", "merged_into", "retired_on")

copy_index = st.integers(0, 2)
row_index = st.integers(0, len(ROWS) - 1)
words = st.sampled_from(["甲样例", "乙样例", "丙样例"])
steps = st.one_of(
    st.tuples(st.just("insert"), copy_index, row_index, st.sampled_from(["name", "phone"]), words),
    st.tuples(st.just("set"), copy_index, row_index, st.sampled_from(["name", "phone"]), words),
    st.tuples(st.just("settle"), copy_index, row_index, st.sampled_from(["name", "phone"]), words),
    st.tuples(st.just("merge"), copy_index, row_index, row_index, words),
    st.tuples(st.just("retire"), copy_index, row_index, st.just(""), words),
    st.tuples(st.just("fact"), copy_index, row_index, st.sampled_from(["staff_total"]), words),
    st.tuples(st.just("deliver"), copy_index, copy_index, st.just(""), st.integers(0, 99)),
)


def act(databases: list[Database], step: tuple[str, int, int, object, object]) -> None:
    kind, copy, other, detail, told = step
    database = databases[copy % len(databases)]
    if kind == "deliver":
        deliver(database, databases[other % len(databases)], random.Random(str(told)))
        return

    def body(write: Write) -> None:
        row = ROWS[other]
        if kind == "insert" and not write.exists("employer", row):
            write.insert("employer", {str(detail): told}, row)
        elif not write.exists("employer", row):
            return
        elif kind == "set":
            write.set("employer", row, {str(detail): told})
        elif kind == "settle":
            write.settle("employer", row, str(detail), told)
        elif kind == "merge" and isinstance(detail, int):
            write.set("employer", row, {"merged_into": ROWS[detail] if detail != other else None})
        elif kind == "retire":
            write.retire("employer", row, f"2026-03-0{len(str(told))}")
        elif kind == "fact":
            write.insert(
                "fact",
                {
                    "employer": row, "field": detail, "value": told, "source": "spoken",
                    "observed_on": "2026-03-01",
                },
            )  # fmt: skip

    database.write(intent(kind), body)


def deliver(one: Database, other: Database, order: random.Random) -> None:
    """Some whole writes, in any order, some of them twice."""
    sent: list[LoggedWrite] = writes_of(one)
    if sent:
        other.receive(order.choices(sent, k=order.randint(1, 2 * len(sent))))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    program=st.lists(steps, min_size=3, max_size=25),
    count=st.integers(2, 3),
    seed=st.integers(0, 2**32),
)
def test_copies_that_know_the_same_writes_are_equal(
    program: list[tuple[str, int, int, object, object]], count: int, seed: int
) -> None:
    order = random.Random(seed)
    with bare_copies(count) as databases:
        for step in program:
            act(databases, step)
        everything = [write for database in databases for write in writes_of(database)]
        for database in databases:
            order.shuffle(everything)
            for write in everything:
                database.receive([write])
        stories = [story(database) for database in databases]
        assert all(told == stories[0] for told in stories)
        for database in databases:
            assert faults(database) == []
        assert replayed_in_any_order(databases[0], everything, order) == stories[0][:2]


def replayed_in_any_order(
    database: Database, writes: list[LoggedWrite], order: random.Random
) -> tuple[object, ...]:
    """The log replayed into an empty file, which never was a copy of this one."""
    shuffled = list(writes)
    order.shuffle(shuffled)

    def work(connection: Connection, devices: changelog.Devices, _pinyin: object) -> object:
        with integrity.replayed(connection, devices) as copy:
            return integrity.fingerprints(copy), sorted(copy.execute("SELECT * FROM conflict"))

    with bare_copies(1) as (empty,):
        empty.receive(shuffled)
        assert story(empty)[0] == story(database)[0]
    return database.exclusive(work)  # type: ignore[return-value]


def test_places_that_arrive_before_what_they_stand_in_find_their_path() -> None:
    with bare_copies(2) as (one, other):
        street = one.write(intent(), lambda w: w.insert("place", {"kind": "street", "name": "路"}))
        house = one.write(
            intent(),
            lambda w: w.insert("place", {"kind": "building", "name": "1号", "parent": street}),
        )
        one.write(
            intent(), lambda w: w.insert("place", {"kind": "door", "name": "1", "parent": house})
        )
        other.receive(writes_of(one)[::-1])
        assert faults(other) == []
        assert depths(other) == [3, 2, 1]


def depths(database: Database) -> list[int]:
    """How deep the places lie, in the order in which they arrived."""
    return database.read(
        lambda c: [
            path.count("/") - 1
            for (path,) in c.execute(
                "SELECT x.path FROM place p JOIN place_path x ON x.place = p.id ORDER BY p.n"
            )
        ]
    )
