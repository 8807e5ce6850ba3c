"""Signing up (入会): what is typed becomes a person's record, or a sentence at the field.

会籍管理办法 art. 5: one applies in one's own name; who has no id number at hand may still join, but
cannot be entered in the provincial registry. Minimum age 16 (劳动法 第十五条).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from organizer.domain.dates import parse_date
from organizer.domain.note import Note
from organizer.domain.person_name import parse_name
from organizer.domain.phone import parse_mobile
from organizer.domain.resident_id import age_on, parse_resident_id
from organizer.domain.retirement import Ladder, retirement_note
from organizer.errors import InvalidInput

MINIMUM_AGE = 16
FULL_AGE = 18
_LIAONING = "21"

TEXTS = ("original_writing", "native_place", "platform", "station")
"""What is written in free words: how older systems write the name, where from, platform, station."""

SEXES = {"男": "1", "女": "2"}

_PAPER_KINDS = {
    "resident": "resident_id",
    "residence_permit": "hmt_permit",
    "foreigner": "foreigner_card",
}


@dataclass(frozen=True)
class Typed:
    """A sign-up as typed. `coded` are answers from code lists, already as codes; `texts` are in free
    words (`TEXTS`).

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
    derived: bool = False
    """Whether the native place was only told by the id number."""

    @property
    def id_number(self) -> str | None:
        """The id number; None when it is handed in later."""
        number = self.values.get("id_number")
        return str(number) if number else None


def read_applicant(
    typed: Typed,
    *,
    today: date,
    known_areas: frozenset[str],
    pua: Mapping[str, str],
    ladders: Sequence[Ladder] = (),
) -> Applicant:
    """Check and normalise what was typed; raises `InvalidInput` at the first field that is wrong.

    `ladders` are the retirement ages, which only add a note.
    """
    name = parse_name(typed.name, pua=pua)
    notes = list(name.notes)
    texts = {name: " ".join(text.split()) for name, text in typed.texts.items()}
    values: dict[str, object] = {"name": name.name, **typed.coded, **texts}
    if typed.id_number.strip():
        # Only Liaoning's own counties are known; a number from elsewhere is nothing to remark on.
        areas = known_areas if typed.id_number.strip().startswith(_LIAONING) else frozenset()
        found = parse_resident_id(typed.id_number, today=today, known_areas=areas)
        sex = SEXES[found.sex]
        notes += [*found.notes, *age_notes(found.born_on, today, sex=sex, ladders=ladders)]
        values |= {
            "paper_kind": _PAPER_KINDS[found.kind],
            "id_number": found.number,
            "born_on": found.born_on.isoformat(),
            "sex": sex,
        }
    else:
        notes.append(Note("signup.no_id_number"))
        if born_on := read_birth_date(typed.born_on, today=today):
            sex = typed.coded.get("sex", "")
            notes += age_notes(born_on, today, field="born_on", sex=sex, ladders=ladders)
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


def age_notes(
    born_on: date,
    today: date,
    *,
    field: str = "id_number",
    sex: str = "",
    ladders: Sequence[Ladder] = (),
) -> list[Note]:
    """What the age means: under 16 raises `InvalidInput` at `field`; under 18 and past the retirement
    age are remarked on (未成年工: 劳动法 第五十八条; retired: 会籍管理办法 art. 17)."""
    age = age_on(born_on, today)
    if age < MINIMUM_AGE:
        raise InvalidInput("signup.too_young", field=field, age=age)
    if age < FULL_AGE:
        return [Note("signup.minor", {"age": age})]
    retired = retirement_note(ladders, sex, born_on, today)
    return [retired] if retired else []
