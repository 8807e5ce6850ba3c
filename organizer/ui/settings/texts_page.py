"""The standard texts on paper: which wording is in force, and whether anybody confirmed it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from organizer.i18n import _, show_date
from organizer.services.office.wordings import Wording, wordings
from organizer.ui.session import Session
from organizer.ui.settings.page import SettingsPage
from organizer.ui.widgets.plain import card, holder, label


class TextsPage(SettingsPage):
    """Reads only: a wording comes with the program, its version is printed on each paper."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("文本"))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self.fill(holder(self._cards))

    def arrive(self) -> None:
        """Show the wordings once."""
        if self._cards.count() == 0:
            self.session.ask(self, wordings, self._show, key="settings.texts")

    def _show(self, found: Sequence[Wording]) -> None:
        if self._cards.count() == 0:
            for wording in found:
                self._cards.addWidget(_card(wording))


def _card(wording: Wording) -> QFrame:
    names = {
        "application": _("入会申请书"),
        "notice": _("个人信息告知同意书"),
        "consent_join": _("同意：入会和会籍管理"),
        "consent_id_number": _("同意：身份证件号码"),
        "consent_pass_on": _("同意：提供给上级工会"),
        "oath": _("入会誓词"),
    }
    title = _("{name} 第 {version} 版").format(name=names[wording.text_id], version=wording.version)
    state = _("现在打印用的") if wording.in_force else _("旧版，只用于补打旧表")
    since = _("{day} 起 · {state}").format(day=show_date(wording.valid_from), state=state)
    body = label(wording.body)
    body.setWordWrap(True)
    parts = [label(title, "head"), label(since, "mut"), body, label(wording.origin, "hint")]
    if wording.in_force and not wording.confirmed:
        parts.append(
            label(_("这一版还没有经本单位核对。打印前请对照上级工会现行的文本，确认一致。"), "warn")
        )
    return card(*parts)
