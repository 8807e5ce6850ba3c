"""Offices for tests: real encrypted files, made once and copied, with cheap keys.

A copy lies in another folder and therefore begins its own incarnation; copies share office, account
and key, as the machines of one office do.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from organizer import crypto
from organizer.crypto import Cost
from organizer.paths import DataFolder
from organizer.services.office import checking, opening
from organizer.services.office.opening import NewOffice
from organizer.services.workspace import Workspace
from organizer.store import changelog, driver, keyring
from organizer.store.changelog import LoggedWrite
from organizer.store.database import Clock, Database
from organizer.store.driver import Connection

ACCOUNT = "张管理"
PASSWORD = "a-test-password"
DIVISION = "210106003"
"""工人村街道 of 铁西区, 沈阳市."""

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


@dataclass(frozen=True)
class Template:
    """A closed office to copy, and the recovery code of its sheet."""

    root: Path
    recovery_code: tuple[str, ...]


def make_office(
    folder: Path,
    *,
    name: str = "工人村街道总工会",
    division: str = DIVISION,
    account: str = ACCOUNT,
    password: str = PASSWORD,
    clock: Clock | None = None,
) -> opening.Made:
    """A new office in `folder`, open; takes more than a second. Its sheet lies beside the folder."""
    return opening.new_office(
        DataFolder(folder),
        NewOffice(name, division, account, password),
        sheet=folder.parent / f"{folder.name} sheet.pdf",
        cost=CHEAP,
        clock=clock,
    )


def make_template(folder: Path) -> Template:
    """An office to be copied, closed."""
    made = make_office(folder)
    made.workspace.close()
    return Template(folder, made.recovery_code)


def copy_office(source: Path, folder: Path) -> DataFolder:
    """A copy of a closed office, as on another machine; open it with `open_office`."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.lock"))
    return DataFolder(folder)


def open_office(folder: Path, *, clock: Clock | None = None) -> Workspace:
    """Unlock an office made by `make_office` or copied."""
    return opening.unlock(DataFolder(folder), ACCOUNT, PASSWORD, clock=clock)


def add_unit(workspace: Workspace, name: str = "样例商行") -> bytes:
    """A unit of which only the name is known."""
    return workspace.database.write(
        workspace.intent("employer.add"), lambda write: write.insert("employer", {"name": name})
    )


class TickingClock:
    """An instant that tests set; every look moves it on by a millisecond."""

    def __init__(self, now_ms: int = 1_772_500_000_000) -> None:
        self.at = now_ms

    def now_ms(self) -> int:
        """The next instant."""
        self.at += 1
        return self.at

    def clock(self) -> Clock:
        """What a database is opened with."""
        return Clock(self.now_ms)


@contextmanager
def bare_copies(count: int) -> Iterator[list[Database]]:
    """Files of one key with nothing in them, each an incarnation of its own; quickly made."""
    key = crypto.new_key()
    with tempfile.TemporaryDirectory() as root, ExitStack() as stack:
        opened = []
        for number in range(count):
            folder = Path(root) / str(number)
            folder.mkdir()
            opened.append(stack.enter_context(closing(Database(DataFolder(folder), key))))
        yield opened


def writes_of(database: Database) -> list[LoggedWrite]:
    """The whole log of an office, as it travels."""
    return database.exclusive(lambda c, devices, _pinyin: list(changelog.read_writes(c, devices)))


def exchange(one: Database, other: Database) -> None:
    """Each receives everything the other has written or received."""
    sent, back = writes_of(one), writes_of(other)
    other.receive(sent)
    one.receive(back)


def findings(workspace: Workspace) -> list[str]:
    """What `database check` finds, as codes."""
    return [finding.code for finding in checking.check(workspace).findings]


def raw(folder: DataFolder, ring_password: str = PASSWORD) -> Connection:
    """A connection behind the program's back, as somebody with the key could make."""
    key, _account = keyring.read(folder.keyring).unlock(ACCOUNT, ring_password)
    return driver.connect(folder.database, key)
