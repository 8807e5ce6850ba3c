"""上报: from the people who can be reported to a sealed file, and to its last trace."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from organizer import log, paths, settings
from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.errors import Cancelled, OrganizerError
from organizer.i18n import _
from organizer.jobs import Job
from organizer.services.batches import exporting, remaking, reporting
from organizer.services.batches.exporting import SealedFile
from organizer.services.batches.remaking import MadeAgain
from organizer.services.batches.reporting import Overview, Preview
from organizer.services.workspace import Workspace
from organizer.ui.actions import Action
from organizer.ui.batches.export_bar import KEY, ExportBar
from organizer.ui.batches.files_page import FilesPage
from organizer.ui.batches.history import AGAIN, History
from organizer.ui.batches.pipeline import DRAFTS, FILES, READY, SEALED, Pipeline
from organizer.ui.batches.union_panel import UnionPanel
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.widgets.plain import button, card, column, holder, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

_EMPTY = "empty"


class BatchesScreen(Screen):
    """`arrive` takes a union's id, or the page "drafts", "sealed" or "files"."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._seen: Overview | None = None
        self._preview: Preview | None = None
        self._looking: Job | None = None
        self._asked_for: bytes | None = None
        self._again: bytes | None = None
        """The batch whose file is made once more."""
        self._folder = ""
        self._page = READY
        self._filling = False
        self._pipeline = Pipeline()
        self._panel = UnionPanel(session.theme)
        self._unions = RowsTable(
            session.theme,
            (Column("union", _("工会"), 200), Column("waiting", _("待报送"), 76, number=True)),
            _("有会员可以报送的工会"),
            stretched=0,
        )
        self._drafts = History(
            session.theme, _("草稿"), _("没有草稿。导出到一半中断的批次会留在这里，不占用会员。")
        )
        self._sealed = History(
            session.theme,
            _("已封存的批次"),
            _("还没有已封存的批次。导出并逐格核对以后会列在这里。"),
        )
        self._files = FilesPage(session, self.say.emit)
        self._bar = ExportBar(session.theme)
        self._lay_out()
        self._connect()

    def actions_table(self) -> Sequence[Action]:
        """The one act of this screen, and the page nobody should overlook."""
        export = _("导出报送批次")
        files = _("看还没有清除的明文文件")
        again = _("重新生成已封存批次的文件")
        return (
            Action("batches.export", export, self.start_export, KEY, "batches", Permission.EXPORT),
            Action("batches.files", files, partial(self.show_page, FILES)),
            Action("batches.again", again, self._on_again, AGAIN, "", Permission.EXPORT),
        )

    def arrive(self, record: object = None) -> None:
        """Look anew; the first focus is on the unions."""
        self._asked_for = record if isinstance(record, bytes) else None
        self.session.ask(
            self, lambda _workspace: _remembered_folder(), self._on_folder, key="batches.folder"
        )
        pages = (DRAFTS, SEALED, FILES)
        self.show_page(next((page for page in pages if page == record), READY))
        self._reload()

    def leave(self) -> None:
        """Nobody waits any more for who could be reported."""
        if self._looking is not None:
            self._looking.cancel()

    def show_page(self, page: str) -> None:
        """Show one step of the pipeline, with the cursor in it."""
        self._page = page
        if page != SEALED and self._again is not None and not self._bar.busy:
            self._again = None
            self._bar.dismiss()
        self._place()
        self._focus_page()

    def start_export(self) -> None:
        """Ask for reason and folder."""
        if self._page != READY:
            self.show_page(READY)
        self._bar.ask(self._folder)

    def make_again(self, batch: bytes) -> None:
        """Ask for reason and folder of a sealed batch's file that is made once more."""
        if not self._bar.busy:
            self._again = batch
            self._bar.ask_again(ids.short_id(batch), self._folder)
            self._place()

    def _lay_out(self) -> None:
        self._teaching = label("", "mut")
        self._stack = QStackedWidget()
        self._places = {
            READY: self._ready_page(),
            _EMPTY: self._empty_page(),
            DRAFTS: self._drafts,
            SEALED: self._sealed,
            FILES: self._files,
        }
        for page in self._places.values():
            self._stack.addWidget(page)
        title = label(_("上报"), "title")
        column(
            row(title, self._pipeline, gap=24), self._stack, self._bar,
            into=QVBoxLayout(self), margin=20, gap=12,
        )  # fmt: skip
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretch(1, 1)

    def _ready_page(self) -> QWidget:
        parts = row(self._unions, self._panel, gap=20)
        parts.setStretch(0, 1)
        parts.setStretch(1, 2)
        return holder(parts)

    def _empty_page(self) -> QWidget:
        self._to_signup = button(
            _("去入会"), lambda: self.go.emit("signup", None), kind="primary", name="to-signup"
        )
        panel = card(
            label(_("没有待报送的会员"), "head"), self._teaching, row(self._to_signup, None),
            margin=24, gap=12,
        )  # fmt: skip
        return holder(column(panel, None))

    def _connect(self) -> None:
        self._pipeline.chosen.connect(self.show_page)
        self._unions.selectionModel().currentRowChanged.connect(self._on_union)
        self._unions.opened.connect(lambda _union: self.start_export())
        self._panel.mend.connect(lambda mending: self.go.emit("signup", mending))
        self._bar.opened.connect(self.start_export)
        self._bar.wanted.connect(self._on_wanted)
        self._sealed.again.connect(self.make_again)
        self._bar.closed.connect(self._on_closed)
        self.session.touched.connect(self._on_touched)

    def _place(self) -> None:
        """Bring page and foot into view without moving the cursor."""
        self._pipeline.mark(self._page)
        page = self._page
        if page == READY and self._seen is not None and not self._seen.unions:
            page = _EMPTY
        self._stack.setCurrentWidget(self._places[page])
        begun = page == _EMPTY or (page == SEALED and self._again is not None)
        self._bar.setVisible(page == READY or (begun and not self._bar.idle))

    def _focus_page(self) -> None:
        page = self._stack.currentWidget()
        if page is self._drafts or page is self._sealed:
            (self._drafts if page is self._drafts else self._sealed).focus_list()
        elif page is self._files:
            self._files.focus_first()
        elif page is self._places[_EMPTY]:
            self._to_signup.setFocus()
        else:
            self._unions.setFocus()

    def _reload(self) -> None:
        self.session.ask(
            self, reporting.overview, self._on_seen, key="batches.overview", failed=self._on_refused
        )

    def _on_touched(self) -> None:
        if self.isVisible():
            self._reload()

    def _on_folder(self, folder: str) -> None:
        self._folder = folder

    def _on_refused(self, error: BaseException) -> None:
        self.session.notices.present(error)
        if isinstance(error, OrganizerError):
            self._teaching.setText(error.sentence())
            self._stack.setCurrentWidget(self._places[_EMPTY])
            self._bar.hide()

    def _on_seen(self, seen: Overview) -> None:
        first, self._seen = self._seen is None, seen
        self._teaching.setText(
            _(
                "这里把已批准的会员做成省平台能导入的文件，导出时逐格核对并封存。"
                "先在“入会”登记并审批，会员就会出现在这里。"
            )
        )
        self._pipeline.show_counts(seen)
        self._filling = True
        self._unions.show_rows(
            [(union.id, (union.name, str(union.waiting))) for union in seen.unions],
            self._asked_for or self._unions.current_id(),
        )
        self._filling, self._asked_for = False, None
        self._drafts.show_batches([b for b in seen.batches if not b.sealed], seen.leftovers)
        self._sealed.show_batches([b for b in seen.batches if b.sealed], seen.leftovers)
        self._files.show_files(seen.leftovers)
        if self._page == FILES and not seen.leftovers:
            self._page = READY
        self._place()
        if self._page == FILES or (first and self._bar.idle):
            self._focus_page()
        self._on_union()

    def _on_union(self) -> None:
        if self._filling or self._seen is None:
            return
        chosen = self._unions.current_id()
        line = next((union for union in self._seen.unions if union.id == chosen), None)
        if line is None:
            self._bar.offer(0, 0)
            return
        if self._preview is None or self._preview.union != line.id:
            self._bar.offer(0, 0)
            self._panel.wait_for(line.name, line.waiting)
        self._looking = self.session.work(
            self,
            lambda workspace, job: reporting.preview(workspace, line.id, progress=job),
            self._on_preview,
            key="batches.preview",
        )

    def _on_preview(self, preview: Preview) -> None:
        self._preview = preview
        self._panel.show_preview(preview)
        self._bar.offer(preview.going_count, preview.held_count)

    def _on_again(self) -> None:
        """The key works from anywhere on the screen; the batch is the one under the cursor."""
        if self._page != SEALED:
            self.show_page(SEALED)
        else:
            self._sealed.make_again()

    def _on_wanted(self, reason: str, folder: str) -> None:
        if self._again is None:
            self._export(reason, folder)
        else:
            self._export_again(self._again, reason, folder)

    def _export_again(self, batch: bytes, reason: str, folder: str) -> None:
        self._folder = folder
        job = self.session.change(
            self,
            lambda workspace, job: _perform_again(workspace, job, batch, Path(folder), reason),
            self._bar.finish_again,
            failed=partial(self._on_failed, reason, folder),
        )
        self._bar.follow(job)

    def _export(self, reason: str, folder: str) -> None:
        if self._preview is None:
            return
        union = self._preview.union
        self._folder = folder
        job = self.session.change(
            self,
            lambda workspace, job: _perform(workspace, job, union, Path(folder), reason),
            self._bar.finish,
            failed=partial(self._on_failed, reason, folder),
        )
        self._bar.follow(job)

    def _on_failed(self, reason: str, folder: str, error: BaseException) -> None:
        self._bar.fail()
        self.session.notices.present(error, partial(self._on_wanted, reason, folder))
        self._reload()

    def _on_closed(self) -> None:
        self._again = None
        self._place()
        self._focus_page()


def _perform(
    workspace: Workspace, job: Job, union: bytes, folder: Path, reason: str
) -> tuple[SealedFile, ...]:
    """The export as a job; a stop ends it without files. What was typed as ~ is the home folder."""
    folder = folder.expanduser()
    chosen = exporting.profile(reporting.DEFAULT_PROFILE)
    try:
        files = exporting.export_batch(workspace, union, chosen, folder, job, reason)
    except Cancelled:
        return ()
    _remember_folder(folder)
    return files


def _perform_again(
    workspace: Workspace, job: Job, batch: bytes, folder: Path, reason: str
) -> MadeAgain | None:
    """The same for a file that is made once more; None when it was stopped."""
    folder = folder.expanduser()
    try:
        made = remaking.make_again(workspace, batch, folder, job, reason)
    except Cancelled:
        return None
    _remember_folder(folder)
    return made


def _remember_folder(folder: Path) -> None:
    try:
        settings.remember(paths.settings_file(), export_folder=str(folder))
    except OrganizerError as error:
        log.area("settings").warning("%s", log.facts_line(error.code, error.facts))


def _remembered_folder() -> str:
    """Where the last batch went, empty before the first."""
    return settings.read(paths.settings_file()).export_folder
