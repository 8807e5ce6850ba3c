"""What the program asks of the desktop around it."""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from organizer.i18n import _


def open_file(file: Path) -> None:
    """Show a file with the program the desktop has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


def install_chinese(app: QApplication) -> None:
    """Qt's own texts (复制, 粘贴, 确定) in Chinese; must come before the first widget."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale("zh_CN"), "qtbase", "_", folder):
        app.installTranslator(_Missing(app))
        app.installTranslator(translator)
        # Dates in Qt's own dialogs.
        QLocale.setDefault(QLocale("zh_CN"))


class _Missing(QTranslator):
    """What Qt's own catalog lacks of the file dialog, where the desktop has none."""

    def isEmpty(self) -> bool:
        """Never, else it would not be asked."""
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """The text in Chinese; "" for what is translated elsewhere."""
        return {
            "&Look in:": _("查找范围(&L)："),
            "Files of &type:": _("文件类型(&T)："),
            "Folder": _("文件夹"),
        }.get(text, "")
