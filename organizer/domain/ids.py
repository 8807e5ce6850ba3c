"""Identity: ids that people create, ids that follow from shared data, and causal time.

An id is 16 bytes. What a person creates gets a UUIDv7 (RFC 9562); what follows from shared data gets
the UUIDv5 of its natural path, so that the same list read on two machines gives the same ids.
"""

import hashlib
import secrets
import uuid

_NAMESPACE = uuid.UUID("6f7267a9-0000-5000-8000-6c6961e5ae81").bytes
_COUNTER_BITS = 16

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and letters nobody takes for each other on paper: no 0/O, no 1/I."""


def new_id(at_ms: int) -> bytes:
    """A UUIDv7 of the instant `at_ms` (milliseconds since 1970)."""
    raw = bytearray(at_ms.to_bytes(6, "big") + secrets.token_bytes(10))
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return bytes(raw)


def derived_id(kind: str, *path: str) -> bytes:
    """The UUIDv5 of a natural path such as `("employer", "uscc", "91…")`."""
    name = "\x1f".join((kind, *path)).encode("utf-8")
    raw = bytearray(hashlib.sha1(_NAMESPACE + name, usedforsecurity=False).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x50
    raw[8] = raw[8] & 0x3F | 0x80
    return bytes(raw)


def is_derived(identity: bytes) -> bool:
    """Whether an id follows from shared data, so that every machine makes the same."""
    return identity[6] >> 4 == 5


def short_id(identity: bytes) -> str:
    """Eight letters printed on paper to find the record again (no 0/O, 1/I)."""
    number = int.from_bytes(hashlib.sha256(identity).digest()[:5], "big")
    return "".join(LETTERS[number >> shift & 31] for shift in range(35, -1, -5))


class HybridClock:
    """Hybrid logical clock: never runs backwards, never falls behind what it has seen.

    For display and for the default shown while in conflict; it never discards a value.
    """

    def __init__(self, latest: int = 0) -> None:
        self.latest = latest

    def tick(self, now_ms: int) -> int:
        """The time of a new change (milliseconds << 16 | counter)."""
        self.latest = max(self.latest + 1, now_ms << _COUNTER_BITS)
        return self.latest

    def observe(self, seen: int) -> None:
        """Move past the time of a change that came from elsewhere."""
        self.latest = max(self.latest, seen)


def instant_ms(hlc: int) -> int:
    """The wall-clock part of a hybrid time, in milliseconds."""
    return hlc >> _COUNTER_BITS
