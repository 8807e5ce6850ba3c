"""Unions of the registry's lists (存量工会)."""

from dataclasses import dataclass, replace

from organizer import resources
from organizer.domain import access, stock_union, union_org
from organizer.domain.division import level_of
from organizer.domain.note import Note
from organizer.domain.stock_union import CODES, StockUnion
from organizer.errors import InvalidInput
from organizer.i18n import listed as in_words
from organizer.jobs import Progress
from organizer.services.lists.list_run import Step
from organizer.services.lists.stock_run import Read, StockRun
from organizer.services.workspace import Workspace
from organizer.sheets.lines import Row
from organizer.sheets.listing import SheetList
from organizer.store import members, stock
from organizer.store.driver import Connection
from organizer.store.members import Record
from organizer.store.runs import Run

_TOLD = (
    "name", "uscc", "national_code", "provincial_code", "local_code", "founded_on", "approval_no",
    "term_from", "term_until", "chairman", "phone",
)  # fmt: skip
"""Fields in which a difference is told."""


@dataclass(frozen=True)
class Verdict:
    """A union beside what is here: the one known, or the one above a new one (None: of its division).

    `twin`: a row above in the same list is the same union, or makes it.
    """

    union: Record | None
    parent: bytes | None
    twin: bool = False


class UnionRun(StockRun[StockUnion, Verdict]):
    """One run over one list of unions."""

    def __init__(
        self, workspace: Workspace, sheets: SheetList, run: Run, progress: Progress
    ) -> None:
        super().__init__(workspace, sheets, run, "stock.unions", progress)
        self._day = workspace.today.isoformat()
        self._seen: dict[str, StockUnion] = {}
        """Those that would have come in by this list, by name, while it is looked at."""
        self._reference = stock_union.Reference(
            workspace.today, workspace.codes, workspace.divisions, workspace.office.division_code
        )

    def read(self, row: Row) -> Read[StockUnion]:
        """A union of the list."""
        cells = {name: cell.value for name, cell in row.cells.items()}
        found = stock_union.read_stock_union(cells, self._reference)
        return Read(found, found.problems, found.notes)

    def judge(self, connection: Connection, listed: StockUnion) -> tuple[Verdict, list[Note]]:
        """Which union this is here; raises `InvalidInput` where a name alone cannot tell."""
        workspace = self.workspace
        for scope in (workspace.account.division_code, workspace.office.division_code):
            if not access.covers(scope, listed.division_code):
                raise InvalidInput("stock.union_elsewhere", field="name", value=listed.name)
        found = _known(connection, listed)
        if found is None and (before := self._seen.get(listed.name)):
            _refuse_namesake(listed, {name: before.values.get(name) for name in CODES})
        notes = list(_differences(listed, found)) if found else []
        parent = None
        if found is None and listed.parent_name:
            above = stock.unions_named(connection, listed.parent_name)
            parent = above[0].id if len(above) == 1 else None
            if parent is None and listed.parent_name not in self._seen:
                notes.append(Note("stock.unknown_parent", {"value": listed.parent_name}))
        return Verdict(found, parent, listed.name in self._seen), notes

    def known(self, verdict: Verdict) -> bool:
        """Whether the union is here."""
        return verdict.twin or verdict.union is not None

    def remember(self, listed: StockUnion, verdict: Verdict) -> None:
        """Which a later row of the same list may name again."""
        if verdict.union is not None:
            return
        self._seen.setdefault(listed.name, listed)
        if verdict.parent is None:
            # With it comes the union that everybody of the division falls back on.
            name = self._fallback_name(listed.division_code)
            self._seen.setdefault(name, replace(listed, values={"name": name}))

    def write(self, step: Step, listed: StockUnion, verdict: Verdict) -> None:
        """Fill what is empty here, add what is not here."""
        write, values = step.write, dict(listed.values)
        if "listed_members" in values:
            values["listed_on"] = self._day
        if verdict.union is not None:
            counted = {name: values.pop(name, None) for name in ("listed_members", "listed_on")}
            kept = verdict.union
            empty = {name: told for name, told in values.items() if told and not kept.text(name)}
            # The newest count of the registry replaces the one before.
            newest = {name: told for name, told in counted.items() if told}
            write.set("union_org", kept.id, {**empty, **newest})
            step.met.add(kept.id)
            return
        code = listed.division_code
        division = self.workspace.divisions.get(code).name
        if listed.name == self._fallback_name(code):
            # The union everybody of the division falls back on has one id everywhere.
            row = members.ensure_fallback_union(write, code, division)
            write.set("union_org", row, values)
        else:
            parent = verdict.parent or members.ensure_fallback_union(write, code, division)
            seat = {"parent": parent, "division_code": code, "level": level_of(code)}
            row = write.insert(
                "union_org", {"org_type": stock_union.type_by_name(listed.name), **values, **seat}
            )
        step.met.add(row)

    def _fallback_name(self, code: str) -> str:
        return union_org.fallback_name(self.workspace.divisions.get(code).name, code)


def _known(connection: Connection, listed: StockUnion) -> Record | None:
    """The union with one of its codes, else the only one of its name."""
    for name in CODES:
        if code := str(listed.values.get(name) or ""):
            found = [
                one for one in stock.unions_with_code(connection, code) if one.text(name) == code
            ]
            if len(found) == 1:
                return found[0]
    named = stock.unions_named(connection, listed.name)
    if len(named) > 1:
        raise InvalidInput("stock.union_twice", field="name", value=listed.name, count=len(named))
    if not named:
        return None
    _refuse_namesake(listed, {name: named[0].text(name) for name in CODES})
    return named[0]


def _refuse_namesake(listed: StockUnion, kept: dict[str, object]) -> None:
    """Raises `InvalidInput` where the codes say that this is another union of the same name."""
    for name in CODES:
        told = listed.values.get(name)
        if told and kept.get(name) and told != kept[name]:
            raise InvalidInput(
                "stock.union_namesake", field="name", value=listed.name, kept=kept[name], told=told
            )


def _differences(listed: StockUnion, kept: Record) -> list[Note]:
    labels = resources.toml("texts", "fields.toml")["stock"]
    found = [
        labels[name]
        for name in _TOLD
        if (told := str(listed.values.get(name) or "")) and kept.text(name) not in ("", told)
    ]
    return [Note("stock.differs", {"fields": in_words(found)})] if found else []
