"""The first run: an office, its first account and its recovery sheet on one page; or practice."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget

from organizer.errors import InvalidInput, OrganizerError
from organizer.i18n import _
from organizer.services.office.divisions import DivisionBook, DivisionChoice
from organizer.services.office.opening import SHORTEST_PASSWORD, NewOffice
from organizer.ui.runner import Runner
from organizer.ui.shell.backup_place import BackupPlace
from organizer.ui.shell.front import FrontPage
from organizer.ui.shell.unlock import focus_later
from organizer.ui.theme import Theme
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.picker import Choice, PickerField
from organizer.ui.widgets.plain import button, column, holder, label, row, rule
from organizer.ui.widgets.reflow import Cell, Reflow
from organizer.ui.widgets.secret import NewPassword

MAKE = "Ctrl+Return"


class FirstRunPage(FrontPage):
    """`wanted` carries the new office and the file for its recovery sheet."""

    wanted = Signal(object, object)
    practice_wanted = Signal()
    restore_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        runner: Runner,
        folder: Path,
        place: BackupPlace,
        *,
        practising: bool = False,
    ) -> None:
        super().__init__(theme, width=760, margin=16, gap=8)
        self._runner = runner
        self._book: DivisionBook | None = None
        self._folder = folder
        self._place = place
        self._office = Field("office_name", _("单位名称"), hint=_("例如：工人村街道总工会"))
        self._division = PickerField(
            theme,
            "division",
            _("所在区划"),
            hint=_("输入汉字、拼音首字母、全拼或区划代码，例如 grcjd"),
        )
        self._division.wanted.connect(self._on_division_typed)
        self._division.chosen.connect(lambda choice: self._division.say(choice.detail))
        self._account = Field("account_name", _("你的名字"), hint=_("第一个账号是管理员"))
        self._password = NewPassword(SHORTEST_PASSWORD, self._names, beside=True)
        self._sheet = label("", "mut")
        self._say_folder()
        self._make_text = _("建立单位")
        self._make = KeyButton(
            theme, self._make_text, self._on_make,
            shortcut=MAKE, kind="primary", name="make_office",
        )  # fmt: skip
        self._make.setShortcut(QKeySequence(MAKE))
        self._practise = button(
            _("接着练习") if practising else _("先用样例练习"),
            self.practice_wanted.emit,
            name="practise",
        )
        self._restore = button(
            _("从备份恢复"), self.restore_wanted.emit, kind="link", name="restore_backup"
        )
        self._password.entered.connect(self._on_make)
        self._said = label("", "warn")
        self._said.hide()
        self._arrange()
        focus_later(self._office)

    @property
    def backup_folder(self) -> Path | None:
        """Where backups shall go; None while nobody chose."""
        return self._place.folder

    def refuse(self, error: OrganizerError) -> None:
        """Say what was wrong, at the field it is about."""
        self.set_busy("")
        fields: dict[str, Field | NewPassword] = {
            "division": self._division,
            "password": self._password,
        }
        place = fields.get(error.field) if isinstance(error, InvalidInput) else None
        if place is not None and isinstance(error, InvalidInput):
            place.refuse(error)
            place.setFocus()
        else:
            self._show(error.sentence())
            self._make.setFocus()

    def set_busy(self, sentence: str) -> None:
        """While something is being made; "" when it is over."""
        for part in self._inputs:
            part.setEnabled(not sentence)
        self._make.say(sentence or self._make_text)
        self._show("")

    def _arrange(self) -> None:
        choose = button(_("换个文件夹…"), self._on_choose_folder, kind="link", name="sheet_folder")
        hint = _("忘记密码时只有它能打开数据。建立后会自动打开，请打印并放进保险柜。")
        head = row(label(_("恢复单"), "head"), None, choose)
        kept = holder(column(head, self._sheet, label(hint, "mut"), None, gap=4))
        self._inputs: tuple[QWidget, ...] = (
            self._office, self._division, self._account, self._password, choose,
            self._place, self._restore, self._practise, self._make,
        )  # fmt: skip
        self.fill(
            label(_("第一次使用：建立本单位的数据。只存在这台电脑上，加密保存。"), "mut"),
            Reflow(
                self._theme,
                [
                    [Cell(self._office, 1, 260), Cell(self._division, 1, 260)],
                    [Cell(self._account, 1, 160), Cell(self._password, 2, 360)],
                ],
            ),
            rule(),
            Reflow(self._theme, [[Cell(kept, 1, 300), Cell(self._place, 1, 300)]]),
            self._said,
            row(self._practise, self._restore, None, self._make),
        )

    def _on_division_typed(self, text: str) -> None:
        def find() -> list[DivisionChoice]:
            # Loaded with the first question, off the window's thread.
            book = self._book or DivisionBook()
            self._book = book
            return book.find(text)

        self._runner.start(
            self,
            lambda _job: find(),
            lambda found: self._division.offer([_choice(each) for each in found]),
            key="first_run.division",
        )

    def _names(self) -> tuple[str, ...]:
        return self._account.text, self._office.text

    def _show(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def _say_folder(self) -> None:
        self._sheet.setText(_("存到：{folder}").format(folder=self._folder))

    def _on_choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("恢复单存到哪里"), str(self._folder))
        if chosen:
            self._folder = Path(chosen)
            self._say_folder()

    def _on_make(self) -> None:
        if not self._make.isEnabled() or not self._complete():
            return
        wanted = NewOffice(
            self._office.text, self._division.value, self._account.text, self._password.text
        )
        self.set_busy(_("正在建立单位，要几秒钟…"))
        self.wanted.emit(wanted, free_name(self._folder))

    def _complete(self) -> bool:
        for field, code in ((self._office, "office.no_name"), (self._account, "account.no_name")):
            if not field.text:
                field.refuse(InvalidInput(code, field=field.name, most=20))
                field.setFocus()
                return False
        if not self._division.value:
            self._division.refuse(InvalidInput("office.choose_division", field="division"))
            self._division.setFocus()
            return False
        return self._password.check()


def free_name(folder: Path) -> Path:
    """A name for a recovery sheet that is not taken yet."""
    names = [_("恢复单.pdf"), *(_("恢复单 {number}.pdf").format(number=n) for n in range(2, 100))]
    return next(
        (folder / name for name in names if not (folder / name).exists()), folder / names[0]
    )


def _choice(found: DivisionChoice) -> Choice:
    level = {
        2: _("省级"),
        4: _("市级"),
        6: _("区县级"),
        9: _("乡镇街道级"),
        12: _("社区、村级"),
    }[len(found.code)]
    detail = f"{found.above} · {level}" if found.above else level
    return Choice(found.code, found.name, detail)
