"""Works on an office in a process that is killed again and again, and looks at what is left.

Started as a program of its own that imports everything once and then forks, so that a hundred lives
take a minute: `kill_host.py FOLDER KILLS LIST…`. Prints one JSON object: what was acknowledged, how
often work was cut short, and everything that was wrong at one of the looks in between.
"""

import csv
import itertools
import json
import os
import random
import select
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from organizer.domain.signup import Typed
from organizer.paths import DataFolder
from organizer.services.lists import importing
from organizer.services.members import signup
from organizer.services.members.signup import SignupOrder
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import driver, keyring, search
from organizer.store.driver import Connection
from tests.support.offices import ACCOUNT, PASSWORD, open_office

LISTED_ON = date(2020, 1, 2)
MOST_STEPS = 6  # of some 25 ms each
LONGEST_REST, LONGEST_START = 0.04, 0.2  # seconds
SAVES = ("visit", "membership")


@dataclass
class Seen:
    """What the lives so far said and what the looks between them found."""

    acknowledged: dict[str, list[str]] = field(
        default_factory=lambda: {name: [] for name in (*SAVES, "step", "import")}
    )
    kills: int = 0
    cut_imports: int = 0
    silent_lives: int = 0
    wrong: list[str] = field(default_factory=list)


def main(folder: Path, kills: int, lists: list[Path]) -> Seen:
    key, _account = keyring.read(DataFolder(folder).keyring).unlock(ACCOUNT, PASSWORD)
    codes = {str(file): codes_of(file) for file in lists}
    chance, seen = random.Random(20), Seen()
    while seen.kills < kills:
        steps = chance.randint(0, MOST_STEPS)
        rest = chance.uniform(0, LONGEST_REST if steps else LONGEST_START)
        live_and_die(folder, lists, seen, steps, rest)
        connection = driver.connect(DataFolder(folder).database, key, query_only=True)
        look(connection, codes, seen)
        connection.close()
    return seen


def codes_of(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [row["统一社会信用代码"] for row in csv.DictReader(lines)]


# A life


def live_and_die(folder: Path, lists: list[Path], seen: Seen, steps: int, rest: float) -> None:
    """A life that ends `rest` seconds after so many steps of an import were said to be done."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ear)
        work(folder, lists, mouth)
    os.close(mouth)
    said = b""
    while said.count(b"step") < steps and (more := os.read(ear, 65536)):
        said += more
    # The moment of a kill has to be a moment in time; there is nothing to wait for.
    select.select([], [], [], rest)
    os.kill(child, signal.SIGKILL)
    while more := os.read(ear, 65536):
        said += more
    os.close(ear)
    _pid, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        seen.wrong.append("a life ended by itself")
    seen.kills += 1
    seen.silent_lives += not said
    for line in said.decode().splitlines():
        kind, what = line.split(" ", 1)
        seen.acknowledged[kind].append(what)


def work(folder: Path, lists: list[Path], mouth: int) -> None:
    """Save and import until killed; each word is said after the service returned."""
    try:
        opened = open_office(folder)
        steps = Steps(mouth)
        importer = (opened, lists, mouth, steps)
        threading.Thread(target=import_all, args=importer, daemon=True).start()
        unit = opened.database.read(
            lambda c: c.execute("SELECT id FROM employer ORDER BY n LIMIT 1").fetchone()[0]
        )
        for number in itertools.count():
            steps.wait()
            if number % 2:
                phone = f"199{random.randrange(10**8):08d}"
                order = SignupOrder(Typed("样例", phone=phone), employer=unit)
                row = signup.sign_up(opened, order).membership
            else:
                facts = {"staff_total": str(number)}
                row = recording.record_visit(opened, VisitOrder(unit, "1", facts)).visit
            os.write(mouth, f"{SAVES[number % 2]} {row.hex()}\n".encode())
    except BaseException as error:  # noqa: BLE001 - a fork must never return into the host
        print(repr(error), file=sys.stderr)
    os._exit(1)


class Steps:
    """Says when a step of an import is done, and lets the saves go on, two for each step."""

    def __init__(self, mouth: int) -> None:
        self._mouth = mouth
        self._turn = threading.Semaphore(2)

    def step(self, done: int, total: int, note: str = "") -> None:
        os.write(self._mouth, f"step {done}/{total}\n".encode())
        self._turn.release(2)

    def wait(self) -> None:
        """Until a save may come; saves without end would hold up the import for ever."""
        self._turn.acquire()


def import_all(opened: Workspace, lists: list[Path], mouth: int, steps: Steps) -> None:
    try:
        for file in itertools.cycle(lists):
            importing.import_list(opened, file, as_of=LISTED_ON, progress=steps)
            os.write(mouth, f"import {file}\n".encode())
    except BaseException as error:  # noqa: BLE001 - told by the end of this life
        print(repr(error), file=sys.stderr)
        os._exit(1)


# A look


def look(connection: Connection, codes: dict[str, list[str]], seen: Seen) -> None:
    """What has to hold after every death, whenever it came."""
    lines = connection.execute("PRAGMA integrity_check").fetchall()
    seen.wrong += [str(line) for line in lines if line != ("ok",)]
    for table in SAVES:
        there = {row.hex() for (row,) in connection.execute(f"SELECT id FROM {table}")}
        seen.wrong += [f"{table} {row}" for row in seen.acknowledged[table] if row not in there]
    seen.wrong += list(torn(connection))
    running = connection.execute("SELECT count(*) FROM run WHERE state = 'running'").fetchone()[0]
    seen.cut_imports += running
    for file, wanted in codes.items():
        shown = sum(found(connection, code) for code in wanted[:: max(1, len(wanted) // 8)])
        if shown not in (0, len(wanted[:: max(1, len(wanted) // 8)])):
            seen.wrong.append(f"half of {file}")
        if not shown and file in seen.acknowledged["import"]:
            seen.wrong.append(f"import {file}")


def found(connection: Connection, code: str) -> bool:
    return any(hit.table == "employer" for hit in search.find(connection, code, 3))


def torn(connection: Connection) -> Iterator[str]:
    """Rows of one save that came without the others."""
    for what, query in (
        ("visit without fact", "SELECT count(*) FROM visit v WHERE NOT EXISTS"
         " (SELECT 1 FROM fact f WHERE f.visit = v.id)"),
        ("membership without step", "SELECT count(*) FROM membership m WHERE NOT EXISTS"
         " (SELECT 1 FROM membership_step s WHERE s.membership = m.id)"),
        ("write without change", "SELECT count(*) FROM writes w WHERE NOT EXISTS"
         " (SELECT 1 FROM change c WHERE c.device = w.device AND c.seq = w.first_seq)"),
        ("write without audit", "SELECT count(*) FROM writes w WHERE NOT EXISTS"
         " (SELECT 1 FROM audit a WHERE a.subject = w.id)"),
    ):  # fmt: skip
        (count,) = connection.execute(query).fetchone()
        if count:
            yield f"{what}: {count}"


if __name__ == "__main__":
    told = main(Path(sys.argv[1]), int(sys.argv[2]), [Path(text) for text in sys.argv[3:]])
    print(json.dumps(told.__dict__, ensure_ascii=False))
