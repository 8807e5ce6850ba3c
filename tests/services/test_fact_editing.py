"""Facts told at the desk: with a source and a day of their own, never in secret."""

from datetime import timedelta

import pytest

from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services import undoing
from organizer.services.employers import card, fact_editing
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import employers
from organizer.store.transaction import Write
from tests.support import offices


@pytest.fixture
def unit(office: Workspace) -> bytes:
    """A unit of a known industry, told of by a visit yesterday."""

    def body(write: Write) -> bytes:
        row = write.insert("employer", {"name": "样例工厂", "industry": "C"})
        told = {"staff_total": "40"}
        employers.observe(write, row, told, source="spoken", on=before)
        return row

    before = (office.today - timedelta(days=1)).isoformat()
    recording.open_round(office, "样例批次", office.today, None)
    return office.database.write(office.intent("employer.add"), body)


def shown(office: Workspace, unit: bytes) -> dict[str, tuple[str, str, bool]]:
    return {
        fact.name: (fact.text, fact.source, fact.pending) for fact in card.card(office, unit).facts
    }


def test_a_fact_told_at_the_desk_is_shown_and_taken_back(office: Workspace, unit: bytes) -> None:
    assert shown(office, unit)["staff_total"] == ("40 人", "口头", True)
    done = fact_editing.tell(office, unit, {"staff_total": "320", "workers_congress": "有"})
    assert shown(office, unit)["staff_total"] == ("320 人", "书面", False)
    assert shown(office, unit)["workers_congress"][0] == "有"
    seen = card.card(office, unit)
    assert (seen.band, seen.scale) == ("200人以上", "中型（按人数估计）")
    undoing.take_back(office, done.write)
    assert shown(office, unit)["staff_total"][0] == "40 人"
    assert offices.findings(office) == []


def test_a_fact_that_would_not_be_seen_is_refused(office: Workspace, unit: bytes) -> None:
    recording.record_visit(office, VisitOrder(unit, "1", {"staff_total": "41"}, source="seen"))
    with pytest.raises(Conflict) as older:
        fact_editing.tell(office, unit, {"staff_total": "39"}, on=office.today - timedelta(days=1))
    assert "职工总数" in older.value.sentence() and "更正那次走访" in older.value.sentence()
    with pytest.raises(Conflict):
        fact_editing.tell(office, unit, {"staff_total": "39"}, source="spoken")
    # Of the same day and source the later one counts.
    fact_editing.tell(office, unit, {"staff_total": "39"}, source="seen")
    assert shown(office, unit)["staff_total"][0] == "39 人"


def test_what_cannot_be_is_refused_at_its_field(office: Workspace, unit: bytes) -> None:
    ahead = office.today + timedelta(days=1)
    for typed, how, says in (
        ({"staff_total": "几十"}, {}, "不是人数"),
        ({"chair": " "}, {}, "还没有填内容"),
        ({"chair": "王样"}, {"on": ahead}, "还没有到"),
        ({"chair": "王样"}, {"source": "dream"}, "dream"),
    ):
        with pytest.raises(InvalidInput) as wrong:
            fact_editing.tell(office, unit, typed, **how)
        assert says in wrong.value.sentence()
    with pytest.raises(NotFound):
        fact_editing.tell(office, b"\x00" * 16, {"chair": "王样"})


def test_the_chairs_number_is_masked_and_revealed_into_the_audit(
    office: Workspace, unit: bytes
) -> None:
    fact_editing.tell(office, unit, {"chair_phone": "13912345678"})
    assert shown(office, unit)["chair_phone"][0] == "139****5678"
    assert card.reveal_chair_phone(office, unit) == "13912345678"
    entry = office.database.read(
        lambda c: c.execute("SELECT action, detail FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    )
    assert entry == ("employer.reveal", "chair_phone")
