"""The meeting that elects: figures and votes, with what they come to told while one types."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from organizer.domain.dates import parse_past_day
from organizer.domain.founding import ELECTED, Body, Figures
from organizer.errors import InvalidInput
from organizer.i18n import _, listed
from organizer.services.unions import founding_votes
from organizer.services.unions.founding_card import CandidateLine, FoundingCard
from organizer.services.unions.founding_votes import MEETINGS, MeetingOrder
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.unions.forms import words_of
from organizer.ui.unions.founding_forms import FoundingForm
from organizer.ui.widgets.act_form import Question
from organizer.ui.widgets.codefield import CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.reflow import Cell, Reflow

_NUMBERS = ("due_count", "present_count", "seats", "ballots_out", "ballots_back", "ballots_void")
_LEAST = 138
_MOST_LETTERS = 5


class MeetingForm(FoundingForm):
    """记选举大会, made anew for those who stand: one field for the votes of each."""

    draft_name = "meeting"

    def __init__(self, session: Session, card: FoundingCard) -> None:
        titles = (
            _("应到人数"), _("实到人数"), _("委员名额"), _("发出选票"), _("收回选票"), _("无效票"),
        )  # fmt: skip
        hint = _("如 2026-11-20 或 1120，默认今天")
        self.on = Field("on", _("哪天开的"), hint=hint)
        self.meeting = CodeField(session.theme, "meeting", _("会议种类"))
        self.venue = Field("venue", _("地点"))
        self.numbers = [Field(name, title) for name, title in zip(_NUMBERS, titles, strict=True)]
        self.people = [one for one in card.candidates if one.body != Body.GROUP]
        self.votes = [_vote_field(one) for one in self.people]
        self.term_years = Field("term_years", _("任期（年）"), hint=_("3 或 5"))
        fields = (
            self.on, self.meeting, self.venue, *self.numbers[:3], self.term_years,
            *self.numbers[3:], *self.votes,
        )  # fmt: skip
        super().__init__(session, _("记选举大会"), fields)
        self.card = card
        self.meeting.set_codes(
            words_of(session, dict(zip(MEETINGS, (_("会员大会"), _("会员代表大会")), strict=True)))
        )

    def laid_out(self) -> Sequence[QWidget]:
        """Three or four in a row where there is room; the last fields are for votes."""
        theme, votes = self.session.theme, self.votes
        rows = [
            [Cell(one, 1, _LEAST) for one in line]
            for line in (
                (self.on, self.meeting, self.venue),
                (*self.numbers[:3], self.term_years),
                self.numbers[3:],
                *(votes[at : at + 3] for at in range(0, len(votes), 3)),
            )
            if line
        ]
        return (Reflow(theme, rows),)

    def begin(self) -> None:
        """Ask about the meeting; what was told of it is there already."""
        card = self.card
        if card is None:
            return
        told = card.meeting
        held = next(one.standing.told.done_on for one in card.steps if one.code == ELECTED)
        self.on.set_text((held or self.session.workspace.today).isoformat())
        self.meeting.set_code(told.meeting)
        self.venue.set_text(told.venue)
        counts = (told.due or card.members, told.present, told.seats, *told.ballots)
        for field, count in zip(self.numbers, counts, strict=True):
            field.set_text(str(count or ""))
        self.term_years.set_text(str(told.term_years or ""))
        for field, one in zip(self.votes, self.people, strict=True):
            field.set_text("" if one.votes is None else str(one.votes))
        self.start(card.union_name, card.id)

    def plan(self) -> Question | None:
        """What the numbers come to, as soon as there are enough of them."""
        if not all(field.text for field in self.numbers[:3]):
            return None
        row, people = self.founding, {one.id: one.name for one in self.people}

        def weigh(workspace: Workspace) -> str:
            outcome = founding_votes.weigh(workspace, row, self._order(workspace))
            names = listed(people[one] for one in outcome.elected)
            elected = _("当选：{names}。").format(names=names or _("无"))
            return "\n".join([outcome.brief, *([elected] if self._counted else [])])

        return weigh

    def act(self) -> Question:
        """Record it."""
        row = self.founding
        return lambda workspace: founding_votes.hold(workspace, row, self._order(workspace))

    def said(self) -> str:
        """Done."""
        return _("已记下选举大会。")

    @property
    def _counted(self) -> bool:
        return any(field.text for field in self.votes)

    def _order(self, workspace: Workspace) -> MeetingOrder:
        due, present, seats, out, back, void = (_count(field) for field in self.numbers)
        return MeetingOrder(
            Figures(due, present, seats, out, back, void),
            parse_past_day(self.on.text, workspace.today, field="on"),
            self.meeting.value or MEETINGS[0],
            self.venue.text,
            _count(self.term_years),
            {
                one.id: _count(field)
                for field, one in zip(self.votes, self.people, strict=True)
                if field.text
            },
        )

    def _on_refused(self, error: BaseException) -> None:
        """Too many votes are told where they were typed."""
        if isinstance(error, InvalidInput) and error.field == "votes":
            for field, one in zip(self.votes, self.people, strict=True):
                if one.name == error.facts.get("name"):
                    error.field = field.name
        super()._on_refused(error)


def _vote_field(one: CandidateLine) -> Field:
    title = _("{name}（{role}）")
    # A label does not break; a long name would push the form out of the window.
    short = one.name if len(one.name) <= _MOST_LETTERS else f"{one.name[:_MOST_LETTERS]}…"
    made = Field(f"votes-{one.id.hex()}", title.format(name=short, role=one.role_word))
    whole = title.format(name=one.name, role=one.role_word)
    made.setToolTip(whole)
    made.line.setAccessibleName(whole)
    return made


def _count(field: Field) -> int:
    if field.text and not (field.text.isascii() and field.text.isdecimal() and len(field.text) < 6):
        raise InvalidInput("visit.not_a_number", field=field.name, value=field.text)
    return int(field.text or 0)
