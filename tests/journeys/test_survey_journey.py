"""A street, a tower and a village walked by keyboard, the program killed on the way: forty doors."""

import re
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from organizer.domain.clears import Light
from organizer.domain.visit import Outcome
from organizer.services.office import checking
from organizer.services.survey import recording, status
from organizer.services.workspace import Workspace
from tests.support.offices import PASSWORD, Template, copy_office, open_office, raw
from tests.support.recount import recount
from tests.support.running_program import Running, Seen, program

STREET, TOWER, VILLAGE = "xgj", "jszl", "fjn"
WORDS = {"1": "已访", "2": "无人", "3": "拒访", "4": "搬离", "5": "注销", "6": "查无"}
SAVED = re.compile(rf"^(.+)：({'|'.join(WORDS.values())})，已保存", re.MULTILINE)
STATES = re.compile(f"，({'|'.join((*WORDS.values(), '已尽责', '待确认', '未访'))})，")
TILE = re.compile(r"^(.+)　共 (\d+) 户，已查 (\d+) 户，(清|已尽责|差|未)", re.MULTILINE)
LAMPS = ("建会数量清", "所辖区位清", "职工数量清", "推进建会入会工作情况清")
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

    def close_refusal(self) -> None:
        """Go back to the door that was just refused and confirm it."""
        name, _digit = self.doors[-1]
        self.program.do(press="Key_Up")
        self.program.until(lambda seen: unit_at(seen) == name)
        self.program.do(press="Key_9", **{"with": "ControlModifier ShiftModifier"})
        self.program.until(lambda seen: f"{name}：已尽责" in seen.read)

    def look_at(self, letters: str) -> Seen:
        """A walk from its first door on, once all lamps in view are lit."""
        open_walk(self.program, letters)
        self.program.do(press="Key_Home")
        return self.program.until(lambda seen: all("建会数量清" in one for one in doors_in(seen)))

    def _saved(self, name: str, digit: str) -> None:
        told = f"{name}：{WORDS[digit]}，已保存"
        self.program.until(lambda seen: told in seen.read and unit_at(seen) != name)
        self.doors.append((name, digit))


def unit_at(seen: Seen) -> str:
    """The unit of the row one stands at, as it is read out first."""
    return seen.typed.split("，")[0] if seen.focus == "doors" else ""


def doors_in(seen: Seen) -> list[str]:
    """The doors in view, as they are read out."""
    return [line for line in seen.read.splitlines() if STATES.search(line)]


def tiles_in(seen: Seen) -> dict[str, tuple[int, int, str]]:
    """The tiles in view: units, those done, and the word on it."""
    return {
        name: (int(units), int(done), word) for name, units, done, word in TILE.findall(seen.read)
    }


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
        complete = [walked.answer_at()]
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
        complete.append(walked.answer_at())
        walked.press_at("3")
        walked.close_refusal()
        second.do(press="Key_Down")
        for _door in range(12):
            walked.press_at(next(digits))
        open_walk(second, VILLAGE)
        for _door in range(12):
            walked.press_at(next(digits))
        shown = [walked.look_at(letters) for letters in (STREET, TOWER, VILLAGE)]
    workspace = open_office(folder)
    try:
        is_all_there(workspace, walked, complete)
        boards_are_right(workspace, walked, shown)
        lamps_are_right(workspace, walked, shown)
    finally:
        workspace.close()


def is_all_there(workspace: Workspace, walked: Walked, complete: list[str]) -> None:
    """Every key is a visit, the lamps and the counts say the same."""
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
    assert lit == Counter(complete)
    total = status.status(workspace).total
    # A refusal is an answer; closed after it, it is counted apart.
    reached = sum(digit != Outcome.NOBODY for _name, digit in walked.doors)
    assert (total.reached, total.clear, total.closed) == (reached, 2, 1)
    assert checking.check(workspace).findings == ()


