"""The look: size of type and colours at once, the language with the next start."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from organizer.i18n import _
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.settings.page import SettingsPage
from organizer.ui.theme import SCALES
from organizer.ui.widgets.plain import button, card, holder, label, row


class LookPage(SettingsPage):
    """Every choice takes effect at once and is kept on this machine."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, _("显示"))
        self._desk = desk
        kept = desk.settings
        sizes = [(f"{scale:.0%}", scale, scale == kept.type_scale) for scale in SCALES]
        schemes = [
            (text, scheme, scheme == kept.scheme)
            for text, scheme in ((_("随系统"), "system"), (_("浅色"), "light"), (_("深色"), "dark"))
        ]
        languages = [
            # The names of languages are written in the language itself.
            (text, code, code == kept.language)
            for text, code in ((_("中文"), ""), ("English", "en"))
        ]
        self._restart = label(_("下次打开程序时生效。"), "hint")
        self._restart.hide()
        self.fill(
            card(label(_("字号"), "head"), self._choices(sizes, self._on_size)),
            card(label(_("颜色"), "head"), self._choices(schemes, self._on_scheme)),
            card(
                label(_("语言"), "head"),
                self._choices(languages, self._on_language),
                self._restart,
            ),
        )

    def _choices(
        self, options: Sequence[tuple[str, object, bool]], chosen: Callable[[object], None]
    ) -> QWidget:
        group = QButtonGroup(self)
        buttons: list[QPushButton] = []
        for text, value, now in options:
            made = button(text, partial(chosen, value), kind="choice", name=f"choose-{value}")
            made.setCheckable(True)
            made.setChecked(now)
            group.addButton(made)
            buttons.append(made)
        return holder(row(*buttons, None))

    def _on_size(self, scale: object) -> None:
        if isinstance(scale, float):
            self.session.theme.choose(scale=scale)
            self._keep(type_scale=scale)

    def _on_scheme(self, scheme: object) -> None:
        self.session.theme.choose(scheme=str(scheme))
        self._keep(scheme=scheme)

    def _on_language(self, language: object) -> None:
        self._keep(language=language)
        self._restart.show()

    def _keep(self, **values: object) -> None:
        self._desk.keep(self.session, **values)
