"""The ways into an office: password, recovery sheet, and what stands in the way of everything else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from organizer.errors import (
    DatabaseDamaged,
    DatabaseLocked,
    InvalidInput,
    NotFound,
    OrganizerError,
    WrongPassword,
)
from organizer.paths import DataFolder
from organizer.services.office import opening
from organizer.services.workspace import Workspace
from organizer.store import keyring
from tests.support import offices
from tests.support.offices import ACCOUNT, CHEAP, PASSWORD, Template

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(office_template: Template, tmp_path: Path) -> DataFolder:
    """A closed office of this test's own."""
    return offices.copy_office(office_template.root, tmp_path / "office")


def change_keyring(folder: DataFolder, change: Callable[[dict[str, Any]], object]) -> None:
    ring = json.loads(folder.keyring.read_text("utf-8"))
    change(ring)
    folder.keyring.write_text(json.dumps(ring), "utf-8")


def refusal(folder: DataFolder, kind: type[OrganizerError], code: str) -> str:
    with pytest.raises(kind) as caught:
        opening.unlock(folder, ACCOUNT, PASSWORD).close()
    assert caught.value.code == code
    return caught.value.sentence()


def test_the_password_opens_and_a_wrong_one_does_not(folder: DataFolder) -> None:
    opening.unlock(folder, ACCOUNT, PASSWORD).close()
    with pytest.raises(WrongPassword) as caught:
        opening.unlock(folder, ACCOUNT, PASSWORD + " ")
    assert "密码不对" in caught.value.sentence()
    with pytest.raises(NotFound) as nobody:
        opening.unlock(folder, "没有这个人", PASSWORD)
    assert "没有这个人" in nobody.value.sentence()
    opening.unlock(folder, ACCOUNT, PASSWORD).close()


def test_no_key_and_no_password_lies_in_the_keyring(folder: DataFolder) -> None:
    key, _account = keyring.read(folder.keyring).unlock(ACCOUNT, PASSWORD)
    content = folder.keyring.read_bytes()
    assert key not in content
    assert key.hex().encode() not in content.lower()
    assert PASSWORD.encode() not in content
    assert folder.database.read_bytes()[:15] != b"SQLite format 3"


@pytest.mark.parametrize(
    "typed", [" ".join, "-".join, "".join, lambda code: "-".join(code).lower()]
)
def test_the_recovery_code_opens_however_it_is_typed(
    folder: DataFolder,
    office_template: Template,
    tmp_path: Path,
    typed: Callable[[tuple[str, ...]], str],
) -> None:
    code = typed(office_template.recovery_code)
    recover(folder, f" {code} ", tmp_path / "new sheet.pdf").close()
    opening.unlock(folder, ACCOUNT, "another-password").close()
    with pytest.raises(WrongPassword):
        opening.unlock(folder, ACCOUNT, PASSWORD)
    # A sheet serves once: whoever found it in a drawer has nothing.
    with pytest.raises(WrongPassword):
        recover(folder, code, tmp_path / "third sheet.pdf")


def recover(folder: DataFolder, code: str, sheet: Path) -> Workspace:
    return opening.recover(folder, code, "another-password", sheet=sheet, cost=CHEAP)


def test_a_wrong_recovery_code_changes_nothing(
    folder: DataFolder, office_template: Template, tmp_path: Path
) -> None:
    before = folder.keyring.read_bytes()
    sheet = tmp_path / "new sheet.pdf"
    wrong = ("22222", *office_template.recovery_code[1:])
    with pytest.raises(WrongPassword) as caught:
        recover(folder, "-".join(wrong), sheet)
    assert "恢复码不对" in caught.value.sentence()
    right = "-".join(office_template.recovery_code)
    with pytest.raises(InvalidInput):
        opening.recover(folder, right, "short", sheet=sheet, cost=CHEAP)
    assert folder.keyring.read_bytes() == before
    assert not sheet.exists()


