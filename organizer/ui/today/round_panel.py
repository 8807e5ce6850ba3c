"""How far the round has got: doors reached, and the four clears, each as a bar and in words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from organizer.i18n import _, show_date
from organizer.services.survey.rounds import ways_words
from organizer.services.today import Clears, Progress
from organizer.ui.theme import Theme
from organizer.ui.today.clears_part import ClearsPart, percent
from organizer.ui.today.share_bar import ShareBar
from organizer.ui.widgets.plain import button, label, row


class RoundPanel(QFrame):
    """The card of the round."""

    next_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, theme: Theme, *, may_lead: bool) -> None:
        super().__init__()
        self._may_lead = may_lead
        self.setProperty("kind", "card")
        self._name = label("", "head")
        self._name.setWordWrap(True)
        self._days = label("", "mut")
        self._share = label("", "large")
        self._units = label("", "mut")
        self._bar = ShareBar(theme)
        self._words = label("", "mut")
        self._how = label(_("走到＝本轮有人应门或有了结论；没人的门不算。"), "mut")
        self._clears = ClearsPart(theme)
        self._clears.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(self._name)
        layout.addWidget(self._days)
        layout.addLayout(row(self._share, None, self._units))
        layout.addWidget(self._bar)
        layout.addWidget(self._words)
        layout.addWidget(self._how)
        layout.addWidget(self._clears)
        self._close = button(
            _("结束这一轮"), self.close_wanted.emit, kind="link", name="close-round"
        )
        self._next = button(_("开新一轮"), self.next_wanted.emit, kind="link", name="next-round")
        layout.addLayout(row(self._close, self._next, None, gap=16))

    def show_progress(self, progress: Progress | None) -> None:
        """Show a round, or that there is none."""
        for part in (self._share, self._units, self._bar, self._how, self._days):
            part.setVisible(progress is not None)
        self._next.setVisible(self._may_lead and progress is not None)
        self._close.setVisible(self._may_lead and progress is not None and not progress.over)
        if progress is None:
            self._name.setText(_("还没有排查批次"))
            self._words.setText(_("到“排查”里开一个批次，就可以上门了。"))
            return
        units = progress.units or 1
        self._name.setText(progress.name)
        self._days.setText(span_words(progress))
        self._days.setToolTip(_("确认方式：{ways}").format(ways=ways_words(progress.round)))
        self._share.setText(percent(progress.reached, units))
        self._units.setText(_("应查 {units} 户").format(units=progress.units))
        said = _("走到 {reached}　没人 {nobody}　未去 {never}").format(
            reached=progress.reached, nobody=progress.nobody, never=progress.never
        )
        self._words.setText(said)
        parts = (("ok", progress.reached / units), ("warn", progress.nobody / units))
        self._bar.show_parts(parts, said)

    def show_clears(self, clears: Clears | None) -> None:
        """Show the four clears, once they are counted."""
        self._clears.show_clears(clears)


def span_words(progress: Progress) -> str:
    """From when until when, and how many days are left."""
    starts, ends = progress.round.starts_on, progress.round.ends_on
    if progress.over and ends is not None:
        return _("{starts}至{ends}，已经结束").format(
            starts=show_date(starts), ends=show_date(ends)
        )
    if starts > progress.day:
        return _("{starts}开始，还没到").format(starts=show_date(starts))
    if ends is None:
        return _("{starts}开始，结束日未定").format(starts=show_date(starts))
    left = (ends - progress.day).days
    if not left:
        return _("{starts}至今天，今天是最后一天").format(starts=show_date(starts))
    return _("{starts}至{ends}，还有 {days} 天").format(
        starts=show_date(starts), ends=show_date(ends), days=left
    )
