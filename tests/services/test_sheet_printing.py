"""Sheets of a real office: order, codes that stay, what a collector may see, what a scan leads to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from organizer.domain import row_code
from organizer.errors import Conflict, InvalidInput, NotFound, OrganizerError
from organizer.services import finding, merging, undoing
from organizer.services.paper import paper_rows
from organizer.services.paper.sheet_printing import PrintedSheets, SheetOrder, SheetPrinter
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import employers, places, sheets
from organizer.store.sheets import CodeDrawer
from organizer.store.transaction import Write
from tests.support.offices import Template, exchange
from tests.support.streets import ROUND, STREET, two_laptops

IN_ORDER = ("九号试样外间", "九号试样里间", "二号试样饭店", "十号试样饭店")


@pytest.fixture
def made(office: Workspace, street: dict[str, bytes]) -> Callable[..., PrintedSheets]:
    printer = SheetPrinter(office)

    def make(kind: str = "walk", place: str = STREET, **more: object) -> PrintedSheets:
        return printer.make_sheets(SheetOrder(kind, street[place], **more))  # type: ignore[arg-type]

    return make


def text_of(printed: PrintedSheets) -> str:
    document = pypdfium2.PdfDocument(printed.pdf)
    try:
        pages = (page.get_textpage().get_text_range() for page in document)
        return "".join("".join(pages).split())
    finally:
        document.close()


def codes_of(office: Workspace, printed: PrintedSheets) -> dict[str, str]:
    """Code by name of each row of the printed sheets; blank rows by their code."""
    found = {}
    for code in printed.sheets:
        for row in paper_rows.look_up(office, code):
            found[row.name or row.code] = row.code
    return found


def test_units_stand_in_walking_order_with_the_sides_of_the_street(
    office: Workspace, made: Callable[..., PrintedSheets]
) -> None:
    printed = made()
    text = text_of(printed)
    assert (printed.units, printed.blanks, len(printed.sheets)) == (4, 6, 1)
    places_ = [text.index(name) for name in ("单号一侧", *IN_ORDER[:2], "双号一侧", *IN_ORDER[2:])]
    assert places_ == sorted(places_)
    assert ROUND in text and STREET in text and "2双号一侧" not in text
    rows = paper_rows.look_up(office, printed.sheets[0])
    assert [row.name for row in rows] == [*IN_ORDER, *[""] * 6]
    assert len({row.code for row in rows}) == 10


def test_a_unit_keeps_its_code_through_the_round_and_blank_rows_get_new_ones(
    office: Workspace, made: Callable[..., PrintedSheets]
) -> None:
    first, second, form = (codes_of(office, made(kind)) for kind in ("walk", "walk", "form"))
    assert all(first[name] == second[name] == form[name] for name in IN_ORDER)
    blank = [set(codes) - set(IN_ORDER) for codes in (first, second)]
    assert not blank[0] & blank[1]
    recording.open_round(office, "下一批次", office.today, None)
    assert all(codes_of(office, made())[name] != first[name] for name in IN_ORDER)


def test_figures_of_other_departments_are_never_printed(
    office: Workspace, street: dict[str, bytes], made: Callable[..., PrintedSheets]
) -> None:
    unit = street[IN_ORDER[0]]

    def told(source: str, on: str, **values: str) -> None:
        office.database.write(
            office.intent("visit.record"),
            lambda write: employers.observe(write, unit, values, source=source, on=on),
        )

    # A code of a row never has 0 or 1, so none of these can be read out of one.
    told("spoken", "2026-01-02", staff_total="3101")
    told("tax", "2026-05-02", staff_total="7101")
    told("insurance", "2026-06-02", staff_total="8101", staff_women="8010")
    for kind in ("walk", "form", "ledger", "tag"):
        text = text_of(made(kind))
        assert not any(figure in text for figure in ("7101", "8101", "8010")), kind
        assert ("3101" in text) == (kind != "tag"), kind


def test_what_was_said_last_time_is_on_the_papers(
    office: Workspace, street: dict[str, bytes], made: Callable[..., PrintedSheets]
) -> None:
    facts = {"staff_total": "23", "union_state": "4", "womens_committee": "yes"}
    recording.record_visit(office, VisitOrder(street[IN_ORDER[2]], "1", facts))
    assert "上次：职工23人、未建会(有意愿)" in text_of(made())
    form = text_of(made("form"))
    assert "□4未建会(有意愿)√" in form and "□女职工委员会√" in form and STREET in form
    ledger = text_of(made("ledger"))
    assert "应查4户已查1户四清0户" in ledger and "23" in ledger and "已访" in ledger
    # A tag is for doors at which nobody was met.
    tags = made("tag")
    assert tags.units == 3 and IN_ORDER[2] not in text_of(tags)


def test_blank_forms_and_tags_are_as_many_as_wanted(
    office: Workspace, made: Callable[..., PrintedSheets]
) -> None:
    blank = made("blank", count=3)
    assert (blank.units, blank.blanks) == (0, 3)
    assert text_of(blank).count("用人单位排查登记表") == 3
    assert len(codes_of(office, blank)) == 3
    assert made("tag", count=5).blanks == 5
    assert made("tag", size="A5").units == 4


def test_a_community_is_printed_street_by_street(
    office: Workspace, street: dict[str, bytes], made: Callable[..., PrintedSheets]
) -> None:
    def body(write: Write) -> None:
        home = places.division_by_code(write.connection, "210106003006")
        assert home is not None
        other = places.ensure(write, home, "street", "试样二街")
        house = places.ensure(write, other, "building", "5号")
        unit = write.insert("employer", {"name": "二街试样店"})
        employers.occupy(write, unit, house.id, "2026-01-01")

    office.database.write(office.intent("employer.add"), body)
    printed = made(place="社区")
    assert printed.units == 5 and len(printed.sheets) == 2
    text = text_of(printed)
    assert text.count("第1张/共1张") == 2 and "试样二街" in text
    assert text_of(made("ledger", place="社区")).count("第1页/共1页") == 2


def test_a_place_without_units_has_sheets_for_what_is_found_there(
    office: Workspace, street: dict[str, bytes], made: Callable[..., PrintedSheets]
) -> None:
    house = office.database.read(lambda c: places.children(c, street[STREET]))[0]
    office.database.write(
        office.intent("place.add"), lambda write: places.ensure(write, house, "floor", "9层")
    )
    floor = office.database.read(lambda c: places.children(c, house.id))[-1]
    street["9层"] = floor.id
    printed = made(place="9层")
    assert printed.units == 0 and printed.blanks >= 6
    assert made("tag", place="9层").blanks == 8
    assert "名单上没有单位" in text_of(made("ledger", place="9层"))
    with pytest.raises(NotFound) as told:
        made("form", place="9层")
    assert told.value.sentence() == (
        "“9层”的名单上没有单位，没有可以预填的登记表；请改打空白登记表。"
    )


# From paper back to the record


def test_a_scan_and_a_typed_code_lead_to_the_unit(
    office: Workspace, street: dict[str, bytes], made: Callable[..., PrintedSheets]
) -> None:
    rows = paper_rows.look_up(office, made().sheets[0])
    first, blank = rows[0], rows[-1]
    scan = row_code.scan_text(first.id)
    for typed in (
        scan,
        scan.replace(":", "："),
        scan.lower(),
        first.code,
        f" {first.code.lower()}",
    ):
        (found,) = paper_rows.look_up(office, typed)
        assert (found.id, found.employer, found.name) == (first.id, first.employer, IN_ORDER[0])
    assert found.where == f"{STREET} 9号 101室" and found.older == ""
    assert finding.is_paper_code(scan)
    assert finding.by_paper(office, finding.plain_code(scan)).name == IN_ORDER[0]
    assert finding.by_paper(office, row_code.scan_text(blank.id)).name == STREET
    whole = row_code.scan_text(first.sheet, of_sheet=True)
    assert finding.by_paper(office, whole).name == STREET
    assert [hit.name for hit in finding.find_here(office, first.code)][:1] == [IN_ORDER[0]]
    assert paper_rows.following(office, first) == rows[1]
    assert paper_rows.following(office, rows[-1]) is None


def test_an_older_print_still_leads_there_after_merges(
    office: Workspace, street: dict[str, bytes], made: Callable[..., PrintedSheets]
) -> None:
    rows = paper_rows.look_up(office, made().sheets[0])
    merging.merge(office, "employer", street[IN_ORDER[0]], street[IN_ORDER[1]])
    (found,) = paper_rows.look_up(office, rows[0].code)
    assert (found.employer, found.name) == (street[IN_ORDER[1]], IN_ORDER[1])

    def body(write: Write) -> bytes:
        home = places.division_by_code(write.connection, "210106003006")
        assert home is not None
        return places.ensure(write, home, "street", "试样大街").id

    other = office.database.write(office.intent("place.add"), body)
    merging.merge(office, "place", street[STREET], other)
    (blank,) = paper_rows.look_up(office, rows[-1].code)
    assert (blank.place, blank.where) == (other, "试样大街")
    # Both codes of the merged units lead to the one that is left.
    (kept,) = paper_rows.look_up(office, rows[1].code)
    assert kept.employer == found.employer
    # Printing was taken back; the paper is still out there.
    for _step in range(4):
        undoing.take_back(office)
    assert paper_rows.look_up(office, rows[0].code)[0].name == IN_ORDER[0]


def test_one_code_on_two_sheets_is_asked_about_the_newest_first(
    office: Workspace, street: dict[str, bytes], made: Callable[..., PrintedSheets]
) -> None:
    code = codes_of(office, made())[IN_ORDER[0]]

    def body(write: Write) -> None:
        round_ = write.connection.execute("SELECT id FROM round").fetchone()[0]
        sheet = write.insert(
            "sheet", {"round": round_, "kind": "walk", "code": "2222", "printed_on": "2030-01-01"}
        )
        write.insert(
            "sheet_row",
            {"sheet": sheet, "round": round_, "employer": street[IN_ORDER[3]], "code": code,
             "position": 1},
        )  # fmt: skip

    # As it comes from another machine that had not exchanged anything.
    office.database.write(office.intent("sheet.print"), body)
    assert [row.name for row in paper_rows.look_up(office, code)] == [IN_ORDER[3], IN_ORDER[0]]


def test_a_code_of_an_older_round_says_so(
    office: Workspace, made: Callable[..., PrintedSheets]
) -> None:
    code = codes_of(office, made())[IN_ORDER[0]]
    recording.open_round(office, "下一批次", office.today, None)
    (row,) = paper_rows.look_up(office, code)
    assert (row.name, row.older) == (IN_ORDER[0], ROUND)


def test_codes_nobody_has_are_told(office: Workspace, street: dict[str, bytes]) -> None:
    with pytest.raises(InvalidInput) as wrong:
        paper_rows.look_up(office, "2223")
    assert wrong.value.code == "row_code.check"
    with pytest.raises(NotFound) as unknown:
        paper_rows.look_up(office, row_code.CODES[5])
    assert "不在本机打印过的表上" in unknown.value.sentence()


def test_two_laptops_that_never_met_rarely_give_one_code_twice(
    office_template: Template, tmp_path: Path
) -> None:
    with two_laptops(office_template, tmp_path) as (copies, street):
        printed = [
            SheetPrinter(copy).make_sheets(SheetOrder("walk", street[STREET])) for copy in copies
        ]
        codes = [codes_of(copy, done) for copy, done in zip(copies, printed, strict=True)]
        assert not set(codes[0].values()) & set(codes[1].values())
        exchange(copies[0].database, copies[1].database)
        # After an exchange either code leads to the unit on either machine.
        for copy in copies:
            for known in codes:
                (row,) = paper_rows.look_up(copy, known[IN_ORDER[0]])
                assert row.employer == street[IN_ORDER[0]]


def test_when_all_codes_are_used_the_oldest_come_again(
    office: Workspace, street: dict[str, bytes]
) -> None:
    def drawn(write: Write) -> Iterator[str]:
        current = write.connection.execute("SELECT id FROM round").fetchone()[0]
        drawer = CodeDrawer(write, current)
        kept = drawer.of_unit(street[IN_ORDER[0]])
        rest = [drawer.new() for _number in range(len(row_code.CODES) - 1)]
        assert len({kept, *rest}) == len(row_code.CODES)
        return iter((kept, drawer.of_unit(street[IN_ORDER[0]])))

    first, again = office.database.write(office.intent("sheet.print"), drawn)
    assert first == again


def test_what_cannot_be_printed_is_told(
    office: Workspace, street: dict[str, bytes], made: Callable[..., PrintedSheets], tmp_path: Path
) -> None:
    wrong: tuple[tuple[dict[str, object], str], ...] = (
        ({"kind": "poster"}, "没有“poster”这种表"),
        ({"size": "B5"}, "没有“B5”这种纸"),
        ({"kind": "form", "size": "A5"}, "这种表只有 A4 一种大小"),
        ({"kind": "blank", "count": 1000}, "一次最多打印 200 份"),
    )
    for order, sentence in wrong:
        with pytest.raises(OrganizerError) as told:
            made(**order)
        assert told.value.sentence().startswith(sentence)
    out = tmp_path / "走访单.pdf"
    printed = SheetPrinter(office).print_sheets(SheetOrder("walk", street[STREET]), out)
    assert out.read_bytes() == printed.pdf
    with pytest.raises(Conflict):
        SheetPrinter(office).print_sheets(SheetOrder("walk", street[STREET]), out)
    with pytest.raises(NotFound):
        SheetPrinter(office).make_sheets(SheetOrder("walk", bytes(16)))
    assert office.database.read(lambda c: sheets.row_by_id(c, bytes(16))) is None


def test_names_nobody_can_print_are_named(
    office: Workspace, street: dict[str, bytes], made: Callable[..., PrintedSheets]
) -> None:
    office.database.write(
        office.intent("employer.edit"),
        lambda write: write.set("employer", street[IN_ORDER[0]], {"name": "试样\ue123店"}),
    )
    printed = made()
    assert printed.unreadable == ("试样\ue123店",) and "试样〓店" in text_of(printed)
