"""A member as the registry's list brings one (存量): taken as it stands, nothing made up.

Old state, dates and card number are history. Who has no usable id number, name or state stays out
with a sentence; any other cell that cannot be read is left out and told.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from organizer.domain.answers import parse_yes_no
from organizer.domain.codelist import CodeList
from organizer.domain.dates import parse_date
from organizer.domain.identifiers import code_from_cell
from organizer.domain.list_cells import Problem, Reading
from organizer.domain.member import State
from organizer.domain.note import Note
from organizer.domain.other_paper import PaperKind, check_other_paper
from organizer.domain.person_name import parse_name
from organizer.domain.phone import parse_mobile
from organizer.domain.resident_id import parse_resident_id
from organizer.domain.signup import age_notes
from organizer.errors import InvalidInput

SETTLED = (
    State.FULL, State.TEMPORARY, State.KEPT, State.MOVED, State.LEFT, State.EXPELLED, State.DIED,
)  # fmt: skip
"""States a membership of the registry can have; what still waits for somebody is none of them."""

_BY_CHANGE = {
    "1": State.FULL, "2": State.FULL, "3": State.KEPT, "4": State.MOVED, "5": State.EXPELLED,
    "6": State.LEFT,
}  # fmt: skip
"""The state a code of `membership_change.csv` leaves somebody in."""

_CODED = {
    "ethnic": ("ethnicity", "ethnic"),
    "education": ("education", "education"),
    "political": ("political", "political"),
    "household_kind": ("household_kind", "household_kind"),
    "skill_level": ("skill", "skill_level"),
    "group_code": ("group", "group"),
}
"""A field of the person: the column of the list, the code list."""

_TEXTS = ("household_place", "native_place", "address", "platform", "station")
_NONE = frozenset(("", "无", "否", "不是", "无等级", "-", "/"))
_RESIDENT = frozenset(("resident_id", "hmt_permit", "foreigner_card"))
_KINDS = {
    "resident": "resident_id",
    "residence_permit": "hmt_permit",
    "foreigner": "foreigner_card",
}
_OTHERS: Mapping[str, PaperKind] = {
    "hk_macao_pass": "hk_macao_pass",
    "taiwan_pass": "taiwan_pass",
    "passport": "foreign_passport",
    "military": "military",
}
_LONGEST_CARD = 40


@dataclass(frozen=True)
class Reference:
    """What a reader looks things up in."""

    today: date
    codes: Callable[[str], CodeList]
    pua: Mapping[str, str]


@dataclass(frozen=True)
class StockMember:
    """One row: fields of the person and of the membership as stored, and the names it mentions."""

    person: Mapping[str, object]
    membership: Mapping[str, object]
    state: State | None
    union_name: str
    union_code: str
    employer_name: str
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]

    @property
    def refused(self) -> bool:
        """Whether the row is not taken over at all."""
        return any(problem.refused for problem in self.problems)

    def on(self, name: str) -> str:
        """A day of the membership, "" where the list says none."""
        return str(self.membership.get(name) or "")


def read_stock_member(cells: Mapping[str, object], reference: Reference) -> StockMember:
    """Read the cells of one row (by field name, as the spreadsheet holds them); never raises."""
    reading = Reading(cells)
    person: dict[str, object] = {"name": _name(reading, reference)}
    person |= _identity(reading, reference)
    person |= {
        name: _coded(reading, column, reference.codes(codes))
        for name, (column, codes) in _CODED.items()
    }
    person |= {name: reading.text(name) for name in _TEXTS}
    person["phone"] = reading.take("phone", lambda: _phone(reading))
    if migrant := reading.take("is_migrant", lambda: _yes_no(reading)):
        person["migrant"] = int(migrant == "yes")
    membership, state = _membership(reading, reference)
    return StockMember(
        _filled(person),
        _filled(membership),
        state,
        reading.text("union"),
        _code(reading, "union_code"),
        reading.text("employer"),
        tuple(reading.problems),
        tuple(reading.notes),
    )


def past_day(reading: Reading, name: str, today: date) -> str:
    """A day of the list that is not still to come."""

    def read() -> str:
        value = reading.cells.get(name)
        day = parse_date(value, field=name)  # type: ignore[arg-type]
        if day is not None and day > today:
            raise InvalidInput("stock.future_day", field=name, day=day.isoformat())
        return day.isoformat() if day else ""

    return reading.take(name, read)


def _name(reading: Reading, reference: Reference) -> str:
    try:
        found = parse_name(reading.text("name"), pua=reference.pua)
    except InvalidInput as error:
        reading.refuse("name", error)
        return reading.text("name")
    reading.notes += found.notes
    return found.name


def _identity(reading: Reading, reference: Reference) -> dict[str, object]:
    """Number, birth and sex; the number says more surely than the columns beside it."""
    kind = reading.code("id_kind", reference.codes("paper_kind")) or "resident_id"
    born_on = past_day(reading, "born_on", reference.today)
    sex = reading.code("sex", reference.codes("sex"))
    if not reading.text("id_number"):
        reading.notes.append(Note("stock.no_id_number"))
        return {"born_on": born_on, "sex": sex}
    try:
        number = code_from_cell(reading.cells.get("id_number"), "id_number")
        if kind not in _RESIDENT:
            known = _OTHERS.get(kind)
            found = check_other_paper(known, number).number if known else number.strip().upper()
            return {"paper_kind": kind, "id_number": found, "born_on": born_on, "sex": sex}
        resident = parse_resident_id(number, today=reference.today)
        reading.notes += [*resident.notes, *age_notes(resident.born_on, reference.today)]
    except InvalidInput as error:
        reading.refuse("id_number", error)
        return {}
    told = resident.born_on.isoformat()
    if born_on and born_on != told:
        reading.notes.append(Note("stock.other_birth", {"listed": born_on, "kept": told}))
    return {
        "paper_kind": _KINDS[resident.kind],
        "id_number": resident.number,
        "born_on": told,
        "sex": {"男": "1", "女": "2"}[resident.sex],
    }


def _membership(reading: Reading, reference: Reference) -> tuple[dict[str, object], State | None]:
    codes, today = reference.codes, reference.today
    change = reading.code("change_kind", codes("membership_change"))
    state = _state(reading, codes("membership_state"), change)
    joined_on = past_day(reading, "joined_on", today)
    change_on = past_day(reading, "change_on", today)
    if not joined_on and change == "1":
        joined_on = change_on
    if change_on and change_on < joined_on:
        facts = {"day": change_on, "joined": joined_on}
        error = InvalidInput("stock.change_before_joining", field="change_on", **facts)
        reading.refuse("change_on", error, refuses=False)
        change_on = ""
    values: dict[str, object] = {
        "state": state.value if state else "",
        "joined_on": joined_on,
        "change_kind": change,
        "change_on": change_on,
        "change_reason": _coded(reading, "change_reason", codes("membership_reason")),
        "employment_state": reading.code("employment", codes("employment_state")),
        "engagement": _coded(reading, "employment_form", codes("engagement")),
        "position": reading.text("trade"),
        "workplace": reading.text("employer"),
        "card_no": reading.take("member_card", partial(_code, reading, "member_card")),
        "channel": "stock",
    }
    return values, state


def _state(reading: Reading, codes: CodeList, change: str) -> State | None:
    """Where the membership stands: as the list says, else as its last change left it."""
    text = reading.text("state")
    if not text:
        if reading.text("change_kind") and not change:
            value = reading.text("change_kind")
            reading.refuse("state", InvalidInput("stock.unknown_state", field="state", value=value))
            return None
        return _BY_CHANGE.get(change, State.FULL)
    try:
        match = codes.code_of(text, field="state")
        state = State(match.code)
    except (InvalidInput, ValueError):
        error = InvalidInput("stock.unknown_state", field="state", value=text)
        reading.refuse("state", error)
        return None
    if state not in SETTLED:
        reading.refuse("state", InvalidInput("stock.not_settled", field="state", value=text))
        return None
    return state


def _coded(reading: Reading, column: str, codes: CodeList) -> str:
    return "" if reading.text(column) in _NONE else reading.code(column, codes)


def _phone(reading: Reading) -> str:
    found = parse_mobile(code_from_cell(reading.cells.get("phone"), "phone"), field="phone")
    reading.notes += found.notes
    return found.number


def _yes_no(reading: Reading) -> str:
    answer = parse_yes_no(reading.text("is_migrant"), field="is_migrant")
    return "" if answer is None else "yes" if answer else "no"


def _code(reading: Reading, name: str) -> str:
    return "".join(code_from_cell(reading.cells.get(name), name).split())[:_LONGEST_CARD]


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in ("", None)}
