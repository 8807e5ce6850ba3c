"""The list of employers: who is in it, in which order, and what its cells say."""

from datetime import date

import pytest

from organizer.domain.visit import Outcome
from organizer.services import merging
from organizer.services.employers import listing
from organizer.services.employers.listing import NAME, UNKNOWN, Order, UnitFilter
from organizer.services.lists import importing
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store.accounts import Account

BY_NAME = Order()
HEADER = "单位名称,统一社会信用代码,联系电话,住所（经营场所）,职工人数\n"
UNITS = (
    ("沈阳样禾五金有限公司", "", "13800005678", "沈阳市铁西区工人村街道兴工街1号", "36"),
    ("北方例食品店", "", "", "沈阳市铁西区工人村街道兴工街10号", "9"),
    ("安例保洁服务部", "", "024-23456789、13900001234", "沈阳市铁西区工人村街道兴工街2号", "200"),
    ("3号例仓库", "", "", "沈阳市铁西区工人村街道建设中路5号", ""),
)


@pytest.fixture
def listed(office: Workspace, tmp_path) -> Workspace:
    path = tmp_path / "units.csv"
    lines = HEADER + "".join(",".join(unit) + "\n" for unit in UNITS)
    path.write_text(lines, encoding="utf-8")
    result = importing.import_list(office, path, as_of=date(2026, 1, 5))
    assert result.added == len(UNITS), [report.error.sentence() for report in result.reports]
    recording.open_round(office, "测试批次", office.today, None)
    return office


def names(office: Workspace, order: Order = BY_NAME, **limits: object) -> list[str]:
    found = listing.employer_numbers(office, UnitFilter(**limits), order)
    rows = listing.employer_rows(office, found.rows, (NAME,))
    return [rows[number][1][0] for number in found.rows]


def employer(office: Workspace, name: str) -> bytes:
    found = listing.employer_numbers(office, UnitFilter(text=name), Order())
    return listing.employer_rows(office, found.rows, (NAME,))[found.rows[0]][0]


def test_names_stand_in_the_order_of_their_pinyin(listed: Workspace) -> None:
    assert names(listed) == ["3号例仓库", "安例保洁服务部", "北方例食品店", "沈阳样禾五金有限公司"]
    assert names(listed, Order(NAME, descending=True))[0] == "沈阳样禾五金有限公司"


def test_places_stand_in_walking_order_and_counts_by_size(listed: Workspace) -> None:
    walked = names(listed, Order("place"))
    on_street = [name for name in walked if name != "3号例仓库"]
    assert on_street == ["沈阳样禾五金有限公司", "安例保洁服务部", "北方例食品店"]
    # What is unknown stands last, whichever way the list is sorted.
    assert names(listed, Order("staff_total"))[-1] == "3号例仓库"
    assert names(listed, Order("staff_total", descending=True)) == [
        "安例保洁服务部",
        "沈阳样禾五金有限公司",
        "北方例食品店",
        "3号例仓库",
    ]


@pytest.mark.parametrize("column", sorted(listing.SORTABLE))
def test_every_order_shows_everybody_once(listed: Workspace, column: str) -> None:
    assert sorted(names(listed, Order(column))) == sorted(unit[0] for unit in UNITS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("样禾", ["沈阳样禾五金有限公司"]),
        ("syyh", ["沈阳样禾五金有限公司"]),
        ("5678", ["沈阳样禾五金有限公司"]),
        ("1234", ["安例保洁服务部"]),
        ("建设中路", ["3号例仓库"]),
        ("没有这家", []),
        ("  ", ["3号例仓库", "安例保洁服务部", "北方例食品店", "沈阳样禾五金有限公司"]),
    ],
)
def test_a_search_line_finds_by_all_that_people_type(
    listed: Workspace, text: str, expected: list[str]
) -> None:
    assert names(listed, text=text) == expected


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        ("-9", ["北方例食品店"]),
        ("10-24", []),
        ("25-99", ["沈阳样禾五金有限公司"]),
        ("100-199", []),
        ("200-", ["安例保洁服务部"]),
        (UNKNOWN, ["3号例仓库"]),
    ],
)
def test_bands_part_the_list_without_gap(listed: Workspace, band: str, expected: list[str]) -> None:
    assert names(listed, band=band) == expected


