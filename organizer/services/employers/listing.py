"""The list of employers: filtered, sorted and counted; cells a page at a time, numbers masked."""

from collections.abc import Callable, Mapping, Sequence

from organizer.domain import masking
from organizer.domain.access import Permission
from organizer.domain.clears import Light
from organizer.domain.codelist import Entry
from organizer.domain.staff_band import BANDS
from organizer.domain.unit_filter import UNKNOWN, UnitFilter
from organizer.i18n import _, listed, parted
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store import lists, places
from organizer.store.driver import Connection
from organizer.store.lists import NAME, SORTABLE, Line, Numbers, Order

__all__ = ["BANDS", "NAME", "SORTABLE", "UNKNOWN", "Numbers", "Order", "UnitFilter"]

LAMPS = "lamps"
"""The column of the four lamps, which are told in words."""

Row = tuple[bytes, Sequence[str]]


def light_word(light: Light) -> str:
    """清, 差 or 未."""
    return {Light.CLEAR: _("清"), Light.LACKING: _("差"), Light.UNSEEN: _("未")}[light]


def scope(workspace: Workspace) -> str:
    """The division whose records this account may see; "" for the whole office."""
    workspace.require(Permission.LOOK)
    return workspace.account.division_code


def employer_numbers(workspace: Workspace, wanted: UnitFilter, order: Order) -> Numbers:
    """Which employers the account sees under a filter, in order, and how many are unvisited."""
    workspace.require(Permission.LOOK)
    sight = workspace.sight
    return workspace.database.read(lambda c: lists.employer_numbers(c, wanted, sight, order))


def employer_rows(
    workspace: Workspace, numbers: Sequence[int], columns: Sequence[str]
) -> dict[int, Row]:
    """Cells of these rows by number: id and texts; phones masked, codes as their labels."""
    workspace.require(Permission.LOOK)
    sight = workspace.sight

    def query(connection: Connection) -> dict[int, Row]:
        lines = lists.employer_lines(connection, numbers, sight)
        lamps = _lamps(connection, lines) if LAMPS in columns else {}
        return {
            line.n: (
                line.employer.id,
                [_cell(workspace, connection, line, lamps, name) for name in columns],
            )
            for line in lines
        }

    return workspace.database.read(query)


def number_of(workspace: Workspace, employer: bytes) -> int | None:
    """The row number of an employer in lists; None when it is out of use."""
    scope(workspace)
    return workspace.database.read(lambda c: lists.number_of(c, employer))


def states(workspace: Workspace, name: str) -> tuple[Entry, ...]:
    """The codes a filter offers: of `operating_state` or `union_state`."""
    return workspace.codes(name).offered()


def bands() -> dict[str, str]:
    """The bands of head counts a filter offers: key and words."""
    return {
        "-9": _("不足10人"),
        "10-24": _("10–24人"),
        "25-99": _("25–99人"),
        "100-199": _("100–199人"),
        "200-": _("200人以上"),
        UNKNOWN: _("人数未知"),
    }


def named_filters() -> dict[str, str]:
    """The filters of `unit_filter.NAMED`: key and words."""
    return {
        "unvisited": _("未访"),
        "unlit": _("灯未亮"),
        "many_unfounded": _("百人以上未建会"),
        "three_new": _("三新10人以上"),
        "closed": _("已尽责"),
    }


def divisions_below(workspace: Workspace) -> list[tuple[str, str]]:
    """The divisions a filter offers, code and name: those directly below what the account sees."""
    home = scope(workspace) or workspace.office.division_code
    below = workspace.divisions.children(home)
    return [(division.code, division.name) for division in below]


def _lamps(connection: Connection, lines: Sequence[Line]) -> Mapping[bytes, str]:
    shining = recording.lamps_of_many(connection, [line.employer.id for line in lines])
    return {
        row: " ".join(lamp.rule.letter + light_word(lamp.light) for lamp in lamps)
        for row, lamps in shining.items()
    }


def _cell(
    workspace: Workspace,
    connection: Connection,
    line: Line,
    lamps: Mapping[bytes, str],
    name: str,
) -> str:
    made = _MADE.get(name)
    if made is not None:
        return made(connection, line)
    if name == LAMPS:
        return lamps.get(line.employer.id, "")
    if name in ("union_state", "operating_state"):
        return label(workspace, name, line.facts.get(name, ""))
    if name in ("unit_type", "industry"):
        return label(workspace, name, line.employer.fields[name] or "")
    return line.employer.fields.get(name) or line.facts.get(name, "")


def label(workspace: Workspace, name: str, code: str) -> str:
    """The short label of a code; the code itself when its list does not know it."""
    codes = workspace.codes(name)
    return codes.entry(code).brief if code in codes else code


def masked_phones(text: str) -> str:
    """Every number of a field of phones, masked."""
    return listed(masking.mask_phone(number) for number in parted(text)) if text else ""


def _place(connection: Connection, line: Line) -> str:
    named = places.full_name(connection, line.employer.place)
    return named or line.employer.fields["address"] or ""


def _visited(_connection: Connection, line: Line) -> str:
    if not line.last_visit:
        return _("未访")
    return line.last_visit if line.seen else _("{day}（往期）").format(day=line.last_visit)


_MADE: Mapping[str, Callable[[Connection, Line], str]] = {
    "phone": lambda _connection, line: masked_phones(line.employer.fields["phone"] or ""),
    "place": _place,
    "last_visit": _visited,
}
