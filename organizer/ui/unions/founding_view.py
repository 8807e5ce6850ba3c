"""One founding in view: its steps with what is next, the hints, who stands and the meeting in words."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.i18n import _, listed
from organizer.services.paper import paper_trail
from organizer.services.unions.founding_card import CandidateLine, FoundingCard
from organizer.ui.session import Session
from organizer.ui.unions.founding_steps import StepList
from organizer.ui.widgets.fitting import EvenButtons
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.paper_block import PaperBlock
from organizer.ui.widgets.plain import column, holder, label, row, scrolled
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

_BUTTON = 124
_SIDE_BY_SIDE = 640
_PEOPLE_ROWS = 6


class FoundingView(QFrame):
    """`step_opened` carries the code of a step, `person_opened` the id of somebody who stands."""

    step_opened = Signal(str)
    person_opened = Signal(bytes)

    def __init__(self, session: Session, acts: Sequence[KeyButton]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        theme = session.theme
        self._session, self._theme = session, theme
        self._papers: PaperBlock | None = None
        self.card: FoundingCard | None = None
        self._title = label("", "head")
        self._title.setWordWrap(True)
        self._chip = label("", "chip")
        self._told = label("", "mut")
        self._acts = EvenButtons(theme, acts, _BUTTON)
        self.steps = StepList(theme)
        self.steps.opened.connect(self.step_opened)
        self.said = label("", "warn")
        self.said.setObjectName("founding-said")
        self._hints = label("", "info")
        self._hints.setObjectName("founding-hints")
        self.people = RowsTable(theme, _columns(), _("名单"), 0, ("position",))
        self.people.opened.connect(self._on_person)
        self._nobody = label(
            _("还没有名单。筹备组、候选人都用“登记名单”写进来，一个接一个。"), "mut"
        )
        self._meeting = label("", "mut")
        self._trail = column()
        self._lay_out()
        for later in (self._chip, self.said, self._hints, self._nobody, self.people):
            # Nothing is told until it is known.
            later.hide()
        theme.changed.connect(self._arrange)

    def _lay_out(self) -> None:
        """The steps, and beside or below them what is said of the founding."""
        parts = (
            self.said, self._hints, label(_("名单"), "label"), self._nobody, self.people,
            self._meeting, self._trail, None,
        )  # fmt: skip
        self._side = holder(column(*parts, gap=10))
        self._body = QHBoxLayout()
        self._body.setSpacing(16)
        self._body.addWidget(self.steps)
        self._area: QScrollArea = scrolled(self._side)
        self._body.addWidget(self._area)
        chips = row(self._chip, self._told, gap=12)
        chips.setStretch(1, 1)
        whole = column(self._title, chips, self._acts, into=QVBoxLayout(self), margin=16, gap=10)
        whole.addLayout(self._body, 1)

    def show_card(self, card: FoundingCard, hints: str = "") -> None:
        """Show a founding; `hints` is what should be known of what was just done."""
        fresh = self.card is None or self.card.id != card.id
        moved = not fresh and self.card is not None and _next(self.card) != _next(card)
        self.card = card
        self._title.setText(card.union_name)
        chip = _("{kind}　{done} / {all} 步").format(
            kind=card.kind_word, done=card.done, all=len(card.steps)
        )
        self._chip.setText(chip)
        self._chip.show()
        self._told.setText(
            _("{state}　会员 {members} 人，女会员 {women} 人　{units}").format(
                state=card.state,
                members=card.members,
                women=card.women,
                units=listed(name for _id, name in card.units),
            )
        )
        self._show(self.said, hints)
        self._show(self._hints, "\n".join(card.hints))
        self._meeting.setText(_meeting(card))
        self.people.show_rows(
            [(one.id, _cells(one)) for one in card.candidates], self.people.current_id()
        )
        self.people.setVisible(bool(card.candidates))
        self._nobody.setVisible(not card.candidates)
        shown = min(max(len(card.candidates), 1), _PEOPLE_ROWS) + 1
        self.people.setMinimumHeight(self._theme.px(34) * shown)
        self._show_papers(card.id)
        self.steps.steps.show(card.steps)
        if fresh or moved or not self.steps.currentIndex().isValid():
            self.steps.choose(_next(card))
        self._acts.lay_out()

    def _show_papers(self, founding: bytes) -> None:
        """How far its papers have come."""
        if self._papers is not None:
            self._papers.deleteLater()
        self._papers = PaperBlock(
            self._session,
            lambda workspace: paper_trail.of_record(workspace, "founding", founding),
            "foundings.papers",
        )
        self._trail.addWidget(self._papers)

    @property
    def person(self) -> CandidateLine | None:
        """Who stands under the cursor of the list of people."""
        row_id, card = self.people.current_id(), self.card
        if card is None:
            return None
        return next((one for one in card.candidates if one.id == row_id), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= self._theme.px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(way)
        # Under each other the steps are what one came for.
        self._body.setStretch(0, 5)
        self._body.setStretch(1, 4 if wide else 2)

    def _show(self, part: QWidget, text: str) -> None:
        part.setText(text)  # type: ignore[attr-defined]
        part.setVisible(bool(text))

    def _on_person(self, row_id: bytes) -> None:
        self.person_opened.emit(row_id)


def _next(card: FoundingCard) -> str:
    return card.next.code if card.next else card.steps[-1].code


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("姓名"), 120, sortable=False),
        Column("role", _("拟任"), 96, sortable=False),
        Column("position", _("单位职务"), 90, sortable=False),
        Column("votes", _("得票"), 92, sortable=False),
    )


def _cells(one: CandidateLine) -> tuple[str, ...]:
    votes = "" if one.votes is None else str(one.votes)
    if one.elected:
        votes = _("{votes} 当选").format(votes=votes)
    name = _("{name}（{barred}）") if one.barred else "{name}"
    return name.format(name=one.name, barred=one.barred_word), one.role_word, one.position, votes


def _meeting(card: FoundingCard) -> str:
    return "  ".join(_told(card)) if card.meeting.due else ""


def _told(card: FoundingCard) -> Iterator[str]:
    told = card.meeting
    yield _("大会：应到 {due} 人，实到 {present} 人").format(due=told.due, present=told.present)
    yield _("委员 {seats} 名").format(seats=told.seats)
    if told.term_years:
        yield _("任期 {years} 年").format(years=told.term_years)
