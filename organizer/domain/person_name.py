"""Names of persons, kept as they stand on the card: nothing replaced without a note."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from organizer.domain.note import Note
from organizer.errors import InvalidInput

FIELD = "name"
# 民委发〔2016〕33号: systems must take names of at least 50 characters.
LONGEST_NAME = 50
INTERPUNCT = "\u00b7"

# Unified ideographs of all planes, the compatibility block and radicals used as characters;
# not the Kangxi radicals, which only look like ideographs (they come from copied PDF text).
_HANZI = "\u3007\u2e80-\u2eff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OTHER_INTERPUNCT = "•‧∙⋅．.・･"
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Marks that take no place on paper; they come with pasted text."""
# Not line ends: they part two names in one cell.
_BLANK = "[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_BLANKS_AMONG_HANZI = re.compile(rf"(?<=[{_HANZI}{INTERPUNCT}]){_BLANK}+(?=[{_HANZI}{INTERPUNCT}])")
_FALSE_INTERPUNCT = re.compile(
    rf"(?<=[{_HANZI}]){_BLANK}*[{_OTHER_INTERPUNCT}]{_BLANK}*(?=[{_HANZI}])"
)
_HANZI_NAME = re.compile(rf"[{_HANZI}]+(?:{INTERPUNCT}[{_HANZI}]+)*")
# Papers of foreigners carry Latin names.
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_LATIN_NAME = re.compile(rf"[{_LATIN}]+(?:[ ,.'’-]+[{_LATIN}]+)*\.?")
_COMPOUND_SURNAME = re.compile(
    "欧阳|百里|淳于|澹台|第五|东方|独孤|端木|段干|公孙|公西|公羊|公冶|赫连|呼延|皇甫|"
    "乐正|令狐|闾丘|慕容|纳兰|南宫|南门|濮阳|亓官|上官|申屠|司空|司寇|司马|司徒|太史|"
    "太叔|拓跋|完颜|万俟|尉迟|闻人|巫马|西门|夏侯|鲜于|轩辕|宇文|长孙|钟离|仲孙|诸葛|"
    "颛孙|宗政|左丘"
)


@dataclass(frozen=True)
class PersonName:
    """A name that can stand on a card, and what was changed on the way."""

    name: str
    notes: tuple[Note, ...] = ()


def parse_name(text: str, *, pua: Mapping[str, str]) -> PersonName:
    """The name behind what was typed; callers ask the person about every note.

    `pua` maps private-use characters of old systems to standard ones (see `pua_table`).
    Raises `InvalidInput` (field `name`) for what cannot stand on a card: ?, *, Latin letters
    between hanzi, control characters, unknown private-use characters, more than 50 characters.
    """
    name, notes = _with_standard_characters(text, pua)
    for code, change in _CHANGES:
        changed = change(name)
        if changed != name:
            notes.append(Note(code, {"typed": name, "name": changed}))
        name = changed
    if not name:
        raise InvalidInput("name.empty", field=FIELD)
    if len(name) > LONGEST_NAME:
        raise InvalidInput("name.too_long", field=FIELD, length=len(name), longest=LONGEST_NAME)
    if _LATIN_NAME.fullmatch(name):
        notes.append(Note("name.latin_only"))
    elif not _HANZI_NAME.fullmatch(name):
        raise InvalidInput("name.not_as_on_card", field=FIELD, characters=_offending(name))
    return PersonName(name, tuple(notes))


def pua_table(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Private-use character → standard character, from rows with `legacy_pua` and `char`."""
    return {chr(int(row["legacy_pua"].removeprefix("U+"), 16)): row["char"] for row in rows}


def surname(name: str) -> str:
    """The surname of a hanzi name: two characters when compound, otherwise the first one."""
    return name[:2] if len(name) > 2 and _COMPOUND_SURNAME.match(name) else name[:1]


def _with_standard_characters(text: str, pua: Mapping[str, str]) -> tuple[str, list[Note]]:
    notes = []
    for character in dict.fromkeys(_PRIVATE_USE.findall(text)):
        codepoint = f"U+{ord(character):04X}"
        if character not in pua:
            raise InvalidInput("name.private_use", field=FIELD, codepoint=codepoint)
        text = text.replace(character, pua[character])
        notes.append(
            Note("name.private_use", {"codepoint": codepoint, "character": pua[character]})
        )
    return text, notes


def _without_blanks(name: str) -> str:
    """Without the blanks that align two-character names; words of Latin names keep one."""
    return re.sub(f"{_BLANK}+", " ", _BLANKS_AMONG_HANZI.sub("", name.strip()))


_CHANGES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("name.invisible", lambda name: INVISIBLE.sub("", name)),
    ("name.interpunct", lambda name: _FALSE_INTERPUNCT.sub(INTERPUNCT, name)),
    ("name.spaces", _without_blanks),
)


def _offending(name: str) -> str:
    """What does not belong in a hanzi name, invisible characters by their code point."""
    others = dict.fromkeys(re.sub(f"[{_HANZI}{INTERPUNCT} ]", "", name))
    shown = (f"U+{ord(c):04X}" if unicodedata.category(c)[0] in "CZ" else c for c in others)
    return "".join(shown) or INTERPUNCT