def test_a_visit_takes_a_unit_off_the_unvisited_but_nobody_at_home_does_not(
    listed: Workspace,
) -> None:
    row = employer(listed, "样禾")
    recording.record_visit(listed, VisitOrder(row, Outcome.NOBODY))
    assert "沈阳样禾五金有限公司" in names(listed, unvisited=True)
    facts = {"union_state": "4", "staff_total": "41"}
    recording.record_visit(listed, VisitOrder(row, Outcome.MET, facts))
    assert "沈阳样禾五金有限公司" not in names(listed, unvisited=True)
    assert names(listed, union_state="4") == ["沈阳样禾五金有限公司"]
    assert names(listed, operating_state="normal") == ["沈阳样禾五金有限公司"]
    assert "沈阳样禾五金有限公司" not in names(listed, union_state=UNKNOWN)
    counted = listing.employer_numbers(listed, UnitFilter(), Order())
    assert (len(counted.rows), counted.unvisited, counted.round_name) == (4, 3, "测试批次")


def test_cells_are_masked_and_in_words(listed: Workspace) -> None:
    row = employer(listed, "样禾")
    recording.record_visit(listed, VisitOrder(row, Outcome.MET, {"union_state": "2"}))
    found = listing.employer_numbers(listed, UnitFilter(), Order()).rows
    columns = (NAME, "phone", "place", "staff_total", "union_state", "last_visit", listing.LAMPS)
    by_name = {
        cells[0]: cells for _id, cells in listing.employer_rows(listed, found, columns).values()
    }
    day = listed.today.isoformat()
    shown = by_name["沈阳样禾五金有限公司"]
    assert shown[1:6] == ["138****5678", "兴工街 1号", "36", "已覆盖", day]
    assert shown[6].split()[0] == "建差"
    assert by_name["安例保洁服务部"][1] == "139****1234、024*****6789"
    assert by_name["3号例仓库"][5] == "未访"


def test_a_visit_of_an_earlier_round_is_told_apart(listed: Workspace) -> None:
    row = employer(listed, "样禾")
    recording.record_visit(listed, VisitOrder(row, Outcome.MET))
    recording.open_round(listed, "下一批次", listed.today, None)
    found = listing.employer_numbers(listed, UnitFilter(text="样禾"), Order())
    cells = listing.employer_rows(listed, found.rows, ("last_visit",))[found.rows[0]][1]
    assert cells == [f"{listed.today.isoformat()}（往期）"]
    assert found.unvisited == 1


def test_merged_units_and_those_outside_the_scope_are_not_listed(listed: Workspace) -> None:
    merging.merge(listed, "employer", employer(listed, "安例"), employer(listed, "样禾"))
    assert "安例保洁服务部" not in names(listed)
    account = listed.account
    elsewhere = Account(account.id, account.name, "collector", "210105")
    other = Workspace(listed.database, elsewhere, listed.office)
    assert names(other) == []
    numbers = listing.employer_numbers(listed, UnitFilter(), Order()).rows
    assert listing.employer_rows(other, numbers, (NAME,)) == {}


def test_the_divisions_of_a_filter_lie_below_the_office(listed: Workspace) -> None:
    offered = listing.divisions_below(listed)
    assert offered and all(code.startswith("210106003") for code, _name in offered)
    # Without a community in their address the units stay findable under the town itself.
    assert len(names(listed, division="210106003")) == len(UNITS)


def test_a_number_leads_back_to_its_unit(listed: Workspace) -> None:
    row = employer(listed, "样禾")
    number = listing.number_of(listed, row)
    assert number in listing.employer_numbers(listed, UnitFilter(), Order()).rows
    assert listing.number_of(listed, b"0" * 16) is None
