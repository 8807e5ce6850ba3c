"""Making an office, unlocking it, and coming back with the recovery sheet."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from organizer import crypto, paths
from organizer.crypto import Cost
from organizer.domain.access import Role
from organizer.domain.division import level_of
from organizer.errors import Conflict, DatabaseDamaged, InvalidInput, NotFound
from organizer.paths import DataFolder
from organizer.services.workspace import Workspace, write_new
from organizer.store import accounts, audit, keyring, places, search
from organizer.store.database import Clock, Database, held
from organizer.store.driver import Connection
from organizer.store.keyring import Keyring, Slot
from organizer.store.transaction import Intent, Write

SHORTEST_PASSWORD = 8


@dataclass(frozen=True)
class NewOffice:
    """What the first account chooses."""

    name: str
    division_code: str
    account: str
    password: str


@dataclass(frozen=True)
class Made:
    """A new office, open, and the recovery code that is printed once and kept nowhere."""

    workspace: Workspace
    recovery_code: tuple[str, ...]


def new_office(
    folder: DataFolder,
    wanted: NewOffice,
    *,
    sheet: Path,
    cost: Cost | None = None,
    clock: Clock | None = None,
) -> Made:
    """Make an empty office with its first account (管理员) and print its recovery sheet to `sheet`.

    Raises `Conflict` when the folder has an office, `UserError` for an unsafe folder,
    `InvalidInput` for a weak password or an unknown division.
    """
    paths.refuse_unsafe_folder(folder.root)
    if folder.keyring.exists():
        raise Conflict("office.exists", folder=folder.root)
    if not wanted.name.strip():
        raise InvalidInput("office.no_name", field="name")
    if not wanted.account.strip():
        raise InvalidInput("account.no_name", field="account")
    check_password(wanted.password)
    if all(code != wanted.division_code for code, *_ in places.bundled_divisions()):
        raise InvalidInput("office.no_division", field="division", value=wanted.division_code)
    paths.make_folder(folder.root)
    with held(folder):
        _set_aside(folder)
    database = Database(folder, key := crypto.new_key(), clock)
    try:
        _seed(database)
        account = database.write(Intent("office.new", None), lambda w: _lay_down(w, wanted))
        code = crypto.new_recovery_code()
        slots = _slots(account, wanted.account, key, wanted.password, code, cost)
        workspace = _workspace(database, account)
        with _printed_sheet(workspace, code, sheet):
            # The keyring comes last: without it the folder does not count as an office.
            keyring.write(folder.keyring, Keyring(database.read(_file_id), slots))
        return Made(workspace, code)
    except BaseException:
        database.close()
        _clear_away(folder)
        raise


def unlock(
    folder: DataFolder,
    name: str,
    password: str,
    *,
    clock: Clock | None = None,
    mending: bool = False,
) -> Workspace:
    """Open the office; raises `NotFound`, `WrongPassword`, `DatabaseLocked`, `DatabaseDamaged`.

    Opened for `mending`, an empty file takes the place of lost attachments.
    """
    paths.refuse_unsafe_folder(folder.root)
    key, account = _ring(folder).unlock(name, password)
    return _open(folder, key, account, "office.unlock", clock, mending=mending)


def identify(folder: DataFolder, name: str, password: str) -> bytes:
    """The account this password belongs to, without opening the file; raises as `unlock`."""
    _key, account = _ring(folder).unlock(name, password)
    return account


def recover(
    folder: DataFolder, code: str, password: str, *, sheet: Path, cost: Cost | None = None
) -> Workspace:
    """Open with the recovery sheet, set a new password and print a new sheet; the old one is void.

    Raises `WrongPassword`, `InvalidInput` for a weak password, `Conflict` when `sheet` exists.
    """
    check_password(password)
    ring = _ring(folder)
    key, account = ring.recover(code)
    # Lost attachments must not keep out who has no other way in; a check counts them.
    workspace = _open(folder, key, account, "office.recover", None, mending=True)
    try:
        fresh = crypto.new_recovery_code()
        name = workspace.account.name
        for slot in _slots(account, name, key, password, fresh, cost):
            ring = ring.with_slot(slot)
        with _printed_sheet(workspace, fresh, sheet):
            keyring.write(folder.keyring, ring)
        return workspace
    except BaseException:
        workspace.close()
        raise


def _slots(
    account: bytes, name: str, key: bytes, password: str, code: tuple[str, ...], cost: Cost | None
) -> tuple[Slot, Slot]:
    return (
        keyring.make_slot("password", account, name, key, password, cost),
        keyring.make_slot("recovery", account, name, key, "".join(code), cost),
    )


def refuse_in_use(folder: DataFolder) -> None:
    """Raises `DatabaseLocked` when a program has this folder open."""
    if folder.lock.exists():
        with held(folder):
            return


def account_names(folder: DataFolder) -> tuple[str, ...]:
    """The accounts that can unlock the office."""
    return _ring(folder).names()


def check_password(password: str) -> None:
    """Raises `InvalidInput` for a password that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput("account.weak_password", field="password", least=SHORTEST_PASSWORD)


