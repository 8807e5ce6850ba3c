"""个人信息告知同意书: what is collected and why, with a signature line for each consent.

个人信息保护法 arts. 14, 17 and 30 ask for the notice, art. 23 for a separate consent to passing data on to
named receivers, art. 29 for one to sensitive data; the identity number is treated as sensitive.
"""

from collections.abc import Sequence

from organizer.errors import InvalidInput
from organizer.forms.page import BLANK_DATE, Box, FormCode, Page
from organizer.forms.pdf import PAGE_WIDTH
from organizer.forms.signup_paper import LABELS, SignupPaper
from organizer.forms.texts import VersionedText

FORM_ID = "RH-03"
MARGIN = 25.0
SCREEN_SIGNED = "签名图样，以纸质为准"
_WIDTH = PAGE_WIDTH - 2 * MARGIN
_BLANK = "＿＿＿＿＿＿＿＿"
_SIZE, _LEADING = 12.0, 21.0
_SIGNING = 15.0
_SIGNATURE = Box(0, 0, 34, 11)
# Lower than this a signature would run into the footer.
_LOWEST = 262.0


def draw_notice(
    page: Page,
    data: SignupPaper,
    text: VersionedText,
    consents: Sequence[VersionedText],
    signature: bytes = b"",
) -> None:
    """One page; the union's name, address and phone are filled when known.

    Every consent has its own line, box and signature; `signature` is the picture of a hand that
    signed on the screen, and says so. Raises `InvalidInput("form.does_not_fit")` when the text
    leaves no room to sign.
    """
    page.title(36, "个人信息告知同意书")
    body = "　　" + filled(text.body, data)
    y = page.paragraph(Box(MARGIN, 47, _WIDTH, 0), body, _SIZE, _LEADING) + 9
    if data.name:
        page.text(MARGIN, y, f"本人姓名：{data.name}", _SIZE)
        y += 11
    for consent in consents:
        y = _draw_consent(page, y, filled(consent.body, data), signature)
    if y > _LOWEST:
        field = max("union_address", "receivers", key=lambda name: len(getattr(data, name)))
        raise InvalidInput("form.does_not_fit", field=field, label=LABELS[field])
    page.footer(MARGIN, FormCode(FORM_ID, text.version, data.record_short_id))


def _draw_consent(page: Page, y: float, sentence: str, signature: bytes) -> float:
    """A box to tick, the sentence and a place to sign; gives the y below."""
    # Drawn: no font that ships has a ballot box.
    page.sheet.box(MARGIN, y - 3.6, 4.0, 4.0, 0.8)
    room = Box(MARGIN + 7, y - _SIZE * 0.88 * 25.4 / 72, _WIDTH - 7, 0)
    y = page.paragraph(room, sentence, _SIZE, 18) + _SIGNING - 4
    page.signing_line(MARGIN + 60, y, "签名：", 34, _SIZE)
    page.text(MARGIN + _WIDTH, y, BLANK_DATE, _SIZE, align="right")
    if signature:
        box = _SIGNATURE
        page.sheet.picture(MARGIN + 73, y - box.height + 0.5, box.width, box.height, signature)
        page.text(MARGIN + 7, y, SCREEN_SIGNED, 9)
    return y + 13


def filled(body: str, data: SignupPaper) -> str:
    """A wording with what is known of the union; the rest is left to be written on."""
    values = {
        "union": data.union_name,
        "address": data.union_address,
        "phone": data.union_phone,
        "receivers": data.receivers,
    }
    for name, value in values.items():
        body = body.replace(f"{{{name}}}", value or _BLANK)
    return body
