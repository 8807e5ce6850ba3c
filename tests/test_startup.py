"""What a start loads: the unlock page must not wait for libraries that only later work needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.offices import Template, copy_office

ROOT = Path(__file__).resolve().parent.parent
LATER = ("numpy", "openpyxl", "reportlab", "rapidfuzz", "sqlite_utils", "pypdfium2", "fontTools")

UNLOCK_PAGE = """
import sys
from PySide6.QtWidgets import QApplication
from organizer import app, paths
program = app.Program(QApplication([]), paths.data_folder(sys.argv[1]))
program.start()
print(type(program.front.currentWidget()).__name__)
print(*sorted(set(sys.argv[2:]) & set(sys.modules)))
program.stop()
"""


def python(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"} | variables
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8"
    )


@pytest.fixture
def folder(office_template: Template, tmp_path: Path) -> Path:
    """A closed office."""
    return copy_office(office_template.root, tmp_path / "office").root


def test_the_unlock_page_loads_none_of_the_heavy_libraries(folder: Path) -> None:
    done = python("-c", UNLOCK_PAGE, str(folder), *LATER)
    assert done.stdout.splitlines() == ["UnlockPage", ""], done.stderr


def test_an_empty_folder_begins_with_the_first_run(tmp_path: Path) -> None:
    done = python("-c", UNLOCK_PAGE, str(tmp_path / "new"), *LATER)
    assert done.stdout.splitlines() == ["FirstRunPage", ""], done.stderr


def test_a_folder_without_its_keyring_says_so(folder: Path) -> None:
    (folder / "keyring.json").unlink()
    done = python("-c", UNLOCK_PAGE, str(folder))
    assert done.stdout.splitlines()[0] == "TroublePage", done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_the_command_line_explains_itself() -> None:
    nowhere = {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    done = python("-m", "organizer", **nowhere)
    assert done.returncode == 0 and "用法" in done.stdout
    done = python("-m", "organizer", "run", **nowhere)
    assert done.returncode == 2 and "没有图形桌面" in done.stderr
    # As after a remote session whose display is gone, or in a job that inherited one.
    for name, value in (("DISPLAY", ":63077"), ("WAYLAND_DISPLAY", "nobody-there")):
        done = python("-m", "organizer", "run", **{**nowhere, name: value})
        assert done.returncode == 2 and "没有图形桌面" in done.stderr


def test_the_language_is_chosen_by_the_environment_or_the_settings(tmp_path: Path) -> None:
    words = ("-m", "organizer", "doctor", "--data", str(tmp_path / "data"))
    assert "剩余空间" in python(*words, ORGANIZER_LANGUAGE="").stdout
    assert "剩余空间" not in python(*words, ORGANIZER_LANGUAGE="en").stdout
    settings = tmp_path / "settings.toml"
    settings.write_text('language = "en"\n', encoding="utf-8")
    said = python(*words, ORGANIZER_LANGUAGE="", ORGANIZER_CONFIG=str(settings)).stdout
    assert "剩余空间" not in said and "data" in said


NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>"""
DRAWN = """
from PySide6.QtGui import QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication
from organizer.ui.theme import Theme
app = QApplication([])
for bold in (False, True):
    font = Theme(app).font(16, bold=bold)
    drawn = QRawFont.fromFont(font)
    print(QFontInfo(font).family(), all(drawn.supportsCharacter(ord(one)) for one in "工会入会登记龚"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has hanzi")
def test_a_machine_without_any_font_draws_hanzi_with_the_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts.conf").write_text(NO_FONTS.format(folder=tmp_path), encoding="utf-8")
    done = python("-c", DRAWN, FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    assert done.stdout.splitlines() == ["Noto Sans SC True"] * 2, done.stderr
