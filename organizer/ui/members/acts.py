"""会籍变动和接转: what can be done with memberships, each a small form with its reason, day and paper."""

from collections.abc import Callable, Sequence

from organizer.domain.member import ACTS, Act
from organizer.domain.signup import Typed
from organizer.i18n import _
from organizer.services.members import act_checking, changing, dues_keeping, transferring
from organizer.services.members.changing import ChangeOrder
from organizer.services.members.signup import SignupOrder
from organizer.services.workspace import Workspace
from organizer.ui.members.member_form import (
    MemberForm,
    day_field,
    day_of,
    employer_field,
    letter,
    letter_fields,
    reason_field,
    union_field,
)
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm, Question
from organizer.ui.widgets.codefield import CodeField
from organizer.ui.widgets.fields import Field

Run = Callable[[Workspace, list[bytes]], object]
RECEIVE, SETTLE = "receive", "settle"


def forms(session: Session) -> dict[str, ActForm]:
    """Every form, by the key of its act."""
    words = act_checking.act_words()
    changes = {
        act.value: ChangeForm(session, act, words[act.value])
        for act in (Act.KEEP, Act.RESUME, Act.LEAVE, Act.EXPEL, Act.DIE, Act.REFUSE)
    }
    return {
        **changes,
        Act.SEND.value: SendForm(session),
        Act.CONFIRM.value: ConfirmForm(session),
        Act.RECALL.value: RecallForm(session),
        act_checking.BRING: BringForm(session),
        act_checking.FILE: FileForm(session),
        act_checking.PAY: PayForm(session),
        RECEIVE: ReceiveForm(session),
        SETTLE: SettleForm(session),
    }


class ChangeForm(MemberForm):
    """Kept, taken up again, left, expelled, died, refused: reason, day, paper and words."""

    def __init__(self, session: Session, act: Act, title: str) -> None:
        self.checked = act
        self.draft_name = act.value
        self._act = act
        rule = ACTS[act]
        self._reason = reason_field(session, act) if len(rule.reasons) > 1 else None
        self._paper = Field("paper_no", _("决定或批文的文号"))
        self._words = Field("words", _("说明"), hint="" if rule.worded else _("可以空着"))
        self._on = day_field()
        fields: list[Field] = [self._reason] if self._reason else []
        if rule.papered or act in (Act.KEEP, Act.LEAVE):
            fields.append(self._paper)
        super().__init__(session, title, [*fields, self._words, self._on])

    def run(self) -> Run:
        """Change them."""
        reason = self._reason.value if isinstance(self._reason, CodeField) else ""
        paper, words, on = self._paper.text, self._words.text, self._on.text
        return lambda workspace, rows: changing.change(
            workspace,
            rows,
            ChangeOrder(self._act, reason, day_of(workspace, on), paper, words),
        )

    def said(self) -> str:
        """Done; an expulsion still has to be filed."""
        told = super().said()
        if self._act is Act.EXPEL:
            return told + _("除名要报上一级备案，备案后请记“除名已备案”。")
        return told


class SendForm(MemberForm):
    """转出: to which union, why, until when dues are paid."""

    checked = Act.SEND
    draft_name = "send"

    def __init__(self, session: Session) -> None:
        hint = _("本单位管的工会按拼音选；外面的工会写全称")
        self._to = union_field(session, "to_union", _("转往哪个工会"), hint)
        self._reason = reason_field(session, Act.SEND)
        self._letter = letter_fields(session)
        fields = [self._to, self._reason, *self._letter.values()]
        super().__init__(session, _("转出"), fields)

    def run(self) -> Run:
        """Send them, each with a letter."""
        to, name = self._to.value, self._to.text
        said = letter(self._letter, self._reason.value)
        return lambda workspace, rows: transferring.send_all(
            workspace, rows, name, said(workspace), to
        )

    def said(self) -> str:
        """Done."""
        told = _("已转出 {count} 人，等对方的回执；请打印介绍信。")
        return told.format(count=self._count)


class ConfirmForm(MemberForm):
    """收到回执."""

    checked = Act.CONFIRM
    draft_name = "confirm"

    def __init__(self, session: Session) -> None:
        self._on = day_field(_("回执的日期"))
        super().__init__(session, _("收到回执"), [self._on])

    def run(self) -> Run:
        """The receipts have come."""
        on = self._on.text

        def confirm(workspace: Workspace, rows: list[bytes]) -> object:
            letters = [one.id for one in transferring.open_of(workspace, rows)]
            return transferring.confirm_all(workspace, letters, day_of(workspace, on))

        return confirm


