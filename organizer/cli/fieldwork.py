"""Lists in, rounds, visits at doors, and finding what is known."""

import argparse
from collections.abc import Iterator

from organizer import resources
from organizer.cli.import_report import imported
from organizer.cli.office import workspace
from organizer.cli.output import Outcome, Progress
from organizer.cli.wording import lamp_line, one
from organizer.domain.clears import Lamp
from organizer.errors import InvalidInput, WrongUsage
from organizer.i18n import _, listed
from organizer.services import finding, importing, survey, sweeping


def list_import(arguments: argparse.Namespace) -> Outcome:
    """Take over a list of employers."""
    with workspace(arguments) as opened, Progress() as progress:
        result = importing.import_list(
            opened,
            arguments.file,
            source=arguments.source,
            as_of=arguments.as_of,
            progress=progress,
        )
    return imported(result)


def round_open(arguments: argparse.Namespace) -> Outcome:
    """Open a survey round."""
    with workspace(arguments) as opened:
        starts = arguments.starts or opened.today
        survey.open_round(opened, arguments.name, starts, arguments.ends)
    return Outcome("round.opened", _("已开批次“{name}”。").format(name=arguments.name))


def visit_add(arguments: argparse.Namespace) -> Outcome:
    """Record a visit at a door."""
    with workspace(arguments) as opened:
        order = survey.VisitOrder(
            employer=one(opened, "employer", arguments.unit),
            outcome=arguments.outcome,
            facts=dict(_pair(text) for text in arguments.fact),
            source=arguments.source,
            on=arguments.on,
            remark=arguments.remark,
            corrects=opened.id_of("visit", arguments.corrects) if arguments.corrects else None,
        )
        done = survey.record_visit(opened, order)
        count = survey.visit_count(opened, order.employer)
    return Outcome(
        "visit.recorded",
        _("已记录走访（第 {count} 次）。四清：{before} → {after}").format(
            count=count, before=lamp_line(done.before), after=lamp_line(done.after)
        ),
        {"visit": done.visit.hex(), "employer": order.employer.hex(), "visits": count},
        tuple(_missing(done.after)),
    )


def visit_nobody(arguments: argparse.Namespace) -> Outcome:
    """Nobody opened at any door of a place."""
    with workspace(arguments) as opened:
        noted = sweeping.record_nobody(opened, opened.id_of("place", arguments.place))
    said = _("已给 {count} 户记下“无人”，可以一次撤销。").format(count=noted)
    return Outcome("visit.nobody", said, {"visits": noted})


def visit_none(arguments: argparse.Namespace) -> Outcome:
    """There is no unit at a place."""
    with workspace(arguments) as opened:
        made = sweeping.record_no_unit(opened, opened.id_of("place", arguments.place))
    return Outcome("visit.none", _("已记为“已走访无单位”。"), {"visit": made.hex()})


def find(arguments: argparse.Namespace) -> Outcome:
    """Find records."""
    if not arguments.text.strip():
        raise WrongUsage("usage.unknown", detail=_("缺少要找的文字"))
    with workspace(arguments) as opened:
        hits = finding.find(opened, arguments.text, arguments.limit)
    lines = [f"{hit.id.hex()}  {hit.name}  {hit.detail}" for hit in hits]
    facts = [
        {"table": hit.table, "id": hit.id.hex(), "name": hit.name, "detail": hit.detail}
        for hit in hits
    ]
    return Outcome(
        "find.done", _("找到 {count} 条。").format(count=len(hits)), {"hits": facts}, tuple(lines)
    )


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise InvalidInput("visit.bad_fact", field="fact", value=text)
    labels = resources.toml("texts", "fields.toml")["fact"]
    fields = {label: field for field, label in labels.items()}
    return fields.get(name.strip(), name.strip()), value


def _missing(lamps: tuple[Lamp, ...]) -> Iterator[str]:
    labels = resources.toml("texts", "fields.toml")["fact"]
    for lamp in lamps:
        if lamp.missing:
            names = listed(labels.get(name, name) for name in lamp.missing)
            yield _("{lamp}还差：{names}").format(lamp=lamp.rule.name, names=names)
