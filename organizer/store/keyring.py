"""keyring.json: the wrapped database key, one slot for each way in. Copied with every backup."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from organizer import crypto
from organizer.crypto import Cost, Wrapped
from organizer.errors import DatabaseDamaged, NotFound, WrongPassword
from organizer.store.driver import translated

VERSION = 1


@dataclass(frozen=True)
class Slot:
    """One way in: an account's password or the printed recovery sheet."""

    kind: str
    account: bytes
    name: str
    wrapped: Wrapped

    @property
    def header(self) -> bytes:
        """What the wrapped key is bound to, so that slots cannot be swapped or weakened."""
        cost = self.wrapped.cost
        bound = [self.kind, self.account, self.name, cost.memory_kib, cost.passes, cost.lanes]
        return msgspec.json.encode(bound)


@dataclass(frozen=True)
class Keyring:
    """All slots of a data folder; `file` is the id of the database they open."""

    file: bytes
    slots: tuple[Slot, ...]
    version: int = VERSION

    def names(self) -> tuple[str, ...]:
        """The accounts that can open the file with a password."""
        return tuple(slot.name for slot in self.slots if slot.kind == "password")

    def unlock(self, name: str, password: str) -> tuple[bytes, bytes]:
        """The key and the account; raises `NotFound` or `WrongPassword`."""
        for slot in self.slots:
            if slot.kind == "password" and slot.name == name:
                return crypto.unwrap_key(slot.wrapped, password, slot.header), slot.account
        raise NotFound("account.unknown", name=name)

    def recover(self, code: str) -> tuple[bytes, bytes]:
        """The key and the account whose sheet this is; raises `WrongPassword`."""
        secret = crypto.plain_recovery_code(code)
        for slot in self.slots:
            if slot.kind == "recovery":
                try:
                    return crypto.unwrap_key(slot.wrapped, secret, slot.header), slot.account
                except WrongPassword:
                    continue
        raise WrongPassword("account.wrong_recovery_code")

    def with_slot(self, slot: Slot) -> "Keyring":
        """This keyring with `slot` in place of the one of the same kind and account."""
        kept = tuple(
            old for old in self.slots if (old.kind, old.account) != (slot.kind, slot.account)
        )
        return Keyring(self.file, (*kept, slot), self.version)

    def without(self, account: bytes) -> "Keyring":
        """This keyring without any way in for an account."""
        kept = tuple(slot for slot in self.slots if slot.account != account)
        return Keyring(self.file, kept, self.version)


@dataclass(frozen=True)
class _Head:
    """What every version of the file has, read before anything else of it is believed."""

    version: int


def make_slot(
    kind: str, account: bytes, name: str, key: bytes, secret: str, cost: Cost | None = None
) -> Slot:
    """A slot that wraps `key` under `secret`."""
    cost = cost or Cost()
    header = Slot(kind, account, name, Wrapped(b"", b"", b"", cost)).header
    return Slot(kind, account, name, crypto.wrap_key(key, secret, header, cost))


def read(file: Path) -> Keyring:
    """The keyring; raises `NotFound` when there is none, `DatabaseDamaged` when it is no keyring."""
    if not file.exists():
        raise NotFound("office.none", folder=file.parent)
    with translated(file):
        content = file.read_bytes()
    try:
        if msgspec.json.decode(content, type=_Head).version > VERSION:
            raise DatabaseDamaged("store.newer_schema", file=file)
        keyring = msgspec.json.decode(content, type=Keyring)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DatabaseDamaged("store.keyring_damaged", file=file) from error
    if not keyring.slots or not all(_is_sound(slot.wrapped) for slot in keyring.slots):
        raise DatabaseDamaged("store.keyring_damaged", file=file)
    return keyring


def _is_sound(wrapped: Wrapped) -> bool:
    # A cost out of all reason would stop the machine before the wrong header is noticed.
    cost = wrapped.cost
    return (
        len(wrapped.salt) >= 8
        and len(wrapped.nonce) == 12
        and 1 <= cost.lanes <= 16
        and 1 <= cost.passes <= 64
        and 8 * cost.lanes <= cost.memory_kib <= 2**20
    )


def write(file: Path, keyring: Keyring) -> None:
    """Store the keyring atomically and durably."""
    partial = file.with_suffix(".partial")
    with translated(file):
        with open(partial, "wb", opener=_for_owner_only) as out:
            out.write(msgspec.json.format(msgspec.json.encode(keyring), indent=1))
            out.flush()
            os.fsync(out.fileno())
        partial.replace(file)
        sync_folder(file.parent)


def _for_owner_only(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the file system can."""
    if os.name == "nt":
        return
    # What is named there is in place by now; not every file system can sync a folder.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
