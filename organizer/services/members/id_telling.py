"""What an id number and the tables of the program say together: native place, retirement ages."""

from organizer import resources
from organizer.domain import retirement
from organizer.domain.retirement import Ladder
from organizer.services.workspace import Workspace

_BEYOND = {"83": "71"}
"""Residence permits of people from Taiwan begin otherwise than the code of the province."""


def native_place(workspace: Workspace, id_number: str) -> str:
    """Where the bearer of a resident's number is from, as far as it says; "" for a foreigner's."""
    if not id_number or id_number.startswith("9"):
        return ""
    area = id_number[:6]
    if area in workspace.divisions:
        return "".join(workspace.divisions.path_names(area))
    provinces = {one.code: one.label for one in workspace.codes("province").entries}
    return provinces.get(_BEYOND.get(area[:2], area[:2]), "")


def retirement_ladders() -> tuple[Ladder, ...]:
    """The table of retirement ages."""
    return retirement.read_ladders(resources.toml("rules", "retirement.toml"))
