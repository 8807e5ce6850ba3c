"""Batches for the registry, and the plain files that are left of them."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome, Progress
from organizer.cli.wording import union
from organizer.i18n import _, show_instant
from organizer.services.batches import reporting
from organizer.services.batches.reporting import Leftover, Whereabouts


def batch_export(arguments: argparse.Namespace) -> Outcome:
    """Export a union's members as a sealed batch, or make the file of one again."""
    from organizer.services.batches import exporting

    if arguments.again:
        return _export_again(arguments)
    with workspace(arguments) as opened, Progress() as progress:
        chosen = exporting.profile(arguments.profile)
        row = union(opened, arguments.union)
        done = exporting.export_batch(
            opened, row, chosen, arguments.out, progress, arguments.reason
        )
    lines = [_("模板：{name}").format(name=chosen.name)]
    for file in done:
        lines += [
            _("未入批次 {name}：{reasons}").format(
                name=kept.name, reasons="".join(finding.sentence() for finding in kept.reasons)
            )
            for kept in file.kept_off
        ]
        lines += [
            _("请留意 {name}：{sentence}").format(name=name, sentence=finding.sentence())
            for name, finding in file.warnings
        ]
        lines.append(str(file.path))
    rows = sum(file.rows for file in done)
    return Outcome(
        "batch.sealed",
        _("已导出并逐格核对 {rows} 人，{kept_off} 人未入批次。").format(
            rows=rows, kept_off=sum(len(file.kept_off) for file in done)
        ),
        {
            "rows": rows,
            "files": [{"path": file.path, "sha256": file.sha256} for file in done],
            "kept_off": sum(len(file.kept_off) for file in done),
        },
        tuple(lines),
    )


def _export_again(arguments: argparse.Namespace) -> Outcome:
    from organizer.services.batches import remaking

    with workspace(arguments) as opened, Progress() as progress:
        row = opened.id_of("batch", arguments.again)
        done = remaking.make_again(opened, row, arguments.out, progress, arguments.reason)
    return Outcome(
        "batch.made_again",
        _("已照封存的内容重新生成并逐格核对 {rows} 人，上传后请用 batch clear 清除。").format(
            rows=done.rows
        ),
        {"rows": done.rows, "files": [{"path": done.path, "sha256": done.sha256}]},
        (str(done.path),),
    )


def batch_list(arguments: argparse.Namespace) -> Outcome:
    """Every batch with its state."""
    with workspace(arguments) as opened:
        found = reporting.batch_lines(opened)
    lines = [
        _("{short_id} {state} {union} {rows} 人 {at} {by} {file}").format(
            short_id=one.short_id, state=one.state, union=one.union_name, rows=one.rows,
            at=show_instant(one.sealed_at or one.made_at), by=one.by, file=one.file_name,
        )
        for one in found
    ]  # fmt: skip
    facts = [
        {"id": one.id.hex(), "state": "sealed" if one.sealed else "draft", "rows": one.rows,
         "union": one.union_name, "file": one.file_name, "sha256": one.sha256}
        for one in found
    ]  # fmt: skip
    return Outcome(
        "batch.listed",
        _("共 {count} 个报送批次。").format(count=len(found)),
        {"batches": facts},
        tuple(lines),
    )


def batch_files(arguments: argparse.Namespace) -> Outcome:
    """The plain files nobody has marked as cleared."""
    with workspace(arguments) as opened:
        found = reporting.leftovers(opened)
    words = {
        Whereabouts.THERE: _("明文文件还在"),
        Whereabouts.GONE: _("文件已不在，待标为已清除"),
        Whereabouts.AWAY: _("看不到所在的文件夹"),
    }
    lines = [
        _("{id} {state}：{file}").format(
            id=one.id.hex(), state=words[one.whereabouts], file=one.path
        )
        for one in found
    ]
    facts = [
        {"id": one.id.hex(), "file": one.path, "whereabouts": one.whereabouts, "sealed": one.sealed}
        for one in found
    ]
    return Outcome("batch.files", _sentence(found), {"files": facts}, tuple(lines))


def _sentence(found: tuple[Leftover, ...]) -> str:
    if not found:
        return _("没有待清除的明文文件。")
    return _("有 {count} 个明文文件待清除，上传后请用 batch clear 清除。").format(count=len(found))


def batch_clear(arguments: argparse.Namespace) -> Outcome:
    """Mark a plain file as cleared, or delete it first."""
    with workspace(arguments) as opened:
        row = opened.id_of("export_file", arguments.id)
        reporting.clear_export(opened, row, delete=arguments.delete, declared=arguments.destroyed)
    return Outcome("batch.cleared", _("已标为已清除。"), {"id": arguments.id})