def _seed(database: Database) -> None:
    def lay(connection: Connection) -> None:
        connection.execute(
            "INSERT OR IGNORE INTO this_file (key, value) VALUES ('file', ?)",
            (crypto.random_bytes(16),),
        )
        connection.execute(
            "INSERT OR IGNORE INTO this_file (key, value) VALUES ('salt', ?)",
            (crypto.random_bytes(16),),
        )
        places.seed_divisions(connection, places.bundled_divisions())
        rows = [row for (row,) in connection.execute("SELECT id FROM place ORDER BY n")]
        places.place_paths(connection, rows)
        search.index(connection, database.pinyin, "place", rows)

    database.local(lay)


def _lay_down(write: Write, wanted: NewOffice) -> bytes:
    level = level_of(wanted.division_code)
    write.insert(
        "office", {"name": wanted.name, "division_code": wanted.division_code, "level": level}
    )
    return write.insert(
        "account", {"name": wanted.account, "role": Role.ADMINISTRATOR, "division_code": ""}
    )


def _open(
    folder: DataFolder,
    key: bytes,
    account: bytes,
    action: str,
    clock: Clock | None,
    *,
    mending: bool,
) -> Workspace:
    if not folder.database.exists():
        raise NotFound("office.no_database", folder=folder.root)
    if not folder.database.stat().st_size:
        # The driver would take it for a new file and fill it.
        raise DatabaseDamaged("store.damaged", file=folder.database)
    database = Database(folder, key, clock, mending=mending)
    try:
        workspace = _workspace(database, account)
        database.record(audit.Entry(action, account))
        return workspace
    except BaseException:
        database.close()
        raise


def _workspace(database: Database, account: bytes) -> Workspace:
    who = database.read(lambda c: accounts.account(c, account))
    office = database.read(accounts.office)
    if who is None or office is None:
        raise DatabaseDamaged("store.foreign", file=database.folder.database)
    return Workspace(database, who, office)


def _file_id(connection: Connection) -> bytes:
    row = connection.execute("SELECT value FROM this_file WHERE key = 'file'").fetchone()
    return bytes(row[0])


def _ring(folder: DataFolder) -> Keyring:
    if folder.database.exists() and not folder.keyring.exists():
        raise NotFound("office.no_keyring", folder=folder.root)
    return keyring.read(folder.keyring)


@contextmanager
def _printed_sheet(workspace: Workspace, code: tuple[str, ...], sheet: Path) -> Iterator[None]:
    """A sheet on disk while the keyring it belongs to is written; a void one must not stay."""
    _print_sheet(workspace, code, sheet)
    try:
        yield
    except BaseException:
        sheet.unlink(missing_ok=True)
        raise


def _print_sheet(workspace: Workspace, code: tuple[str, ...], sheet: Path) -> None:
    # Late: reportlab is not needed to unlock.
    from organizer.forms.fonts import FontSet
    from organizer.forms.recovery import recovery_sheet

    office, account = workspace.office.name, workspace.account.name
    pdf = recovery_sheet(office, account, code, workspace.today, FontSet())
    write_new(sheet, pdf)


def _files(folder: DataFolder) -> Iterator[Path]:
    for file in (folder.database, folder.attachments):
        for suffix in ("", "-wal", "-shm"):
            yield file.with_name(f"{file.name}{suffix}")


def _clear_away(folder: DataFolder) -> None:
    # Half an office would stand in the way of the next try.
    for file in _files(folder):
        file.unlink(missing_ok=True)


def _set_aside(folder: DataFolder) -> None:
    """Files without a keyring are half an office, or a whole one whose keyring is in a backup."""
    if folder.keyring.exists():
        raise Conflict("office.exists", folder=folder.root)
    number = next(n for n in itertools.count(1) if not (folder.root / f"aside-{n}").exists())
    left = [file for file in _files(folder) if file.exists()]
    if left:
        paths.make_folder(aside := folder.root / f"aside-{number}")
        for file in left:
            file.rename(aside / file.name)
