"""Duplicates by command: found with the reason, compared, merged, or found not to be one."""

import argparse
from collections.abc import Mapping

from organizer.cli.office import workspace
from organizer.cli.output import Outcome, Progress
from organizer.domain.matching import Level
from organizer.errors import WrongUsage
from organizer.i18n import _, listed
from organizer.services import duplicating, merging, side_by_side
from organizer.services.side_by_side import Comparison
from organizer.services.workspace import Workspace


def kinds() -> Mapping[str, str]:
    """The kinds of records that are compared, by the word of the command line."""
    return {"unit": "employer", "person": "person", "union": "union_org"}


def mergeable() -> Mapping[str, str]:
    """The kinds that can be merged; of places there is nothing to compare field by field."""
    return {**kinds(), "place": "place"}


def show_all(arguments: argparse.Namespace) -> Outcome:
    """List what may be one record twice."""
    wanted = (kinds()[arguments.kind],) if arguments.kind else duplicating.KINDS
    with workspace(arguments) as opened, Progress() as job:
        found = duplicating.candidates(opened, job, wanted)
        if arguments.strict:
            found = [one for one in found if one.verdict.level is Level.STRICT]
        some = duplicating.lines(opened, found[: arguments.limit])
    words = {table: word for word, table in kinds().items()}
    lines = tuple(
        _("{kind} {one} {other}　{names}　{sure}　{why}").format(
            kind=words[line.candidate.table],
            one=line.candidate.one.hex(),
            other=line.candidate.other.hex(),
            names=line.names,
            sure=line.sure,
            why=line.why,
        )
        for line in some
    )
    strict = sum(one.verdict.level is Level.STRICT for one in found)
    told = _("可能重复 {count} 对，其中很可能同一个的 {strict} 对。")
    facts = [
        {
            "kind": words[one.candidate.table],
            "one": one.candidate.one.hex(),
            "other": one.candidate.other.hex(),
            "score": one.candidate.verdict.score,
            "level": one.candidate.verdict.level.value,
        }
        for one in some
    ]
    said = told.format(count=len(found), strict=strict)
    return Outcome("duplicate.list", said, {"count": len(found), "pairs": facts}, lines)


def show(arguments: argparse.Namespace) -> Outcome:
    """Two records beside each other."""
    table = kinds()[arguments.kind]
    with workspace(arguments) as opened:
        found = side_by_side.compare(opened, table, *_both(opened, table, arguments))
    agreeing, differing = duplicating.sign_words(found.verdict)
    for_it, against = listed(agreeing) or _("无"), listed(differing) or _("无")
    lines = (
        _("像：{signs}").format(signs=for_it),
        _("不像：{signs}").format(signs=against),
        *(
            _("{mark} {title}：{one} ｜ {other}").format(
                mark=_("同") if pair.same else _("异"),
                title=pair.title,
                one=pair.one or _("空"),
                other=pair.other or _("空"),
            )
            for pair in found.fields
        ),
        _("带过来的：{along}").format(along=listed(found.one.hanging) or _("无")),
    )
    facts = {
        "score": found.verdict.score,
        "level": found.verdict.level.value,
        "differing": [pair.name for pair in found.fields if not pair.same],
    }
    return Outcome("duplicate.shown", duplicating.sure_word(found.verdict), facts, lines)


def merge(arguments: argparse.Namespace) -> Outcome:
    """Merge a duplicate into the record that is kept."""
    table = mergeable()[arguments.kind]
    with workspace(arguments) as opened:
        duplicate, kept = _both(opened, table, arguments)
        take: tuple[str, ...] = ()
        told: tuple[str, ...] = ()
        if table != "place":
            take = _chosen(opened, table, duplicate, kept, arguments.take)
            told = side_by_side.plan(opened, table, duplicate, kept, take)
        write = merging.merge(opened, table, duplicate, kept, take)
    said = _("已合并；重复的一条会一直指向保留的一条，可以撤销。")
    return Outcome("duplicate.merged", said, {"write": write.hex(), "taken": take}, told)


def distinct(arguments: argparse.Namespace) -> Outcome:
    """Remember that two records are not one."""
    table = kinds()[arguments.kind]
    with workspace(arguments) as opened:
        write = duplicating.distinct(opened, table, *_both(opened, table, arguments))
    said = _("已记下不是同一个，以后不再提示，可以撤销。")
    return Outcome("duplicate.distinct", said, {"write": write.hex()})


def _both(opened: Workspace, table: str, arguments: argparse.Namespace) -> tuple[bytes, bytes]:
    return opened.id_of(table, arguments.duplicate), opened.id_of(table, arguments.kept)


def _chosen(
    opened: Workspace, table: str, duplicate: bytes, kept: bytes, named: list[str] | None
) -> tuple[str, ...]:
    """The fields that come from the duplicate; without a choice those the other lacks."""
    # Refused in words before anything is compared.
    side_by_side.plan(opened, table, duplicate, kept)
    found: Comparison = side_by_side.compare(opened, table, duplicate, kept)
    if named is None:
        return side_by_side.with_companions(found.taken("other"))
    known = [pair.name for pair in found.fields if not pair.same]
    for name in named:
        if name not in known:
            detail = _("没有可以取的字段“{name}”；不同的有：{known}").format(
                name=name, known=listed(known) or _("无")
            )
            raise WrongUsage("usage.unknown", detail=detail)
    return side_by_side.with_companions(named)
