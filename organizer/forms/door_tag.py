"""留言条: what is left at a door where nobody opened; several on a page, to be cut apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.forms.field_paper import FieldPage, Heading, Mark, paper_size, readable
from organizer.forms.fonts import FontSet
from organizer.forms.page import Box
from organizer.forms.pdf import Sheet

FORM_ID = "PC-3"
_GRID = {"A4": (2, 4), "A5": (1, 3)}
_INSET = 7.0


@dataclass(frozen=True)
class DoorTag:
    """One tag; without a name for whatever door is found shut."""

    heading: Heading
    mark: Mark
    name: str = ""
    door: str = ""


def tags_on_page(size: str) -> int:
    """How many tags one page has."""
    paper_size(size)
    across, down = _GRID[size.upper()]
    return across * down


def door_tags(tags: Sequence[DoorTag], fonts: FontSet, size: str) -> bytes:
    """The tags as one PDF, with lines to cut along."""
    each = tags_on_page(size)
    with Sheet("走访留言条", fonts.chain("song")[0].font, paper_size(size)) as sheet:
        page = FieldPage(sheet, fonts)
        for start in range(0, len(tags), each):
            if start:
                sheet.next_page()
            _draw_page(page, tags[start : start + each], _GRID[size.upper()])
        return sheet.finish()


def _draw_page(page: FieldPage, tags: Sequence[DoorTag], grid: tuple[int, int]) -> None:
    across, down = grid
    width, height = page.sheet.width / across, page.sheet.height / down
    for column in range(1, across):
        page.sheet.line(column * width, 4, column * width, page.sheet.height - 4, 0.4, dotted=True)
    for row in range(1, down):
        page.sheet.line(4, row * height, page.sheet.width - 4, row * height, 0.4, dotted=True)
        page.text(5, row * height + 1.3, "✂", 10)
    for number, tag in enumerate(tags):
        row, column = divmod(number, across)
        _draw_tag(page, tag.heading, tag, Box(column * width, row * height, width, height))


def _draw_tag(page: FieldPage, heading: Heading, tag: DoorTag, box: Box) -> None:
    left, right = box.x + _INSET, box.x + box.width - _INSET
    room, foot = right - left, box.y + box.height
    page.text(box.x + box.width / 2, box.y + 10, "走访留言", 14, "song-bold", "centre", spread=1.5)
    y = _draw_name(page, tag, Box(left, box.y + 13.5, room, 8.5))
    page.text(left, y + 5, "来访时间：　　　月　　　日　　　时", 10)
    text = (
        f"　　您好！我们是{readable(page.fonts, heading.office)}的工作人员，来访时未能见面。"
        "我们想了解职工人数、建会入会情况和需要工会帮助的事，只需几分钟。"
        "请在方便时与我们联系，或告诉我们哪天几点合适。"
    )
    page.paragraph(Box(left, y + 7.2, room, 0), text, 9.5, 13.5)
    for number, line in enumerate((
        f"联系人：{heading.responsible or '＿＿＿＿＿＿＿'}",
        f"电　话：{heading.phone or '＿＿＿＿＿＿＿＿＿'}",
    )):  # fmt: skip
        page.said(left, foot - 15.5 + 5 * number, line, 9.5, room=room - 18)
    page.said(left, foot - 5, f"来电请报编号：{tag.mark.code}", 10.5, "hei-bold", room=room - 18)
    if tag.door:
        page.said(left + 42, foot - 5, tag.door, 7.5, room=room - 60)
    page.qr(right - 14, foot - 19, 14, tag.mark.qr)


def _draw_name(page: FieldPage, tag: DoorTag, box: Box) -> float:
    if tag.name:
        page.text_cell(Box(box.x - 1.5, box.y, box.width + 3, box.height), tag.name, framed=False)
    else:
        page.sheet.line(box.x, box.y + 7, box.x + box.width, box.y + 7)
    return box.y + box.height
