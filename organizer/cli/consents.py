"""Consents by command: given, taken back, told upward; and how they stand."""

import argparse
from pathlib import Path

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.domain.consent import Form, Purpose
from organizer.i18n import _, listed
from organizer.services.members import consenting, person_card
from organizer.services.workspace import Workspace, refuse_taken


def give(arguments: argparse.Namespace) -> Outcome:
    """Somebody agrees."""
    with workspace(arguments) as opened:
        person = opened.id_of("person", arguments.id)
        write = consenting.give(
            opened, person, _purposes(arguments), form=Form.PAPER, on=arguments.on
        )
        lines = _lines(opened, person)
    return Outcome("consent.given", _("已登记同意。"), {"write": write.hex()}, lines)


def withdraw(arguments: argparse.Namespace) -> Outcome:
    """Somebody takes consents back."""
    purposes = _purposes(arguments)
    with workspace(arguments) as opened:
        person = opened.id_of("person", arguments.id)
        if arguments.out is not None:
            refuse_taken(arguments.out)
        write = consenting.withdraw(opened, person, purposes, on=arguments.on)
        if arguments.out is not None:
            _print(opened, person, arguments.out)
        lines = _lines(opened, person)
    told = _("已登记撤回同意，还要报上级工会。")
    follows = tuple(consenting.what_follows(purposes))
    return Outcome("consent.withdrawn", told, {"write": write.hex()}, (*follows, *lines))


def _print(opened: Workspace, person: bytes, out: Path) -> None:
    # Late: reportlab and the fonts are not needed by any other command.
    from organizer.services.members.printing import Printer

    current = person_card.card(opened, person).current
    if current is not None:
        Printer(opened).print_withdrawal(current.membership, out)


def listing(arguments: argparse.Namespace) -> Outcome:
    """How one person's consents stand, or which withdrawals wait to be told upward."""
    with workspace(arguments) as opened:
        if arguments.id:
            return _of_person(opened, opened.id_of("person", arguments.id))
        found = consenting.unreported(opened)
    lines = tuple(
        f"{one.consent.withdrawn_on} {one.name} {one.union_name}"
        f" {consenting.title(Purpose(one.consent.purpose))}"
        for one in found
    )
    facts = [
        {"consent": one.consent.id.hex(), "person": one.consent.person.hex(),
         "purpose": one.consent.purpose, "on": one.consent.withdrawn_on}
        for one in found
    ]  # fmt: skip
    told = _("{count} 项撤回同意还没有报上级。").format(count=len(found))
    return Outcome("consent.unreported", told, {"unreported": facts}, lines)


def report(arguments: argparse.Namespace) -> Outcome:
    """A withdrawal was told to the union above."""
    with workspace(arguments) as opened:
        row = opened.id_of("consent", arguments.id)
        write = consenting.report(opened, row, arguments.on)
    return Outcome("consent.reported", _("已记下报上级。"), {"write": write.hex()})


def purposes_in_words() -> str:
    """What can be said for a purpose, for the help page."""
    return listed(f"{one.value}={consenting.title(one)}" for one in Purpose)


def _of_person(opened: Workspace, person: bytes) -> Outcome:
    found = consenting.lines(opened, person)
    facts = [
        {"purpose": one.purpose.value, "stands": one.stands,
         "consent": one.consent.hex() if one.consent else ""}
        for one in found
    ]  # fmt: skip
    count = sum(one.stands for one in found)
    told = _("{count} / {whole} 项同意有效。").format(count=count, whole=len(found))
    return Outcome("consent.list", told, {"consents": facts}, _lines(opened, person))


def _lines(opened: Workspace, person: bytes) -> tuple[str, ...]:
    return tuple(f"{one.title}  {one.told}" for one in consenting.lines(opened, person))


def _purposes(arguments: argparse.Namespace) -> tuple[Purpose, ...]:
    return tuple(Purpose(name) for name in arguments.purpose or ()) or (
        consenting.ALL if arguments.verb == "give" else ()
    )
