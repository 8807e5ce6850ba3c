"""All cryptography of the program: key wrapping, salted digests, chains. No other module has any.

Keys: one random 256-bit key per data folder; each way in (password, recovery code) wraps it with a
key derived by Argon2id (RFC 9106) under AES-256-GCM, the slot's header as associated data.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from organizer.errors import WrongPassword

# No 0/O, 1/I/L: the code is read from paper.
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_GROUPS = 8
_CODE_GROUP_LENGTH = 5


@dataclass(frozen=True)
class Cost:
    """Argon2id parameters; the default takes about half a second on an office laptop."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True)
class Wrapped:
    """A key under a secret: what a slot stores besides its header."""

    salt: bytes
    nonce: bytes
    box: bytes
    cost: Cost


def new_key() -> bytes:
    """A random 256-bit database key."""
    return secrets.token_bytes(32)


def wrap_key(key: bytes, secret: str, header: bytes, cost: Cost) -> Wrapped:
    """Wrap `key` under a password or recovery code, bound to `header`."""
    salt, nonce = os.urandom(16), os.urandom(12)
    box = AESGCM(_derive(secret, salt, cost)).encrypt(nonce, key, header)
    return Wrapped(salt, nonce, box, cost)


def unwrap_key(wrapped: Wrapped, secret: str, header: bytes) -> bytes:
    """The wrapped key; raises `WrongPassword` for a wrong secret or a changed header."""
    derived = _derive(secret, wrapped.salt, wrapped.cost)
    try:
        return AESGCM(derived).decrypt(wrapped.nonce, wrapped.box, header)
    except InvalidTag as error:
        raise WrongPassword("account.wrong_password") from error


def new_recovery_code() -> tuple[str, ...]:
    """Eight groups of five characters: about 198 bits, readable from paper."""
    letters = [secrets.choice(_CODE_LETTERS) for _ in range(_CODE_GROUPS * _CODE_GROUP_LENGTH)]
    size = _CODE_GROUP_LENGTH
    return tuple("".join(letters[i : i + size]) for i in range(0, len(letters), size))


def plain_recovery_code(typed: str) -> str:
    """A recovery code as typed, without spaces, hyphens and case."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def salted_digest(salt: bytes, value: bytes) -> bytes:
    """SHA-256 of a value under its own salt: provable while both exist, silent once erased."""
    return hashlib.sha256(salt + value).digest()


def subject_hash(salt: bytes, subject: bytes) -> bytes:
    """Keyed hash by which an erased person is known again without being named."""
    return hmac.new(salt, subject, hashlib.sha256).digest()


def chain(previous: bytes, *parts: bytes) -> bytes:
    """The next link of a hash chain; parts are length-prefixed so that none can slide."""
    link = hashlib.sha256(previous)
    for part in parts:
        link.update(len(part).to_bytes(8, "big"))
        link.update(part)
    return link.digest()


def digest(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def random_bytes(count: int) -> bytes:
    """Bytes from the system's random source."""
    return os.urandom(count)


def _derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    return Argon2id(
        salt=salt,
        length=32,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(secret.encode("utf-8"))
