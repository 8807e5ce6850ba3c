"""The sentence above the form: who is here already and what to do, or what joining like this means."""

from organizer.domain.member import State
from organizer.i18n import _
from organizer.services.members.duplicates import Known
from organizer.ui.keys import shown_keys
from organizer.ui.signup.form import HERE, LETTER, SignupForm
from organizer.ui.signup.keys import SAVE, TRANSFER


def told_above(form: SignupForm, known: Known | None, may_transfer: bool) -> tuple[str, str]:
    """The sentence and its kind; "" for nothing to say."""
    if known is not None:
        told = known.sentence + _next_step(form, known, may_transfer)
        return told, "warn" if known.blocks else "info"
    if form.transfer == LETTER:
        return _("持介绍信转入：不重新入会，不用审批；写明从哪个工会转来。"), "info"
    if form.later:
        told = _(
            "证件后补：可以入会，须留手机号码，还要有站点或工作单位；"
            "补齐证件号以前不能录入省平台，报送时会单独列出。"
        )
        return told, "info"
    return "", "info"


def _next_step(form: SignupForm, known: Known, may_transfer: bool) -> str:
    """How the transfer is done, right here."""
    if not known.transferable:
        return ""
    if not may_transfer:
        return _("转入由审核员办理，这一页会留作草稿。")
    if form.transfer != HERE:
        return _("按 {key} 就在这里办理转入。").format(key=shown_keys(TRANSFER))
    union = form.union.text
    if known.union_name == union and known.state != State.KEPT:
        return _("要转到哪里：请先填新的工作单位，或改选要加入的工会。")
    if known.state == State.KEPT and known.union_name == union:
        told = _("按 {key} 恢复在“{union}”的会籍。")
    else:
        told = _("按 {key} 转入“{union}”，介绍信号、会费交至可以不填。")
    return told.format(key=shown_keys(SAVE), union=union)
