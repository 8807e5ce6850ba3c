import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from organizer.domain.consent import Purpose
from organizer.errors import InvalidInput, NotFound
from organizer.forms.fonts import FontSet
from organizer.forms.page import Page
from organizer.forms.pdf import Sheet
from organizer.forms.signup_paper import LABELS, SignupPaper
from organizer.forms.signup_papers import signup_papers
from organizer.forms.texts import text_in_force, text_versions

Reader = Callable[[bytes], list[str]]

ALL = ("application", "registration", "notice")
TEXT = text_in_force(date(2026, 11, 20))
PERSON = SignupPaper(
    name="王䶮𠮷㐂𬭎",
    sex="女",
    ethnic="汉族",
    born_on=date(1995, 8, 17),
    political="群众",
    education="大学专科",
    id_number="219900199508173226",
    household_kind="农业家庭户口",
    household_place="辽宁省沈阳市铁西区",
    native_place="辽宁沈阳",
    address="铁西区试样街16号3-2-1",
    phone="13800245678",
    employer="沈阳试样一机械有限公司",
    position="站点分拣",
    started_work_on=date(2015, 7, 1),
    skill_level="初级工（五级）",
    title="助理工程师",
    group="快递员",
    union_name="试样街道总工会",
    resume=("2015年7月至2018年5月 沈阳试样二建修队 学徒", "2018年6月至今 沈阳试样一机械有限公司"),
    remarks="2026年12月1日转入\n2027年3月5日转出",
    member_card_no="试字0001号",
    applied_on=date(2026, 11, 20),
    record_short_id="7K2M",
    union_address="铁西区试样街1号",
    union_phone="02400000000",
    receivers="试样区总工会、沈阳市总工会、辽宁省总工会",
)
SHOWN = {
    **PERSON.texts(),
    "born_on": "1995年8月17日",
    "started_work_on": "2015年7月1日",
    "applied_on": "2026年11月20日",
}
LONG_NAME = "阿卜杜热西提·阿卜杜拉江·麦麦提图尔荪·吐尔逊江买"
LONG_EMPLOYER = "沈阳" + "试样" * 27 + "公司"
# What each paper asks for besides the person's record number.
ON_APPLICATION = ("name", "sex", "id_number", "employer", "union_name", "applied_on")
ON_REGISTRATION = tuple(
    field
    for field in SHOWN
    if field not in ("union_address", "union_phone", "union_name", "receivers")
)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_field_can_be_copied_from_the_papers(fonts: FontSet, read_pages: Reader) -> None:
    application, registration, notice = read_pages(signup_papers(PERSON, fonts, TEXT, ALL))
    assert squeezed(TEXT.body) in application
    for field in ON_APPLICATION:
        assert squeezed(SHOWN[field]) in application, field
    for field in (*ON_REGISTRATION, "union_name"):
        assert squeezed(SHOWN[field]) in registration, field
    for field in ("name", "union_name", "union_address", "union_phone", "receivers"):
        assert squeezed(SHOWN[field]) in notice, field
    # Each consent has a line, a box and a signature of its own.
    for purpose in Purpose:
        start = squeezed(text_versions(purpose.text_id)[-1].body.split("{")[0])
        assert start in notice
    assert notice.count("签名：") == 3 and "以纸质为准" not in notice


def test_long_names_print_whole(fonts: FontSet, read_pages: Reader) -> None:
    assert (len(LONG_NAME), len(LONG_EMPLOYER)) == (25, 58)
    person = replace(PERSON, name=LONG_NAME, employer=LONG_EMPLOYER + "二厂")
    for page in read_pages(signup_papers(person, fonts, TEXT)):
        assert LONG_NAME in page
        assert LONG_EMPLOYER + "二厂" in page


def test_an_empty_form_prints_its_labels_for_handwriting(
    fonts: FontSet, read_pages: Reader
) -> None:
    pages = read_pages(signup_papers(SignupPaper(), fonts, TEXT, ALL))
    assert "申请人签名：年月日" in pages[0]
    assert "申请人：" not in pages[0]
    for field in set(ON_REGISTRATION) - {"applied_on", "record_short_id", "position", "remarks"}:
        assert LABELS[field] in pages[1], field
    assert "（盖章）" in pages[1]
    assert "RH-02v1" in pages[1]


