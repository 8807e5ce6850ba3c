"""Photographs of every screen, taken of the real window over a made-up office: docs/pictures.

    python3 dev.py pictures [--out DIR]

Sizes and colours: 1366×768 at 100 % light, 100 % dark, and 175 % light. Where the system allows it
the whole runs with a home folder and a stick of its own, mounted for this process alone: their paths
are to be seen in the pictures.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from organizer import settings
from organizer.app import Program
from organizer.paths import DataFolder
from organizer.services import finding
from organizer.services.members import gathering
from organizer.services.office import backing_up
from organizer.services.office.short_code import ShortCode
from organizer.services.unions import founding_card
from organizer.services.workspace import Workspace
from organizer.ui.shell.desktop import install_chinese
from organizer.ui.signup.gathering_screen import GatheringsScreen
from organizer.ui.signup.screen import SignupScreen
from organizer.ui.survey.screen import SurveyScreen
from tests.support import picture_office, walked
from tests.support.offices import CHEAP, PASSWORD, make_office

ROOT = Path(__file__).resolve().parents[2]
HOME, STICK = Path("/home/office"), Path("/media/usb")
_MOUNTED = "ORGANIZER_PICTURES_MOUNTED"
SIZE = (1366, 768)
LOOKS = (("light", 1.0, "light"), ("dark", 1.0, "dark"), ("large", 1.75, "light"))
QUIET_MS = 250
"""So long nothing may be under way before a photograph."""
STREET, UNIT, MEMBER = "建设中路", "样禾供应链", "翟海涛"
BOARDS = {"street": walked.STREET, "tower": walked.TOWER, "village": walked.VILLAGE}
"""The three shapes of the board."""


@dataclass
class Camera:
    """Looks at one program and keeps what it sees."""

    program: Program
    out: Path
    look: str = ""

    def take(self, name: str) -> None:
        """Keep the window as it is once nothing is under way, as a small indexed PNG."""
        self.settle()
        window = self.program.window
        shown: QWidget = window if window and window.isVisible() else self.program.front
        picture = shown.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        seen = Counter(memoryview(picture.constBits()).cast("I"))
        # The look's own colours first: few points bear that of a lamp, and a lamp must look right.
        own = [QColor(value).rgb() for value in asdict(self.program.theme.tokens).values()]
        colours = list(dict.fromkeys((*own, *(one for one, _count in seen.most_common(256)))))[:256]
        flat = Qt.ImageConversionFlag.ThresholdDither
        small = picture.convertToFormat(QImage.Format.Format_Indexed8, colours, flat)
        small.save(str(self.out / f"{name}-{self.look}.png"), "PNG", 0)  # type: ignore[call-overload]

    def settle(self) -> None:
        """Wait until no job has run for a moment."""
        loop, timer = QEventLoop(), QTimer()
        timer.setSingleShot(True)
        timer.timeout.connect(loop.quit)
        self.program.runner.busy_changed.connect(lambda: timer.start(QUIET_MS))
        timer.start(QUIET_MS)
        while True:
            loop.exec()
            if self.program.runner.running == 0:
                return
            timer.start(QUIET_MS)

    def type(self, *texts: str) -> None:
        """Type into what has the focus, going on with Enter after each text."""
        for text in texts:
            focused = QApplication.focusWidget()
            if focused is None:
                return
            if text.isascii():
                QTest.keyClicks(focused, text)
            else:
                committed = QInputMethodEvent()
                committed.setCommitString(text)
                QApplication.sendEvent(focused, committed)
            self.settle()
            QTest.keyClick(focused, Qt.Key.Key_Return)
            self.settle()


def photograph(camera: Camera) -> None:
    """Every screen once, in one look; begins and ends at the unlock page."""
    program = camera.program
    program.start()
    camera.take("unlock")
    show_restore(camera)
    camera.type(PASSWORD)
    window = program.window
    if window is None:
        raise RuntimeError("the window did not open")
    window.resize(*SIZE)
    window.activateWindow()
    window.toast.hide()
    workspace = window.session.workspace
    street = finding.find(workspace, STREET, table="place")[0]
    unit = finding.find(workspace, UNIT, table="employer")[0]
    window.show_screen("today")
    camera.take("today")
    window.show_screen("survey", street.id)
    camera.take("survey")
    for name, wanted in BOARDS.items():
        show_board(camera, name, walked.walk_of(workspace, wanted))
    window.show_screen("employers")
    camera.take("employers")
    window.show_screen("employers", unit.id)
    camera.take("employer-card")
    window.show_screen("signup")
    camera.settle()
    camera.type("219900199508173226", "王䶮", "19900070118", "syyhgyl")
    camera.take("signup")
    signup_screen = window.current
    if isinstance(signup_screen, SignupScreen):
        # What was typed stays as a draft; the next look begins with an empty form.
        signup_screen.page.clear_or_restore()
    window.show_screen("signup", "lacking")
    camera.take("lacking")
    window.show_screen("people", finding.find(workspace, MEMBER, table="person")[0].id)
    camera.take("person")
    show_unions(camera, workspace)
    show_gathering(camera, workspace)
    window.show_screen("batches")
    camera.take("batches")
    window.show_screen("reports", "week")
    camera.take("reports")
    window.show_screen("settings", "look")
    camera.take("settings")
    window.show_screen("settings", "backup")
    camera.take("backup")
    palette(camera)
    lock(camera)


def show_board(camera: Camera, name: str, walk: bytes) -> None:
    """The board of a walk, the cursor on a house somewhere in it."""
    window = camera.program.window
    if window is None:
        return
    window.show_screen("survey", walk)
    camera.settle()
    screen = window.current
    if isinstance(screen, SurveyScreen):
        screen.street.board.setFocus()
        QTest.keyClick(screen.street.board, Qt.Key.Key_Right)
    camera.take(f"board-{name}")


def show_unions(camera: Camera, workspace: Workspace) -> None:
    """The unions, a founding, the members, duplicates and the trail of papers."""
    window = camera.program.window
    if window is None:
        return
    union = finding.find(workspace, picture_office.UNION, table="union_org")[0]
    (begun,) = founding_card.lines(workspace)
    for screen, record, name in (
        ("unions", union.id, "unions"),
        ("foundings", begun.id, "founding"),
        ("members", "list", "members"),
        ("members", "groups", "members-groups"),
        ("duplicates", None, "duplicates"),
        ("paper_trail", "scan", "paper-trail"),
        ("stock", None, "stock"),
    ):
        window.show_screen(screen, record)
        camera.take(name)


def show_gathering(camera: Camera, workspace: Workspace) -> None:
    """A list pasted into a gathering."""
    window = camera.program.window
    if window is None:
        return
    (held,) = gathering.held(workspace)
    window.show_screen("gatherings", held.id)
    camera.settle()
    screen = window.current
    if isinstance(screen, GatheringsScreen) and not screen.page.rows:
        QGuiApplication.clipboard().setText(picture_office.pasted_list())
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(QApplication.focusWidget() or screen, Qt.Key.Key_V, keys)
    camera.take("gathering")


def show_restore(camera: Camera) -> None:
    """The page on which one comes back from a backup, and the page before it again."""
    program = camera.program
    for name in ("restore_backup", "back"):
        there = program.front.findChild(QPushButton, name)
        if isinstance(there, QPushButton):
            there.click()
        if name == "restore_backup":
            camera.take("restore")
    camera.settle()


def palette(camera: Camera) -> None:
    """The command palette over the first screen."""
    window = camera.program.window
    if window is not None:
        window.show_screen("today")
        camera.settle()
        window.palette_.begin()
        QTest.keyClicks(window.topbar.search, "syy")
        camera.take("palette")
        QTest.keyClick(window.topbar.search, Qt.Key.Key_Escape)


def lock(camera: Camera) -> None:
    """The page in front of a locked window; then the sitting ends."""
    program = camera.program
    program.desk.short_code = ShortCode.of("2580", CHEAP)
    program.lock()
    camera.take("locked")
    program.desk.short_code = None
    program.come_back()
    program.lock()
    camera.settle()


@contextmanager
def made_up_office() -> Iterator[Path]:
    """A folder for everything, always of the same name: it is to be seen in the pictures."""
    own = os.environ.get(_MOUNTED)
    base = Path(own) if own else Path(tempfile.gettempdir()) / "organizer-pictures"
    shutil.rmtree(base, ignore_errors=True)
    (base / "Desktop").mkdir(parents=True)
    os.environ |= {
        "HOME": str(base),
        "ORGANIZER_STATE": str(base / "state"),
        "ORGANIZER_CONFIG": str(base / "settings.toml"),
    }
    made = make_office(base / "data")
    try:
        picture_office.fill(made.workspace)
        stick = (STICK if STICK.is_mount() else base / "USB") / "备份"
        stick.mkdir(parents=True)
        settings.remember(base / "settings.toml", backup_folder=str(stick))
        backing_up.make(made.workspace, stick)
    finally:
        made.workspace.close()
    yield base
    shutil.rmtree(base)


def with_own_mounts(out: Path) -> int | None:
    """Everything in a process with a home folder and a stick of its own; None: not possible here."""
    unshare = ["unshare", "--mount", *(["--map-root-user"] if os.geteuid() else [])]
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode:
        return None
    needed = (ROOT, out.resolve(), Path(sys.base_prefix))
    home = HOME.parent if not any(one.is_relative_to(HOME.parent) for one in needed) else None
    mounts = ["mount -t tmpfs office /media", f"mkdir {STICK}", f"mount -t tmpfs usb {STICK}"]
    mounts += [f"mount -t tmpfs office {home}"] if home else []
    script = f'{" && ".join(mounts)} && exec "$@"'
    again = [sys.executable, "-m", "tests.support.pictures", "--out", str(out.resolve())]
    env = {**os.environ, _MOUNTED: str(HOME if home else "")}
    return subprocess.run(
        [*unshare, "sh", "-c", script, "sh", *again], env=env, check=False
    ).returncode


def main(words: list[str] | None = None) -> int:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    out: Path = parser.parse_args(words).out
    if sys.platform == "linux" and shutil.which("unshare") and _MOUNTED not in os.environ:
        taken = with_own_mounts(out)
        if taken is not None:
            return taken
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    install_chinese(app)
    with made_up_office() as base:
        program = Program(app, DataFolder(base / "data"), crashed, _ignored)
        camera = Camera(program, out)
        for camera.look, scale, scheme in LOOKS:
            program.desk.choose(type_scale=scale, scheme=scheme)
            program.theme.choose(scale=scale, scheme=scheme)
            photograph(camera)
        program.folder = DataFolder(base / "new")
        for camera.look, scale, scheme in LOOKS:
            program.theme.choose(scale=scale, scheme=scheme)
            program.start()
            camera.take("first-run")
        program.stop()
    total = sum(file.stat().st_size for file in out.glob("*.png"))
    print(f"{len(list(out.glob('*.png')))} pictures, {total / 1e6:.1f} MB in {out}")
    return 0


def crashed(error: BaseException) -> None:
    """A bug on the way ends it."""
    raise error


def _ignored(_file: Path) -> None:
    """Nobody looks at papers here."""


if __name__ == "__main__":
    raise SystemExit(main())
