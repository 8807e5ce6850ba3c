"""How hard a password is to guess, in words: length first, then what everybody tries.

Length counts more than odd characters (NIST SP 800-63B, 5.1.1); a sentence beats a word with a digit.
"""

import itertools
from enum import StrEnum

_TRIED = (
    "password",
    "qwerty",
    "12345",
    "abc123",
    "admin",
    "iloveyou",
    "woaini",
    "5201314",
    "88888",
)
_FAIR, _GOOD = 10, 14


class Strength(StrEnum):
    """What to say about a password, worst first; `SHORT` is not accepted."""

    SHORT = "short"
    COMMON = "common"
    SAME = "same"
    NAMED = "named"
    PLAIN = "plain"
    FAIR = "fair"
    GOOD = "good"


def strength(password: str, names: tuple[str, ...], least: int) -> Strength:
    """Judge a password; `names` are what others would try first: the account, the office.

    `least` is the shortest length that is accepted, in characters.
    """
    folded = password.lower()
    if len(password) < least:
        return Strength.SHORT
    if len(set(folded)) <= 3 or _is_run(folded):
        return Strength.SAME
    if any(word in folded for word in _TRIED) and len(password) < _GOOD:
        return Strength.COMMON
    if any(len(name) >= 2 and name.lower() in folded for name in names):
        return Strength.NAMED
    if password.isdigit() and len(password) < _GOOD:
        return Strength.PLAIN
    # A hanzi is worth about two Latin letters.
    weight = len(password) + sum(not letter.isascii() for letter in password)
    if weight >= _GOOD:
        return Strength.GOOD
    return Strength.FAIR if weight >= _FAIR else Strength.PLAIN


def _is_run(text: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in itertools.pairwise(text)}
    return steps in ({1}, {-1})