@dataclass(frozen=True)
class Unit:
    """What the tables say of a unit: where it is walked, behind which tile, and what was found."""

    walk: bytes
    tile: str
    reached: bool
    clear: bool
    closed: bool
    gone: bool


def recounted(workspace: Workspace) -> dict[str, Unit]:
    """Every unit that has a place, straight from the tables."""
    with closing(raw(workspace.database.folder)) as file:
        counted = {one.who: one for one in recount(file, workspace.today)}
        last = dict(file.execute("SELECT employer, outcome FROM visit ORDER BY n"))
        seats = file.execute(
            "SELECT o.employer, e.name, o.place FROM occupancy o JOIN employer e ON e.id = o.employer"
        ).fetchall()
        places = {
            row: above for row, *above in file.execute("SELECT id, parent, kind, name FROM place")
        }
    found = {}
    for row, name, place in seats:
        one = counted[row]
        walk = one.street
        # A village is walked with all its groups.
        walk = places[walk][0] if places[walk][1] == "village_group" else walk
        tile = tile_of(name, place, places)
        gone = last.get(row) in ("4", "5", "6")
        found[name] = Unit(walk, tile, one.reached, one.clear, one.closed, gone)
    return found


def tile_of(name: str, place: bytes, places: dict[bytes, Any]) -> str:
    """The tile behind which a unit stands: a house, a room of a floor, a yard or unit of a group."""
    chain: list[tuple[str, str]] = []
    while places[place][1] != "division":
        parent, kind, called = places[place]
        chain.insert(0, (kind, called))
        place = parent
    names = [called for _kind, called in chain] + [name]
    kinds = [kind for kind, _called in chain]
    if "floor" in kinds:
        return " ".join(names[kinds.index("floor") :][:2])
    if kinds[0] == "village_group":
        return " ".join(names[:2])
    return " ".join(names[1 : 1 + max(1, kinds.count("street"))])


def word_on(units: list[Unit]) -> str:
    """What a tile with these units behind it has to say; with who is gone nothing is left to do."""
    if all(unit.clear or unit.gone for unit in units):
        return "清"
    if all(unit.clear or unit.gone or unit.closed for unit in units):
        return "已尽责"
    return "差" if any(unit.reached or unit.closed for unit in units) else "未"


def boards_are_right(workspace: Workspace, walked: Walked, shown: list[Seen]) -> None:
    """Tiles, lamps and counts in view are those of a recount by SQL."""
    units = recounted(workspace)
    words = set()
    for seen, first in zip(shown, (0, 14, 28), strict=True):
        here = [one for one in units.values() if one.walk == units[walked.doors[first][0]].walk]
        assert told_count(here) in seen.read.splitlines()
        tiles = tiles_in(seen)
        assert len(tiles) >= 8
        for name, tile in tiles.items():
            behind = [one for one in here if one.tile == name]
            done = sum(one.reached or one.closed for one in behind)
            assert tile == (len(behind), done, word_on(behind)), name
            words.add(tile[2])
    assert words == {"清", "已尽责", "差", "未"}


def told_count(here: list[Unit]) -> str:
    """How far a walk is, as it stands at its head; a refusal is an answer."""
    ended = sum(one.closed for one in here)
    told = f"已查 {sum(one.reached for one in here)} / {len(here)}"
    return f"{told}，已尽责 {ended}" if ended else told


def lamps_are_right(workspace: Workspace, walked: Walked, shown: list[Seen]) -> None:
    """Beside every door in view: its lamps as the answers there leave them."""
    units = recounted(workspace)
    answers = dict(walked.doors)
    lines = [line for seen in shown for line in doors_in(seen)]
    for line in lines:
        name = line.split("，")[0]
        if units[name].clear:
            lights = "清清清清"
        elif answers.get(name) == Outcome.MET:
            lights = "未差未未"
        else:
            lights = "未未未未"
        lamps = (lamp + light for lamp, light in zip(LAMPS, lights, strict=True))
        assert line.endswith("、".join(lamps)), line
    assert {answers.get(line.split("，")[0]) for line in lines} >= set(WORDS)
