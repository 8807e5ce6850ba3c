"""Editing an employer's own fields: checked at the field, saved as one write, taken back as one."""

from collections.abc import Mapping
from dataclasses import dataclass

from organizer import resources
from organizer.domain import employer as employer_rules
from organizer.domain.access import Permission
from organizer.domain.employer import Listed, Reference
from organizer.domain.note import Note
from organizer.domain.person_name import pua_table
from organizer.errors import InvalidInput, NotFound
from organizer.services.workspace import Workspace
from organizer.store import cards, employers, places
from organizer.store.employers import EmployerRow
from organizer.store.transaction import Write

EDITABLE = (
    "name", "signboard", "uscc", "legal_person", "contact", "phone", "address", "grid", "remark",
)  # fmt: skip
"""The fields a person edits on the card; facts are told by visits."""


@dataclass(frozen=True)
class Saved:
    """What was saved: the write (None when nothing changed), and what was normalised on the way."""

    write: bytes | None
    changed: tuple[str, ...]
    notes: tuple[Note, ...]


def check(workspace: Workspace, employer: bytes, field: str, text: str) -> tuple[Note, ...]:
    """Whether a field may say this; what would be normalised. Raises `InvalidInput` at the field."""
    found = _standing(workspace, employer)
    listed = _read(workspace, found, {field: text})
    for problem in listed.problems:
        raise problem.error
    _refuse_taken_code(workspace, found, listed)
    return listed.notes


def save(workspace: Workspace, employer: bytes, typed: Mapping[str, str]) -> Saved:
    """Save what was typed into these fields; an empty text empties its field.

    Raises `InvalidInput` at the first wrong field, also for a code another employer has.
    """
    found = _standing(workspace, employer)
    workspace.require(Permission.SURVEY, found.division_code)
    unknown = set(typed) - set(EDITABLE)
    if unknown:
        raise KeyError(f"not edited on the card: {', '.join(sorted(unknown))}")
    typed = {name: text for name, text in typed.items() if text.strip() != (_old(found, name))}
    if not typed:
        return Saved(None, (), ())
    listed = _read(workspace, found, typed)
    for problem in listed.problems:
        raise problem.error
    _refuse_taken_code(workspace, found, listed)
    values: dict[str, str | None] = {name: listed.values.get(name) for name in typed}
    if "registration_no" in listed.values:
        values["registration_no"] = listed.values["registration_no"]
    changed = tuple(name for name, value in values.items() if value != found.fields[name])
    write = workspace.database.write(
        workspace.intent("employer.edit"),
        lambda write: _put(workspace, write, found, values, listed),
    )
    return Saved(write if changed else None, changed, listed.notes)


def _put(
    workspace: Workspace,
    write: Write,
    found: EmployerRow,
    values: Mapping[str, str | None],
    listed: Listed,
) -> bytes:
    write.set("employer", found.id, values)
    if found.place is None and listed.division_code and listed.address.steps:
        place = places.division_by_code(write.connection, listed.division_code)
        for step in listed.address.steps:
            if place is not None:
                place = places.ensure(write, place, step.kind, step.name, listed.address.raw)
        if place is not None:
            employers.occupy(write, found.id, place.id, workspace.today.isoformat())
    return write.id


def _standing(workspace: Workspace, employer: bytes) -> EmployerRow:
    found = workspace.database.read(lambda c: employers.employer_by_id(c, employer))
    if found is None:
        raise NotFound("record.unknown", value=employer.hex())
    workspace.require(Permission.LOOK, found.division_code)
    return found


def _old(found: EmployerRow, name: str) -> str:
    return found.fields[name] or ""


def _read(workspace: Workspace, found: EmployerRow, typed: Mapping[str, str]) -> Listed:
    """The typed fields as a row of a list is read, so that one rule holds for both."""
    if not typed.get("name", found.name).strip():
        raise InvalidInput("employer.unnamed", field="name")
    reference = Reference(
        workspace.divisions,
        workspace.codes,
        pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv")),
        workspace.office.division_code,
    )
    # What was accepted before is not held against today's edit of another field.
    cells = {"name": found.name or "-", **typed}
    return employer_rules.read_employer(cells, reference)


def _refuse_taken_code(workspace: Workspace, found: EmployerRow, listed: Listed) -> None:
    code = listed.values.get("uscc")
    if not code:
        return
    name = workspace.database.read(lambda c: cards.same_code(c, code, found.id))
    if name is not None:
        raise InvalidInput("employer.code_taken", field="uscc", name=name)
