"""The two halves of a person's page: who it is and where, and what was done."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from organizer.domain.chapter import Chapter
from organizer.i18n import _
from organizer.services.members.person_card import PersonCard, Standing
from organizer.ui.theme import Theme
from organizer.ui.widgets.pairs import TITLE_WIDTH, pairs, section, told
from organizer.ui.widgets.plain import button, column, holder, label, row

Row = tuple[str, QWidget, str]
_MOST_ROWS = 12


def who(
    theme: Theme,
    card: PersonCard,
    number: QWidget,
    phone: QWidget,
    open_unit: Callable[[], None],
) -> QWidget:
    """Numbers, unit, union and answers; `number` and `phone` are masked elsewhere."""
    rows: list[Row] = [(_("证件号码"), number, ""), (_("手机号码"), phone, "")]
    if card.current is not None:
        rows += _place(card.current, open_unit)
    rows += [(line.title, told(line.text), "") for line in card.fields]
    parts = [label(_("资料"), "head"), pairs(theme, rows)]
    former = [one for one in card.standings if one is not card.current]
    if former:
        lines = (
            label(
                _("{union} · {state} · {since}").format(
                    union=one.union_name, state=one.state, since=one.since
                ),
                "mut",
            )
            for one in former
        )
        parts.append(section(_("别的会籍"), *lines))
    return holder(column(*parts, gap=12))


def done(theme: Theme, card: PersonCard) -> QWidget:
    """How far the record has come, and every step, newest first."""
    way = told(card.passport)
    lines = []
    for event in card.events:
        day = label(event.on, "mut")
        day.setFixedWidth(theme.px(TITLE_WIDTH - 16))
        line = row(day, told(event.what), label(event.who, "mut"), gap=12)
        line.setStretch(1, 1)
        lines.append(line)
    steps = holder(column(*lines, gap=10))
    parts = [section(chapter.title, _table(theme, chapter)) for chapter in card.chapters]
    whole = column(label(_("经过"), "head"), way, *parts, section(_("每一步"), steps), gap=12)
    return holder(whole)


def _table(theme: Theme, chapter: Chapter) -> QWidget:
    """A few rows with their headings; longer tables stand in the dossier."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(6)
    filled = [at for at in range(len(chapter.columns)) if any(cells[at] for cells in chapter.rows)]
    for place, at in enumerate(filled):
        title, share = chapter.columns[at]
        grid.setColumnStretch(place, round(share))
        grid.addWidget(label(title, "mut"), 0, place)
        for line, cells in enumerate(chapter.rows[:_MOST_ROWS], start=1):
            grid.addWidget(told(cells[at]), line, place, Qt.AlignmentFlag.AlignTop)
    return made


def _place(current: Standing, open_unit: Callable[[], None]) -> Iterator[Row]:
    unit: QWidget = told(current.workplace or _("没有登记"))
    if current.employer is not None:
        link = button(_("打开"), open_unit, kind="inline", name="open-unit")
        link.setAccessibleName(_("打开工作单位"))
        line = row(unit, link)
        line.setStretch(0, 1)
        unit = holder(line)
    yield _("工作单位"), unit, ""
    yield _("所在工会"), told(current.union_name), ""
    if current.position:
        yield _("岗位"), told(current.position), ""
    yield _("入会日期") if current.code != "pending" else _("申请日期"), told(current.since), ""
