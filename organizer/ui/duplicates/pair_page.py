"""Two records beside each other: why they may be one, what each says, what merging would do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.errors import OrganizerError
from organizer.i18n import _, listed
from organizer.services import duplicating, merging, side_by_side
from organizer.services.side_by_side import Comparison, Side
from organizer.ui.duplicates.field_table import FieldTable
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import column, holder, label, row, scrolled
from organizer.ui.widgets.reflow import Cell, Reflow

MERGE, DISTINCT, SWAP, OPEN = "Ctrl+Return", "F8", "F6", "Ctrl+O"
_LOOK_AFTER_MS = 120
_LEAST_TABLE = 168

Pair = tuple[str, bytes, bytes]
"""The table and the two records."""


class PairPage(QWidget):
    """Shows one pair at a time. `merged` and `parted` carry what was said and the write."""

    merged = Signal(str, bytes)
    parted = Signal(str, bytes)
    gone = Signal()
    """One of the two is no longer there."""
    opened = Signal(str, bytes)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.comparison: Comparison | None = None
        self._kept = "one"
        self._busy = False
        self._wanted: Pair | None = None
        self._sure = label("", "head")
        self._for, self._against = label("", "good"), label("", "warn")
        self._sides = (label("", "label"), label("", "label"))
        for part in self._sides:
            part.setWordWrap(True)
        self.fields = FieldTable(session.theme)
        self.fields.setObjectName("fields")
        self.plan = label("", "info")
        self.problem = label("", "warn")
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_AFTER_MS)
        self._looking.timeout.connect(self._look)
        self.fields.chosen.connect(self._looking.start)
        self._acts = self._buttons()
        sides = row(*self._sides, gap=16)
        for place, side in enumerate(self._sides):
            sides.setStretch(place, 1)
            side.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = column(
            self._sure,
            self._for,
            self._against,
            sides,
            self.fields,
            self.plan,
            self.problem,
            gap=10,
        )
        column(scrolled(holder(inside)), self._acts, into=QVBoxLayout(self), gap=12)
        session.theme.changed.connect(self._on_theme)
        self._on_theme()
        for part in (self._for, self._against, self.plan, self.problem):
            part.hide()

    @property
    def pair(self) -> Pair | None:
        """What was asked for last."""
        return self._wanted

    def show_pair(self, table: str, one: bytes, other: bytes) -> None:
        """Ask for two records and show them."""
        if self._wanted == (table, one, other) and self.comparison is not None:
            return
        self._wanted, self.comparison = (table, one, other), None
        self._session.ask(
            self,
            lambda workspace: side_by_side.compare(workspace, table, one, other),
            self._show,
            key="duplicates.pair",
            failed=self._on_gone,
        )

    def clear(self) -> None:
        """Nothing is chosen."""
        self._wanted = self.comparison = None

    def merge(self) -> None:
        """Merge as chosen, once."""
        shown = self.comparison
        if shown is None or self._busy or not self._merge.isEnabled():
            return
        self._busy = True
        table, (gone, kept) = shown.table, self._ends(shown)
        taken = side_by_side.with_companions(self.fields.taken)
        said = _("“{name}”已并入“{kept}”。").format(name=gone.name, kept=kept.name)
        self._session.change(
            self,
            lambda workspace, _job: merging.merge(workspace, table, gone.id, kept.id, taken),
            lambda write: self._done(self.merged, said, write),
            failed=self._on_refused,
        )

    def part(self) -> None:
        """Remember that they are not one, once."""
        shown = self.comparison
        if shown is None or self._busy:
            return
        self._busy = True
        table, one, other = shown.table, shown.one.id, shown.other.id
        said = _("已记下不是同一个，以后不再提示。")
        self._session.change(
            self,
            lambda workspace, _job: duplicating.distinct(workspace, table, one, other),
            lambda write: self._done(self.parted, said, write),
            failed=self._on_refused,
        )

    def swap(self) -> None:
        """The other one stays."""
        if self.comparison is not None:
            self._turn("other" if self._kept == "one" else "one")

    def open_kept(self) -> None:
        """Go to the record that stays."""
        if self.comparison is not None:
            self.opened.emit(self.comparison.table, self._ends(self.comparison)[1].id)

    def _show(self, comparison: Comparison) -> None:
        self.comparison = comparison
        agreeing, differing = duplicating.sign_words(comparison.verdict)
        self._sure.setText(duplicating.sure_word(comparison.verdict))
        for part, mark, words in (
            (self._for, _("像：{signs}"), agreeing),
            (self._against, _("不像：{signs}"), differing),
        ):
            part.setText(mark.format(signs=listed(words)))
            part.setVisible(bool(words))
        self._turn(comparison.kept)

    def _turn(self, kept: str) -> None:
        """Show with this one at the left; what it lacks is proposed from the other."""
        shown = self.comparison
        if shown is None:
            return
        self._kept = kept
        self.fields.show_pair(shown, kept, shown.taken(kept))
        gone, stays = self._ends(shown)
        self._sides[0].setText(_("保留：{told}").format(told=_told(stays)))
        self._sides[1].setText(_("并掉：{told}").format(told=_told(gone)))
        self._look()

    def _look(self) -> None:
        """Say what would happen."""
        shown = self.comparison
        if shown is None:
            return
        table, (gone, kept) = shown.table, self._ends(shown)
        taken = self.fields.taken
        self._session.ask(
            self,
            lambda workspace: side_by_side.plan(workspace, table, gone.id, kept.id, taken),
            lambda told: self._tell(told, ""),
            key="duplicates.plan",
            failed=self._on_refused,
        )

    def _ends(self, shown: Comparison) -> tuple[Side, Side]:
        """The one that goes and the one that stays."""
        other = "other" if self._kept == "one" else "one"
        return shown.side(other), shown.side(self._kept)

    def _done(self, signal: object, said: str, write: bytes) -> None:
        self._busy = False
        self.clear()
        signal.emit(said, write)  # type: ignore[attr-defined]  # a bound signal

    def _on_refused(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, OrganizerError):
            self._tell((), error.sentence())
        else:
            self._session.notices.present(error)

    def _on_gone(self, error: BaseException) -> None:
        self.clear()
        self._session.notices.present(error)
        self.gone.emit()

    def _tell(self, told: Sequence[str], wrong: str) -> None:
        self.plan.setText("\n".join(told))
        self.plan.setVisible(bool(told))
        self.problem.setText(wrong)
        self.problem.setVisible(bool(wrong))
        self._merge.setEnabled(not wrong)

    def _on_theme(self) -> None:
        self.fields.setMinimumHeight(self._session.theme.px(_LEAST_TABLE))

    def _buttons(self) -> Reflow:
        theme = self._session.theme
        self._merge = KeyButton(
            theme, _("合并"), self.merge, shortcut=MERGE, kind="primary", name="merge"
        )
        part = KeyButton(theme, _("不是同一个"), self.part, shortcut=DISTINCT, name="distinct")
        swap = KeyButton(theme, _("换一条保留"), self.swap, shortcut=SWAP, name="swap")
        opened = KeyButton(theme, _("打开保留的"), self.open_kept, shortcut=OPEN, name="open-kept")
        cells = (
            Cell(self._merge, 3, 140), Cell(part, 3, 132), Cell(swap, 3, 132),
            Cell(opened, 3, 148),
        )  # fmt: skip
        return Reflow(theme, (cells,))


def _told(side: Side) -> str:
    """Its name, where it is, and what hangs on it."""
    return _(" · ").join(filter(None, (side.name, side.where, listed(side.hanging))))