TAMPERINGS: dict[str, Callable[[dict[str, Any]], object]] = {
    "cheaper": lambda slot: slot["wrapped"]["cost"].update(passes=2),
    "less memory": lambda slot: slot["wrapped"]["cost"].update(memory_kib=32),
    "another kind": lambda slot: slot.update(kind="share"),
    "another account": lambda slot: slot.update(account="AAAAAAAAAAAAAAAAAAAAAA=="),
    "another salt": lambda slot: slot["wrapped"].update(salt="AAAAAAAAAAAAAAAAAAAAAA=="),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_slot_that_was_tampered_with_does_not_open(folder: DataFolder, name: str) -> None:
    change_keyring(folder, lambda ring: TAMPERINGS[name](ring["slots"][0]))
    with pytest.raises((WrongPassword, NotFound)):
        opening.unlock(folder, ACCOUNT, PASSWORD)


def test_a_slot_under_another_name_does_not_open(folder: DataFolder) -> None:
    change_keyring(folder, lambda ring: ring["slots"][0].update(name="冒名"))
    with pytest.raises(WrongPassword):
        opening.unlock(folder, "冒名", PASSWORD)


UNSOUND: dict[str, Callable[[dict[str, Any]], object]] = {
    "memory of a mainframe": lambda w: w["cost"].update(memory_kib=2**40),
    "endless": lambda w: w["cost"].update(passes=10**9),
    "no lanes": lambda w: w["cost"].update(lanes=0),
    "negative": lambda w: w["cost"].update(memory_kib=-1),
    "no salt": lambda w: w.update(salt=""),
    "short nonce": lambda w: w.update(nonce="AAAA"),
    "no base64": lambda w: w.update(box="!"),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_a_slot_that_makes_no_sense_is_called_damaged(folder: DataFolder, name: str) -> None:
    change_keyring(folder, lambda ring: UNSOUND[name](ring["slots"][0]["wrapped"]))
    assert "钥匙文件" in refusal(folder, DatabaseDamaged, "store.keyring_damaged")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"version": 1}', b"\xff\xfe\x00", b"PK\x03\x04"]
)
def test_a_damaged_keyring_is_called_damaged(folder: DataFolder, content: bytes) -> None:
    folder.keyring.write_bytes(content)
    assert "从备份恢复" in refusal(folder, DatabaseDamaged, "store.keyring_damaged")


@pytest.mark.parametrize("shape", [{}, {"slots": {"by": "another rule"}}])
def test_a_keyring_of_a_newer_program_asks_for_the_upgrade(
    folder: DataFolder, shape: dict[str, Any]
) -> None:
    change_keyring(folder, lambda ring: ring.update(version=2, **shape))
    assert "升级程序" in refusal(folder, DatabaseDamaged, "store.newer_schema")


def test_a_database_of_a_newer_program_asks_for_the_upgrade(folder: DataFolder) -> None:
    connection = offices.raw(folder)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('organizer', 'step_of_next_year', '2027-01-01')"
    )
    connection.close()
    assert "升级程序" in refusal(folder, DatabaseDamaged, "store.newer_schema")


def test_the_keyring_of_another_office_does_not_open_this_one(
    folder: DataFolder, tmp_path: Path
) -> None:
    other = offices.make_office(tmp_path / "other")
    other.workspace.close()
    theirs = other.workspace.database.folder
    mine = folder.keyring.read_bytes()
    folder.keyring.write_bytes(theirs.keyring.read_bytes())
    theirs.keyring.write_bytes(mine)
    for swapped in (folder, theirs):
        assert "钥匙不配套" in refusal(swapped, DatabaseDamaged, "store.foreign")
    theirs.keyring.write_bytes(folder.keyring.read_bytes())
    opening.unlock(theirs, ACCOUNT, PASSWORD).close()


def test_the_attachments_of_another_office_are_refused(folder: DataFolder, tmp_path: Path) -> None:
    other = offices.make_office(tmp_path / "other")
    other.workspace.close()
    folder.attachments.write_bytes(other.workspace.database.folder.attachments.read_bytes())
    assert "钥匙不配套" in refusal(folder, DatabaseDamaged, "store.foreign")


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 400])
def test_a_foreign_file_in_place_of_the_database_is_refused_and_kept(
    folder: DataFolder, content: bytes
) -> None:
    folder.database.write_bytes(content)
    with pytest.raises(DatabaseDamaged) as caught:
        opening.unlock(folder, ACCOUNT, PASSWORD)
    assert caught.value.code in {"store.foreign", "store.damaged"}
    assert "备份" in caught.value.sentence()
    assert folder.database.read_bytes() == content


def test_what_is_missing_is_named(folder: DataFolder, tmp_path: Path) -> None:
    folder.database.unlink()
    assert folder.root.name in refusal(folder, NotFound, "office.no_database")
    empty = DataFolder(tmp_path / "nothing here")
    assert "nothing here" in refusal(empty, NotFound, "office.none")


SECOND_PROGRAM = """
import sys
from pathlib import Path
from organizer.errors import OrganizerError
from tests.support.offices import open_office
try:
    open_office(Path(sys.argv[1])).close()
    print("opened")
except OrganizerError as error:
    print(error.code, error.exit_code, error.sentence())
"""


def second_program(folder: DataFolder) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SECOND_PROGRAM, str(folder.root)],
        cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=True,
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout.strip()


def test_a_second_program_on_the_same_file_is_told_so(office: Workspace) -> None:
    folder = office.database.folder
    with pytest.raises(DatabaseLocked) as caught:
        offices.open_office(folder.root)
    assert "另一个程序" in caught.value.sentence()
    told = second_program(folder)
    assert told.startswith("store.two_programs 2 ")
    assert "另一个程序" in told
    office.close()
    assert second_program(folder) == "opened"
