"""An import that is stopped: out of sight until it is complete, whenever and however it goes on."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from organizer.errors import Cancelled
from organizer.services import finding, undoing
from organizer.services.lists import importing
from organizer.services.lists.importing import Imported
from organizer.services.office import checking
from organizer.services.workspace import Workspace
from tests.support.made_up_office import units
from tests.support.offices import Template, TickingClock, copy_office, open_office

DAY_MS = 86_400_000
STREET = "兴工街"


class Stop:
    """Progress of somebody who stops the work at its n-th step."""

    def __init__(self, at: int) -> None:
        self._left = at

    def step(self, done: int, total: int, note: str = "") -> None:
        self._left -= 1
        if self._left <= 0 and done < total:
            raise Cancelled("job.cancelled")


def list_of(made: list[dict[str, object]], file: Path) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("单位名称", "统一社会信用代码", "地址", "职工人数", "女职工数"))
        cells = ("name", "uscc", "address", "staff", "women")
        writer.writerows([one[cell] for cell in cells] for one in made)
    return file


@pytest.fixture
def made() -> list[dict[str, object]]:
    return list(units(600, seed=6, streets=["样例一街", "样例二街", STREET]))


def shown(office: Workspace, made: list[dict[str, object]]) -> list[bool]:
    return [
        any(hit.table == "employer" for hit in finding.find(office, str(one["uscc"])))
        for one in made[::50]
    ]


def stopped(office: Workspace, file: Path, steps: int = 2, **changes: date) -> None:
    with pytest.raises(Cancelled):
        importing.import_list(office, file, progress=Stop(steps), **changes)


def test_what_is_half_done_is_out_of_sight_places_too(
    office: Workspace, made: list[dict[str, object]], tmp_path: Path
) -> None:
    file = list_of(made, tmp_path / "a.csv")
    stopped(office, file, 3)
    assert not any(shown(office, made))
    assert finding.find(office, "样例一街") == []
    assert checking.check(office).interrupted == 1
    done = importing.import_list(office, file)
    assert done.resumed and all(shown(office, made))
    assert finding.find(office, "样例一街")[0].table == "place"
    assert (checking.check(office).findings, checking.check(office).interrupted) == ((), 0)


def attempts(office: Workspace, file: Path) -> Iterator[Imported]:
    """Stopped after one step, then after two, and so on, until it is through."""
    for steps in range(1, 1000):
        try:
            yield importing.import_list(office, file, progress=Stop(steps))
            return
        except Cancelled:
            continue


def test_however_often_it_is_stopped_the_sum_is_the_same(
    office: Workspace, made: list[dict[str, object]], tmp_path: Path
) -> None:
    file = list_of(made, tmp_path / "a.csv")
    (done,) = attempts(office, file)
    assert (done.added, done.known, done.refused) == (600, 0, 0)
    assert done.new_facts == 2 * len(made)
    (again,) = attempts(office, file)
    assert (again.added, again.known, again.new_facts) == (0, 600, 0)


def test_begun_yesterday_it_goes_on_today_as_of_yesterday(
    office_template: Template, made: list[dict[str, object]], tmp_path: Path
) -> None:
    copy_office(office_template.root, tmp_path / "office")
    file, clock = list_of(made, tmp_path / "a.csv"), TickingClock()
    first = open_office(tmp_path / "office", clock=clock.clock())
    begun = first.today
    stopped(first, file)
    first.close()
    clock.at += DAY_MS
    second = open_office(tmp_path / "office", clock=clock.clock())
    assert second.today > begun
    done = importing.import_list(second, file)
    assert done.resumed and done.added == 600 and all(shown(second, made))
    days = second.database.read(
        lambda c: c.execute("SELECT DISTINCT observed_on FROM fact").fetchall()
    )
    assert days == [(begun.isoformat(),)]
    # Today's list of the same name is another list.
    assert not importing.import_list(second, file).resumed
    second.close()


def test_units_of_another_list_that_is_complete_are_seen(
    office: Workspace, made: list[dict[str, object]], tmp_path: Path
) -> None:
    stopped(office, list_of(made, tmp_path / "a.csv"), 4)
    other = importing.import_list(office, list_of(made[::50], tmp_path / "b.csv"))
    assert other.known > 0 and other.added > 0
    assert all(shown(office, made))
    assert finding.find(office, str(made[1]["uscc"])) == []
    assert importing.import_list(office, tmp_path / "a.csv").added > 500
    assert finding.find(office, str(made[1]["uscc"])) != []


def test_an_import_that_was_stopped_can_be_taken_back(
    office: Workspace, made: list[dict[str, object]], tmp_path: Path
) -> None:
    file = list_of(made, tmp_path / "a.csv")
    stopped(office, file, 3)
    undone = undoing.take_back(office)
    assert undone.rows > 0 and undone.kept == ()
    assert not any(shown(office, made)) and checking.check(office).interrupted == 0
    assert importing.import_list(office, file).resumed is False
    assert all(shown(office, made))


def counts(office: Workspace) -> set[tuple[str, str]]:
    """The head counts shown of each unit: all, women."""
    rows = office.database.read(
        lambda c: c.execute(
            "SELECT a.value, b.value FROM fact_now s JOIN fact_now w ON w.employer = s.employer"
            " JOIN fact a ON a.id = s.fact JOIN fact b ON b.id = w.fact"
            " WHERE s.field = 'staff_total' AND w.field = 'staff_women'"
        ).fetchall()
    )
    return set(rows)


def test_what_it_tells_of_units_in_sight_is_whole_for_each_and_goes_with_its_undo(
    office: Workspace, made: list[dict[str, object]], tmp_path: Path
) -> None:
    earlier, later = date(2026, 1, 5), date(2026, 2, 5)
    old, new = ("7", "3"), ("9", "4")
    for one in made:
        one |= {"staff": old[0], "women": old[1]}
    importing.import_list(office, list_of(made, tmp_path / "a.csv"), as_of=earlier)
    for one in made:
        one |= {"staff": new[0], "women": new[1]}
    file = list_of(made, tmp_path / "b.csv")
    stopped(office, file, 2, as_of=later)
    assert all(shown(office, made))
    assert counts(office) == {old, new}
    assert undoing.take_back(office).kept == ()
    assert counts(office) == {old}
    again = importing.import_list(office, file, as_of=later)
    assert (again.added, again.known, again.new_facts) == (0, 600, 2 * len(made))
    assert counts(office) == {new}


def test_what_comes_back_after_an_undo_counts_as_added(
    office: Workspace, made: list[dict[str, object]], tmp_path: Path
) -> None:
    file = list_of(made[:50], tmp_path / "a.csv")
    first = importing.import_list(office, file)
    undoing.take_back(office)
    assert not any(shown(office, made[:50]))
    again = importing.import_list(office, file)
    assert (again.added, again.known) == (first.added, first.known) == (50, 0)
    assert again.new_facts == first.new_facts == 100
