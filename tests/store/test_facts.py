"""What was observed stays; what is shown is the newest observation of the best source."""

import pytest

from organizer.services import merging, undoing
from organizer.services.workspace import Workspace
from organizer.store import employers, facts
from organizer.store.transaction import Write
from tests.support import offices


def unit(workspace: Workspace, name: str = "样例五金商行") -> bytes:
    return workspace.database.write(
        workspace.intent("employer.add"), lambda w: w.insert("employer", {"name": name})
    )


def observe(workspace: Workspace, row: bytes, on: str, source: str, **values: str) -> int:
    return workspace.database.write(
        workspace.intent("visit.record"),
        lambda w: employers.observe(w, row, values, source=source, on=on),
    )


def shown(workspace: Workspace, row: bytes) -> dict[str, tuple[str, str, str]]:
    told = workspace.database.read(lambda c: facts.current(c, row, departments=True))
    return {name: (fact.value, fact.source, fact.observed_on) for name, fact in told.items()}


def history(workspace: Workspace, row: bytes) -> list[tuple[str, str, str]]:
    told = workspace.database.read(lambda c: facts.history(c, row))
    return [(fact.value, fact.source, fact.observed_on) for fact in told]


def retire(workspace: Workspace, row: bytes, value: str) -> None:
    def body(write: Write) -> None:
        (fact,) = write.connection.execute(
            "SELECT id FROM fact WHERE employer = ? AND value = ?", (row, value)
        ).fetchone()
        write.retire("fact", fact, "2026-03-05")

    workspace.database.write(workspace.intent("fact.retire"), body)


def test_a_list_of_last_year_never_hides_yesterdays_visit(office: Workspace) -> None:
    row = unit(office)
    observe(office, row, "2026-03-01", "spoken", staff_total="36", union_state="4")
    observe(office, row, "2025-06-30", "tax", staff_total="250", staff_women="90")
    assert shown(office, row) == {
        "staff_total": ("36", "spoken", "2026-03-01"),
        "union_state": ("4", "spoken", "2026-03-01"),
        "staff_women": ("90", "tax", "2025-06-30"),
    }
    assert history(office, row)[:2] == [
        ("250", "tax", "2025-06-30"),
        ("90", "tax", "2025-06-30"),
    ]
    assert len(history(office, row)) == 4
    assert offices.findings(office) == []


def test_of_one_day_the_better_source_is_shown_whatever_came_first(office: Workspace) -> None:
    ranks = facts.source_ranks()
    good, bad = max(ranks, key=ranks.__getitem__), min(ranks, key=ranks.__getitem__)
    for order in ((good, bad), (bad, good)):
        row = unit(office)
        for source in order:
            observe(office, row, "2026-03-01", source, staff_total=str(len(source)))
        assert shown(office, row)["staff_total"][1] == good


def test_of_one_day_and_source_every_copy_shows_the_same(office: Workspace) -> None:
    row = unit(office)
    for value in ("7", "8", "9"):
        observe(office, row, "2026-03-01", "spoken", staff_total=value)
    by_id = office.database.read(
        lambda c: c.execute("SELECT value FROM fact ORDER BY id DESC LIMIT 1").fetchone()[0]
    )
    assert shown(office, row)["staff_total"][0] == by_id


def test_the_same_observation_twice_is_one_fact(office: Workspace) -> None:
    row = unit(office)
    assert observe(office, row, "2026-03-01", "spoken", staff_total="36") == 1
    assert observe(office, row, "2026-03-01", "spoken", staff_total="36") == 0
    assert len(history(office, row)) == 1


def test_a_late_old_fact_joins_the_history_and_changes_nothing_shown(office: Workspace) -> None:
    row = unit(office)
    observe(office, row, "2026-03-01", "spoken", staff_total="36")
    before = shown(office, row)
    observe(office, row, "2026-02-01", "seen", staff_total="12")
    assert shown(office, row) == before
    assert [value for value, *_ in history(office, row)] == ["12", "36"]


def test_a_retired_fact_gives_way_to_the_one_before(office: Workspace) -> None:
    row = unit(office)
    observe(office, row, "2025-06-30", "tax", staff_total="250")
    observe(office, row, "2026-03-01", "spoken", staff_total="36")
    retire(office, row, "36")
    assert shown(office, row)["staff_total"] == ("250", "tax", "2025-06-30")
    retire(office, row, "250")
    assert shown(office, row) == {}
    assert offices.findings(office) == []
    # Observed again after all: the same fact, in use again.
    observe(office, row, "2026-03-01", "spoken", staff_total="36")
    assert shown(office, row)["staff_total"][0] == "36"
    assert offices.findings(office) == []


def test_facts_of_a_merged_duplicate_are_shown_on_the_survivor_and_undo_parts_them(
    office: Workspace,
) -> None:
    kept, duplicate = unit(office, "样例五金商行"), unit(office, "样例五金店")
    observe(office, kept, "2026-02-01", "spoken", staff_total="36", staff_women="3")
    observe(office, duplicate, "2026-03-01", "spoken", staff_total="40")
    apart = shown(office, kept), shown(office, duplicate)
    merging.merge(office, "employer", duplicate, kept)
    assert {name: value for name, (value, *_) in shown(office, kept).items()} == {
        "staff_total": "40",
        "staff_women": "3",
    }
    # What is said of the duplicate later is shown on the survivor, too.
    observe(office, duplicate, "2026-03-02", "spoken", staff_migrant="5")
    assert shown(office, kept)["staff_migrant"][0] == "5"
    assert offices.findings(office) == []
    merge = next(w for w in offices.writes_of(office.database)[::-1] if "merge" in w.name)
    undoing.take_back(office, merge.id)
    assert shown(office, kept) == apart[0]
    assert shown(office, duplicate) == {
        **apart[1],
        "staff_migrant": ("5", "spoken", "2026-03-02"),
    }
    assert offices.findings(office) == []


@pytest.mark.parametrize("first", [0, 1])
def test_a_chain_of_merges_is_parted_link_by_link(office: Workspace, first: int) -> None:
    """The one in the middle has no facts of its own: still the end of the chain has to let go."""
    end, middle, start = (
        unit(office, "甲样例店"),
        unit(office, "乙样例店"),
        unit(office, "丙样例店"),
    )
    observe(office, start, "2026-03-01", "spoken", staff_total="40")
    merging.merge(office, "employer", start, middle)
    merging.merge(office, "employer", middle, end)
    assert shown(office, end)["staff_total"][0] == "40"
    assert offices.findings(office) == []
    merges = [w.id for w in offices.writes_of(office.database) if "merge" in w.name]
    undoing.take_back(office, merges.pop(first))
    assert shown(office, end) == {}
    assert shown(office, (start, middle)[first])["staff_total"][0] == "40"
    assert offices.findings(office) == []
    undoing.take_back(office, merges.pop())
    assert shown(office, start)["staff_total"][0] == "40"
    assert shown(office, middle) == shown(office, end) == {}
    assert offices.findings(office) == []
