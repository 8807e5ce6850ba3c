"""Work off the window's thread: what is overtaken stops, and only the newest is answered."""

import threading
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from organizer.errors import Cancelled
from organizer.jobs import Job
from organizer.ui.runner import Runner


@pytest.fixture
def owner(qapp: QApplication, qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_a_question_that_is_overtaken_stops_and_is_not_answered(
    owner: QWidget, qtbot: QtBot
) -> None:
    runner = Runner(lambda error: pytest.fail(repr(error)))
    begun, asked = threading.Event(), threading.Event()
    told: list[str] = []
    ends: list[str] = []

    def long(job: Job) -> str:
        begun.set()
        asked.wait()
        try:
            job.step(1, 2)
        except Cancelled:
            ends.append("stopped")
            raise
        return "old"

    runner.start(owner, long, told.append, key="look")
    begun.wait()
    runner.start(owner, lambda _job: "new", told.append, key="look")
    asked.set()
    qtbot.waitUntil(lambda: told == ["new"] and runner.running == 0)
    assert ends == ["stopped"]
    runner.shut_down()


def test_questions_under_other_keys_are_left_alone(owner: QWidget, qtbot: QtBot) -> None:
    runner = Runner(lambda error: pytest.fail(repr(error)))
    told: list[str] = []

    def look(job: Job, *, answer: str) -> str:
        job.step(1, 1)
        return answer

    for name in ("street", "card"):
        runner.start(owner, partial(look, answer=name), told.append, key=name)
    qtbot.waitUntil(lambda: sorted(told) == ["card", "street"])
    runner.shut_down()
