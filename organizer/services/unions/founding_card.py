"""What a founding looks like: every step with its state and papers, who stands, the meeting, what is due."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from organizer.domain import founding as rules
from organizer.domain.access import Permission
from organizer.domain.founding import Body, State, StepStanding
from organizer.i18n import _, listed, show_date
from organizer.services.unions import founding, founding_votes, founding_words
from organizer.services.workspace import Workspace
from organizer.store import employers, foundings
from organizer.store.driver import Connection
from organizer.store.members import Record

_NEAR_DAYS, _NAMED = 7, 3
"""So many days before its day a step is told, and so many units by name."""


@dataclass(frozen=True)
class StepLine:
    """One step in words; `state` says which colour its chip has, `missing` what it still lacks."""

    code: str
    label: str
    state: State
    chip: str
    told: str
    who: str
    does: str
    article: str
    missing: str
    papers: Sequence[tuple[str, str]]
    """The papers it leaves: form and, in words, when it was printed."""
    standing: StepStanding

    def spoken(self) -> str:
        """All of it in one line."""
        parts = (self.code, self.label, self.chip, self.told, self.missing)
        return _("，").join(filter(None, parts))


@dataclass(frozen=True)
class CandidateLine:
    """Somebody who stands, in words; `votes` None where none were counted."""

    id: bytes
    name: str
    body: str
    role: str
    role_word: str
    position: str
    barred: str
    barred_word: str
    votes: int | None
    elected: bool
    person: bytes | None


@dataclass(frozen=True)
class MeetingTold:
    """The meeting as stored; 0 and "" where nothing was told."""

    meeting: str = founding_votes.MEETINGS[0]
    venue: str = ""
    due: int = 0
    present: int = 0
    seats: int = 0
    term_years: int = 0
    ballots: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True)
class FoundingCard:
    """Everything about one founding."""

    id: bytes
    union_name: str
    kind: str
    kind_word: str
    units: Sequence[tuple[bytes, str]]
    state: str
    begun_on: str
    founded_on: str
    given_up_on: str
    union: bytes | None
    members: int
    women: int
    steps: Sequence[StepLine]
    next: StepLine | None
    candidates: Sequence[CandidateLine]
    meeting: MeetingTold
    hints: Sequence[str]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(one.state in (State.DONE, State.LACKING) for one in self.steps)

    @property
    def is_open(self) -> bool:
        """Whether it is under way: neither founded nor given up."""
        return not self.founded_on and not self.given_up_on


def card(workspace: Workspace, row: bytes) -> FoundingCard:
    """The card of a founding; raises `NotFound`, `NotAllowed`."""

    def query(connection: Connection) -> FoundingCard:
        return _card(connection, workspace, founding.looked_at(connection, workspace, row))

    return workspace.database.read(query)


@dataclass(frozen=True)
class FoundingLine:
    """A founding as a list shows it."""

    id: bytes
    union_name: str
    units: str
    kind: str
    state: str
    next: str
    by: date | None
    is_open: bool
    late: bool


def lines(workspace: Workspace) -> list[FoundingLine]:
    """The foundings of the account's division: those late first, then those under way, then the rest."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    found = workspace.database.read(
        lambda c: [_line(c, workspace, row) for row in foundings.live(c, scope)]
    )
    return sorted(
        found, key=lambda one: (not one.late, not one.is_open, one.by or date.max, one.units)
    )


def of_employer(workspace: Workspace, employer: bytes) -> bytes | None:
    """The founding a unit takes part in, the one under way first; None without any."""

    def query(connection: Connection) -> bytes | None:
        unit = founding.unit(connection, workspace, employer, Permission.LOOK)
        rows = foundings.of_employer(connection, unit.id)
        known = [foundings.founding_by_id(connection, row) for row in rows]
        live = [one for one in known if one is not None and not one.text("given_up_on")]
        return live[0].id if live else None

    return workspace.database.read(query)


@dataclass(frozen=True)
class DueFounding:
    """A founding whose next step waits; `late` once its day has passed."""

    id: bytes
    unit: str
    step: str
    by: date
    late: bool


def due(workspace: Workspace) -> list[DueFounding]:
    """What is next in every founding under way, soonest first."""
    return [
        DueFounding(one.id, one.units, one.next, one.by, one.late)
        for one in sorted(lines(workspace), key=lambda one: one.by or date.max)
        if one.by is not None
    ]


def soon(workspace: Workspace) -> tuple[int, str, tuple[bytes, ...], bool]:
    """What is next and due within days, for the page of today: how many, which, no units of a round,
    whether one is late."""
    upto = workspace.today + timedelta(_NEAR_DAYS)
    found = [one for one in due(workspace) if one.by <= upto]
    words = []
    for one in found[:_NAMED]:
        days = (workspace.today - one.by).days
        told = _("{unit}（{step}，过了 {days} 天）") if one.late else _("{unit}（{step}）")
        words.append(told.format(unit=one.unit, step=one.step, days=days))
    said = listed(words) + (_("等") if len(found) > _NAMED else "")
    return len(found), said, (), any(one.late for one in found)


