"""A sitting for the tests of the window: the real runner over a real encrypted office."""

import gc
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partialmethod
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from organizer import resources
from organizer.services.lists import importing
from organizer.services.survey import recording
from organizer.ui import style
from organizer.ui.notices import Notices
from organizer.ui.runner import Runner
from organizer.ui.session import Session
from organizer.ui.shell.desktop import install_chinese
from organizer.ui.theme import Theme
from tests.support.offices import Template, copy_office, open_office

ROUND = "测试批次"

PATIENCE_MS = 120_000
"""So long a test waits for what has to come: none is about speed, and a machine may be busy."""

# A test needs no display; who wants to watch sets another platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@dataclass
class RecordingBar:
    """Where a window would show sentences: keeps them, newest last."""

    said: list[str] = field(default_factory=list)

    def say(self, sentence: str, *, kind: str = "info") -> None:
        """Keep a sentence."""
        self.said.append(sentence)


class PatientBot(QtBot):
    """Waits as long as a busy machine needs."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE_MS)
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE_MS)
    waitExposed = partialmethod(QtBot.waitExposed, timeout=PATIENCE_MS)
    waitActive = partialmethod(QtBot.waitActive, timeout=PATIENCE_MS)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The hand of pytest-qt, with patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """What a window put aside from the garbage collector is not kept for all tests to come."""
    yield
    gc.unfreeze()
    gc.enable()


@pytest.fixture(scope="session")
def chinese(qapp: QApplication) -> None:
    """Qt's own texts in Chinese, as in the program."""
    install_chinese(qapp)


@pytest.fixture(scope="session")
def listed_template(
    office_template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Template:
    """An office with the sample list of employers imported and a round opened; only copied."""
    root = tmp_path_factory.mktemp("listed")
    with pytest.MonkeyPatch.context() as patch:
        # Before any test's own folders are set.
        patch.setenv("ORGANIZER_STATE", str(root / "state"))
        copy_office(office_template.root, root / "office")
        workspace = open_office(root / "office")
        try:
            (sample,) = resources.path("sample").glob("01_*.xlsx")
            importing.import_list(workspace, sample)
            recording.open_round(workspace, ROUND, workspace.today, None)
        finally:
            workspace.close()
    return Template(root / "office", office_template.recovery_code)


@pytest.fixture
def bar() -> RecordingBar:
    """Collects the sentences of the session's notices."""
    return RecordingBar()


@pytest.fixture(scope="session")
def one_theme(qapp: QApplication) -> Iterator[Theme]:
    """The look of all sessions: a style sheet takes longer to read than an office to open."""
    theme = Theme(qapp, 1.0, "light")
    yield theme
    shiboken6.delete(theme)


@pytest.fixture
def theme(qapp: QApplication, one_theme: Theme) -> Theme:
    """Light, at 100 %, whatever the test before left."""
    if (one_theme.scale, one_theme.dark) != (1.0, False):
        one_theme.choose(scale=1.0, scheme="light")
    elif qapp.styleSheet() != style.sheet(one_theme.tokens, one_theme.px):
        one_theme.apply()
    return one_theme


@pytest.fixture
def session(
    theme: Theme, chinese: None, listed_template: Template, tmp_path: Path, bar: RecordingBar
) -> Iterator[Session]:
    """An unlocked sitting on a copy of the listed office; a bug in a job fails the test."""
    copy_office(listed_template.root, tmp_path / "office")
    workspace = open_office(tmp_path / "office")
    crashes: list[BaseException] = []
    parent = QWidget()
    notices = Notices(bar, parent, crashes.append)
    runner = Runner(notices.present)
    made = Session(workspace, runner, theme, notices)
    yield made
    runner.shut_down()
    # With the runner go the answers that nobody waited for.
    shiboken6.delete(runner)
    workspace.close()
    shiboken6.delete(parent)
    if crashes:
        raise crashes[0]
