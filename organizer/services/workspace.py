"""An unlocked office: who works, on which file, with which code lists. Every service takes one."""

import contextlib
import functools
import os
from datetime import date, datetime
from pathlib import Path

from organizer import i18n, resources
from organizer.domain import access
from organizer.domain.access import Permission, Sight
from organizer.domain.codelist import CodeList
from organizer.domain.division import Divisions
from organizer.errors import Conflict, DeviceMissing, InvalidInput, NotAllowed, NotFound
from organizer.store import audit, places
from organizer.store.accounts import Account, Office
from organizer.store.database import Database
from organizer.store.transaction import Intent


class Workspace:
    """What a service needs to act for a person."""

    def __init__(self, database: Database, account: Account, office: Office) -> None:
        self.database = database
        self.account = account
        self.office = office
        self.failed_backup: tuple[str, str] | None = None
        """When and why the last try of this sitting failed: a full disk cannot note it."""

    def require(self, permission: Permission, at: str | None = None) -> None:
        """Raises `NotAllowed` unless the account may do this (at the division with code `at`)."""
        if not access.grants(self.account.role, permission):
            raise NotAllowed("access.not_allowed", account=self.account.name)
        if not access.covers(self.account.division_code, at):
            raise NotAllowed("access.outside_scope", account=self.account.name)

    @property
    def sight(self) -> Sight:
        """What the account may see."""
        return Sight(self.account.division_code, access.sees_departments(self.account.role))

    @property
    def sees_departments(self) -> bool:
        """Whether the account sees figures that other departments gave (税务, 社保)."""
        return self.sight.departments

    def intent(self, name: str, *, source: str | None = None, run: bytes | None = None) -> Intent:
        """A write of this account."""
        return Intent(name, self.account.id, source, run)

    @property
    def today(self) -> date:
        """The day in Shanghai."""
        return datetime.fromtimestamp(self.database.now_ms / 1000, i18n.SHANGHAI).date()

    @property
    def now(self) -> str:
        """The instant as stored: UTC, ISO 8601."""
        return audit.instant(self.database.now_ms)

    @functools.cached_property
    def divisions(self) -> Divisions:
        """The divisions as this office knows them: the bundled ones with its own changes."""
        return Divisions.from_rows(self.database.read(places.divisions))

    def forget_divisions(self) -> None:
        """Read the divisions anew when they are next asked for."""
        self.__dict__.pop("divisions", None)

    @property
    def known_areas(self) -> frozenset[str]:
        """County codes as they begin resident ids."""
        return _known_areas()

    def codes(self, name: str) -> CodeList:
        """A code list by its file name."""
        return _code_list(name)

    def id_of(self, table: str, text: str) -> bytes:
        """A record's id typed as hex; raises `InvalidInput` or `NotFound`."""
        try:
            row = bytes.fromhex(text)
        except ValueError as error:
            raise InvalidInput("record.bad_id", field="id", value=text) from error
        if not self.database.read(
            lambda c: c.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row,)).fetchone()
        ):
            raise NotFound("record.unknown", value=text)
        return row

    def close(self) -> None:
        """Close the file."""
        self.database.close()


@functools.cache
def _known_areas() -> frozenset[str]:
    rows = resources.rows("divisions", "liaoning_2023.csv")
    return frozenset(row["code"] for row in rows if len(row["code"]) == 6)


@functools.cache
def _code_list(name: str) -> CodeList:
    return CodeList.from_rows(
        name,
        resources.rows("codelists", f"{name}.csv"),
        (row for row in resources.rows("codelists", "synonyms.csv") if row["list"] == name),
    )


def check_source(source: str) -> None:
    """Raises `InvalidInput` for what is no source of facts."""
    known = {row["code"]: row["label"] for row in resources.rows("codelists", "fact_source.csv")}
    if source not in known:
        choices = i18n.listed(f"“{code}”{label}" for code, label in known.items())
        raise InvalidInput("import.unknown_source", field="source", value=source, known=choices)


def _for_owner_only(name: str, flags: int) -> int:
    # Papers hold personal data, the recovery sheet opens everything.
    return os.open(name, flags, 0o600)


def refuse_taken(out: Path) -> None:
    """Raises `Conflict` for a file that is there, `DeviceMissing` for a folder that is not."""
    try:
        if out.exists():
            raise Conflict("paper.file_exists", file=out)
        ready = out.parent.is_dir()
    except OSError as error:
        raise DeviceMissing("paper.not_written", file=out) from error
    if not ready:
        raise DeviceMissing("paper.not_written", file=out)


def write_new(out: Path, content: bytes) -> None:
    """Write a file that must not exist yet; raises `Conflict` or `DeviceMissing`."""
    try:
        with open(out, "xb", opener=_for_owner_only) as file:
            file.write(content)
            file.flush()
            # A record or a keyring is about to rely on it.
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise Conflict("paper.file_exists", file=out) from error
    except OSError as error:
        # A full disk has taken half of it.
        with contextlib.suppress(OSError):
            out.unlink()
        raise DeviceMissing("paper.not_written", file=out) from error
