"""What today's page counts of the round, against a recount by plain SQL and unit by unit."""

from collections import Counter
from datetime import timedelta

import pytest

from organizer.domain.access import Role
from organizer.domain.clears import Light
from organizer.services import finding, today
from organizer.services.lists import importing
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store.accounts import Account
from tests.support.command_line import LISTED_ON, sample

STAFF = {"staff_total": "12", "staff_women": "5", "staff_migrant": "2", "staff_new_form": "0"}
FOUNDED = {"union_state": "1", "union_name": "样例工会", "union_founded_on": "2020-03-01"}
COUNTED = {"member_count": "10", "registered_members": "10"}
ANSWERS = (
    STAFF | FOUNDED | COUNTED | {"grid": "第3网格"},
    STAFF,
    FOUNDED,
    {"union_state": "7"},
    {"union_state": "6", "no_union_reason": "5"},
    {},
)


@pytest.fixture
def walked(office: Workspace) -> Workspace:
    """An office whose units were visited with every kind of answer, a list, and an older round."""
    importing.import_list(office, sample("01_*.xlsx"), as_of=LISTED_ON)
    units = [hit.id for hit in finding.find(office, "沈阳", 60, "employer")]
    recording.open_round(office, "上一轮", office.today - timedelta(days=90), None)
    for unit in units[:20]:
        recording.record_visit(
            office, VisitOrder(unit, "1", STAFF, on=office.today - timedelta(days=60))
        )
    recording.open_round(office, "本轮", office.today - timedelta(days=7), None)
    for place, unit in enumerate(units[10:46]):
        outcome = "1" if place % 7 else "2"
        facts = ANSWERS[place % len(ANSWERS)] if outcome == "1" else {}
        recording.record_visit(office, VisitOrder(unit, outcome, facts))
    return office


RECOUNT = """
WITH round_now AS (SELECT * FROM round WHERE retired_on IS NULL ORDER BY id DESC LIMIT 1),
told AS (
    SELECT w.employer, w.field, f.value FROM fact_now w JOIN fact f ON f.id = w.fact, round_now r
    WHERE f.observed_on >= r.starts_on AND f.value <> ''
    AND f.source IN (SELECT value FROM json_each(r.sources))
),
one AS (
    SELECT e.id,
        max(t.field = 'union_state' AND t.value <> '7') AS state_told,
        max(CASE WHEN t.field = 'union_state' THEN t.value END) AS state,
        sum(t.field IN ('staff_total', 'staff_women', 'staff_migrant', 'staff_new_form')) AS staff,
        sum(t.field IN ('union_name', 'union_founded_on')) AS founding,
        sum(t.field IN ('member_count', 'registered_members')) AS counts
    FROM employer e LEFT JOIN told t ON t.employer = e.id
    WHERE e.retired_on IS NULL AND e.merged_into IS NULL GROUP BY e.id
)
SELECT count(*), sum(state_told AND state = '1' AND founding = 2), sum(staff = 4),
    sum(state = '1' AND counts = 2) FROM one
"""


def test_the_numbers_equal_a_recount(walked: Workspace) -> None:
    units, founded, counted, progressed = walked.database.read(
        lambda c: c.execute(RECOUNT).fetchone()
    )
    (reached,) = walked.database.read(
        lambda c: c.execute(
            "SELECT count(DISTINCT employer) FROM visit WHERE outcome <> '2' AND retired_on IS NULL"
            " AND round = (SELECT id FROM round ORDER BY id DESC LIMIT 1)"
        ).fetchone()
    )
    found, agenda = today.clears_of_round(walked), today.agenda_of_today(walked)
    assert found is not None and agenda.progress is not None
    assert (agenda.progress.units, agenda.progress.reached) == (units, reached)
    clear = {lamp.rule.letter: lamp.clear for lamp in found.lamps}
    assert units == found.units > 300 and founded > 0 and counted > 0
    # 无需建会 (6) with its reason is clear in 建 and 进 too.
    not_required = sum(
        outcome == "1" and ANSWERS[place % len(ANSWERS)].get("union_state") == "6"
        for place, outcome in ((n, "1" if n % 7 else "2") for n in range(36))
    )
    assert clear["数"] == counted
    assert clear["建"] == founded + not_required
    assert clear["进"] == progressed + not_required


def test_the_numbers_equal_the_lamps_of_every_card(
    walked: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = walked.database.read(
        lambda c: c.execute("SELECT id FROM employer WHERE retired_on IS NULL").fetchall()
    )
    lit: Counter[str] = Counter()
    whole = 0
    for (row,) in rows:
        lamps = recording.lamps_of(walked, row)
        clear = [lamp.rule.letter for lamp in lamps if lamp.light is Light.CLEAR]
        lit.update(clear)
        whole += len(clear) == 4
    # Also when it takes many readings.
    monkeypatch.setattr(recording, "_PIECE", 17)
    found = today.clears_of_round(walked)
    assert found is not None
    assert {lamp.rule.letter: lamp.clear for lamp in found.lamps if lamp.clear} == dict(lit)
    assert (found.units, found.all_clear) == (len(rows), whole) and whole > 0


def test_an_account_counts_its_own_division(walked: Workspace) -> None:
    def seen(division: str) -> int:
        account = Account(walked.account.id, "某人", Role.COLLECTOR, division)
        found = today.clears_of_round(Workspace(walked.database, account, walked.office))
        assert found is not None
        return found.units

    assert seen("210181") < seen("210106003") <= seen("")
    assert seen("210106003") > 0


def test_without_a_round_there_is_nothing_to_count(office: Workspace) -> None:
    assert today.clears_of_round(office) is None