class RecallForm(MemberForm):
    """撤回转出."""

    checked = Act.RECALL
    draft_name = "recall"

    def __init__(self, session: Session) -> None:
        self._words = Field("words", _("原因"), hint=_("如：对方没有接收"))
        super().__init__(session, _("撤回转出"), [self._words])

    def run(self) -> Run:
        """The letters are void."""
        words = self._words.text

        def recall(workspace: Workspace, rows: list[bytes]) -> object:
            letters = [one.id for one in transferring.open_of(workspace, rows)]
            return transferring.recall_all(workspace, letters, words)

        return recall


class BringForm(MemberForm):
    """会内接转: between unions of this file in one step."""

    checked = Act.SEND
    draft_name = "bring"

    def __init__(self, session: Session) -> None:
        self._to = union_field(session, "to_union", _("转往哪个工会"))
        self._employer = employer_field(session, _("现在的工作单位"), _("没有换单位就空着"))
        self._letter = letter_fields(session)
        fields = [self._to, self._employer, *self._letter.values()]
        super().__init__(session, _("会内接转"), fields)

    def confirm(self) -> None:
        """Only once a union is picked."""
        if self._to.value is None:
            self._to.setFocus()
            self._to.open_list()
            return
        super().confirm()

    def run(self) -> Run:
        """Bring them there."""
        to, employer, said = self._to.value, self._employer.value, letter(self._letter)
        return lambda workspace, rows: transferring.bring(
            workspace, rows, to, employer, said(workspace)
        )


class FileForm(MemberForm):
    """除名已备案: the union above knows."""

    draft_name = "file"

    def __init__(self, session: Session) -> None:
        self._on = day_field(_("备案日期"))
        super().__init__(session, _("除名已备案"), [self._on])

    def run(self) -> Run:
        """Note the filing of each."""
        on = self._on.text
        return lambda workspace, rows: changing.file_all(workspace, rows, day_of(workspace, on))


class PayForm(MemberForm):
    """会费交至: until which month dues are paid; no cash is handled here."""

    draft_name = "pay"

    def __init__(self, session: Session) -> None:
        self._month = Field("paid_until", _("会费交至"), hint=_("年月，如 2026-10"))
        super().__init__(session, _("会费交至"), [self._month])

    def run(self) -> Run:
        """Note the month."""
        month = self._month.text
        return lambda workspace, rows: dues_keeping.pay(workspace, rows, month)


class ReceiveForm(ActForm):
    """转入: somebody brings a letter from a union outside this file; no second application."""

    draft_area = "members"
    draft_name = "receive"

    def __init__(self, session: Session) -> None:
        self._name = Field("name", _("姓名"))
        self._id_number = Field("id_number", _("身份证号"), hint=_("没有就空着，留手机号码"))
        self._phone = Field("phone", _("手机号码"))
        self._from = Field("from_union", _("从哪个工会转来"), hint=_("照介绍信写全称"))
        self._employer = employer_field(session, _("工作单位"))
        self._union = union_field(
            session, "union", _("转入哪个工会"), _("空着就是单位所在社区的工会")
        )
        self._letter = letter_fields(session)
        fields: Sequence[Field] = [
            self._name, self._id_number, self._phone, self._from, self._employer, self._union,
            *self._letter.values(),
        ]  # fmt: skip
        super().__init__(session, _("转入"), fields)

    def begin(self) -> None:
        """Ask from the beginning."""
        self.start(_("凭介绍信接收"))

    def act(self) -> Question:
        """Take them in."""
        order = SignupOrder(
            Typed(self._name.text, self._id_number.text, self._phone.text),
            employer=self._employer.value,
            union_org=self._union.value,
            workplace="" if self._employer.value else self._employer.text,
        )
        origin, said = self._from.text, letter(self._letter)
        return lambda workspace: transferring.receive(workspace, order, origin, said(workspace))

    def said(self) -> str:
        """Done."""
        return _("已转入{name}，不用重新入会。").format(name=self._name.text)


class SettleForm(ActForm):
    """临时会员随单位建会转入: all of a unit's temporary members go to the union it founded."""

    draft_area = "members"
    draft_name = "settle"

    def __init__(self, session: Session) -> None:
        self._employer = employer_field(session, _("哪个单位建了工会"))
        self._to = union_field(session, "to_union", _("它的工会"))
        super().__init__(session, _("临时会员转入"), [self._employer, self._to])

    def begin(self) -> None:
        """Ask from the beginning."""
        self.start(_("随单位建会"))

    def confirm(self) -> None:
        """Only once both are picked."""
        for field in (self._employer, self._to):
            if field.value is None:
                field.setFocus()
                field.open_list()
                return
        super().confirm()

    def act(self) -> Question:
        """Move them."""
        employer, to = self._employer.value, self._to.value
        return lambda workspace: transferring.settle(workspace, employer, to)

    def said(self) -> str:
        """Done."""
        return _("临时会员已转入“{union}”，成为正式会员。").format(union=self._to.text)
