"""Killed at any moment: every acknowledged save is there, an import is seen whole or not at all."""

import csv
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from organizer.services.lists import importing
from organizer.services.office import checking
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store import integrity
from tests.support.command_line import ROOT
from tests.support.kill_host import LISTED_ON
from tests.support.made_up_office import units
from tests.support.offices import Template, copy_office, open_office

KILLS = 100
SIZES = (3, *[60] * 20)
FROM_LISTS = ("employer", "place", "occupancy")


def lists_in(folder: Path) -> list[Path]:
    files = []
    for number, size in enumerate(SIZES):
        file = folder / f"{number}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("单位名称", "统一社会信用代码", "地址", "职工人数"))
            writer.writerows(
                (one["name"], one["uscc"], one["address"], one["staff"])
                for one in units(size, seed=100 + number)
            )
        files.append(file)
    return files


def ready(template: Template, folder: Path, first: Path) -> Workspace:
    """An open office with a round and a few units to visit."""
    copy_office(template.root, folder)
    opened = open_office(folder)
    recording.open_round(opened, "样例批次", date(2020, 1, 1), None)
    importing.import_list(opened, first, as_of=LISTED_ON)
    return opened


def listed_facts(opened: Workspace) -> list[tuple[object, ...]]:
    return opened.database.read(
        lambda c: c.execute(
            "SELECT id, employer, field, value, source, observed_on, source_row FROM fact"
            " WHERE visit IS NULL ORDER BY id"
        ).fetchall()
    )


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL and no fork on Windows")
def test_a_hundred_kills_lose_nothing_and_leave_no_half_state(
    office_template: Template, tmp_path: Path
) -> None:
    first, *others = lists_in(tmp_path)
    ready(office_template, tmp_path / "killed", first).close()
    words = [tmp_path / "killed", KILLS, *others]
    host = subprocess.run(
        [sys.executable, "-m", "tests.support.kill_host", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
    )
    assert host.returncode == 0 and host.stderr == "", host.stderr
    seen = json.loads(host.stdout)
    assert seen["wrong"] == []
    assert seen["kills"] == KILLS
    # The kills came at all kinds of moments, else this says nothing.
    said = {name: len(words) for name, words in seen["acknowledged"].items()}
    assert seen["cut_imports"] > KILLS // 2, seen["cut_imports"]
    assert said["step"] > KILLS and said["import"] > 4, said
    assert said["visit"] > KILLS // 2 and said["membership"] > KILLS // 2, said

    killed = open_office(tmp_path / "killed")
    whole = ready(office_template, tmp_path / "whole", first)
    try:
        for file in others:
            importing.import_list(killed, file, as_of=LISTED_ON)
            done = importing.import_list(whole, file, as_of=LISTED_ON)
            assert (done.added, done.refused) == (SIZES[-1], 0)
        ledgers = [one.database.read(integrity.fingerprints) for one in (killed, whole)]
        assert {name: ledgers[0][name] for name in FROM_LISTS} == {
            name: ledgers[1][name] for name in FROM_LISTS
        }
        assert listed_facts(killed) == listed_facts(whole)
        health = checking.check(killed)
        assert (health.findings, health.interrupted) == ((), 0)
    finally:
        killed.close()
        whole.close()
