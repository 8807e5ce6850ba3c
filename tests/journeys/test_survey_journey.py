"""A street, a tower and a village walked by keyboard, the program killed on the way: forty doors."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from organizer.domain.clears import Light
from organizer.domain.visit import Outcome
from organizer.services.office import checking
from organizer.services.survey import recording, status
from organizer.services.workspace import Workspace
from tests.support.offices import PASSWORD, Template, copy_office, open_office
from tests.support.running_program import Running, Seen, program

STREET, TOWER, VILLAGE = "xgj", "jszl", "fjn"
WORDS = {"1": "已访", "2": "无人", "3": "拒访", "4": "搬离", "5": "注销", "6": "查无"}
SAVED = re.compile(rf"^(.+)：({'|'.join(WORDS.values())})，已保存", re.MULTILINE)
NEW_UNIT = "Xin Dian"
ANSWERS = ("4", "36", "14", "5", "3", "1", "2", "5")
"""From the union state to the reason for none, as the card asks."""


@dataclass
class Walked:
    """What was pressed, door by door."""

    program: Running
    doors: list[tuple[str, str]] = field(default_factory=list)
    """Unit and digit."""

    def press_at(self, digit: str) -> None:
        """Press an outcome at the door one stands at, and wait until it is told as saved."""
        name = unit_at(self.program.stands_at("doors"))
        self.program.do(type=digit)
        self._saved(name, digit)

    def answer_at(self) -> str:
        """Fill in the whole card of the door one stands at, then save it as visited."""
        running = self.program
        name = unit_at(running.stands_at("doors"))
        running.do(press="Key_Return")
        running.stands_at("union_state")
        for answer in ANSWERS:
            running.do(type=answer)
            running.do(press="Key_Return")
        running.stands_at("responsible")
        running.do(press="Key_Space")
        running.enter("+30", "next_visit_on")
        running.enter("001", "grid")
        running.do(press="Key_Return", **{"with": "ControlModifier"})
        self._saved(name, "1")
        return name

    def _saved(self, name: str, digit: str) -> None:
        told = f"{name}：{WORDS[digit]}，已保存"
        self.program.until(lambda seen: told in seen.read and unit_at(seen) != name)
        self.doors.append((name, digit))


def unit_at(seen: Seen) -> str:
    """The unit of the row one stands at, as it is read out first."""
    return seen.typed.split("，")[0] if seen.focus == "doors" else ""


def open_walk(running: Running, letters: str) -> None:
    """Ctrl+F, some initials, Enter."""
    running.do(press="Key_F", **{"with": "ControlModifier"})
    running.enter(letters, "find-place")
    running.stands_at("doors")


def test_forty_doors(listed_template: Template, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    copy_office(listed_template.root, folder)
    digits = cycle(WORDS)
    with program(folder) as first:
        walked = Walked(first)
        first.enter(PASSWORD, "password")
        first.until(lambda seen: "今日" in seen.read)
        first.do(press="Key_2", **{"with": "AltModifier"})
        first.stands_at("find-place")
        open_walk(first, STREET)
        complete = walked.answer_at()
        for _door in range(13):
            walked.press_at(next(digits))
        before = first.until(lambda seen: unit_at(seen) not in ("", walked.doors[-1][0]))
        first.kill()
    with program(folder) as second:
        walked.program = second
        second.enter(PASSWORD, "password")
        again = second.until(lambda seen: unit_at(seen) != "")
        assert (again.typed, again.focus) == (before.typed, "doors")
        open_walk(second, TOWER)
        for _door in range(14):
            walked.press_at(next(digits))
        open_walk(second, VILLAGE)
        for _door in range(12):
            walked.press_at(next(digits))
        seen = second.do()
    workspace = open_office(folder)
    try:
        is_all_there(workspace, walked, complete, seen)
    finally:
        workspace.close()


def is_all_there(workspace: Workspace, walked: Walked, complete: str, seen: Seen) -> None:
    """Every key is a visit, the lamps and the board say the same."""
    assert len(walked.doors) == 40
    rows = workspace.database.read(
        lambda c: c.execute(
            "SELECT e.name, v.outcome, v.employer FROM visit v JOIN employer e ON e.id = v.employer"
            " WHERE v.retired_on IS NULL ORDER BY v.n"
        ).fetchall()
    )
    assert [(name, outcome) for name, outcome, _unit in rows] == walked.doors
    lit = Counter(
        name
        for name, _outcome, unit in rows
        if all(lamp.light is Light.CLEAR for lamp in recording.lamps_of(workspace, unit))
    )
    assert lit == {complete: 1}
    total = status.status(workspace).total
    reached = sum(digit != Outcome.NOBODY for _name, digit in walked.doors)
    assert (total.reached, total.clear, total.closed) == (reached, 1, 0)
    assert checking.check(workspace).findings == ()
