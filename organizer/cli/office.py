"""The office itself: made, recovered, unlocked, checked, taken back a step."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from organizer import log, paths, resources, settings
from organizer.cli import secrets
from organizer.cli.output import Outcome
from organizer.errors import OrganizerError
from organizer.i18n import _
from organizer.paths import DataFolder
from organizer.services import undoing
from organizer.services.office import checking, opening
from organizer.services.workspace import Workspace


@contextmanager
def workspace(arguments: argparse.Namespace, *, mending: bool = False) -> Iterator[Workspace]:
    """The office, unlocked with the account and password of the command line."""
    folder = paths.data_folder(arguments.data)
    remembered = settings.read(paths.settings_file())
    names = opening.account_names(folder)
    name = arguments.account or (
        remembered.account if remembered.account in names else next(iter(names), "")
    )
    password = secrets.password(arguments.password_file)
    opened = opening.unlock(folder, name, password, mending=mending)
    try:
        if name != remembered.account:
            _remember(name)
        yield opened
    finally:
        opened.close()


def _remember(account: str) -> None:
    """Offer this account next time; where that cannot be written, nothing is lost."""
    file = paths.settings_file()
    try:
        settings.write(file, replace(settings.read(file), account=account))
    except OrganizerError as error:
        log.area("settings").warning("%s", log.facts_line(error.code, error.facts))


def office_new(arguments: argparse.Namespace) -> Outcome:
    """Make an office and its recovery sheet."""
    folder = paths.data_folder(arguments.data)
    wanted = opening.NewOffice(
        arguments.name,
        arguments.division,
        arguments.account,
        secrets.password(arguments.password_file, twice=True),
    )
    made = opening.new_office(folder, wanted, sheet=arguments.sheet)
    made.workspace.close()
    _remember(arguments.account)
    sentence = _("已建立“{name}”。恢复单在 {sheet}，请打印后装入信封存进保险柜，并删除这个文件。")
    return Outcome(
        "office.made",
        sentence.format(name=arguments.name, sheet=arguments.sheet),
        {"data": folder.root, "sheet": arguments.sheet},
    )


def office_recover(arguments: argparse.Namespace) -> Outcome:
    """Set a new password with the recovery sheet."""
    folder: DataFolder = paths.data_folder(arguments.data)
    code = secrets.recovery_code(arguments.code_file)
    password = secrets.password(arguments.password_file, twice=True)
    opened = opening.recover(folder, code, password, sheet=arguments.sheet)
    name = opened.account.name
    opened.close()
    sentence = _("账号“{name}”的新密码已生效。新恢复单在 {sheet}，旧恢复单已经作废，请销毁。")
    return Outcome(
        "office.recovered",
        sentence.format(name=name, sheet=arguments.sheet),
        {"sheet": arguments.sheet},
    )


def undo(arguments: argparse.Namespace) -> Outcome:
    """Take back a write or an import."""
    with workspace(arguments) as opened:
        target = undoing.target(arguments.id) if arguments.id is not None else None
        done = undoing.take_back(opened, target)
    return Outcome(
        "undo.done",
        _("已撤销 {rows} 条；{kept} 处后来有改动，没有动。").format(
            rows=done.rows, kept=len(done.kept)
        ),
        {"rows": done.rows, "kept": len(done.kept)},
    )


def database_check(arguments: argparse.Namespace) -> Outcome:
    """Check the file."""
    with workspace(arguments, mending=True) as opened:
        health = checking.check(opened, rebuild=arguments.rebuild)
    facts = {
        "writes": health.writes,
        "findings": [{"code": found.code, "where": found.where} for found in health.findings],
    }
    lines = [
        resources.sentence("notes", found.code, {"where": found.where}) for found in health.findings
    ]
    if health.interrupted:
        lines.append(
            _("有 {count} 次导入没有做完，请再导入同一文件。").format(count=health.interrupted)
        )
    if health.findings:
        return Outcome(
            "database.unsound",
            _("数据文件有问题，请先备份，再联系维护人员。"),
            facts,
            tuple(lines),
            1,
        )
    sentence = _("数据文件完好：{writes} 步操作的记录链、重放和索引都对得上。")
    return Outcome("database.sound", sentence.format(writes=health.writes), facts, tuple(lines))


def demo(arguments: argparse.Namespace) -> Outcome:
    """Walk the whole path on the sample."""
    from organizer.cli import demo as whole_path

    return whole_path.run(Path(arguments.out), arguments.data)
