import re
from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from organizer.errors import InvalidInput
from organizer.forms.fonts import FontSet
from organizer.forms.recovery import recovery_sheet

GROUPS = ("7K2MA", "Q9XWB", "HT4RC", "8NPVD", "JYE3F", "MB6GH", "ZU5SK", "WDAF2")
DAY = date(2026, 11, 20)


def test_the_sheet_says_what_it_is_and_holds_the_code(
    fonts: FontSet, read_pages: Callable[[bytes], list[str]]
) -> None:
    pages = read_pages(recovery_sheet("试样街道总工会", "管理员", GROUPS, DAY, fonts))
    assert len(pages) == 1
    for expected in ("恢复单", "试样街道总工会", "管理员", "2026年11月20日", "保险柜"):
        assert expected in pages[0]
    for number, group in enumerate(GROUPS, 1):
        assert re.search(f"{number}{group}", pages[0])


def test_no_camera_can_read_the_code_and_no_property_tells_it(fonts: FontSet) -> None:
    document = pypdfium2.PdfDocument(recovery_sheet("试样街道总工会", "管理员", GROUPS, DAY, fonts))
    image = document[0].render(scale=3).to_pil()
    properties = document.get_metadata_dict()
    document.close()
    assert zxingcpp.read_barcodes(image) == []
    assert not any(group in value for group in GROUPS for value in properties.values())


def test_a_name_that_cannot_print_is_refused(fonts: FontSet) -> None:
    with pytest.raises(InvalidInput) as caught:
        recovery_sheet("试样街道总工会", "姜\U0003105c", GROUPS, DAY, fonts)
    assert caught.value.field == "account_name"
