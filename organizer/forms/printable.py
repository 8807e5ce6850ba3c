"""The gate before any paper: every character of every field is drawn by a font that ships."""

import unicodedata
from collections.abc import Mapping

from organizer.errors import InvalidInput
from organizer.forms.fonts import FontSet, codepoint

_CODES = {
    "Co": "form.private_use",
    "Cc": "form.control_character",
    "Cf": "form.control_character",
    "Zl": "form.control_character",
    "Zp": "form.control_character",
}


def check_printable(
    fields: Mapping[str, str], fonts: FontSet, labels: Mapping[str, str] | None = None
) -> None:
    """Refuse text that would print as a box, before anything is printed.

    `fields` maps field names to text, `labels` field names to what the form calls them. Raises
    `InvalidInput` whose `field` is the first field at fault, with the facts `label`, `character`
    and `codepoint`: `form.missing_glyph` when no shipped font has the character (GB 18030-2022
    level 3 is covered whole), `form.private_use` for characters of old systems' private area,
    `form.control_character` for invisible ones (line breaks, tabs, zero-width marks).
    """
    for field, text in fields.items():
        for character in fonts.missing_characters(text):
            raise InvalidInput(
                _CODES.get(unicodedata.category(character), "form.missing_glyph"),
                field=field,
                label=(labels or {}).get(field, field),
                character=character,
                codepoint=codepoint(character),
            )
