"""Outcomes pressed faster than the disk: each waits, and means the door at which it was pressed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Press:
    """A digit; `employer` is the unit it was pressed at, None for the door that comes next."""

    digit: str
    employer: bytes | None


class Pressed:
    """The presses that wait, oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Press] = []

    def add(self, digit: str, employer: bytes | None) -> None:
        """One more has to wait."""
        self._waiting.append(Press(digit, employer))

    @property
    def first(self) -> Press | None:
        """The one whose turn it is."""
        return self._waiting[0] if self._waiting else None

    def take(self) -> None:
        """Its turn is over."""
        self._waiting.pop(0)

    def forget(self) -> None:
        """Something has to be looked at first: none of them counts."""
        self._waiting.clear()
