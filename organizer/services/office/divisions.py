"""Choosing a division before there is an office: by hanzi, pinyin initials, full pinyin or code."""

from collections.abc import Iterable
from dataclasses import dataclass

from organizer import resources
from organizer.domain.division import Division, Divisions
from organizer.domain.pinyin import PinyinTable
from organizer.store import places


@dataclass(frozen=True)
class DivisionChoice:
    """A division to choose: its code, its own name, and the names above it."""

    code: str
    name: str
    above: str


@dataclass(frozen=True)
class _Entry:
    choice: DivisionChoice
    whole: str
    initials: tuple[str, ...]
    full: tuple[str, ...]


class DivisionBook:
    """The bundled divisions with their readings; building it takes a few tenths of a second."""

    def __init__(self) -> None:
        rows = (
            {"code": code, "name": name, "parent_code": parent}
            for code, name, parent in places.bundled_divisions()
        )
        divisions = Divisions.from_rows(rows)
        pinyin = PinyinTable.from_rows(
            resources.rows("pinyin", "readings.csv"),
            resources.rows("pinyin", "surnames.csv"),
            resources.rows("pinyin", "phrases.csv"),
        )
        self._entries: list[_Entry] = []
        # Upper levels first, so that a short text finds the city before its villages.
        waiting: list[Division] = list(divisions.children(""))
        above = {division.code: "" for division in waiting}
        for division in waiting:
            path = above[division.code]
            choice = DivisionChoice(division.code, division.name, path)
            readings = pinyin.initials(division.name), pinyin.full(division.name)
            self._entries.append(_Entry(choice, path + division.name, *readings))
            for child in divisions.children(division.code):
                # Nobody writes the province in front of everything.
                above[child.code] = path + division.name if len(division.code) > 2 else path
                waiting.append(child)

    def find(self, text: str, limit: int = 12) -> list[DivisionChoice]:
        """Divisions that match, the best kind of match first, upper levels before lower ones."""
        query = "".join(text.lower().split())
        if not query:
            return []
        found: dict[str, DivisionChoice] = {}
        for matches in self._tiers(query):
            for entry in matches:
                found.setdefault(entry.choice.code, entry.choice)
                if len(found) >= limit:
                    return list(found.values())
        return list(found.values())

    def _tiers(self, query: str) -> Iterable[Iterable[_Entry]]:
        entries = self._entries
        if query.isdigit():
            yield (entry for entry in entries if entry.choice.code.startswith(query))
        elif query.isascii():
            yield (entry for entry in entries if _begins(query, (*entry.initials, *entry.full)))
        else:
            yield (entry for entry in entries if entry.choice.name.startswith(query))
            yield (entry for entry in entries if entry.whole.startswith(query))
            yield (entry for entry in entries if query in entry.whole)


def _begins(query: str, readings: tuple[str, ...]) -> bool:
    return any(reading.startswith(query) for reading in readings)
