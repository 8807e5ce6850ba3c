"""What can be said about a field of a sign-up while it is being typed; nothing is stored here."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

from organizer import resources
from organizer.domain.access import Permission
from organizer.domain.note import Note
from organizer.domain.person_name import parse_name, pua_table
from organizer.domain.phone import parse_mobile
from organizer.domain.resident_id import age_on, parse_resident_id
from organizer.domain.signup import SEXES, age_notes, read_birth_date
from organizer.errors import InvalidInput, NotFound
from organizer.forms.fonts import FontSet
from organizer.forms.printable import check_printable
from organizer.forms.signup_paper import LABELS
from organizer.i18n import _, show_date
from organizer.registry import profile as profiles
from organizer.registry.precheck import precheck
from organizer.registry.row import RegistryMember
from organizer.services.members import id_telling
from organizer.services.notes import note_sentence
from organizer.services.workspace import Workspace
from organizer.store import members

_LIAONING = "21"


@dataclass(frozen=True)
class Proof:
    """A field that can be stored as `value`; `line` says what follows from it.

    `doubt`: it can be stored, but not printed or not reported as it stands.
    """

    value: str
    line: str
    doubt: str = ""
    born_on: date | None = None
    sex: str = ""
    native_place: str = ""


class Proofreader:
    """Reads typed fields for a workspace; loads fonts and profile with the first name."""

    def __init__(self, workspace: Workspace, fonts: FontSet | None = None) -> None:
        self._workspace = workspace
        self._fonts = fonts or FontSet()

    def id_number(self, text: str) -> Proof:
        """Sex, birth date, age and county of an id number; raises `InvalidInput`."""
        self._workspace.require(Permission.SIGN_UP)
        today = self._workspace.today
        areas = self._workspace.known_areas if text.strip().startswith(_LIAONING) else frozenset()
        found = parse_resident_id(text, today=today, known_areas=areas)
        sex, ladders = SEXES[found.sex], id_telling.retirement_ladders()
        notes = [*found.notes, *age_notes(found.born_on, today, sex=sex, ladders=ladders)]
        place = id_telling.native_place(self._workspace, found.number)
        facts = [
            found.sex,
            show_date(found.born_on),
            _("{age} 岁").format(age=age_on(found.born_on, today)),
        ]
        if told := self._county(found.area6) or place:
            facts.append(told)
        line = _line(" · ".join(facts), notes)
        return Proof(found.number, line, born_on=found.born_on, sex=sex, native_place=place)

    def name(self, text: str) -> Proof:
        """Whether a name can be printed and reported; raises `InvalidInput` for what is none."""
        self._workspace.require(Permission.SIGN_UP)
        found = parse_name(text, pua=self._pua)
        if doubt := self._name_doubt(found.name):
            return Proof(found.name, _line("", found.notes), doubt)
        return Proof(found.name, _line(_("可打印、可上报"), found.notes))

    def phone(self, text: str, but: bytes | None = None) -> Proof:
        """A mobile number, and who has it already besides `but`; raises `InvalidInput`.

        Families and teams share phones, so this is only told.
        """
        self._workspace.require(Permission.SIGN_UP)
        found = parse_mobile(text, field="phone")
        bearer = self._workspace.database.read(lambda c: members.phone_bearer(c, found.number, but))
        doubt = note_sentence(Note("phone.taken", {"name": bearer})) if bearer else ""
        return Proof(found.number, _line("", found.notes), doubt)

    def born_on(self, text: str) -> Proof:
        """A birth date typed in place of an id number; raises `InvalidInput`."""
        self._workspace.require(Permission.SIGN_UP)
        today = self._workspace.today
        found = read_birth_date(text, today=today)
        if found is None:
            return Proof("", "")
        notes = age_notes(found, today, field="born_on")
        age = _("{day} · {age} 岁").format(day=show_date(found), age=age_on(found, today))
        return Proof(found.isoformat(), _line(age, notes), born_on=found)

    @cached_property
    def _pua(self) -> dict[str, str]:
        return pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv"))

    @cached_property
    def _profile(self) -> profiles.Profile:
        return profiles.bundled()[0]

    def _county(self, area: str) -> str:
        if area not in self._workspace.known_areas:
            return ""
        try:
            return self._workspace.divisions.get(area).name
        except NotFound:  # no longer in use here
            return ""

    def _name_doubt(self, name: str) -> str:
        try:
            check_printable({"name": name}, self._fonts, LABELS)
        except InvalidInput as problem:
            return problem.sentence()
        blank: dict[str, Any] = dict.fromkeys((one.name for one in fields(RegistryMember)), "")
        member = RegistryMember(**{**blank, "name": name, "born_on": None, "change_on": None})
        found = [one for one in precheck(self._profile, member) if one.field == "name"]
        return found[0].sentence() if found else ""


def _line(first: str, notes: Iterable[Note]) -> str:
    said = [note_sentence(note) for note in notes]
    return " ".join(filter(None, [first, *said]))
