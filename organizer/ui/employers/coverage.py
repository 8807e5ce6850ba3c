"""Which union covers a unit, since when and how, and which did before; a way to change it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.employers.card import CoverLine
from organizer.ui.theme import Theme
from organizer.ui.widgets.pairs import told
from organizer.ui.widgets.plain import button, column, holder, label, row

COVER = "Ctrl+B"


class CoverageLines(QWidget):
    """`union_wanted` asks for a union's page; the others for the form that changes the coverage."""

    union_wanted = Signal(bytes)
    cover_wanted = Signal()
    uncover_wanted = Signal()

    def __init__(self, theme: Theme, lines: Sequence[CoverLine], *, may: bool) -> None:
        super().__init__()
        self._theme = theme
        now, *before = lines
        parts = [self._now(now)]
        if may:
            parts.append(self._acts(now))
        parts += [label(_before(one), "mut") for one in before]
        column(*parts, into=QVBoxLayout(self), gap=6)

    def _now(self, now: CoverLine) -> QWidget:
        words = (_("{name} · {kind}，自 {since}") if now.since else _("{name} · {kind}")).format(
            name=now.name, kind=now.kind, since=now.since
        )
        text = told(words)
        text.setObjectName("covered-by")
        if now.union is None:
            return text
        union = now.union
        link = button(_("打开"), lambda: self.union_wanted.emit(union), kind="inline")
        link.setObjectName("open-union")
        link.setAccessibleName(_("打开{name}").format(name=now.name))
        line = row(text, link)
        line.setStretch(0, 1)
        return holder(line)

    def _acts(self, now: CoverLine) -> QWidget:
        change = button(_("改覆盖"), self.cover_wanted.emit, kind="inline", name="change-coverage")
        change.setToolTip(_("由哪个工会覆盖、哪种方式、从哪天起 ({key})").format(key=COVER))
        end = button(_("结束覆盖"), self.uncover_wanted.emit, kind="inline", name="end-coverage")
        if not now.since:
            # Never shown by hand: before it has a parent it would be a window of its own.
            end.hide()
        return holder(row(change, end, None, gap=12))


def _before(one: CoverLine) -> str:
    return _("{since} 至 {until}　{name} · {kind}").format(
        since=one.since, until=one.until or "—", name=one.name, kind=one.kind
    )
