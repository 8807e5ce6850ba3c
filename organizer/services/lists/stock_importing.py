"""存量: members and unions the registry has already come in as they stand there, as history.

No approval is made up, no consent is claimed (历史，待补签). Nobody twice: people are known by their id
number, unions by their codes. What is here already stays; differences are told. Who is an active
member elsewhere is an exception to be settled by a transfer, never a second membership.
"""

from collections.abc import Callable
from pathlib import Path

from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.jobs import Progress, Silent
from organizer.services.lists import list_run
from organizer.services.lists.list_run import Imported
from organizer.services.lists.stock_members import MemberRun
from organizer.services.lists.stock_unions import UnionRun
from organizer.services.workspace import Workspace
from organizer.sheets import contents
from organizer.sheets.listing import SheetList, read_list
from organizer.sheets.synonyms import header_synonyms
from organizer.store.runs import Run

MEMBERS, UNIONS = "members", "unions"
_LISTS = {MEMBERS: "person", UNIONS: "union"}
_NAMED = frozenset({"name"})


def check(
    workspace: Workspace,
    kind: str,
    path: Path,
    *,
    union: bytes | None = None,
    progress: Progress | None = None,
) -> Imported:
    """What would come of a list of `members` or `unions`; nothing is written.

    `union` is where the members of a list without that column belong. Raises `UnreadableFile`.
    """
    workspace.require(Permission.IMPORT, workspace.office.division_code)
    sheets = _read(kind, path)
    run = Run(b"", "import", "", "running", 0, {})
    return _made(workspace, kind, union)(sheets, run, progress or Silent()).look()


def take_over(
    workspace: Workspace,
    kind: str,
    path: Path,
    *,
    union: bytes | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Take a list of `members` or `unions` over; the same list again adds nothing.

    Undone as a whole by its run. Raises `UnreadableFile` for what is no such list.
    """
    workspace.require(Permission.IMPORT, workspace.office.division_code)
    sheets = _read(kind, path)
    key = f"{contents.digest(path)} stock.{kind}.{union.hex() if union else ''}"
    run, _day, resumed = list_run.begin(workspace, "import", key, None)
    importer = _made(workspace, kind, union)(sheets, run, progress or Silent())
    importer.result.resumed = resumed
    return workspace.database.run(importer.steps).result()


def sentence(result: Imported, *, looked: bool) -> str:
    """What came of a list, or would come of it, in one sentence."""
    said = _("新增 {added}，已有 {known}，要人处理 {refused}。")
    if looked:
        said = _("预检：将新增 {added}，已有 {known}，要人处理 {refused}。还没有导入。")
    return said.format(added=result.added, known=result.known, refused=result.refused)


def _read(kind: str, path: Path) -> SheetList:
    return read_list(path, fields=header_synonyms(_LISTS[kind]), required=_NAMED)


def _made(
    workspace: Workspace, kind: str, union: bytes | None
) -> Callable[[SheetList, Run, Progress], MemberRun | UnionRun]:
    def run(sheets: SheetList, run: Run, progress: Progress) -> MemberRun | UnionRun:
        if kind == MEMBERS:
            return MemberRun(workspace, sheets, run, progress, union)
        return UnionRun(workspace, sheets, run, progress)

    return run
