"""From a sign-up to the file for the registry."""

import argparse
from dataclasses import replace

from organizer.cli import secrets
from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import note_sentence, one, union
from organizer.domain import ids
from organizer.domain.answers import parse_yes_no
from organizer.domain.signup import Typed
from organizer.errors import InvalidInput, WrongUsage
from organizer.i18n import _, listed
from organizer.services.members import amending, duplicates, erasing
from organizer.services.members import signup as signing_up


def coded_answers() -> dict[str, str]:
    """Answers of a sign-up that come from a code list, with what they are called."""
    return {
        "ethnic": _("民族"),
        "education": _("学历"),
        "political": _("政治面貌"),
        "household_kind": _("户籍类型"),
        "group_code": _("群体"),
        "skill_level": _("技能等级"),
    }


_LISTS = {"group_code": "group"}


def signup_add(arguments: argparse.Namespace) -> Outcome:
    """Sign a person up."""
    if arguments.answers is not None:
        _fill_in(arguments)
    if not arguments.name:
        raise WrongUsage("usage.unknown", detail=_("缺少：") + "--name")
    with workspace(arguments) as opened:
        coded = {
            name: opened.codes(_LISTS.get(name, name)).code_of(text, field=name).code
            for name in coded_answers()
            if (text := getattr(arguments, name))
        }
        order = signing_up.SignupOrder(
            Typed(
                arguments.name,
                arguments.id_number,
                arguments.phone,
                coded,
                migrant=parse_yes_no(arguments.migrant),
            ),
            employer=one(opened, "employer", arguments.unit) if arguments.unit else None,
            union_org=union(opened, arguments.union) if arguments.union else None,
            position=arguments.position,
        )
        twin = duplicates.look(
            opened, duplicates.Asked(name=arguments.name, employer=order.employer)
        )
        done = signing_up.sign_up(opened, order)
    facts = {
        "membership": done.membership.hex(),
        "person": done.person.hex(),
        "union": done.union_name,
        "short_id": ids.short_id(done.membership),
    }
    return Outcome(
        "signup.added",
        _("已登记入会申请，加入“{union}”，待审批。").format(union=done.union_name),
        facts,
        (
            *((twin.sentence,) if twin and not arguments.id_number else ()),
            *(note_sentence(note) for note in done.notes),
        ),
    )


def _fill_in(arguments: argparse.Namespace) -> None:
    """Take the answers of `--from` as if they had been options; what it says counts."""
    names = [
        *("name", "id-number", "phone", "unit", "union", "migrant", "position"),
        *(name.replace("_", "-") for name in coded_answers()),
    ]
    for name, value in secrets.answers(arguments.answers):
        if name not in names:
            raise InvalidInput("signup.unknown_line", field="from", value=name, known=listed(names))
        setattr(arguments, name.replace("-", "_"), value)


def signup_complete(arguments: argparse.Namespace) -> Outcome:
    """Enter the id number of somebody who joined without it."""
    with workspace(arguments) as opened:
        row = opened.id_of("membership", arguments.id)
        entry = amending.entry(opened, row)
        typed = replace(entry.typed, id_number=arguments.id_number)
        done = amending.amend(opened, row, typed)
    facts = {"membership": row.hex(), "person": done.person.hex(), "write": done.write.hex()}
    return Outcome(
        "signup.completed",
        _("已补录{name}的证件号。").format(name=done.name),
        facts,
        tuple(note_sentence(note) for note in done.notes),
    )


def paper_print(arguments: argparse.Namespace) -> Outcome:
    """Print the papers of sign-ups."""
    # Late: reportlab and the fonts are not needed by any other command.
    from organizer.services.members.printing import Printer

    many = len(arguments.ids) > 1
    lines, files = [], []
    with workspace(arguments) as opened:
        printer = Printer(opened)
        for text in dict.fromkeys(arguments.ids):
            row = opened.id_of("membership", text)
            out = arguments.out / f"RH-{ids.short_id(row)}.pdf" if many else arguments.out
            done = printer.print_signup(row, out)
            files.append(done.path)
            if not done.text.confirmed:
                lines.append(
                    _("申请书用的是第 {version} 版文字，来源未经核实，请单位确认现行用语。").format(
                        version=done.text.version
                    )
                )
    return Outcome(
        "paper.printed",
        _("已打印 {count} 人的入会申请书、登记表和告知同意书。").format(count=len(files)),
        {"files": files},
        (*dict.fromkeys(lines), *(str(file) for file in files)),
    )


def person_erase(arguments: argparse.Namespace) -> Outcome:
    """Erase a person."""
    with workspace(arguments) as opened:
        row = opened.id_of("person", arguments.id)
        done = erasing.erase_person(opened, row, arguments.reason)
    lines = [
        _("这些文件已经交出去，请另行处理：{name}").format(name=name) for name in done.handed_out
    ]
    if done.same_contacts:
        lines.append(
            _("单位联系人和别处走访记录里有 {count} 处相同的姓名或电话，请核对。").format(
                count=done.same_contacts
            )
        )
    return Outcome(
        "person.erased", _("已清除，不能恢复。"), {"attachments": done.attachments}, tuple(lines)
    )
