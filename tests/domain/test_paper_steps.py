"""A paper goes its way in order; what a scanner or a hand types is read or refused at the field."""

import pytest

from organizer.domain import paper_trail
from organizer.domain.paper_trail import EVERY, FilingPlace, PaperCode, Stage, Trail
from organizer.errors import Conflict, InvalidInput

SIGNED, STAMPED, FILED = EVERY


def test_a_paper_goes_through_what_it_needs_in_order() -> None:
    form = Trail()
    assert (form.stage, form.following) == (Stage.PRINTED, SIGNED)
    form.check(SIGNED, "登记表")
    application = Trail(paper_trail.needs("signed|filed"), {SIGNED: "2026-03-02"})
    assert (application.stage, application.following) == (SIGNED, FILED)
    done = Trail(
        days={SIGNED: "2026-03-02", STAMPED: "2026-03-03", FILED: "2026-03-04"}, box="12-7"
    )
    assert (done.stage, done.following) == (FILED, None)
    letter = Trail(paper_trail.needs("stamped|filed"))
    letter.check(STAMPED, "介绍信")
    for trail, wanted, code in (
        (form, STAMPED, "paper_trail.not_signed"),
        (Trail(days={SIGNED: "2026-03-02"}), FILED, "paper_trail.not_stamped"),
        (application, SIGNED, "paper_trail.signed_twice"),
        (application, STAMPED, "paper_trail.stamped_needless"),
        (letter, SIGNED, "paper_trail.signed_needless"),
        (done, FILED, "paper_trail.filed_twice"),
    ):
        with pytest.raises(Conflict) as refused:
            trail.check(wanted, "登记表")
        assert refused.value.code == code
        assert "登记表" in refused.value.sentence()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ORG1:RH-01:3:7K2M9XYZ", PaperCode("RH-01", "7K2M9XYZ")),
        ("org1：rh－01：3：7k2m9xyz\r", PaperCode("RH-01", "7K2M9XYZ")),
        ("RH-02 v1 · 7K2M9XYZ", PaperCode("RH-02", "7K2M9XYZ")),
        (" 7k2m9xyz ", PaperCode("", "7K2M9XYZ")),
    ],
)
def test_a_footer_is_read_as_a_scanner_or_a_hand_types_it(typed: str, meant: PaperCode) -> None:
    assert paper_trail.read_paper_code(typed) == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "paper_trail.no_code"),
        ("https://example.cn/7K2M9XYZ", "paper_trail.not_a_code"),
        ("7K2M9XY", "paper_trail.not_a_code"),
        ("7K2M9XY0", "paper_trail.not_a_code"),
        ("ORG1:RH-01:3:7K2M9XYZORG1:RH-02:3:7K2M9XYZ", "paper_trail.not_a_code"),
        ("ORG1:PC-1:1:ABCDEFGHIJKLMNOPQRSTUVWXYZ", "paper_trail.survey_sheet"),
    ],
)
def test_what_is_no_footer_is_refused(typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        paper_trail.read_paper_code(typed)
    assert (refused.value.code, refused.value.field) == (code, "code")


def test_a_place_is_a_box_or_a_page_of_it() -> None:
    assert paper_trail.read_place(" 12 ") == FilingPlace("12")
    assert paper_trail.read_place("a３—７") == FilingPlace("A3", 7)
    assert paper_trail.read_place("12-7").text == "12-7"
    for typed, code in (
        ("", "paper_trail.no_box"),
        ("12-", "paper_trail.no_page"),
        ("12-x", "paper_trail.no_page"),
        ("12-0", "paper_trail.no_page"),
        ("-7", "paper_trail.bad_box"),
        ("1 2", "paper_trail.bad_box"),
    ):
        with pytest.raises(InvalidInput) as refused:
            paper_trail.read_place(typed)
        assert (refused.value.code, refused.value.field) == (code, "box")
