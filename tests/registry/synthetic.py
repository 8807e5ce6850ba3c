"""Plainly synthetic persons."""

from collections.abc import Callable
from datetime import date

from organizer.registry.row import RegistryMember

MakeMember = Callable[..., RegistryMember]


def resident_id(born_on: date, serial: int) -> str:
    """A synthetic id number with area 219900 and a right check digit."""
    body = f"219900{born_on:%Y%m%d}{serial:03d}"
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]
