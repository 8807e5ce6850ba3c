"""Signing up (入会): what is typed becomes a person's record, or a sentence at the field.

会籍管理办法 art. 5: one applies in one's own name; who has no id number at hand may still join, but
cannot be entered in the provincial registry. Minimum age 16 (劳动法 第十五条).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from organizer.domain.dates import parse_date
from organizer.domain.note import Note
from organizer.domain.person_name import parse_name
from organizer.domain.phone import parse_mobile
from organizer.domain.resident_id import age_on, parse_resident_id
from organizer.errors import InvalidInput

MINIMUM_AGE = 16
FULL_AGE = 18
_LIAONING = "21"

_PAPER_KINDS = {
    "resident": "resident_id",
    "residence_permit": "hmt_permit",
    "foreigner": "foreigner_card",
}


@dataclass(frozen=True)
class Typed:
    """A sign-up as typed. `coded` are answers from code lists, already as codes.

    `born_on` counts only without an id number, which says the birth date itself.
    """

    name: str
    id_number: str = ""
    phone: str = ""
    coded: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    migrant: bool | None = None
    born_on: str = ""


@dataclass(frozen=True)
class Applicant:
    """A person's fields as stored, and what was normalised or should be known."""

    values: Mapping[str, object]
    notes: tuple[Note, ...]

    @property
    def id_number(self) -> str | None:
        """The id number; None when it is handed in later."""
        number = self.values.get("id_number")
        return str(number) if number else None


def read_applicant(
    typed: Typed, *, today: date, known_areas: frozenset[str], pua: Mapping[str, str]
) -> Applicant:
    """Check and normalise what was typed; raises `InvalidInput` at the first field that is wrong."""
    name = parse_name(typed.name, pua=pua)
    notes = list(name.notes)
    values: dict[str, object] = {"name": name.name, **typed.coded, **typed.texts}
    if typed.id_number.strip():
        # Only Liaoning's own counties are known; a number from elsewhere is nothing to remark on.
        areas = known_areas if typed.id_number.strip().startswith(_LIAONING) else frozenset()
        found = parse_resident_id(typed.id_number, today=today, known_areas=areas)
        notes += [*found.notes, *age_notes(found.born_on, today)]
        values |= {
            "paper_kind": _PAPER_KINDS[found.kind],
            "id_number": found.number,
            "born_on": found.born_on.isoformat(),
            "sex": {"男": "1", "女": "2"}[found.sex],
        }
    else:
        notes.append(Note("signup.no_id_number"))
        if born_on := read_birth_date(typed.born_on, today=today):
            notes += age_notes(born_on, today, field="born_on")
            values["born_on"] = born_on.isoformat()
    if typed.phone.strip():
        mobile = parse_mobile(typed.phone, field="phone")
        values["phone"] = mobile.number
        notes += mobile.notes
    elif not typed.id_number.strip():
        raise InvalidInput("signup.no_phone", field="phone")
    if typed.migrant is not None:
        values["migrant"] = int(typed.migrant)
    return Applicant({key: value for key, value in values.items() if value != ""}, tuple(notes))


def read_birth_date(text: str, *, today: date) -> date | None:
    """A birth date typed by somebody who has no id number at hand; None when nothing is typed.

    Raises `InvalidInput` (field `born_on`) for what is no day or has not come yet.
    """
    born_on = parse_date(text, field="born_on")
    if born_on is not None and born_on > today:
        raise InvalidInput("signup.not_born_yet", field="born_on", day=born_on.isoformat())
    return born_on


def age_notes(born_on: date, today: date, *, field: str = "id_number") -> list[Note]:
    """What the age means: under 16 raises `InvalidInput` at `field`, under 18 is remarked on."""
    age = age_on(born_on, today)
    if age < MINIMUM_AGE:
        raise InvalidInput("signup.too_young", field=field, age=age)
    return [Note("signup.minor", {"age": age})] if age < FULL_AGE else []
