"""A list of people who join: every row becomes a sign-up order, ready to be recorded."""

from collections.abc import Iterator
from pathlib import Path

from organizer.domain.access import Permission
from organizer.domain.answers import parse_yes_no
from organizer.domain.identifiers import code_from_cell
from organizer.domain.signup import Typed
from organizer.services import finding
from organizer.services.members.signup import SignupOrder
from organizer.services.workspace import Workspace
from organizer.sheets.lines import Row
from organizer.sheets.listing import read_list
from organizer.sheets.synonyms import header_synonyms

_CODED = {
    "ethnicity": "ethnic",
    "education": "education",
    "political": "political",
    "household_kind": "household_kind",
    "skill": "skill_level",
    "group": "group_code",
}
_LISTS = {"group_code": "group"}


def read_roster(workspace: Workspace, path: Path) -> Iterator[SignupOrder]:
    """The sign-ups a list of people asks for, in its order; employers are found by full name.

    Raises `UnreadableFile`, and `InvalidInput` for a damaged number or an unknown word.
    """
    workspace.require(Permission.SIGN_UP)
    fields = header_synonyms("person")
    known: dict[str, bytes | None] = {}
    for sheet in read_list(path, fields=fields, required=frozenset({"name"})).sheets:
        for row in sheet.rows():
            employer = row.text("employer")
            if employer not in known:
                known[employer] = finding.employer_by_name(workspace, employer)
            yield _order(workspace, row, known[employer])


def _order(workspace: Workspace, row: Row, employer: bytes | None) -> SignupOrder:
    coded = {}
    for column, name in _CODED.items():
        if text := row.text(column):
            codes = workspace.codes(_LISTS.get(name, name))
            coded[name] = codes.code_of(text, field=name).code
    number = row.cells.get("id_number")
    typed = Typed(
        row.text("name"),
        code_from_cell(number.value, "id_number") if number else "",
        row.text("phone"),
        coded,
        migrant=parse_yes_no(row.text("is_migrant"), field="migrant"),
    )
    return SignupOrder(
        typed,
        employer=employer,
        position=row.text("trade"),
        workplace=row.text("employer"),
        channel="list",
    )
