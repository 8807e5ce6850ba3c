"""Lists in, visits at doors, and finding what is known."""

import argparse
from collections.abc import Iterable, Iterator, Mapping

from organizer import resources
from organizer.cli.import_report import imported
from organizer.cli.office import workspace
from organizer.cli.output import Outcome, Progress
from organizer.cli.visits_report import visits_taken
from organizer.cli.wording import lamp_line, one
from organizer.domain.clears import Lamp
from organizer.domain.identifiers import half_width
from organizer.errors import InvalidInput, WrongUsage
from organizer.i18n import _, listed
from organizer.services import finding
from organizer.services.employers import fact_checking, fact_editing
from organizer.services.lists import importing
from organizer.services.survey import photos, reaching_out, recording, sweeping, visit_taking
from organizer.services.survey.reaching_out import OtherVisit
from organizer.services.survey.visiting import VisitOrder
from organizer.services.workspace import Workspace


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


def visit_add(arguments: argparse.Namespace) -> Outcome:
    """Record a visit at a door, or all visits of a file."""
    if arguments.file is not None:
        return _visits_from(arguments)
    if not arguments.unit or not arguments.outcome:
        raise WrongUsage("usage.unknown", detail=_("缺少单位或 --outcome；从表格读入请用 --from"))
    with workspace(arguments) as opened:
        order = _visit_order(opened, arguments)
        done = recording.record_visit(opened, order)
        count = recording.visit_count(opened, order.employer)
        told = fact_checking.checked_facts(opened, order.facts)
        odd = fact_editing.doubts(opened, order.employer, told, saved=True)
    return Outcome(
        "visit.recorded",
        _("已记录走访（第 {count} 次）。四清：{before} → {after}").format(
            count=count, before=lamp_line(done.before), after=lamp_line(done.after)
        ),
        {"visit": done.visit.hex(), "employer": order.employer.hex(), "visits": count},
        (*_missing(done.after), *_doubtful(odd)),
    )


def _visit_order(opened: Workspace, arguments: argparse.Namespace) -> VisitOrder:
    return VisitOrder(
        employer=one(opened, "employer", arguments.unit),
        outcome=half_width(arguments.outcome).strip(),
        facts=_pairs(arguments.fact),
        source=arguments.source,
        on=arguments.on,
        remark=arguments.remark,
        person_met=arguments.met,
        corrects=opened.id_of("visit", arguments.corrects) if arguments.corrects else None,
        companions=arguments.companions,
        channel=arguments.channel,
        sources=_pairs(arguments.fact_source),
    )


def _visits_from(arguments: argparse.Namespace) -> Outcome:
    if arguments.unit:
        raise WrongUsage("usage.unknown", detail=_("--from 和单位不能一起用"))
    with workspace(arguments) as opened, Progress() as progress:
        result = visit_taking.take_visits(
            opened, arguments.file, source=arguments.source, progress=progress
        )
    return visits_taken(result)


def visit_nobody(arguments: argparse.Namespace) -> Outcome:
    """Nobody opened at any door of a place."""
    with workspace(arguments) as opened:
        noted = sweeping.record_nobody(opened, opened.id_of("place", arguments.place))
    said = _("已给 {count} 户记下“无人”，可以一次撤销。").format(count=noted.doors)
    return Outcome("visit.nobody", said, {"visits": noted.doors})


def visit_none(arguments: argparse.Namespace) -> Outcome:
    """There is no unit at a place."""
    with workspace(arguments) as opened:
        made = sweeping.record_no_unit(opened, opened.id_of("place", arguments.place))
    return Outcome("visit.none", _("已记为“已走访无单位”。"), {"visit": made.visits[0].hex()})


def visit_photo(arguments: argparse.Namespace) -> Outcome:
    """Keep photos of a door sign with a visit."""
    with workspace(arguments) as opened:
        visit = opened.id_of("visit", arguments.visit)
        for file in arguments.files:
            # All or none: a bad one is told before any is kept.
            photos.preview(opened, file)
        kept = [photos.keep(opened, visit, file).photo.hex() for file in arguments.files]
    said = _("已加密保存 {count} 张照片。").format(count=len(kept))
    return Outcome("visit.photo", said, {"photos": kept})


def visit_elsewhere(arguments: argparse.Namespace) -> Outcome:
    """Record a visit to a place, a station, a person at home, an online group."""
    with workspace(arguments) as opened:
        order = OtherVisit(
            arguments.outcome,
            place=opened.id_of("place", arguments.place) if arguments.place else None,
            person=opened.id_of("person", arguments.person) if arguments.person else None,
            group_name=arguments.group,
            channel=arguments.channel,
            companions=arguments.companions,
            person_met=arguments.met,
            remark=arguments.remark,
            on=arguments.on,
        )
        done = reaching_out.record(opened, order)
    return Outcome("visit.elsewhere", _("已记下这次走访。"), {"visit": done.visit.hex()})


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


def _pairs(texts: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise InvalidInput("visit.bad_fact", field="fact", value=text)
        field = fact_checking.fields_by_title().get(name.strip(), name.strip())
        if field in found:
            raise InvalidInput("visit.twice_told", field="fact", value=name.strip())
        found[field] = value
    return found


def _doubtful(odd: Mapping[str, str]) -> Iterator[str]:
    for name, sentence in odd.items():
        yield _("请核对 {field}：{sentence}").format(
            field=fact_checking.titles()[name], sentence=sentence
        )


def _missing(lamps: tuple[Lamp, ...]) -> Iterator[str]:
    labels = resources.toml("texts", "fields.toml")["fact"]
    for lamp in lamps:
        if lamp.missing:
            names = listed(labels.get(name, name) for name in lamp.missing)
            yield _("{lamp}还差：{names}").format(lamp=lamp.rule.name, names=names)
