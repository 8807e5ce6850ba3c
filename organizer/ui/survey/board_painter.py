"""How the board is drawn: road, floors, names of rows, and a tile with its number, bar and mark."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from organizer.domain.board import Board, Mark, Row, Side, Tile
from organizer.i18n import _
from organizer.ui.survey.board_layout import Box, Plan
from organizer.ui.survey.board_tiles import Fill, mark_letter, painted_name
from organizer.ui.theme import Theme

_ROLES = {Mark.CLEAR: "ok", Mark.EFFORT: "info", Mark.LACKING: "warn", Mark.UNSEEN: "no"}
_TALL = 56
"""From this height on (pixels at 100 %) a tile has a line for its count."""
_TRACK = 56
"""How much of a mark's colour (of 255) the part of a bar shows that is not done."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_CENTRE = Qt.AlignmentFlag.AlignCenter


class BoardPainter:
    """Paints with the tokens of the theme; fonts and colours are looked up once for each look."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.forget()

    def forget(self) -> None:
        """The look has changed."""
        theme = self._theme
        self._name, self._low = theme.font(16, bold=True), theme.font(14, bold=True)
        self._small, self._mark = theme.font(12), theme.font(12, bold=True)
        self._metrics = {id(font): QFontMetrics(font) for font in (self._name, self._low)}
        self._colours: dict[str, QColor] = {}

    def ground(self, painter: QPainter, plan: Plan, board: Board, view: Box, typed: str) -> None:
        """Road, slabs of floors, names of rows, and the number that is being typed."""
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("bg"))
        for slab in plan.slabs:
            painter.drawRoundedRect(QRectF(*slab), theme.px(6), theme.px(6))
        if plan.road is not None:
            self._road(painter, QRectF(view.x, plan.road.y, view.width, plan.road.height), board)
        painter.setFont(self._small)
        for label in plan.labels:
            painter.setPen(self._colour("mut"))
            box = QRectF(*label.box)
            if plan.strip:
                # Only the houses go by.
                box.moveLeft(view.x)
            box.setWidth(label.box.width - theme.px(8))
            inset = theme.px(8) if plan.slabs else 0
            text = QFontMetrics(self._small).elidedText(
                row_name(label.row), Qt.TextElideMode.ElideRight, int(box.width()) - inset
            )
            painter.drawText(box.adjusted(inset, 0, 0, 0), _LEFT, text)
        if typed:
            self._typed(painter, view, typed)

    def tile(self, painter: QPainter, box: Box, tile: Tile, fill: Fill) -> None:
        """One tile."""
        theme, role = self._theme, _ROLES[fill.mark]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(f"{role}s"))
        painter.drawRoundedRect(QRectF(*box), theme.px(6), theme.px(6))
        inner = QRectF(*box).adjusted(theme.px(8), theme.px(5), -theme.px(8), -theme.px(5))
        if box.height >= theme.px(_TALL):
            self._tall(painter, inner, tile, fill, role)
        else:
            self._flat(painter, inner, tile, fill, role)

    def ring(self, painter: QPainter, box: Box, *, focus: bool) -> None:
        """The ring around the tile one stands at."""
        width = self._theme.px(2)
        painter.setPen(QPen(self._colour("acc" if focus else "mut"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half, round_ = width / 2, self._theme.px(6)
        painter.drawRoundedRect(QRectF(*box).adjusted(half, half, -half, -half), round_, round_)

    def _tall(self, painter: QPainter, box: QRectF, tile: Tile, fill: Fill, role: str) -> None:
        theme = self._theme
        self._text(painter, box, self._name, painted_name(tile), int(box.width()), _TOP)
        painter.setFont(self._small)
        painter.setPen(self._colour("mut"))
        count = _("{count} 户").format(count=len(tile.doors)) + (" ›" if tile.inner else "")
        painter.drawText(box.adjusted(0, theme.px(21), 0, 0), _TOP, count)
        foot = QRectF(box.left(), box.bottom() - theme.px(18), box.width(), theme.px(18))
        letter = self._letter(painter, foot, fill.mark, role)
        bar = foot.adjusted(0, theme.px(7), -letter, -theme.px(7))
        self._bar(painter, bar, role, fill.done / max(len(tile.doors), 1))

    def _flat(self, painter: QPainter, box: QRectF, tile: Tile, fill: Fill, role: str) -> None:
        theme = self._theme
        line = box.adjusted(0, 0, 0, -theme.px(5))
        letter = self._letter(painter, line, fill.mark, role)
        if tile.inner:
            painter.setFont(self._small)
            painter.setPen(self._colour("mut"))
            count = f"{len(tile.doors)} ›"
            line.setRight(line.right() - letter)
            painter.drawText(line, _RIGHT, count)
            line.setRight(line.right() - QFontMetrics(self._small).horizontalAdvance(count))
        else:
            line.setRight(line.right() - letter)
        self._text(painter, line, self._low, painted_name(tile), int(line.width()), _LEFT)
        bar = QRectF(box.left(), box.bottom() - theme.px(2), box.width(), theme.px(3))
        self._bar(painter, bar, role, fill.done / max(len(tile.doors), 1))

    def _letter(self, painter: QPainter, box: QRectF, mark: Mark, role: str) -> float:
        """The mark at the right; returns the room it takes."""
        painter.setFont(self._mark)
        painter.setPen(self._colour(role))
        painter.drawText(box, _RIGHT, mark_letter(mark))
        return self._theme.px(18)

    def _bar(self, painter: QPainter, box: QRectF, role: str, share: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        track = QColor(self._colour(role))
        track.setAlpha(_TRACK)
        painter.setBrush(track)
        round_ = box.height() / 2
        painter.drawRoundedRect(box, round_, round_)
        if share > 0:
            painter.setBrush(self._colour(role))
            done = QRectF(box)
            done.setWidth(max(box.width() * min(share, 1), box.height()))
            painter.drawRoundedRect(done, round_, round_)

    def _road(self, painter: QPainter, box: QRectF, board: Board) -> None:
        painter.fillRect(box, self._colour("nos"))
        painter.setFont(self._small)
        painter.setPen(self._colour("mut"))
        name = board.trail[-1].name if board.trail else ""
        painter.drawText(box, _CENTRE, "   ".join(name))
        box = box.adjusted(self._theme.px(8), 0, -self._theme.px(8), 0)
        painter.drawText(box, _LEFT, _("↑ 单号　↓ 双号"))
        painter.drawText(box, _RIGHT, "→")

    def _typed(self, painter: QPainter, view: Box, typed: str) -> None:
        theme = self._theme
        said = _("到 {number} 号").format(number=typed)
        width = QFontMetrics(self._small).horizontalAdvance(said) + theme.px(16)
        box = QRectF(view.x + view.width - width, view.y, width, theme.px(22))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("infos"))
        painter.drawRoundedRect(box, theme.px(11), theme.px(11))
        painter.setPen(self._colour("info"))
        painter.drawText(box, _CENTRE, said)

    def _text(
        self, painter: QPainter, box: QRectF, font: QFont, text: str, room: int,
        flags: Qt.AlignmentFlag,
    ) -> None:  # fmt: skip
        painter.setFont(font)
        painter.setPen(self._colour("ink"))
        shown = self._metrics[id(font)].elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, flags, shown)

    def _colour(self, role: str) -> QColor:
        if role not in self._colours:
            self._colours[role] = self._theme.color(role)
        return self._colours[role]


def row_name(row: Row) -> str:
    """What a row of tiles is called."""
    sides = {
        Side.ODD: _("单号侧"),
        Side.EVEN: _("双号侧"),
        Side.OTHER: _("其他"),
        Side.LANES: _("巷、里弄"),
    }
    return sides[Side(row.key)] if row.key in sides else row.name
