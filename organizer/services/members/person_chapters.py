"""What is known about a person besides the person: tables for the page and for the dossier."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from organizer.domain import ids, masking
from organizer.domain.access import Permission
from organizer.domain.chapter import Chapter
from organizer.domain.member import State
from organizer.i18n import _, listed
from organizer.services.members import consenting, interim
from organizer.services.paper import paper_trail
from organizer.services.workspace import Workspace
from organizer.store import members, person_cards
from organizer.store.driver import Connection
from organizer.store.members import Membership
from organizer.store.person_cards import Step, TransferLine

T = TypeVar("T")


ON_PAGE = (0, 1, 3, 4)
"""The chapters that a person's page shows in another way: memberships, steps, consents,
papers."""


def chapters(workspace: Workspace, person: bytes, *, masked: bool = True) -> list[Chapter]:
    """Every membership, step, transfer, consent, paper, batch, visit and merged duplicate."""
    workspace.require(Permission.LOOK)
    made: Sequence[Callable[[Workspace, bytes], Chapter]] = (
        _memberships, _steps, _transfers, _consents, _papers, _batches, _visits,
    )  # fmt: skip
    return [
        *(make(workspace, person) for make in made),
        _duplicates(workspace, person, masked=masked),
    ]


def _read(
    workspace: Workspace, query: Callable[[Connection, bytes], list[T]], person: bytes
) -> list[T]:
    return workspace.database.read(lambda c: query(c, person))


def _memberships(workspace: Workspace, person: bytes) -> Chapter:
    codes = workspace.codes("membership_state")

    def row(one: Membership) -> tuple[str, ...]:
        record = one.record
        return (
            one.union_name,
            record.text("workplace") or one.employer_name,
            codes.label(record.text("state")),
            record.text("joined_on") or record.text("applied_on"),
            interim.card_number(workspace, record),
            record.text("paid_until"),
        )

    columns = (
        (_("工会"), 46.0), (_("工作单位"), 40.0), (_("会籍"), 18.0), (_("入会（申请）"), 22.0),
        (_("会员证号"), 24.0), (_("会费交至"), 18.0),
    )  # fmt: skip
    return Chapter(
        _("会籍"), columns, [row(one) for one in _read(workspace, members.memberships_of, person)]
    )


def _steps(workspace: Workspace, person: bytes) -> Chapter:
    codes, reasons = workspace.codes("membership_state"), workspace.codes("membership_reason")

    def row(step: Step) -> tuple[str, ...]:
        code = reasons.label(step.reason_code) if step.reason_code else ""
        why = listed(filter(None, (code, step.reason)))
        filed = _("已备案 {day}").format(day=step.filed_on) if step.filed_on else ""
        unfiled = _("未备案") if step.to_state == State.EXPELLED and not step.filed_on else ""
        before = codes.label(step.from_state) if step.from_state else ""
        return (
            step.on,
            before,
            codes.label(step.to_state) if step.to_state else "",
            why,
            " ".join(filter(None, (step.paper_no, filed, unfiled))),
            step.actor,
        )

    columns = (
        (_("日期"), 22.0), (_("原来"), 20.0), (_("变为"), 20.0), (_("原因"), 48.0),
        (_("文号、备案"), 38.0), (_("经办"), 20.0),
    )  # fmt: skip
    return Chapter(
        _("会籍变动"), columns, [row(one) for one in _read(workspace, person_cards.steps, person)]
    )


def _transfers(workspace: Workspace, person: bytes) -> Chapter:
    def row(one: TransferLine) -> tuple[str, ...]:
        came = one.received_on or _("等回执，到 {day}").format(day=one.valid_until)
        return one.letter_no, one.from_name, one.to_name, one.paid_until, one.sent_on, came

    columns = (
        (_("介绍信号"), 24.0), (_("转自"), 40.0), (_("转往"), 40.0), (_("会费交至"), 18.0),
        (_("开出"), 22.0), (_("接收"), 26.0),
    )  # fmt: skip
    rows = [row(one) for one in _read(workspace, person_cards.transfers, person)]
    return Chapter(_("接转"), columns, rows)


def _consents(workspace: Workspace, person: bytes) -> Chapter:
    columns = ((_("用途"), 50.0), (_("怎样同意"), 118.0))
    told = consenting.lines(workspace, person)
    return Chapter(_("个人信息同意"), columns, [(one.title, one.told) for one in told])


def _papers(workspace: Workspace, person: bytes) -> Chapter:
    columns = ((_("材料"), 54.0), (_("表号"), 22.0), (_("办到哪一步"), 92.0))
    rows = [
        (one.paper, one.short_id, " → ".join(filter(None, (one.passport, one.following))))
        for one in paper_trail.of_person(workspace, person)
    ]
    return Chapter(_("纸质材料"), columns, rows)


def _batches(workspace: Workspace, person: bytes) -> Chapter:
    columns = ((_("批次"), 30.0), (_("封存"), 40.0), (_("经办"), 30.0))
    found = _read(workspace, person_cards.reported, person)
    rows = [(ids.short_id(one.batch), one.at[:10], one.actor) for one in found]
    return Chapter(_("报送批次"), columns, rows)


def _visits(workspace: Workspace, person: bytes) -> Chapter:
    codes = workspace.codes("visit_outcome")
    columns = ((_("日期"), 30.0), (_("结果"), 60.0), (_("走访人"), 40.0))
    rows = [
        (one.on, codes.label(one.outcome) if one.outcome in codes else one.outcome, one.actor)
        for one in _read(workspace, person_cards.visits, person)
    ]
    return Chapter(_("走访"), columns, rows)


def _duplicates(workspace: Workspace, person: bytes, *, masked: bool) -> Chapter:
    columns = ((_("姓名"), 40.0), (_("出生日期"), 30.0), (_("证件号码"), 50.0))
    rows = [
        (
            one.name,
            one.born_on,
            masking.mask_resident_id(one.id_number) if masked else one.id_number,
        )
        for one in _read(workspace, person_cards.duplicates, person)
    ]
    return Chapter(_("合并进来的重复记录"), columns, rows)
