"""Pinyin for searching: initials and full readings of names, from a per-character table.

Clerks type "zgh" for 张国华. A character read in several ways (盖 is gai or ge) gives several
variants, so that each of them finds the name; only the first character varies, the rest take their
usual reading, and words read unlike their characters (银行) stand in a small table.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

MOST_VARIANTS = 4
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class PinyinTable:
    """Toneless readings (ü is v); build once, it is only read afterwards.

    `readings`: character → its readings, the usual one first. `surnames`: surname → its readings
    as a surname, one syllable per character, parted by spaces. `phrases`: word → its reading.
    """

    def __init__(
        self,
        readings: Mapping[str, tuple[str, ...]],
        surnames: Mapping[str, tuple[str, ...]],
        phrases: Mapping[str, str],
    ) -> None:
        self._readings = readings
        self._surnames = surnames
        self._phrases = {word: tuple(reading.split()) for word, reading in phrases.items()}
        self._phrase_starts = frozenset(word[0] for word in phrases)
        words = sorted(phrases, key=len, reverse=True)
        self._phrase_pattern = re.compile("|".join(map(re.escape, words)) or r"(?!)")
        self._usual = {char: known[0] for char, known in readings.items()}
        self._usual |= {char: char for char in _LATIN}

    @classmethod
    def from_rows(
        cls,
        readings: Iterable[Mapping[str, str]],
        surnames: Iterable[Mapping[str, str]],
        phrases: Iterable[Mapping[str, str]],
    ) -> "PinyinTable":
        """Build from the rows of `readings.csv`, `surnames.csv` and `phrases.csv`."""
        table: dict[str, tuple[str, ...]] = {}
        for row in readings:
            known = tuple(row["readings"].split("|"))
            table.update(dict.fromkeys(row["chars"], known))
        return cls(
            table,
            {row["surname"]: tuple(row["readings"].split("|")) for row in surnames},
            {row["phrase"]: row["reading"] for row in phrases},
        )

    def initials(self, text: str, *, person: bool = False) -> tuple[str, ...]:
        """First letters, all variants of the first character, at most four; 张国华 → ("zgh",).

        `person`: the surname reading comes first. Digits and Latin letters pass through in lower
        case; what has no reading is left out; nothing readable gives ().
        """
        return _distinct("".join([word[0] for word in line]) for line in self._lines(text, person))

    def full(self, text: str, *, person: bool = False) -> tuple[str, ...]:
        """Whole readings without spaces, variants as in `initials`; 张国华 → ("zhangguohua",)."""
        return _distinct("".join(line) for line in self._lines(text, person))

    def spellings(
        self, text: str, *, person: bool = False
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """`initials` and `full` at once."""
        lines = self._lines(text, person)
        initials = _distinct("".join([word[0] for word in line]) for line in lines)
        return initials, _distinct("".join(line) for line in lines)

    def _lines(self, text: str, person: bool) -> list[list[str]]:
        text = unicodedata.normalize("NFKC", text).lower().lstrip()
        if not text:
            return []
        rest = self._syllables(text)
        first = self._readings.get(text[0])
        surname = text[:2] if text[:2] in self._surnames else text[0]
        named = self._surnames.get(surname)
        if named is None and (first is None or len(first) == 1):
            return [rest] if rest else []
        as_surname = [[*reading.split(), *rest[len(surname) :]] for reading in named or ()]
        usual = [rest] if first else []
        others = [[reading, *rest[1:]] for reading in first or ()]
        return [*as_surname, *usual, *others] if person else [*usual, *as_surname, *others]

    def _syllables(self, text: str) -> list[str]:
        usual = self._usual
        if self._phrase_starts.isdisjoint(text):
            return [usual[char] for char in text if char in usual]
        found: list[str] = []
        start = 0
        for word in self._phrase_pattern.finditer(text):
            found += [usual[char] for char in text[start : word.start()] if char in usual]
            found += self._phrases[word.group()]
            start = word.end()
        return found + [usual[char] for char in text[start:] if char in usual]


def _distinct(variants: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, variants)))[:MOST_VARIANTS]
