"""Rounds by command: opened, listed, closed, compared; calls at which nothing had changed."""

import argparse
from collections.abc import Iterator

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import one
from organizer.i18n import _
from organizer.services.survey import comparing, confirming, rounds
from organizer.services.survey.comparing import Change, Comparison
from organizer.services.survey.rounds import RoundLine, RoundOrder, State


def round_open(arguments: argparse.Namespace) -> Outcome:
    """Open a survey round."""
    order = RoundOrder(
        arguments.name,
        arguments.starts,
        arguments.ends,
        arguments.division,
        arguments.denominator,
        arguments.source or RoundOrder("").ways,
    )
    with workspace(arguments) as opened:
        made = rounds.open_round(opened, order)
    said = _("已开批次“{name}”；以前的答案都是“待确认”，走到一户确认一户。")
    return Outcome("round.opened", said.format(name=arguments.name.strip()), {"round": made.hex()})


def round_list(arguments: argparse.Namespace) -> Outcome:
    """The rounds of the account's division."""
    with workspace(arguments) as opened:
        found = rounds.rounds_here(opened)
    facts = [
        {
            "id": line.round.id.hex(),
            "name": line.round.name,
            "state": line.state.value,
            "starts_on": line.round.starts_on.isoformat(),
            "ends_on": line.round.ends_on.isoformat() if line.round.ends_on else None,
            "division": line.round.division_code,
            "denominator": line.round.denominator.value,
            "sources": line.round.sources,
            "lamp_rules": line.round.lamp_rules,
        }
        for line in found
    ]
    said = _("共 {count} 个批次。").format(count=len(found))
    return Outcome("round.listed", said, {"rounds": facts}, tuple(map(_round_line, found)))


def round_close(arguments: argparse.Namespace) -> Outcome:
    """Set the last day of a round."""
    with workspace(arguments) as opened:
        row = opened.id_of("round", arguments.round) if arguments.round else None
        closed = rounds.close_round(opened, row, arguments.on).round
    said = _("批次“{name}”到 {ends} 为止；到这一天的走访还可以补记。").format(
        name=closed.name, ends=closed.ends_on
    )
    return Outcome("round.closed", said, {"round": closed.id.hex(), "ends_on": str(closed.ends_on)})


def visit_unchanged(arguments: argparse.Namespace) -> Outcome:
    """Note a call at which nothing had changed, for many units."""
    with workspace(arguments) as opened:
        wanted = [one(opened, "employer", unit) for unit in arguments.units]
        done = confirming.confirm_unchanged(opened, wanted, on=arguments.on)
    said = _("已给 {count} 户记下“电话确认无变化”，可以一次撤销。").format(count=len(done.visits))
    if done.already:
        said += _("另有 {count} 户当天已经记过。").format(count=done.already)
    if not done.counts:
        said += _("本批次不把电话算作确认方式，灯不会因此亮。")
    facts = {"visits": len(done.visits), "already": done.already, "counts": done.counts}
    return Outcome("visit.unchanged", said, facts)


def survey_compare(arguments: argparse.Namespace) -> Outcome:
    """The current round beside the one before it."""
    with workspace(arguments) as opened:
        found = comparing.compare(opened, arguments.division)
    beside = _("“{name}”").format(name=found.previous) if found.previous else _("批次开始以前")
    told = _("，").join(
        _("{title} {count}").format(title=change.title, count=change.count)
        for change in found.changes
    )
    said = _("“{current}”与{previous}相比：{told}（户）。").format(
        current=found.current, previous=beside, told=told
    )
    return Outcome("survey.compared", said, _compared(found), tuple(_lines(found)))


def _round_line(line: RoundLine) -> str:
    states = {
        State.AHEAD: _("未开始"),
        State.OPEN: _("进行中"),
        State.REPLACED: _("已由新批次接替"),
        State.ENDED: _("已结束"),
    }
    ends = line.round.ends_on.isoformat() if line.round.ends_on else _("未定")
    days = _("{starts} 至 {ends}").format(starts=line.round.starts_on, ends=ends)
    ways = _("确认方式：{ways}").format(ways=line.ways)
    parts = (line.round.id.hex(), line.round.name, days, states[line.state], line.division)
    return "  ".join((*parts, line.denominator, ways))


def _compared(found: Comparison) -> dict[str, object]:
    return {
        "current": found.current,
        "previous": found.previous,
        "since": found.since.isoformat(),
        "upto": found.upto.isoformat(),
        "changes": {change.key: _rows(change) for change in found.changes},
        "walks": [
            {"id": walk.place.hex(), "name": walk.name, **walk.counts} for walk in found.walks
        ],
    }


def _rows(change: Change) -> list[dict[str, object]]:
    return [
        {
            "id": row.employer.hex(),
            "name": row.name,
            "walk": row.walk.hex(),
            "before": row.before,
            "after": row.after,
        }
        for row in change.rows
    ]


def _lines(found: Comparison) -> Iterator[str]:
    for change in found.changes:
        for row in change.rows:
            before = row.before or _("（无）")
            told = _("{before} → {after}").format(before=before, after=row.after)
            yield "  ".join((change.title, row.name, told))
