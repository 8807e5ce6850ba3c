"""The four clears of the round: how many units are through, and each lamp, in words and as a bar."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.domain.clears import Lamp, Light
from organizer.i18n import _
from organizer.services.today import Clears, LampCount
from organizer.ui.theme import Theme
from organizer.ui.today.share_bar import ShareBar
from organizer.ui.widgets.lamps import Lamps
from organizer.ui.widgets.plain import column, holder, label, row, rule


class ClearsPart(QWidget):
    """Counted after the page is there; hidden until then."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._shown: Clears | None = None
        theme.changed.connect(self._on_theme)

    def show_clears(self, clears: Clears | None) -> None:
        """Show these counts; None without a round."""
        self._shown = clears
        while (old := self._inside.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        self.setVisible(clears is not None and clears.units > 0)
        if clears is None or not clears.units:
            return
        title = label(_("四清"), "head")
        whole = label(counted(clears.all_clear, clears.units))
        lamps = (self._lamp(one, clears.units) for one in clears.lamps)
        note = label(_("四项都清的单位；每盏灯看本轮核实过的内容。"), "mut")
        self._inside.addWidget(
            holder(column(rule(), row(title, None, whole), note, *lamps, gap=12))
        )

    def _on_theme(self) -> None:
        self.show_clears(self._shown)

    def _lamp(self, one: LampCount, units: int) -> QWidget:
        lamp = Lamps(self._theme)
        lamp.show_lamps((Lamp(one.rule, Light.CLEAR if one.clear else Light.UNSEEN, ()),))
        lamp.setFixedWidth(self._theme.px(20))
        name = label(one.rule.name, "mut")
        said = label(counted(one.clear, units), "mut")
        said.setWordWrap(False)
        bar = ShareBar(self._theme, 6)
        told = _("{lamp}：{count}").format(lamp=one.rule.name, count=counted(one.clear, units))
        bar.show_parts((("ok", one.clear / units),), told)
        head = row(lamp, name, said)
        head.setStretch(1, 1)
        return holder(column(head, bar, gap=4))


def counted(count: int, units: int) -> str:
    """45 户 · 11.4%."""
    return _("{count} 户 · {share}").format(count=count, share=percent(count, units))


def percent(count: int, units: int) -> str:
    """11.4%, as the weekly report tells it; what is more than nothing is never told as 0%."""
    share = f"{count / units * 100:.1f}" if units else "0.0"
    return _("不到 0.1%") if count and share == "0.0" else f"{share}%"
