"""What is told of a survey: the weekly report, spot checks and their answers, quiet signals."""

import argparse

from organizer import resources
from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import note_sentence
from organizer.domain.spot_check import Agreement
from organizer.domain.weekly import MEASURES, Line, total
from organizer.i18n import _
from organizer.services.reports import report_writing, spot_checking, weekly
from organizer.services.reports.weekly import Report


def survey_report(arguments: argparse.Namespace) -> Outcome:
    """The weekly report, shown and written."""
    with workspace(arguments) as opened:
        shown = weekly.report(
            opened, arguments.week, arguments.division, denominator=arguments.denominator
        )
        written = (
            report_writing.write_report(opened, shown, arguments.out) if arguments.out else None
        )
    counted = shown.told.tables[arguments.by]
    lines = [*counted, total(counted, _("合计"))]
    facts = {
        **_head(shown),
        "rows": [_line_facts(line) for line in lines],
        **({"file": written.path, "pages": written.pages} if written else {}),
    }
    said = _("{round}，{monday} 至 {sunday}。").format(
        round=shown.told.round_name,
        monday=shown.told.week.monday,
        sunday=shown.told.week.sunday,
    )
    if written:
        said += _("已存到 {file}。").format(file=written.path)
    return Outcome("survey.report", said, facts, tuple(map(_line, lines)))


def survey_sample(arguments: argparse.Namespace) -> Outcome:
    """Draw a spot check, and print its call-back list."""
    out = arguments.out
    with workspace(arguments) as opened:
        if out is not None:
            report_writing.check_target(opened, out)
        drawn = spot_checking.draw(opened, arguments.size, arguments.seed, arguments.division)
        items = spot_checking.items(opened, drawn.check)
        if out is not None:
            report_writing.write_call_back(opened, drawn.check, out)
    facts = {
        "check": drawn.check.hex(),
        "seed": drawn.seed,
        "size": drawn.size,
        "population": drawn.population,
        "items": [
            {"position": one.position, "employer": one.employer.hex(), "name": one.name}
            for one in items
        ],
        **({"file": out} if out else {}),
    }
    said = _("从 {population} 户里抽了 {size} 户，抽签号 {seed}，抽查编号 {check}。").format(
        **facts
    )
    if out is not None:
        said += _("回访单在 {file}，上面有电话，用后请销毁。").format(file=out)
    lines = ("  ".join((f"{one.position:>3}", one.name, one.place, one.visited)) for one in items)
    return Outcome("spot_check.drawn", said, facts, tuple(lines))


def survey_answer(arguments: argparse.Namespace) -> Outcome:
    """Note what came of a call."""
    with workspace(arguments) as opened:
        check = opened.id_of("spot_check", arguments.check)
        found = spot_checking.answer(
            opened, check, arguments.position, arguments.answer, arguments.field, arguments.remark
        )
    said = _("已记下，还有 {waiting} 户没有回访。").format(waiting=found.waiting)
    words = said + spot_checking.agreement_words(found)
    return Outcome("spot_check.answered", words, _agreement_facts(found))


def survey_checks(arguments: argparse.Namespace) -> Outcome:
    """Every check with its agreement."""
    with workspace(arguments) as opened:
        found = spot_checking.checks(opened)
    facts = [
        {"id": one.id.hex(), "seed": one.seed, "drawn_on": one.drawn_on, "size": one.size,
         **_agreement_facts(one.agreement)}
        for one in found
    ]  # fmt: skip
    lines = (
        _("{id}  {day}  抽 {size} 户  待回访 {waiting} 户  {words}").format(
            id=one.id.hex(),
            day=one.drawn_on,
            size=one.size,
            waiting=one.agreement.waiting,
            words=spot_checking.agreement_words(one.agreement),
        )
        for one in found
    )
    said = _("共 {count} 次抽查。").format(count=len(found))
    return Outcome("spot_check.listed", said, {"checks": facts}, tuple(lines))


def survey_signals(arguments: argparse.Namespace) -> Outcome:
    """What is worth another look."""
    with workspace(arguments) as opened:
        found = spot_checking.review_signals(opened)
    facts = [
        {"code": one.note.code, "employers": [row.hex() for row in one.employers],
         **one.note.facts}
        for one in found
    ]  # fmt: skip
    said = (
        _("有 {count} 处值得复核；这只是提示，不说明谁做得不对。").format(count=len(found))
        if found
        else _("没有看到特别值得复核的地方。")
    )
    lines = tuple(note_sentence(one.note) for one in found)
    return Outcome("survey.signals", said, {"signals": facts}, lines)


def _head(shown: Report) -> dict[str, object]:
    told = shown.told
    return {
        "round": told.round_name,
        "monday": told.week.monday,
        "sunday": told.week.sunday,
        "denominator": told.denominator.value,
    }


def _line_facts(line: Line) -> dict[str, object]:
    figures = {
        measure.key: {
            "total": figure.total,
            **({"week": figure.week} if measure.flow else {}),
            "change": figure.change(measure),
        }
        for measure, figure in zip(MEASURES, line.figures, strict=True)
    }
    return {"id": line.key.hex(), "name": line.name, "above": line.above, **figures}


def _line(line: Line) -> str:
    titles = resources.toml("texts", "weekly.toml")["measure"]
    counted = (
        _("{title} {total}（本周 {week}）").format(
            title=titles[measure.key]["title"], total=figure.total, week=figure.week
        )
        if measure.flow
        else _("{title} {total}").format(title=titles[measure.key]["title"], total=figure.total)
        for measure, figure in zip(MEASURES, line.figures, strict=True)
    )
    return "  ".join(filter(None, (line.above, line.name, *counted)))


def _agreement_facts(found: Agreement) -> dict[str, object]:
    return {
        "agreed": found.agreed,
        "differed": found.differed,
        "unreached": found.unreached,
        "waiting": found.waiting,
        "interval": found.interval,
    }
