"""Consents: given with the application, taken back one by one, told upward (PIPL arts. 14, 15, 23).

On paper by default. 撤回同意 is not 退会: the membership stays as it is, and what follows is told.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from organizer.domain import union_org
from organizer.domain.access import Permission
from organizer.domain.consent import GIVEN, Form, Purpose
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.forms.texts import text_in_force
from organizer.i18n import _, listed
from organizer.services.members import steps
from organizer.services.workspace import Workspace
from organizer.store import consents, facts, members, unions
from organizer.store.consents import ConsentRow, Unreported
from organizer.store.driver import Connection
from organizer.store.members import Record
from organizer.store.transaction import Write

ALL = tuple(Purpose)


@dataclass(frozen=True)
class Agreed:
    """How the consents of an application were said: `declined` are those not given."""

    form: Form = Form.PAPER
    declined: frozenset[Purpose] = frozenset()


ON_PAPER = Agreed()
"""All of it, signed on paper."""


@dataclass(frozen=True)
class ConsentLine:
    """One purpose of a person in words; `stands` whether it holds now."""

    purpose: Purpose
    title: str
    told: str
    stands: bool
    consent: bytes | None = None
    withdrawn_on: str = ""
    reported: bool = False


def title(purpose: Purpose) -> str:
    """What a purpose is called."""
    return {
        Purpose.JOIN: _("入会和会籍管理"),
        Purpose.ID_NUMBER: _("身份证件号码"),
        Purpose.PASS_ON: _("提供给上级工会"),
    }[purpose]


def lines(workspace: Workspace, person: bytes) -> list[ConsentLine]:
    """How each purpose stands with somebody, in the order of the notice."""
    found = workspace.database.read(lambda c: _seen(c, workspace, person, Permission.LOOK))
    known = workspace.database.read(lambda c: consents.newest(c, found.id))
    return [_line(purpose, known.get(purpose)) for purpose in Purpose]


def receivers(
    connection: Connection, workspace: Workspace, union: bytes | None, code: str = ""
) -> str:
    """The unions above one by name, nearest first, as PIPL art. 23 wants them named.

    Where the tree ends below the province, the general unions of the divisions above stand for it;
    `code` is the division of a union that is still to be made.
    """
    names: list[str] = []
    if union is not None:
        own = members.union_by_id(connection, union)
        code = own.text("division_code") if own else code
        for row in unions.above(connection, union):
            above = members.union_by_id(connection, row)
            if above is not None:
                names.append(above.text("name"))
                code = above.text("division_code") or code
    names += _divisions_above(workspace, code or workspace.office.division_code)
    return listed(dict.fromkeys(names))


def note(
    write: Write, workspace: Workspace, person: bytes, union: bytes | None, agreed: Agreed, on: str
) -> None:
    """The rows of an application; what stands in the same words is not written twice."""
    known = consents.newest(write.connection, person)
    to = receivers(write.connection, workspace, union)
    for purpose in Purpose:
        declined = purpose in agreed.declined
        _note(
            write,
            known.get(purpose),
            {
                "person": person,
                "purpose": purpose.value,
                "text_version": version(workspace.today, purpose),
                "receivers": to if purpose is Purpose.PASS_ON else None,
                "form": (Form.DECLINED if declined else agreed.form).value,
                "given_on": None if declined else on,
            },
        )


def version(day: date, purpose: Purpose) -> str:
    """The wording in force, as rows and papers name it: consent_join/1."""
    text = text_in_force(day, purpose.text_id)
    return f"{text.text_id}/{text.version}"


def give(
    workspace: Workspace,
    person: bytes,
    purposes: Collection[Purpose] = ALL,
    *,
    form: Form = Form.PAPER,
    on: date | None = None,
) -> bytes:
    """Somebody agrees, for the first time or again; returns the write.

    Raises `InvalidInput` (field `on`) for a day to come, `Conflict` where all of it stands already.
    """
    day = steps.day_of(workspace, on)

    def body(write: Write) -> bytes:
        found = _seen(write.connection, workspace, person, Permission.SIGN_UP)
        known = consents.newest(write.connection, found.id)
        if all(purpose in known and known[purpose].stands for purpose in purposes):
            raise Conflict("consent.stands", name=found.text("name"))
        union = _union_of(write.connection, found.id)
        for purpose in purposes:
            values: dict[str, object] = {
                "person": found.id,
                "purpose": purpose.value,
                "text_version": version(workspace.today, purpose),
                "form": form.value,
                "given_on": day,
            }
            if purpose is Purpose.PASS_ON:
                values["receivers"] = receivers(write.connection, workspace, union)
            _note(write, known.get(purpose), values)
        return write.id

    return workspace.database.write(workspace.intent("consent.give"), body)


def withdraw(
    workspace: Workspace,
    person: bytes,
    purposes: Collection[Purpose],
    *,
    form: Form = Form.PAPER,
    on: date | None = None,
) -> bytes:
    """Somebody takes consents back (撤回同意); it is still to be told upward. Returns the write.

    Raises `InvalidInput` at what is missing, `Conflict` where nothing of it stands.
    """
    if not purposes:
        raise InvalidInput("consent.no_purpose", field="purpose")
    day = steps.day_of(workspace, on)

    def body(write: Write) -> bytes:
        found = _seen(write.connection, workspace, person, Permission.SIGN_UP)
        known = consents.newest(write.connection, found.id)
        values = {"withdrawn_on": day, "withdrawal_form": form.value}
        done = 0
        for purpose in purposes:
            row = known.get(purpose)
            if row is not None and row.withdrawn_on:
                continue
            _refuse_earlier(row, day)
            done += 1
            if row is not None and row.form != Form.DECLINED:
                write.set("consent", row.id, values)
            else:
                # Of a member from before this file nothing is on record; it is taken back all the same.
                write.insert("consent", {"person": found.id, "purpose": purpose.value, **values})
        if not done:
            raise Conflict("consent.gone", name=found.text("name"))
        return write.id

    return workspace.database.write(workspace.intent("consent.withdraw"), body)


def what_follows(purposes: Collection[Purpose]) -> list[str]:
    """What taking these back means, to be read out before it is done."""
    told = [
        _("从撤回起不再向上级工会提供，报送批次里不再有这个人；已经报送的，请上级工会按规定处理。")
    ]
    if Purpose.ID_NUMBER in purposes:
        told.append(_("没有证件号码的同意就不能实名登记，上级平台的会员服务可能用不了。"))
    if Purpose.JOIN in purposes:
        told.append(_("资料只留作会籍档案，不再用于工会服务。"))
    return [*told, _("会籍不变：撤回同意不是退会，要退会请另办退会。")]


def unreported(workspace: Workspace) -> list[Unreported]:
    """Withdrawals that are still to be told upward, oldest first."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    return workspace.database.read(lambda c: consents.unreported(c, scope))


