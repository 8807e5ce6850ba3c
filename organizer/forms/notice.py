"""个人信息告知同意书: what is collected and why, with its own signature lines.

个人信息保护法 arts. 14, 17 and 30 ask for the notice, art. 29 for a separate consent to sensitive
data; the identity number is treated as sensitive.
"""

from organizer.errors import InvalidInput
from organizer.forms.page import BLANK_DATE, Box, FormCode, Page
from organizer.forms.pdf import PAGE_WIDTH
from organizer.forms.signup_paper import LABELS, SignupPaper
from organizer.forms.texts import VersionedText

FORM_ID = "RH-03"
MARGIN = 25.0
_WIDTH = PAGE_WIDTH - 2 * MARGIN
_BLANK = "＿＿＿＿＿＿＿＿"
# Lower than this the consents would run into the footer.
_LOWEST = 205.0
_CONSENTS = ("我已阅读并同意上述事项。", "我单独同意处理我的身份证件号码。")


def draw_notice(page: Page, data: SignupPaper, text: VersionedText) -> None:
    """One page; the union's name, address and phone are filled when known.

    Raises `InvalidInput("form.does_not_fit")` when the text leaves no room to sign.
    """
    page.title(42, "个人信息告知同意书")
    y = page.paragraph(Box(MARGIN, 56, _WIDTH, 0), "　　" + _filled(text.body, data), 14, 26) + 12
    if y > _LOWEST:
        field = "union_address"
        raise InvalidInput("form.does_not_fit", field=field, label=LABELS[field])
    for sentence in _CONSENTS:
        # Drawn: no font that ships has a ballot box.
        page.sheet.box(MARGIN, y - 3.8, 4.2, 4.2, 0.8)
        page.text(MARGIN + 7, y, sentence, 14)
        page.signing_line(MARGIN + 60, y + 13, "签名：", 34, 12)
        page.text(MARGIN + _WIDTH, y + 13, BLANK_DATE, 12, align="right")
        y += 32
    page.footer(MARGIN, FormCode(FORM_ID, text.version, data.record_short_id))


def _filled(body: str, data: SignupPaper) -> str:
    values = {"union": data.union_name, "address": data.union_address, "phone": data.union_phone}
    for name, value in values.items():
        body = body.replace(f"{{{name}}}", value or _BLANK)
    return body
