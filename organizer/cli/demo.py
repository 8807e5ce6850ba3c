"""The whole path on the sample: every step done by the services, every result looked at again."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from organizer import paths, resources
from organizer.cli.output import Outcome, Progress
from organizer.domain import visit
from organizer.domain.clears import Light
from organizer.errors import Conflict, OrganizerError
from organizer.i18n import _
from organizer.paths import DataFolder
from organizer.services import finding
from organizer.services.batches import exporting
from organizer.services.lists import importing
from organizer.services.members import approving, printing, roster
from organizer.services.members import signup as signing_up
from organizer.services.office import checking, opening
from organizer.services.survey import recording
from organizer.services.workspace import Workspace

_LISTS = ("01_*.xlsx", "02_*.xls")
_JOINERS = "03_*.csv"
_MARK = "organizer-demo.txt"
PASSWORD = "organizer-demo"
"""The demo office is for looking at; its password is no secret."""

_ANSWERS = {
    "union_state": "4",
    "staff_total": "36",
    "staff_women": "14",
    "staff_migrant": "5",
    "staff_new_form": "3",
    "employer_willing": "yes",
    "staff_willing": "yes",
    "no_union_reason": "5",
    "responsible": "",
    "grid": "001",
}


@dataclass
class _Walk:
    """The demo under way: where it puts things, and the table of what it did."""

    out: Path
    folder: DataFolder
    rows: list[tuple[str, bool, str, str]] = field(default_factory=list)
    workspace: Workspace | None = None
    memberships: list[bytes] = field(default_factory=list)

    def note(self, step: str, good: bool, count: str, path: object = "") -> None:
        self.rows.append((step, good, count, str(path)))

    @property
    def open(self) -> Workspace:
        if self.workspace is None:
            self.workspace = opening.unlock(self.folder, _("演示账号"), PASSWORD)
        return self.workspace


def run(out: Path, data: str | None = None) -> Outcome:
    """Do all six steps on the sample; exit code 0 only when every step checked out."""
    started = time.monotonic()
    folder = paths.data_folder(data or str(out / "data"))
    opening.refuse_in_use(folder)
    _clear(out)
    walk = _Walk(out, folder)
    try:
        for step in (_office, _lists, _visits, _signups, _papers, _batches, _health):
            step(walk)
    finally:
        if walk.workspace:
            walk.workspace.close()
    good = all(row[1] for row in walk.rows)
    seconds = time.monotonic() - started
    if good:
        sentence = _("全部步骤核对无误，用时 {seconds:.1f} 秒。成果在 {out}，密码是 {password}。")
    else:
        sentence = _(
            "有步骤没有核对上（见 ✗），用时 {seconds:.1f} 秒。成果在 {out}，密码是 {password}。"
        )
    steps = [
        {"step": step, "good": fine, "result": count, "path": path}
        for step, fine, count, path in walk.rows
    ]
    return Outcome(
        "demo.done" if good else "demo.failed",
        sentence.format(seconds=seconds, out=out, password=PASSWORD),
        {"seconds": round(seconds, 1), "steps": steps},
        tuple(_table(walk.rows)),
        0 if good else 1,
    )


def _clear(out: Path) -> None:
    """Make room for a new demo; only what an earlier demo left is ever removed."""
    paths.make_folder(out)
    if any(out.iterdir()) and not (out / _MARK).exists():
        raise Conflict("demo.not_empty", folder=out)
    for found in out.rglob("*"):
        if found.is_file():
            found.unlink()
    (out / _MARK).write_text(
        _("这个文件夹由 organizer demo 生成，可以整个删除。\n"), encoding="utf-8"
    )
    for name in ("papers", "batches"):
        paths.make_folder(out / name)


def _office(walk: _Walk) -> None:
    wanted = opening.NewOffice(_("工人村街道总工会（样例）"), "210106003", _("演示账号"), PASSWORD)
    sheet = walk.out / _("恢复单.pdf")
    made = opening.new_office(walk.folder, wanted, sheet=sheet)
    made.workspace.close()
    refused = _refused(lambda: opening.unlock(walk.folder, wanted.account, "wrong password"))
    good = refused == "account.wrong_password" and sheet.stat().st_size > 0
    walk.note(_("1 建立单位"), good, walk.open.office.name, sheet)


def _lists(walk: _Walk) -> None:
    for name in _LISTS:
        path = _sample(name)
        first = importing.import_list(walk.open, path, progress=Progress())
        again = importing.import_list(walk.open, path, progress=Progress())
        good = first.added > 0 and again.added == 0 and again.new_facts == 0
        count = _("新增 {added}，已有 {known}，有误 {refused}；再导一次新增 {again}").format(
            added=first.added, known=first.known, refused=first.refused, again=again.added
        )
        walk.note(_("2 导入名单"), good, count, path.name)


def _visits(walk: _Walk) -> None:
    opened = walk.open
    recording.open_round(opened, _("样例批次"), opened.today, None)
    hits = [hit for hit in finding.find(opened, _("样禾供应链")) if hit.table == "employer"]
    unit = hits[0]
    answers = {
        **_ANSWERS,
        "responsible": opened.account.name,
        "next_visit_on": opened.today.isoformat(),
    }
    nobody = recording.record_visit(opened, recording.VisitOrder(unit.id, visit.Outcome.NOBODY))
    met = recording.record_visit(opened, recording.VisitOrder(unit.id, visit.Outcome.MET, answers))
    count = recording.visit_count(opened, unit.id)
    changed = [lamp.light for lamp in met.after] != [lamp.light for lamp in nobody.after]
    lit = sum(lamp.light is Light.CLEAR for lamp in met.after)
    dark = all(lamp.light is Light.UNSEEN for lamp in nobody.before)
    walk.note(
        _("3 走访"),
        changed and dark and lit == 4 and count == 2,
        _("{name}：亮灯 {lit}/4，走访 {count} 次都在").format(name=unit.name, lit=lit, count=count),
        unit.detail,
    )


def _signups(walk: _Walk) -> None:
    opened = walk.open
    pending = without_id = again = 0
    for order in roster.read_roster(opened, _sample(_JOINERS)):
        try:
            done = signing_up.sign_up(opened, order)
        except Conflict as error:
            again += error.code == "signup.already_member"
            continue
        pending += 1
        without_id += not order.typed.id_number
        walk.memberships.append(done.membership)
    waiting = signing_up.waiting(opened)
    for membership in waiting:
        approving.see(opened, membership)
    approved = approving.approve(opened, waiting).count
    good = pending == approved and again == 1 and without_id == 1
    count = _(
        "待审批 {pending} 人并已批准；重复 {again} 人已拦下并提示转入；无证件 {without_id} 人"
    )
    walk.note(
        _("4 入会"),
        good,
        count.format(pending=pending, again=again, without_id=without_id),
        _sample(_JOINERS).name,
    )


def _papers(walk: _Walk) -> None:
    printer = printing.Printer(walk.open)
    good, pages = True, 0
    for number, membership in enumerate(walk.memberships, start=1):
        out = walk.out / "papers" / f"{number:03d}.pdf"
        printed = printer.print_signup(membership, out)
        pages += printed.pages
        good = good and printing.reads_back(printed)
    count = _("{people} 人，{pages} 页，读回姓名一致").format(
        people=len(walk.memberships), pages=pages
    )
    walk.note(_("5 打印"), good, count, walk.out / "papers")


def _batches(walk: _Walk) -> None:
    opened = walk.open
    chosen = exporting.profile("ref-20col")
    rows = kept_off = 0
    for union in exporting.unions_to_report(opened):
        try:
            for file in exporting.export_batch(opened, union, chosen, walk.out / "batches"):
                rows += file.rows
                kept_off += len(file.kept_off)
        except OrganizerError as error:
            if error.code != "batch.all_kept_off":
                raise
            kept_off += int(str(error.facts["kept_off"]))
    good = rows + kept_off == len(walk.memberships) and kept_off >= 1
    count = _("{rows} 人逐格核对，{kept_off} 人未入批次（{name}）").format(
        rows=rows, kept_off=kept_off, name=chosen.name
    )
    walk.note(_("6 报送批次"), good, count, walk.out / "batches")


def _health(walk: _Walk) -> None:
    health = checking.check(walk.open)
    count = _("{writes} 步操作，{count} 处问题").format(
        writes=health.writes, count=len(health.findings)
    )
    walk.note(_("检查"), not health.findings, count, walk.folder.database)


def _sample(pattern: str) -> Path:
    (found,) = resources.path("sample").glob(pattern)
    return found


def _refused(act: Callable[[], object]) -> str:
    try:
        act()
    except OrganizerError as error:
        return error.code
    return ""


def _table(rows: list[tuple[str, bool, str, str]]) -> Iterator[str]:
    for step, good, count, path in rows:
        mark = "✓" if good else "✗"
        yield _("{mark} {step}：{count}  {path}").format(
            mark=mark, step=step, count=count, path=path
        )
