"""A few digits to come back within one sitting; they live in memory only, under Argon2id."""

import itertools
from dataclasses import dataclass

from organizer import crypto
from organizer.crypto import Cost, Wrapped
from organizer.errors import InvalidInput, WrongPassword

SHORTEST, LONGEST = 4, 6
TRIES = 5
_HEADER = b"short code"


@dataclass(frozen=True)
class ShortCode:
    """A chosen code; the digits themselves are kept nowhere."""

    _wrapped: Wrapped

    @classmethod
    def of(cls, digits: str, cost: Cost | None = None) -> "ShortCode":
        """Keep a code; `InvalidInput` unless it is 4 to 6 digits that are no row like 1234."""
        check(digits)
        return cls(crypto.wrap_key(crypto.new_key(), digits, _HEADER, cost or Cost()))

    def opens(self, digits: str) -> bool:
        """Whether these are the digits; takes as long as unlocking with the password."""
        try:
            crypto.unwrap_key(self._wrapped, digits, _HEADER)
        except WrongPassword:
            return False
        return True


def check(digits: str) -> None:
    """Raises `InvalidInput` for a code that is too short, too long, no number or easily guessed."""
    if not (digits.isascii() and digits.isdigit() and SHORTEST <= len(digits) <= LONGEST):
        raise InvalidInput("account.short_code", field="code", least=SHORTEST, most=LONGEST)
    steps = {int(after) - int(before) for before, after in itertools.pairwise(digits)}
    if steps in ({0}, {1}, {-1}):
        raise InvalidInput("account.short_code_simple", field="code")