def report(workspace: Workspace, consent: bytes, on: date | None = None) -> bytes:
    """A withdrawal was told to the union above; returns the write. Raises `NotFound`."""
    day = steps.day_of(workspace, on)

    def body(write: Write) -> bytes:
        row = consents.by_id(write.connection, consent)
        if row is None or not row.withdrawn_on or row.reported_on:
            raise NotFound("consent.nothing_to_report")
        _seen(write.connection, workspace, row.person, Permission.REVIEW)
        write.set("consent", row.id, {"reported_on": max(day, row.withdrawn_on)})
        return write.id

    return workspace.database.write(workspace.intent("consent.report"), body)


def refusing_in_words(refused: dict[str, str]) -> tuple[str, str]:
    """Why somebody is not passed on: withdrawn or declined, and the purposes in words."""
    withdrawn = [name for name, how in refused.items() if how == "withdrawn"]
    names = withdrawn or list(refused)
    told = listed(title(Purpose(name)) for name in Purpose if name in names)
    return "withdrawn" if withdrawn else "declined", told


def _note(write: Write, known: ConsentRow | None, values: Mapping[str, object]) -> None:
    if known is not None and values["form"] in GIVEN and known.stands:
        same = (known.text_version, known.receivers)
        if same == (values["text_version"], values.get("receivers") or ""):
            return
    if known is not None and known.form == Form.HISTORY and not known.withdrawn_on:
        # 待补签: the row waits for exactly this.
        told = {name: value for name, value in values.items() if name not in ("person", "purpose")}
        write.set("consent", known.id, told)
        return
    write.insert("consent", values)


def _refuse_earlier(row: ConsentRow | None, day: str) -> None:
    if row is not None and row.given_on > day:
        raise InvalidInput("consent.too_early", field="on", day=day, given=row.given_on)


def _line(purpose: Purpose, row: ConsentRow | None) -> ConsentLine:
    if row is None:
        return ConsentLine(purpose, title(purpose), _("没有记录，待补签"), stands=False)
    told = {
        Form.PAPER: _("{day} 纸面签字"),
        Form.SCREEN: _("{day} 屏幕签名图样，以纸质为准"),
        Form.DECLINED: _("本人没有同意"),
        Form.HISTORY: _("历史，待补签"),
    }.get(Form(row.form) if row.form else Form.HISTORY, "")
    said = [told.format(day=row.given_on)]
    if row.withdrawn_on:
        reported = _("已报上级") if row.reported_on else _("待报上级")
        said = [_("{day} 撤回（{reported}）").format(day=row.withdrawn_on, reported=reported)]
    elif row.receivers:
        said.append(row.receivers)
    return ConsentLine(
        purpose,
        title(purpose),
        " · ".join(said),
        row.stands,
        row.id,
        row.withdrawn_on,
        bool(row.reported_on),
    )


def _divisions_above(workspace: Workspace, code: str) -> Iterator[str]:
    while code := union_org.division_above(code):
        if code in workspace.divisions:
            yield union_org.fallback_name(workspace.divisions.name_of(code), code)


def _union_of(connection: Connection, person: bytes) -> bytes | None:
    standing: Sequence[members.Membership] = members.memberships_of(connection, person)
    return next((one.record.link("union_org") for one in standing), None)


def _seen(
    connection: Connection, workspace: Workspace, row: bytes, permission: Permission
) -> Record:
    workspace.require(permission)
    found = members.person_by_id(connection, facts.survivor(connection, "person", row))
    if found is None or found.text("erased_on"):
        raise NotFound("record.unknown", value=row.hex())
    for code in members.divisions_of(connection, found.id):
        workspace.require(permission, code)
    return found
