"""Founding a union by command: begun, step by step, who stands, the meeting, its papers, its end."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import one
from organizer.cli.wording import union as union_named
from organizer.domain.founding import Figures, Kind
from organizer.errors import NotFound, WrongUsage
from organizer.i18n import _, listed, show_date
from organizer.services.unions import (
    founding,
    founding_card,
    founding_finish,
    founding_papers,
    founding_votes,
)
from organizer.services.unions.founding import FoundingOrder, StepOrder
from organizer.services.unions.founding_card import FoundingCard
from organizer.services.unions.founding_finish import FinishOrder
from organizer.services.unions.founding_votes import CandidateOrder, MeetingOrder
from organizer.services.workspace import Workspace


def begin(arguments: argparse.Namespace) -> Outcome:
    """Begin a founding."""
    with workspace(arguments) as opened:
        units = [one(opened, "employer", text) for text in arguments.units]
        kind = opened.codes("founding_kind").code_of(arguments.kind, field="kind").code
        order = FoundingOrder(
            units, Kind(kind), arguments.name, arguments.on, arguments.responsible
        )
        done = founding.begin(opened, order)
        shown = founding_card.card(opened, done.founding)
    told = _("已开始建会：{name}。").format(name=shown.union_name)
    return Outcome("founding.begun", told, {"founding": done.founding.hex()}, (*done.sentences,))


def step(arguments: argparse.Namespace) -> Outcome:
    """Tell a step as done or due."""
    with workspace(arguments) as opened:
        row = _founding(opened, arguments.unit)
        codes = opened.codes("founding_stage")
        code = codes.code_of(arguments.step, field="step").code
        known = next(
            line.standing.told
            for line in founding_card.card(opened, row).steps
            if line.code == code
        )
        done = arguments.on
        if done is None and not arguments.due:
            done = known.done_on or opened.today
        order = StepOrder(
            code,
            done or known.done_on,
            arguments.due or known.due_on,
            known.responsible if arguments.responsible is None else arguments.responsible,
            known.paper_no if arguments.paper_no is None else arguments.paper_no,
            known.remark if arguments.remark is None else arguments.remark,
        )
        written = founding.tell(opened, row, order)
        shown = founding_card.card(opened, row)
    told = _("已记下“{step}”。{state}。").format(step=codes.label(code), state=shown.state)
    return Outcome("founding.step", told, {"write": written.write.hex()}, (*written.sentences,))


def candidate(arguments: argparse.Namespace) -> Outcome:
    """Enter somebody who stands, or take them off."""
    with workspace(arguments) as opened:
        row = _founding(opened, arguments.unit)
        if arguments.drop:
            gone = _standing(founding_card.card(opened, row), arguments.name)
            done = founding_votes.drop(opened, row, gone)
            return Outcome("founding.dropped", _("已去掉。"), {"write": done.write.hex()})
        role = opened.codes("candidate_role").code_of(arguments.role, field="role").code
        barred = ""
        if arguments.barred:
            barred = opened.codes("barred_reason").code_of(arguments.barred, field="barred").code
        order = CandidateOrder(arguments.name, role, arguments.position, barred)
        done = founding_votes.put(opened, row, order)
    told = _("已加入名单：{name}。").format(name=arguments.name)
    return Outcome("founding.candidate", told, {"write": done.write.hex()}, (*done.sentences,))


def meeting(arguments: argparse.Namespace) -> Outcome:
    """Record the meeting that elects."""
    with workspace(arguments) as opened:
        row = _founding(opened, arguments.unit)
        shown = founding_card.card(opened, row)
        votes = {_standing(shown, name): count for name, count in _votes(arguments.votes).items()}
        figures = Figures(
            arguments.due,
            arguments.present,
            arguments.seats,
            arguments.ballots_out,
            arguments.ballots_back,
            arguments.ballots_void,
        )
        order = MeetingOrder(
            figures,
            arguments.on,
            founding_votes.MEETINGS[int(arguments.delegates)],
            arguments.venue,
            arguments.term_years,
            votes,
        )
        done = founding_votes.hold(opened, row, order)
        elected = [who.name for who in founding_card.card(opened, row).candidates if who.elected]
    told = _("当选：{names}。").format(names=listed(elected) or _("无"))
    facts = {"elected": elected, "write": done.write.hex()}
    return Outcome("founding.meeting", told, facts, (*done.sentences,))


def finish(arguments: argparse.Namespace) -> Outcome:
    """The union is founded."""
    with workspace(arguments) as opened:
        row = _founding(opened, arguments.unit)
        parent = union_named(opened, arguments.parent) if arguments.parent else None
        order = FinishOrder(
            arguments.on,
            arguments.approval_no,
            arguments.term_from,
            arguments.term_years,
            arguments.name,
            parent,
        )
        done = founding_finish.finish(opened, row, order)
    told = _("“{name}”已建成，记下工会干部 {officers} 人，临时会员转入 {moved} 人。").format(
        name=done.union_name, officers=done.officers, moved=done.moved
    )
    facts = {"union": done.union.hex(), "moved": done.moved, "write": done.write.hex()}
    return Outcome("founding.finished", told, facts, done.sentences)


def give_up(arguments: argparse.Namespace) -> Outcome:
    """A founding ends without a union."""
    with workspace(arguments) as opened:
        row = _founding(opened, arguments.unit)
        done = founding.give_up(
            opened, row, arguments.reason, arguments.on, willing=arguments.willing
        )
    return Outcome("founding.given_up", _("已终止。"), {"write": done.write.hex()})


def show_all(arguments: argparse.Namespace) -> Outcome:
    """List the foundings."""
    with workspace(arguments) as opened:
        found = founding_card.lines(opened)
    lines = tuple(
        _("{units}　{kind}　{state}　{next} {by}")
        .format(
            units=row.units,
            kind=row.kind,
            state=row.state,
            next=row.next,
            by=show_date(row.by) if row.by else "",
        )
        .rstrip()
        for row in found
    )
    told = _("共 {count} 件建会。").format(count=len(found))
    facts = [
        {"founding": row.id.hex(), "open": row.is_open, "next": row.next, "late": row.late}
        for row in found
    ]
    return Outcome("founding.list", told, {"foundings": facts}, lines)


def show(arguments: argparse.Namespace) -> Outcome:
    """One founding with its steps."""
    with workspace(arguments) as opened:
        shown = founding_card.card(opened, _founding(opened, arguments.unit))
    steps = (line.spoken() for line in shown.steps)
    people = (
        _("{role} {name} {votes}")
        .format(
            role=who.role_word,
            name=who.name,
            votes="" if who.votes is None else _("{votes} 票").format(votes=who.votes),
        )
        .rstrip()
        for who in shown.candidates
    )
    facts = {"founding": shown.id.hex(), "done": shown.done, "founded_on": shown.founded_on}
    told = f"{shown.union_name} {shown.state}"
    return Outcome("founding.shown", told, facts, (*steps, *people, *shown.hints))


def print_paper(arguments: argparse.Namespace) -> Outcome:
    """Print a paper of a founding, or a blank one."""
    with workspace(arguments) as opened:
        row = _founding(opened, arguments.unit) if arguments.unit else None
        made = founding_papers.write_paper(
            opened, row, f"founding_{arguments.paper}", arguments.out
        )
    told = _("已存为 {file}。").format(file=arguments.out.name)
    return Outcome("founding.printed", told, {"short_id": made.short_id})


def _founding(opened: Workspace, text: str) -> bytes:
    """The founding of a unit, by the unit or by its own id."""
    if len(text) == 32 and all(letter in "0123456789abcdef" for letter in text):
        return opened.id_of("founding", text)
    found = founding_card.of_employer(opened, one(opened, "employer", text))
    if found is None:
        raise NotFound("founding.none", name=text)
    return found


def _standing(shown: FoundingCard, name: str) -> bytes:
    found = [who.id for who in shown.candidates if who.name == name and who.body != "group"]
    found = found or [who.id for who in shown.candidates if who.name == name]
    if not found:
        raise NotFound("founding.no_candidate", name=name)
    return found[0]


def _votes(texts: list[str]) -> dict[str, int]:
    votes = {}
    for text in texts:
        name, mark, number = text.rpartition("=")
        if not (name and mark and number.isdecimal()):
            detail = _("“{text}”请写成 姓名=票数").format(text=text)
            raise WrongUsage("usage.unknown", detail=detail)
        votes[name] = int(number)
    return votes
