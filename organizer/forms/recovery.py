"""恢复单: the recovery code on paper, for a sealed envelope in a safe.

No QR code: what a camera can read, a passer-by can take.
"""

from collections.abc import Sequence
from datetime import date

from organizer.forms.fonts import FontSet
from organizer.forms.page import Box, Page
from organizer.forms.pdf import PAGE_WIDTH, Sheet
from organizer.forms.printable import check_printable
from organizer.i18n import show_date

MARGIN = 25.0
_WIDTH = PAGE_WIDTH - 2 * MARGIN
_IN_A_ROW = 2
_GROUP_HEIGHT = 17.0
_CODE_SIZE = 24.0

_PARTS = (
    (
        "这是什么",
        (
            "忘记密码时，用下面的恢复码可以打开本单位的数据。",
            "密码和恢复码都没有了，任何人都打不开这些数据，软件作者也不能。",
        ),
    ),
    (
        "怎样使用",
        (
            "1. 在解锁页选择用恢复码打开，或运行 organizer office recover。",
            "2. 按组号顺序输入各组；不分大小写，空格和横线可以不输。",
            "3. 随即设置新密码；程序会制作新的恢复单，本单作废，请销毁。",
        ),
    ),
    (
        "怎样保管",
        (
            "1. 装入信封，封口处签名、盖章并写明日期，放入本单位的保险柜。",
            "2. 不拍照，不扫描，不复印，不存入电脑和手机，不用微信或邮件传送。",
            "3. 拆封要登记。怀疑被人看过的，立即制作新的恢复单。",
        ),
    ),
)


def recovery_sheet(
    office_name: str,
    account_name: str,
    code_groups: Sequence[str],
    made_on: date,
    fonts: FontSet,
) -> bytes:
    """One A4 page as PDF: what the code is for, the code, how to use it, where to keep it.

    Raises `InvalidInput` when a name holds a character that cannot be printed.
    """
    fields = {"office_name": office_name, "account_name": account_name}
    code = "".join(code_groups)
    labels = {"office_name": "单位名称", "account_name": "账号", "code_groups": "恢复码"}
    check_printable({**fields, "code_groups": code}, fonts, labels)
    with Sheet("恢复单", fonts.chain("song")[0].font) as sheet:
        page = Page(sheet, fonts)
        page.title(36, "恢　复　单")
        y = _draw_head(page, office_name, account_name, made_on)
        y = _draw_part(page, *_PARTS[0], y + 10)
        y = _draw_code(page, code_groups, y + 3)
        y = _draw_part(page, *_PARTS[1], y + 12)
        y = _draw_part(page, *_PARTS[2], y + 6)
        _draw_signatures(page, y + 14)
        return sheet.finish()


def _draw_head(page: Page, office_name: str, account_name: str, made_on: date) -> float:
    rows = (
        ("office_name", "单位名称", office_name),
        ("account_name", "账号", account_name),
        ("made_on", "制作日期", show_date(made_on)),
    )
    y = 46.0
    for field, label, value in rows:
        page.label(Box(MARGIN, y, 30, 10), label)
        page.value(Box(MARGIN + 30, y, _WIDTH - 30, 10), value, field, label)
        y += 10
    return y


def _draw_part(page: Page, heading: str, sentences: Sequence[str], y: float) -> float:
    page.text(MARGIN, y, heading, 12, "hei-bold")
    y += 3
    for sentence in sentences:
        y = page.paragraph(Box(MARGIN, y, _WIDTH, 0), sentence, 12, 19)
    return y


def _draw_code(page: Page, groups: Sequence[str], y: float) -> float:
    width = _WIDTH / _IN_A_ROW
    for number, group in enumerate(groups):
        row, column = divmod(number, _IN_A_ROW)
        box = Box(MARGIN + column * width, y + row * _GROUP_HEIGHT, width, _GROUP_HEIGHT)
        page.sheet.box(box.x, box.y, box.width, box.height)
        page.text(box.x + 3, box.y + 6, str(number + 1), 10, "hei")
        _draw_group(page, box, group)
    return y + -(-len(groups) // _IN_A_ROW) * _GROUP_HEIGHT


def _draw_group(page: Page, box: Box, group: str) -> None:
    """Each character in a place of the same width, so none is skipped when reading."""
    step = min(11.0, (box.width - 14) / max(len(group), 1))
    left = box.x + (box.width - step * len(group)) / 2
    for number, character in enumerate(group):
        place = Box(left + number * step, box.y, step, box.height)
        page.lines(place, (character,), _CODE_SIZE, "hei-bold", centred=True)


def _draw_signatures(page: Page, y: float) -> None:
    page.signing_line(MARGIN, y, "封存人：", 45, 12)
    page.signing_line(MARGIN + 85, y, "见证人：", 45, 12)
    page.signing_line(MARGIN, y + 14, "封存日期：", 41, 12)
    page.signing_line(MARGIN + 85, y + 14, "存放处：", 45, 12)
