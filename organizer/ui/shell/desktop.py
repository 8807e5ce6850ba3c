"""What the program asks of the desktop around it."""

import os
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from organizer import i18n
from organizer.i18n import _


def open_file(file: Path) -> None:
    """Show a file with the program the desktop has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


def make_application(arguments: list[str]) -> QApplication:
    """The one application: named, in the language in force, and heard by the input method."""
    _hear_fcitx()
    app = QApplication(arguments)
    app.setApplicationName("organizer")
    app.setDesktopFileName("organizer")
    if i18n.LANGUAGE == i18n.SOURCE:
        install_chinese(app)
    return app


def _hear_fcitx() -> None:
    """Desktops with fcitx5 ask for its plugin, which the window library does not bring.

    It brings the one for ibus, and fcitx5 answers to that as well.
    """
    if not os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        return
    roots = [QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)]
    roots += filter(None, os.environ.get("QT_PLUGIN_PATH", "").split(os.pathsep))
    plugins = [file for root in roots for file in Path(root, "platforminputcontexts").glob("*.so")]
    if not any("fcitx" in file.name for file in plugins):
        os.environ["QT_IM_MODULE"] = "ibus"


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
