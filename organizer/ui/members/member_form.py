"""A form that does one thing with one or many memberships."""

from collections.abc import Callable, Sequence
from datetime import date

from organizer.domain.dates import parse_past_day
from organizer.domain.member import Act
from organizer.i18n import _
from organizer.services import picking
from organizer.services.members import act_checking, changing
from organizer.services.members.transferring import Letter
from organizer.services.workspace import Workspace
from organizer.ui.members.lookup import LookupField
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm, Question
from organizer.ui.widgets.codefield import Code, CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import PickerField

Rows = Callable[[Workspace], list[bytes]]
"""Says which memberships are meant, asked off the window's thread."""


class MemberForm(ActForm):
    """`begin` says about whom it is; subclasses say what is asked and what does it.

    `checked` is the act by which it is told beforehand whether it can be done.
    """

    draft_area = "members"
    checked: Act | None = None

    def __init__(self, session: Session, title: str, fields: Sequence[Field]) -> None:
        self._rows: Rows | None = None
        self._count = 0
        self._what = title
        super().__init__(session, title, fields)

    def begin(self, subject: str, count: int, rows: Rows, of: bytes = b"") -> None:
        """Ask about these memberships; `of` is the one when it is but one."""
        self._rows, self._count = rows, count
        for field in self.fields:
            empty(field)
        self.start(subject, of)

    def plan(self) -> Question | None:
        """Whom it is about, and whether it can be done with all of them."""
        rows, act = self._rows, self.checked
        if rows is None:
            return None
        return lambda workspace: act_checking.told(workspace, rows(workspace), act)

    def act(self) -> Question:
        """Do it with the rows that are meant."""
        rows, run = self._rows, self.run()
        if rows is None:
            raise RuntimeError
        return lambda workspace: run(workspace, rows(workspace))

    def run(self) -> Callable[[Workspace, list[bytes]], object]:
        """What does it, with what is typed now."""
        raise NotImplementedError

    def said(self) -> str:
        """Done."""
        return _("已办“{act}”{count} 人。").format(act=self._what, count=self._count)


def empty(field: Field) -> None:
    """Take out what a form was filled with before."""
    if isinstance(field, PickerField):
        field.set_choice(None, "")
    elif isinstance(field, CodeField):
        field.set_code("")
    else:
        field.set_text("")


def day_field(title: str = "") -> Field:
    """The day of a step; empty is today."""
    hint = _("空着就是今天；也可以写 1120 或 2026-11-20")
    return Field("on", title or _("日期"), hint=hint)


def day_of(workspace: Workspace, text: str) -> date | None:
    """A day as it is typed; raises `InvalidInput` (field `on`)."""
    return parse_past_day(text, workspace.today, field="on")


def reason_field(session: Session, act: Act) -> CodeField:
    """The reasons of an act, each with its digit."""
    made = CodeField(session.theme, "reason", _("原因"))
    made.set_codes([Code(one.code, one.label) for one in changing.reasons(session.workspace, act)])
    return made


def union_field(session: Session, name: str, title: str, hint: str = "") -> LookupField:
    """A union of this file."""
    hint = hint or _("名称或拼音首字母")
    return LookupField(session, name, title, picking.offered_unions, hint=hint)


def employer_field(session: Session, title: str, hint: str = "") -> LookupField:
    """A unit of this file."""
    hint = hint or _("名称、拼音首字母或代码尾号")
    return LookupField(session, "employer", title, picking.offered_employers, hint=hint)


def letter_fields(session: Session) -> dict[str, Field]:
    """What a letter says, by the name of the field."""
    return {
        "paid_until": Field("paid_until", _("会费交至"), hint=_("如 2026-10，不清楚就空着")),
        "number": Field("number", _("介绍信号"), hint=_("空着由程序编号")),
        "on": day_field(_("介绍信日期")),
    }


def letter(fields: dict[str, Field], reason: str = "") -> Callable[[Workspace], Letter]:
    """What is typed now, as a letter."""
    texts = {name: field.text for name, field in fields.items()}
    return lambda workspace: Letter(
        texts["number"], reason, texts["paid_until"], day_of(workspace, texts["on"])
    )