def _card(connection: Connection, workspace: Workspace, row: Record) -> FoundingCard:
    units = foundings.units_of(connection, row)
    named = [(one, _name(connection, one)) for one in units]
    people = foundings.people_of(connection, units)
    printed = foundings.papers_of(connection, row.id)
    steps = [_step(workspace, one, printed) for one in _standings(connection, workspace, row)]
    following = next((one for one in steps if one.state in (State.NEXT, State.LATE)), None)
    return FoundingCard(
        row.id,
        row.text("union_name"),
        row.text("kind"),
        workspace.codes("founding_kind").label(row.text("kind")),
        named,
        _state(row, following),
        row.text("begun_on"),
        row.text("founded_on"),
        row.text("given_up_on"),
        row.link("union_org"),
        people.members,
        people.women,
        steps,
        None if row.text("given_up_on") else following,
        [_candidate(workspace, one) for one in foundings.candidates_of(connection, row.id)],
        meeting_of(row),
        founding_votes.hints(connection, workspace, row),
    )


def _line(connection: Connection, workspace: Workspace, row: Record) -> FoundingLine:
    following = rules.next_of(_standings(connection, workspace, row))
    given_up, founded = row.text("given_up_on"), row.text("founded_on")
    named = [_name(connection, one) for one in foundings.units_of(connection, row)]
    if len(named) > 1:
        said = _("{unit}等 {count} 个单位").format(unit=named[0], count=len(named))
    else:
        said = "".join(named)
    label = workspace.codes("founding_stage")
    step = "" if given_up or following is None else label.entry(following.rule.code).brief
    return FoundingLine(
        row.id,
        row.text("union_name"),
        said,
        workspace.codes("founding_kind").entry(row.text("kind")).brief,
        _state_word(row),
        step,
        None if given_up or following is None else following.by,
        not given_up and not founded,
        not given_up and following is not None and following.state is State.LATE,
    )


def _standings(connection: Connection, workspace: Workspace, row: Record) -> list[StepStanding]:
    return rules.stand(
        founding.rules_of_founding(),
        founding.told_steps(connection, row.id),
        foundings.papers_of(connection, row.id),
        date.fromisoformat(row.text("begun_on")),
        workspace.today,
    )


def _step(workspace: Workspace, one: StepStanding, printed: Mapping[str, str]) -> StepLine:
    rule, forms = one.rule, workspace.codes("paper_form")
    missing = _("缺{papers}").format(papers=_("、").join(forms.entry(p).brief for p in one.lacking))
    return StepLine(
        rule.code,
        workspace.codes("founding_stage").label(rule.code),
        one.state,
        founding_words.state_word(one.state),
        _("　").join(_told(one)),
        one.told.responsible or rule.who,
        rule.does,
        rule.article,
        missing if one.lacking else "",
        [(form, _printed(printed.get(form, ""))) for form in rule.papers],
        one,
    )


def _told(one: StepStanding) -> Iterator[str]:
    said = one.told
    if said.done_on is not None:
        yield show_date(said.done_on)
    elif one.by is not None:
        day = show_date(one.by)
        yield (_("应在 {day} 前办") if said.due_on else _("建议 {day} 前办")).format(day=day)
    if said.paper_no:
        yield said.paper_no
    if said.responsible:
        yield said.responsible
    if said.remark:
        yield said.remark


def _printed(day: str) -> str:
    return _("{day} 打印过").format(day=day) if day else ""


def _candidate(workspace: Workspace, one: Record) -> CandidateLine:
    votes, role, barred = one.fields["votes"], one.text("post"), one.text("barred")
    return CandidateLine(
        one.id,
        one.text("name"),
        one.text("body"),
        role,
        workspace.codes("candidate_role").entry(role).brief,
        one.text("position"),
        barred,
        workspace.codes("barred_reason").label(barred) if barred else "",
        int(str(votes)) if votes is not None else None,
        bool(one.text("elected")) and one.text("body") != Body.GROUP,
        one.link("person"),
    )


def meeting_of(row: Record) -> MeetingTold:
    """What was told of the meeting."""

    def number(name: str) -> int:
        return int(row.text(name) or 0)

    return MeetingTold(
        row.text("meeting") or founding_votes.MEETINGS[0],
        row.text("venue"),
        number("due_count"),
        number("present_count"),
        number("seats"),
        number("term_years"),
        (number("ballots_out"), number("ballots_back"), number("ballots_void")),
    )


def _state(row: Record, following: StepLine | None) -> str:
    if day := row.text("given_up_on"):
        return _("已在 {day} 终止：{reason}").format(day=day, reason=row.text("reason"))
    if day := row.text("founded_on"):
        return _("已在 {day} 建成").format(day=day)
    if following is None:
        return _("每一步都办过了，可以建成")
    return _("下一步：{step}（{who}）").format(step=following.label, who=following.who)


def _state_word(row: Record) -> str:
    if row.text("given_up_on"):
        return _("已终止")
    return _("已建成") if row.text("founded_on") else _("筹建中")


def _name(connection: Connection, employer: bytes) -> str:
    found = employers.employer_by_id(connection, employer)
    return found.name if found else _("已注销的单位")
