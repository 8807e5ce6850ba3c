"""The list of unions: the tree of them, filtered and sorted; texts a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organizer.domain import union_record, union_tree
from organizer.domain.access import Permission
from organizer.domain.codelist import Entry
from organizer.services.employers import listing
from organizer.services.unions import keeping, union_words
from organizer.services.workspace import Workspace
from organizer.store import union_lists
from organizer.store.driver import Connection
from organizer.store.lists import Order
from organizer.store.union_lists import NAME, SORTABLE, UnionRow

__all__ = ["NAME", "SORTABLE", "Order"]

_STEP = "\N{EM SPACE}"
"""What a union is moved in by for each union above it."""
_COMMITTEES = frozenset(union_record.COMMITTEES)

Row = tuple[bytes, Sequence[str]]


@dataclass(frozen=True)
class UnionFilter:
    """Which unions: found by a text, of one type, only those with something due."""

    text: str = ""
    org_type: str = ""
    due: bool = False


@dataclass(frozen=True)
class Numbers:
    """The rows of the list in its order; `depths` of those that stand below another in it."""

    rows: Sequence[int]
    depths: Mapping[int, int]


def union_numbers(workspace: Workspace, wanted: UnionFilter, order: Order) -> Numbers:
    """Which unions the account sees under a filter. By name they stand as a tree, where all are."""
    scope = listing.scope(workspace)
    due = {one.union for one in keeping.due(workspace)} if wanted.due else None

    def query(connection: Connection) -> Numbers:
        nodes = union_lists.nodes(connection, scope, wanted.org_type)
        found = union_lists.found_by(connection, wanted.text)
        kept = {
            node.n
            for node in nodes
            if (found is None or node.id in found) and (due is None or node.id in due)
        }
        if order.column == NAME:
            walked = union_tree.ordered(nodes)
            rows = [n for n, _depth in walked if n in kept]
            whole = wanted == UnionFilter() and not order.descending
            depths = {n: depth for n, depth in walked if depth} if whole else {}
            return Numbers(rows[::-1] if order.descending else rows, depths)
        by = union_lists.sorted_numbers(connection, scope, order.column, down=order.descending)
        return Numbers([n for n in by if n in kept], {})

    return workspace.database.read(query)


def union_rows(
    workspace: Workspace,
    numbers: Sequence[int],
    columns: Sequence[str],
    depths: Mapping[int, int],
) -> dict[int, Row]:
    """Cells of these rows by number: id and texts; phones masked, codes as their labels."""
    scope = listing.scope(workspace)

    def query(connection: Connection) -> dict[int, Row]:
        return {
            row.n: (
                row.record.id,
                [_cell(workspace, row, name, depths.get(row.n, 0)) for name in columns],
            )
            for row in union_lists.union_rows(connection, numbers, scope)
        }

    return workspace.database.read(query)


def number_of(workspace: Workspace, union: bytes) -> int | None:
    """The row number of a union in lists; None when it is out of use."""
    listing.scope(workspace)
    return workspace.database.read(lambda c: union_lists.number_of(c, union))


def types(workspace: Workspace) -> tuple[Entry, ...]:
    """The types a filter offers."""
    return workspace.codes("union_type").offered()


@dataclass(frozen=True)
class Lacking:
    """A base union whose record is not whole, and what it lacks in words."""

    union: bytes
    name: str
    gaps: Sequence[str]


def lacking(workspace: Workspace) -> list[Lacking]:
    """What the records of the account's unions lack, in the order of the tree."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    words = union_words.gap_words()

    def query(connection: Connection) -> list[Lacking]:
        nodes = union_lists.nodes(connection, scope, "")
        order = [n for n, _depth in union_tree.ordered(nodes)]
        rows = {row.n: row for row in union_lists.union_rows(connection, order, scope)}
        women = union_lists.women(connection)
        found = []
        for row in (rows[n] for n in order if n in rows):
            gaps = gaps_of(row, women.get(row.record.id, 0))
            if gaps:
                told = [words[gap] for gap in gaps]
                found.append(Lacking(row.record.id, row.record.text("name"), told))
        return found

    return workspace.database.read(query)


def gaps_of(row: UnionRow, women: int) -> list[str]:
    """What a union lacks, as `union_record.missing` names it."""
    return union_record.missing(
        keeping.texts(row.record), chaired=bool(row.chairman), women=women, units=row.units
    )


def _cell(workspace: Workspace, row: UnionRow, name: str, depth: int) -> str:
    if name in ("members", "kept", "units"):
        return str(getattr(row, name))
    if name == NAME:
        return _STEP * depth + row.record.text(NAME)
    if name == "chairman":
        return row.chairman
    if name == "division":
        code = row.record.text("division_code")
        return workspace.divisions.get(code).name if code in workspace.divisions else ""
    text = row.record.text(name)
    if name == "phone":
        return listing.masked_phones(text)
    if name in _COMMITTEES:
        return union_words.yes_no().get(text, "")
    if name in union_record.CODED:
        return listing.label(workspace, union_record.CODED[name], text) if text else ""
    return text
