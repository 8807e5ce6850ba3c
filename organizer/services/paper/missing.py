"""缺什么纸: papers that wait for their next step, and records of which a paper is not there at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from organizer.domain import founding as founding_rules
from organizer.domain import masking
from organizer.domain.access import Permission
from organizer.domain.paper_trail import EVERY, MARKS, Stage
from organizer.i18n import _, listed
from organizer.services.paper import paper_trail
from organizer.services.unions import founding
from organizer.services.workspace import Workspace
from organizer.store import foundings, members, papers
from organizer.store.driver import Connection
from organizer.store.papers import Scope


class Lack(StrEnum):
    """What is missing."""

    UNSIGNED = "unsigned"
    UNSTAMPED = "unstamped"
    UNFILED = "unfiled"
    NO_APPLICATION = "no_application"
    NO_REGISTRATION = "no_registration"
    NO_CONSENT = "no_consent"
    FOUNDING = "founding"
    UNTOLD = "untold"


_WAITS = {
    Lack.UNSIGNED: Stage.SIGNED,
    Lack.UNSTAMPED: Stage.STAMPED,
    Lack.UNFILED: Stage.FILED,
}
_WITHOUT = {
    Lack.NO_APPLICATION: "application",
    Lack.NO_REGISTRATION: "registration",
    Lack.NO_CONSENT: "notice",
}


@dataclass(frozen=True)
class Asked:
    """What is missing of which union or employer; None for all within the account's division."""

    lack: Lack
    union: bytes | None = None
    employer: bytes | None = None


@dataclass(frozen=True)
class Line:
    """One line of such a list: the record it leads to (`table`, `id`), and what is told of it.

    `act` is the membership that something can be done with, where there is one.
    """

    table: str
    id: bytes
    name: str
    paper: str
    detail: str
    union_name: str
    since: str
    act: bytes | None = None


def title(lack: Lack) -> str:
    """What a list is called."""
    return {
        Lack.UNSIGNED: _("打印了没签字"),
        Lack.UNSTAMPED: _("签了没盖章"),
        Lack.UNFILED: _("该归档没归档"),
        Lack.NO_APPLICATION: _("会员没有申请书"),
        Lack.NO_REGISTRATION: _("会员没有登记表"),
        Lack.NO_CONSENT: _("会员没有同意书"),
        Lack.FOUNDING: _("建会缺材料"),
        Lack.UNTOLD: _("已批准未告知"),
    }[lack]


def numbers(workspace: Workspace, asked: Asked) -> list[int]:
    """The local numbers of the lines, the longest waiting first: of papers, memberships, foundings."""
    workspace.require(Permission.LOOK)
    scope = Scope(workspace.account.division_code, asked.union, asked.employer)
    return workspace.database.read(lambda c: _numbers(c, workspace, asked.lack, scope))


def page(workspace: Workspace, asked: Asked, wanted: Sequence[int]) -> dict[int, Line]:
    """The lines of these numbers."""
    workspace.require(Permission.LOOK)
    if asked.lack in _WAITS:
        return dict(_of_papers(workspace, asked.lack, wanted))
    if asked.lack is Lack.FOUNDING:
        scope = Scope(workspace.account.division_code, asked.union, asked.employer)
        found = workspace.database.read(lambda c: dict(_of_foundings(c, workspace, scope)))
        return {n: found[n] for n in wanted if n in found}
    return dict(_of_members(workspace, asked.lack, wanted))


def counts(workspace: Workspace, asked: Asked) -> dict[Lack, int]:
    """How much is missing in every list, for the union or employer of `asked`."""
    workspace.require(Permission.LOOK)
    scope = Scope(workspace.account.division_code, asked.union, asked.employer)
    return workspace.database.read(
        lambda c: {lack: len(_numbers(c, workspace, lack, scope)) for lack in Lack}
    )


def untold(connection: Connection, scope: str) -> tuple[int, str]:
    """How many approved members have not been told, and since when the first waits, in words."""
    count, oldest = papers.count_untold(connection, scope)
    return count, _("最早 {day} 批准").format(day=oldest[5:]) if oldest else ""


def _numbers(connection: Connection, workspace: Workspace, lack: Lack, scope: Scope) -> list[int]:
    if lack in _WITHOUT:
        return papers.members_without(connection, _WITHOUT[lack], scope)
    if lack is Lack.UNTOLD:
        return papers.untold(connection, scope)
    if lack is Lack.FOUNDING:
        return [n for n, _line in _of_foundings(connection, workspace, scope)]
    wanted = _WAITS[lack]
    before = EVERY[: EVERY.index(wanted) + 1]
    steps = [(MARKS[one], paper_trail.forms_without(workspace, one)) for one in before]
    return papers.waiting(connection, MARKS[wanted], steps, scope)


def _of_papers(
    workspace: Workspace, lack: Lack, wanted: Sequence[int]
) -> Iterator[tuple[int, Line]]:
    found = workspace.database.read(lambda c: papers.numbered(c, wanted))
    for n in wanted:
        if n not in found:
            continue
        one = found[n]
        links = (("person", one.person), ("union_org", one.union_org), ("employer", one.employer))
        table, row = next(((t, r) for t, r in links if r is not None), ("founding", one.founding))
        since = {
            Lack.UNSIGNED: one.printed_on,
            Lack.UNSTAMPED: one.signed_on or one.printed_on,
            Lack.UNFILED: one.stamped_on or one.signed_on or one.printed_on,
        }[lack]
        label = paper_trail.label_of(workspace, one.form)
        yield n, Line(table, row or b"", one.name, label, one.short_id, one.union_name, since)


def _of_members(
    workspace: Workspace, lack: Lack, wanted: Sequence[int]
) -> Iterator[tuple[int, Line]]:
    found = workspace.database.read(lambda c: members.numbered(c, wanted))
    label = paper_trail.label_of(workspace, _WITHOUT[lack]) if lack in _WITHOUT else ""
    for n, one in found.items():
        person, record = one.person, one.record
        detail = record.text("workplace") or one.employer_name
        if lack is Lack.UNTOLD:
            detail = masking.mask_phone(person.text("phone"))
        since = record.text("joined_on") or record.text("applied_on")
        name = person.text("name")
        yield n, Line("person", person.id, name, label, detail, one.union_name, since, record.id)


def _of_foundings(
    connection: Connection, workspace: Workspace, scope: Scope
) -> Iterator[tuple[int, Line]]:
    """The foundings of which a step is done and its paper is not there."""
    rules, stages = founding.rules_of_founding(), workspace.codes("founding_stage")
    for n, row, unit, union_name, name, begun in papers.foundings(connection, scope):
        standings = founding_rules.stand(
            rules,
            founding.told_steps(connection, row),
            foundings.papers_of(connection, row),
            date.fromisoformat(begun) if begun else workspace.today,
            workspace.today,
        )
        lacking = [one for one in standings if one.lacking]
        if lacking:
            gone = listed(
                paper_trail.label_of(workspace, form) for one in lacking for form in one.lacking
            )
            steps = listed(stages.entry(one.rule.code).brief for one in lacking)
            since = next((one.told.done_on for one in lacking if one.told.done_on), None)
            day = since.isoformat() if since else begun
            yield n, Line("employer", unit, name, gone, steps, union_name, day)
