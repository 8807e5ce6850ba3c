"""Administrative divisions: codes, names and the index over them.

Codes are those of the National Bureau of Statistics: 2, 4, 6, 9 or 12 digits for 省, 市, 县, 乡, 村,
the first six being GB/T 2260. An office may add divisions of its own: a code of the wanted length
and a suffix, `210106001001~A1`. Stored codes are never rewritten.
"""

import functools
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from organizer.domain import division_name
from organizer.domain.division_name import Level, Way
from organizer.errors import InvalidInput, NotFound

_CODE = re.compile(r"([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})(~[0-9A-Z]{1,8})?")
_LEVELS: dict[int, Level] = {2: "省", 4: "市", 6: "县", 9: "乡", 12: "村"}
_LENGTHS = (12, 9, 6, 4, 2)
FULL_LENGTH = 12
_NO_MATCH = 99

EVERY_TOWN = "*"
"""The scope of all township-level divisions, for a line that begins with one."""


def level_of(code: str) -> Level:
    """The level of a code, from its length; `InvalidInput` for what is no code."""
    found = _CODE.fullmatch(code)
    if not found:
        raise InvalidInput("place.division_code", field="division_code", code=code)
    return _LEVELS[len(found[1])]


def local_code(parent: str, name: str) -> str:
    """The code of a division that an office adds under `parent`: zeros and a suffix of its name.

    The same addition made on two machines gets the same code. `InvalidInput` below a village.
    """
    level_of(parent)
    digits = parent.partition("~")[0]
    longer = [length for length in _LENGTHS if length > len(digits)]
    if not longer:
        raise InvalidInput("place.below_village", field="parent", code=parent)
    plain = unicodedata.normalize("NFKC", name).strip()
    suffix = hashlib.sha256(f"{parent} {plain}".encode()).hexdigest()[:6].upper()
    return f"{digits.ljust(longer[0], '0')}~{suffix}"


def pad_code(code: str) -> str:
    """The code with 12 digits, as forms and batches want it: 210106 → 210106000000."""
    level_of(code)
    digits, mark, suffix = code.partition("~")
    return digits.ljust(FULL_LENGTH, "0") + mark + suffix


def trim_code(code: str) -> str:
    """The code without padding: 210106000000 → 210106, 210100 → 2101."""
    digits, mark, suffix = code.strip().partition("~")
    if not mark:
        for length in _LENGTHS[1:]:
            if len(digits) > length and not digits[length:].strip("0"):
                digits = digits[:length]
    level_of(digits + mark + suffix)
    return digits + mark + suffix


@dataclass(frozen=True, slots=True)
class Division:
    """A division; `level` is 省, 市, 县, 乡 or 村, `parent_code` is "" at the top."""

    code: str
    name: str
    level: Level
    parent_code: str

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> "Division":
        """A division from a row with code, name and parent_code."""
        return _division(row["code"], row["name"], row["parent_code"])