def test_family_is_asked_for_only_on_demand(fonts: FontSet, read_pages: Reader) -> None:
    paper = ("registration",)
    assert "家庭主要成员" not in read_pages(signup_papers(PERSON, fonts, TEXT, paper))[0]
    with_family = signup_papers(PERSON, fonts, TEXT, paper, family=True)
    assert "家庭主要成员" in read_pages(with_family)[0]


def test_all_fonts_are_embedded(fonts: FontSet) -> None:
    pdf = signup_papers(PERSON, fonts, TEXT, ALL)
    assert b"Helvetica" not in pdf
    used = re.findall(rb"/Type /Font\b", pdf)
    assert (
        len(used) == len(re.findall(rb"/FontFile2 ", pdf)) == len(re.findall(rb"/ToUnicode ", pdf))
    )
    names = re.findall(rb"/BaseFont /[A-K]+\+(\S+)", pdf)
    assert {b"NotoSerifSC-Regular", b"NotoSerifSC-Bold", b"OrganizerRareHan"} == set(names)


def test_the_document_says_what_it_is_but_not_whose(fonts: FontSet) -> None:
    document = pypdfium2.PdfDocument(signup_papers(PERSON, fonts, TEXT))
    properties = document.get_metadata_dict()
    document.close()
    assert properties["Title"] == "中华全国总工会入会申请书、工会会员登记表"
    assert properties["Author"] == ""
    assert not any(PERSON.name in value for value in properties.values())
    assert b"zh-CN" in signup_papers(PERSON, fonts, TEXT)


def test_the_same_record_gives_the_same_bytes(fonts: FontSet) -> None:
    first = signup_papers(PERSON, fonts, TEXT)
    assert signup_papers(replace(PERSON, name="李四"), fonts, TEXT) != first
    assert signup_papers(PERSON, FontSet(), TEXT) == first


@pytest.mark.parametrize(("number", "code"), [(0, "RH-01:3"), (1, "RH-02:1"), (2, "RH-03:1")])
def test_the_code_in_the_footer_leads_back_to_the_record(
    fonts: FontSet, number: int, code: str
) -> None:
    document = pypdfium2.PdfDocument(signup_papers(PERSON, fonts, TEXT, ALL))
    image = document[number].render(scale=3).to_pil()
    document.close()
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [f"ORG1:{code}:7K2M"]


def test_a_character_without_a_glyph_stops_the_paper(fonts: FontSet) -> None:
    with pytest.raises(InvalidInput) as caught:
        signup_papers(replace(PERSON, name="姜\U0003105c华"), fonts, TEXT)
    assert caught.value.field == "name"
    assert caught.value.facts["label"] == "姓名"
    assert caught.value.facts["character"] == "\U0003105c"


def test_a_line_break_belongs_only_to_remarks(fonts: FontSet) -> None:
    with pytest.raises(InvalidInput) as caught:
        signup_papers(replace(PERSON, name="王\n明"), fonts, TEXT)
    assert (caught.value.code, caught.value.field) == ("form.control_character", "name")


@pytest.mark.parametrize("field", ["address", "remarks", "union_address"])
def test_text_too_long_for_its_place_is_refused_not_cut(fonts: FontSet, field: str) -> None:
    person = replace(PERSON, **{field: "试样" * 600})
    with pytest.raises(InvalidInput) as caught:
        signup_papers(person, fonts, TEXT, ALL)
    assert (caught.value.code, caught.value.field) == ("form.does_not_fit", field)
    # The next paper prints: nothing of the failed one is left behind.
    assert signup_papers(PERSON, fonts, TEXT).startswith(b"%PDF")


def test_another_paper_is_not_known(fonts: FontSet) -> None:
    with pytest.raises(NotFound) as caught:
        signup_papers(PERSON, fonts, TEXT, ("ballot",))
    assert caught.value.code == "form.unknown_paper"


def test_more_rare_hanzi_than_one_subset_holds_copy_right(
    fonts: FontSet, read_pages: Reader
) -> None:
    text = "".join(chr(code) for code in range(0x20000, 0x20000 + 600))
    with Sheet("样张", fonts.chain("song")[0].font) as sheet:
        page = Page(sheet, fonts)
        for row in range(15):
            page.text(20, 20 + 12 * row, text[row * 40 : row * 40 + 40], 10)
        pdf = sheet.finish()
    assert read_pages(pdf) == [text]
