"""What waits with unions stands on today's page and leads to them."""

from datetime import timedelta

from organizer.domain.access import Role
from organizer.services import today
from organizer.services.today import Errand
from organizer.services.unions import keeping
from organizer.services.unions.keeping import UnionOrder
from organizer.services.workspace import Workspace
from organizer.store.accounts import Account


def errands(office: Workspace) -> dict[str, Errand]:
    found = {one.key: one for one in today.agenda_of_today(office).errands}
    return {key: found[key] for key in ("terms", "certificates", "registrations") if key in found}


def test_terms_certificates_and_registrations_lead_to_their_unions(office: Workspace) -> None:
    assert errands(office) == {}
    day = office.today
    long_ago, soon, past = (day + timedelta(days) for days in (-900, 20, -5))
    term = {"term_from": long_ago.isoformat(), "term_until": past.isoformat()}
    over = keeping.add(office, UnionOrder({"name": "甲样工会", **term}))
    term["term_until"] = soon.isoformat()
    near = keeping.add(office, UnionOrder({"name": "乙样工会", **term}))
    typed = {"name": "丙样工会", "certificate_until": soon.isoformat()}
    certified = keeping.add(office, UnionOrder(typed))
    young = keeping.add(office, UnionOrder({"name": "丁样工会", "founded_on": past.isoformat()}))
    # Founded years ago and never registered: nobody is reminded day after day.
    keeping.add(office, UnionOrder({"name": "戊样工会", "founded_on": long_ago.isoformat()}))
    found = errands(office)
    assert {key: one.unions for key, one in found.items()} == {
        "terms": (over, near), "certificates": (certified,), "registrations": (young,),
    }  # fmt: skip
    assert found["terms"].urgent and not found["certificates"].urgent
    assert "甲样工会" in found["terms"].detail and "过了 5 天" in found["terms"].detail
    assert "还有 20 天" in found["certificates"].detail
    collector = Account(office.account.id, "某人", Role.COLLECTOR, "")
    assert errands(Workspace(office.database, collector, office.office)) == {}