# Every office has nearly the same many thousand.
@functools.lru_cache(32_768)
def _division(code: str, name: str, parent_code: str) -> Division:
    return Division(code, name, level_of(code), parent_code)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way in which the division `code` may be written, and how sure that way is."""

    code: str
    way: Way


@dataclass(frozen=True, slots=True)
class Spellings:
    """What may be written next within a scope, and the lengths to try, longest first."""

    by_text: Mapping[str, tuple[Spelling, ...]]
    lengths: tuple[int, ...]

    def at(self, text: str, start: int) -> Iterable[tuple[str, tuple[Spelling, ...]]]:
        """The spellings that stand in `text` at `start`, longest first."""
        for length in self.lengths:
            written = text[start : start + length]
            if found := self.by_text.get(written):
                yield written, found


class Divisions:
    """The index over all divisions, built once; lookups build what they need on first use."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        self._by_code = {division.code: division for division in divisions}
        self._children: dict[str, list[Division]] = defaultdict(list)
        for division in self._by_code.values():
            self._children[division.parent_code].append(division)
        self._spellings: dict[str, Spellings] = {}
        self._by_stem: dict[str, list[Division]] = {}
        self._found: dict[tuple[str, str], tuple[Division, ...]] = {}

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> "Divisions":
        """The index over rows with the columns code, name and parent_code."""
        return cls(map(Division.from_row, rows))

    def __len__(self) -> int:
        return len(self._by_code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Division:
        """The division with this code, padded or not; `NotFound` when there is none."""
        try:
            return self._by_code.get(code) or self._by_code[trim_code(code)]
        except KeyError:
            raise NotFound("place.no_division", code=code) from None

    def name_of(self, code: str) -> str:
        """What a division is called; its code where it is out of use or merged, "" for ""."""
        return self.get(code).name if code in self else code

    def children(self, code: str) -> tuple[Division, ...]:
        """The divisions directly under `code` ("" for the top), in the order they were given."""
        return tuple(self._children.get(code, ()))

    def path(self, code: str) -> tuple[Division, ...]:
        """The divisions from the top down to `code`; `NotFound` for an unknown code."""
        division = self.get(code)
        above: list[Division] = [division]
        while parent := self._by_code.get(above[-1].parent_code):
            above.append(parent)
        return tuple(reversed(above))

    def path_names(self, code: str) -> tuple[str, ...]:
        """The names from the top down: 辽宁省, 沈阳市, 铁西区."""
        return tuple(division.name for division in self.path(code))

    def lies_within(self, code: str, outer: str) -> bool:
        """Whether `code` is `outer` or lies below it."""
        return any(division.code == outer for division in self.path(code))

    def find_by_name(self, name: str, within: str = "") -> tuple[Division, ...]:
        """The divisions below `within` called so, short forms included, by code.

        沈阳 finds 沈阳市, 工人村 finds 工人村街道, 新立村 finds 新立村村民委员会. Exact names win over
        other spellings, those over short forms, and among short forms the higher level; several
        results mean that the name is shared.
        """
        wanted = "".join(name.split())
        # A list says the same few names in all of its rows.
        if (wanted, within) not in self._found:
            self._found[wanted, within] = self._named(wanted, within)
        return self._found[wanted, within]

    def _named(self, wanted: str, within: str) -> tuple[Division, ...]:
        found: dict[int, list[Division]] = defaultdict(list)
        for division in self._with_stem(wanted):
            if not within or (division.code != within and self.lies_within(division.code, within)):
                found[self._distance(division, wanted)].append(division)
        found.pop(_NO_MATCH, None)
        return tuple(found[min(found)]) if found else ()

    def _distance(self, division: Division, wanted: str) -> int:
        if division.name == wanted:
            return 0
        if wanted in division_name.full_forms(division.name, division.level):
            return 1
        if wanted == division_name.stem(division.name, division.level):
            return len(division.code)
        return _NO_MATCH

    def _with_stem(self, wanted: str) -> list[Division]:
        if not self._by_stem:
            index: dict[str, list[Division]] = defaultdict(list)
            for code in sorted(self._by_code):
                division = self._by_code[code]
                index[division_name.stem(division.name, division.level)].append(division)
            self._by_stem = dict(index)
        stems = {wanted, *(division_name.stem(wanted, level) for level in _LEVELS.values())}
        return [division for stem in sorted(stems) for division in self._by_stem.get(stem, ())]

    def spellings(self, scope: str) -> Spellings:
        """How the divisions that may follow `scope` in an address are written.

        Two levels below, since 市 and 乡 are often left out; "" is the start of a line.
        """
        if scope not in self._spellings:
            self._spellings[scope] = self._collect_spellings(scope)
        return self._spellings[scope]

    def _collect_spellings(self, scope: str) -> Spellings:
        by_text: dict[str, dict[str, Way]] = defaultdict(dict)
        for division in self._candidates(scope):
            for text, way in division_name.written_forms(division.code, division.name,
                                                         division.level).items():  # fmt: skip
                by_text[text].setdefault(division.code, way)
            for text in self._without_owner(division):
                by_text[text].setdefault(division.code, "full")
        for text, code, way in division_name.other_names(scope):
            by_text[text].setdefault(code, way)
        return Spellings(
            {text: tuple(Spelling(*item) for item in codes.items())
             for text, codes in by_text.items()},
            tuple(sorted({len(text) for text in by_text}, reverse=True)),
        )  # fmt: skip

    def _candidates(self, scope: str) -> list[Division]:
        if scope == EVERY_TOWN:
            return [each for each in self._by_code.values() if each.level == "乡"]
        near = self.children(scope)
        found = [*near, *(below for each in near for below in self.children(each.code))]
        if not scope:
            found += [below for each in found if each.level == "市"
                      for below in self.children(each.code)]  # fmt: skip
        return found

    def _without_owner(self, division: Division) -> Iterable[str]:
        """沈阳市经济技术开发区 is written 经济技术开发区 after 沈阳市."""
        if division.level != "乡":
            return
        for owner in self.path(division.code)[1:-1]:
            rest = division.name.removeprefix(owner.name)
            if rest != division.name and len(rest) > 2:
                yield rest
