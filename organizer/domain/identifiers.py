"""What all identifiers share: cleaning of typed codes, damaged cells, suggestions of a repair."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from organizer.domain.note import Note
from organizer.errors import InvalidInput

MOST_SUGGESTIONS = 5

_HALF_WIDTH = {0xFF01 + offset: chr(0x21 + offset) for offset in range(0x5E)}
_HALF_WIDTH[0x3000] = " "
# Zero-width characters and direction marks come along when text is copied from chat programs.
_BLANK = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_APOSTROPHE = re.compile("^['`\u2018\u2019]+")
_HYPHEN = re.compile("[-\u2010-\u2015\u2212]")
_POWER_OF_TEN = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]{2,3}")
# Pairs of characters that are taken for each other in handwriting and on poor copies.
_LOOK_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        *("06", "08", "17", "27", "35", "38", "49", "56", "68"),
        *("0D", "0Q", "8B", "6G", "1L", "1J", "7T", "CG", "EF", "MN", "PR", "UY"),
    )
)


@dataclass(frozen=True)
class Cleaned:
    """A typed code without its outer dirt, and what was removed."""

    text: str
    notes: tuple[Note, ...]


def half_width(text: str) -> str:
    """Full-width ASCII and the ideographic space as their half-width twins; nothing else."""
    return text.translate(_HALF_WIDTH)


def visible(text: str) -> str:
    """The text without invisible characters; each run of blanks becomes one space."""
    return _BLANK.sub(lambda run: " " if any(c.isspace() for c in run[0]) else "", text).strip()


def clean_code(text: str, area: str, *, strip_hyphens: bool = True) -> Cleaned:
    """A code without full-width forms, blanks, a leading apostrophe and hyphens.

    Each kind of change is a note `<area>.fullwidth`, `.spaces`, `.apostrophe`, `.hyphens`.
    Never for names: see `person_name`.
    """
    steps: list[tuple[str, Callable[[str], str]]] = [
        ("fullwidth", half_width),
        ("spaces", lambda value: _BLANK.sub("", value)),
        ("apostrophe", lambda value: _APOSTROPHE.sub("", value)),
    ]
    if strip_hyphens:
        steps.append(("hyphens", lambda value: _HYPHEN.sub("", value)))
    notes = []
    for name, change in steps:
        changed = change(text)
        if changed != text:
            notes.append(Note(f"{area}.{name}"))
        text = changed
    return Cleaned(text, tuple(notes))


def refuse_damaged_number(value: object, field: str) -> None:
    """Refuse a cell whose long number a spreadsheet has already cut.

    Spreadsheets keep 15 significant digits of a number; the rest became zeros and is lost.
    Accepted: text of any length, numbers of up to 15 digits.
    Raises `InvalidInput` for numbers of 16 or more digits and for text like 2.10102E+17.
    """
    if isinstance(value, str):
        damaged = bool(_POWER_OF_TEN.fullmatch(_BLANK.sub("", half_width(value))))
    else:
        damaged = isinstance(value, int | float) and not abs(value) < 10**15
    if damaged:
        raise InvalidInput("id.damaged_number", field=field, value=str(value))


def code_from_cell(value: object, field: str) -> str:
    """The text of a spreadsheet cell that holds a code; an empty cell gives "".

    Raises `InvalidInput` when the cell is damaged (see `refuse_damaged_number`).
    """
    refuse_damaged_number(value, field)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def parse_spreadsheet_id(value: object) -> str:
    """The text of an id number's cell, still to be parsed; raises like `code_from_cell`."""
    return code_from_cell(value, "id_number")


def single_edits(code: str, alphabet: str) -> Iterator[tuple[int, str]]:
    """All codes one slip away, each with a rank.

    0: two neighbours swapped; 1: a look-alike, or the check character (the last one) alone;
    2: any other character.
    """
    last = len(code) - 1
    for i in range(last):
        if code[i] != code[i + 1]:
            yield 0, code[:i] + code[i + 1] + code[i] + code[i + 2 :]
    for i, old in enumerate(code):
        for new in alphabet:
            if new != old:
                likely = i == last or frozenset((old, new)) in _LOOK_ALIKE
                yield 1 if likely else 2, code[:i] + new + code[i + 1 :]


def shortlist(ranked: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """The most plausible repairs: whole ranks, best first, at most `MOST_SUGGESTIONS`.

    A rank that does not fit is left out whole: nothing in it is likelier than the rest.
    """
    ranks: dict[int, list[str]] = {}
    for rank, candidate in ranked:
        ranks.setdefault(rank, []).append(candidate)
    chosen: list[str] = []
    for rank in sorted(ranks):
        if len(chosen) + len(ranks[rank]) > MOST_SUGGESTIONS:
            break
        chosen += ranks[rank]
    return tuple(chosen)


def replaced(text: str, table: Mapping[str, str]) -> str:
    """The text with single characters replaced by a table."""
    return "".join(table.get(character, character) for character in text)


def refusal(
    plain: str, likely: str, suggestions: tuple[str, ...], *, field: str, **facts: object
) -> InvalidInput:
    """The refusal `likely` that names the suggested repairs, or `plain` when there are none.

    The fact `suggestions` holds them as a tuple in both cases.
    """
    code = likely if suggestions else plain
    facts |= {"suggestions": suggestions, "likely": " 或 ".join(suggestions)}
    return InvalidInput(code, field=field, **facts)
