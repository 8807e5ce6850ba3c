"""One write path: what is written is read back, logged, audited, and every tampering is found."""

from dataclasses import replace
from pathlib import Path

import pytest

from organizer import crypto
from organizer.domain.changes import Op
from organizer.services import finding
from organizer.services.office import checking
from organizer.services.workspace import Workspace
from organizer.store import changelog, employers
from organizer.store.changelog import Devices
from organizer.store.driver import Connection
from organizer.store.transaction import Write
from tests.support import offices

UNIT = {"name": "工人村样例五金商行", "phone": "02499990001", "address": "工人村样例路1号"}


def add_unit(workspace: Workspace, **fields: str) -> bytes:
    return workspace.database.write(
        workspace.intent("employer.add"), lambda w: w.insert("employer", {**UNIT, **fields})
    )


def change_unit(workspace: Workspace, row: bytes, **fields: str | None) -> None:
    workspace.database.write(
        workspace.intent("employer.edit"), lambda w: w.set("employer", row, fields)
    )


def value(workspace: Workspace, row: bytes, name: str) -> object:
    return workspace.database.read(
        lambda c: c.execute(f"SELECT {name} FROM employer WHERE id = ?", (row,)).fetchone()[0]
    )


def count(workspace: Workspace, table: str) -> int:
    return workspace.database.read(
        lambda c: int(c.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    )


def sizes(workspace: Workspace) -> tuple[int, ...]:
    tables = ("employer", "writes", "change", "audit", "search_entry", "search_term")
    return tuple(count(workspace, table) for table in tables)


def test_what_is_written_is_read_back_and_the_file_checks_clean(office: Workspace) -> None:
    row = add_unit(office, uscc="91210100TEST")
    change_unit(office, row, phone="02499990002", remark="节假日不开门")
    office.database.write(
        office.intent("employer.retire"), lambda w: w.retire("employer", row, "2026-03-01")
    )
    assert value(office, row, "name") == UNIT["name"]
    assert value(office, row, "phone") == "02499990002"
    assert value(office, row, "remark") == "节假日不开门"
    assert value(office, row, "retired_on") == "2026-03-01"
    assert finding.find(office, "样例五金") == []
    changes = [
        (logged.change.op, logged.change.field)
        for write in offices.writes_of(office.database)[-3:]
        for logged in write.changes
    ]
    assert changes == [
        (Op.INSERT, ""),
        (Op.SET, "phone"),
        (Op.SET, "remark"),
        (Op.RETIRE, "retired_on"),
    ]
    assert offices.findings(office) == []


def test_every_write_has_one_log_row_one_audit_link_and_an_actor(office: Workspace) -> None:
    before = count(office, "writes"), count(office, "audit")
    row = add_unit(office)
    change_unit(office, row, phone="02499990002")
    assert (count(office, "writes"), count(office, "audit")) == (before[0] + 2, before[1] + 2)
    told = office.database.read(
        lambda c: c.execute(
            "SELECT a.action, a.actor, a.detail_digest = w.digest FROM writes w"
            " JOIN audit a ON a.subject = w.id ORDER BY w.n DESC LIMIT 2"
        ).fetchall()
    )
    me = office.account.id
    assert told == [("employer.edit", me, 1), ("employer.add", me, 1)]


def test_saying_what_is_there_already_writes_nothing(office: Workspace) -> None:
    row = add_unit(office)
    before = sizes(office)
    change_unit(office, row, phone=UNIT["phone"])
    assert sizes(office) == before


def test_an_unknown_field_is_refused_and_leaves_nothing(office: Workspace) -> None:
    row = add_unit(office)
    before = sizes(office)
    with pytest.raises(KeyError, match="lucky_number"):
        change_unit(office, row, phone="02499990003", lucky_number="8")
    with pytest.raises(KeyError, match="lucky_number"):
        add_unit(office, lucky_number="8")
    assert sizes(office) == before
    assert value(office, row, "phone") == UNIT["phone"]


def test_a_failing_body_rolls_back_row_log_index_and_audit(office: Workspace) -> None:
    before = sizes(office)

    def fails(write: Write) -> None:
        write.insert("employer", {"name": "半途样例商行"})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        office.database.write(office.intent("employer.add"), fails)
    assert sizes(office) == before
    assert finding.find(office, "半途样例") == []
    row = add_unit(office)
    assert value(office, row, "name") == UNIT["name"]
    assert offices.findings(office) == []


TAMPERINGS = {
    "a value in the log": (
        "UPDATE change SET value = replace(value, '02499990001', '02466660006')"
        " WHERE tbl = 'employer' AND op = 'insert'",
        {"check.value"},
    ),
    "a value without its salt": (
        "UPDATE change SET value = replace(value, '02499990001', '02466660006'), salt = NULL"
        " WHERE tbl = 'employer' AND op = 'insert'",
        {"check.value"},
    ),
    "who wrote": (
        "UPDATE writes SET actor = NULL WHERE name = 'employer.add'",
        {"check.write"},
    ),
    "what a change was built on": (
        "UPDATE change SET bases = '' WHERE field = 'phone'",
        {"check.write", "check.conflict"},
    ),
    "a write's digest": (
        "UPDATE writes SET digest = randomblob(32) WHERE name = 'employer.add'",
        {"check.write", "check.unaudited"},
    ),
    "when something was done": (
        "UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE action = 'employer.add'",
        {"check.audit"},
    ),
    "a link taken out of the audit": (
        "DELETE FROM audit WHERE action = 'employer.add'",
        {"check.audit", "check.unaudited"},
    ),
    "a shared row": (
        "UPDATE employer SET phone = '02466660006'",
        {"check.replay"},
    ),
    "a shared row added": (
        "INSERT INTO employer (id, name) VALUES (randomblob(16), '暗中添加商行')",
        {"check.replay", "check.index"},
    ),
    "a shared row removed": (
        "DELETE FROM employer",
        {"check.replay", "check.index"},
    ),
    "the newest write taken out of the log": (
        "DELETE FROM change WHERE write_n = (SELECT max(n) FROM writes)",
        {"check.write", "check.replay"},
    ),
    "an earlier change taken out": (
        "DELETE FROM change WHERE tbl = 'employer' AND op = 'insert'",
        {"check.write", "check.gap", "check.replay"},
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_behind_the_programs_back_is_found(
    office: Workspace, tmp_path: Path, name: str
) -> None:
    row = add_unit(office)
    change_unit(office, row, phone="02499990002")
    office.close()
    statement, expected = TAMPERINGS[name]
    tamper(office, statement)
    with_eyes_open = offices.open_office(tmp_path / "office")
    assert set(offices.findings(with_eyes_open)) == expected
    with_eyes_open.close()


def tamper(office: Workspace, *statements: str) -> None:
    connection = offices.raw(office.database.folder)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_write_forged_with_all_its_digests_breaks_with_the_audit(
    office: Workspace, tmp_path: Path
) -> None:
    """Who holds the key can recompute salted digests; the audit chain still knows the old one."""
    add_unit(office)
    office.close()
    connection = offices.raw(office.database.folder)
    forge(connection)
    connection.close()
    again = offices.open_office(tmp_path / "office")
    assert offices.findings(again) == ["check.unaudited"]
    again.close()


def forge(connection: Connection) -> None:
    write = list(changelog.read_writes(connection, Devices(connection)))[-1]
    (logged,) = write.changes
    told = {**logged.change.value, "phone": "02466660006"}
    digest = crypto.salted_digest(logged.salt or b"", changelog.encode_value(told))
    forged = replace(logged, change=replace(logged.change, value=told), digest=digest)
    whole = changelog.write_digest(replace(write, changes=(forged,)))
    text = changelog.encode_value(told).decode()
    connection.execute(
        "UPDATE change SET value = ?, digest = ? WHERE row = ?", (text, digest, logged.change.row)
    )
    connection.execute("UPDATE writes SET digest = ? WHERE id = ?", (whole, write.id))
    connection.execute("UPDATE employer SET phone = '02466660006'")


EMPTY_PAIRS = "INSERT INTO search_bigram (search_bigram) VALUES ('delete-all')"

SPOILINGS = {
    "emptied": (
        {"check.index", "check.facts", "check.paths", "check.conflict"},
        "DELETE FROM search_entry",
        "DELETE FROM search_term",
        EMPTY_PAIRS,
        "DELETE FROM fact_now",
        "DELETE FROM place_path",
        "DELETE FROM conflict",
    ),
    "saying something else": (
        {"check.index", "check.facts", "check.paths", "check.conflict"},
        "UPDATE search_entry SET text = 'x' WHERE tbl = 'employer'",
        "UPDATE fact_now SET fact = (SELECT id FROM fact WHERE observed_on < '2026-01-01')"
        " WHERE field = 'staff_total'",
        "UPDATE place_path SET path = '/1/' || path",
        "INSERT INTO conflict SELECT 'employer', id, 'remark' FROM employer LIMIT 1",
    ),
    "search terms lost": ({"check.index"}, "DELETE FROM search_term WHERE tier = 3"),
    "pairs lost": ({"check.index"}, EMPTY_PAIRS),
}


@pytest.mark.parametrize("name", SPOILINGS)
def test_rebuild_repairs_what_was_emptied_or_spoiled(
    office: Workspace, tmp_path: Path, name: str
) -> None:
    row = add_unit(office)
    observe(office, row)
    conflict_on(office, row, tmp_path)
    before = derived(office)
    assert before["conflict"]
    assert before["fact_now"]
    office.close()
    expected, *statements = SPOILINGS[name]
    tamper(office, *statements)
    again = offices.open_office(tmp_path / "office")
    assert set(offices.findings(again)) == expected
    assert checking.check(again, rebuild=True).findings == ()
    assert derived(again) == before
    assert [hit.id for hit in finding.find(again, "样例五金")] == [row]
    assert [hit.id for hit in finding.find(again, "grcylwjsh")] == [row]
    again.close()


def observe(workspace: Workspace, row: bytes) -> None:
    def body(write: Write) -> None:
        employers.observe(write, row, {"staff_total": "7"}, source="tax", on="2025-05-01")
        employers.observe(write, row, {"staff_total": "9"}, source="spoken", on="2026-02-01")

    workspace.database.write(workspace.intent("visit.record"), body)


def conflict_on(workspace: Workspace, row: bytes, tmp_path: Path) -> None:
    workspace.database.shrink()
    offices.copy_office(workspace.database.folder.root, tmp_path / "other")
    other = offices.open_office(tmp_path / "other")
    change_unit(workspace, row, phone="02499990008")
    change_unit(other, row, phone="02499990009")
    offices.exchange(workspace.database, other.database)
    other.close()


def derived(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """What the derived tables say, told without the numbers that a rebuild may give anew."""
    selects = {
        "conflict": "SELECT * FROM conflict",
        "fact_now": "SELECT * FROM fact_now",
        "place_path": "SELECT * FROM place_path",
        "search_entry": "SELECT tbl, row, text, terms FROM search_entry",
        "search_term": "SELECT t.tier, t.term, e.row FROM search_term t"
        " JOIN search_entry e ON e.n = t.entry",
        "search_bigram": "SELECT count(*) FROM search_bigram",
    }

    def query(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
        return {name: sorted(connection.execute(sql)) for name, sql in selects.items()}

    return workspace.database.read(query)
