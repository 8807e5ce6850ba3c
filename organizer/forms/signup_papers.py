"""The papers of a sign-up as one PDF, for the printer: application front, registration back."""

from collections.abc import Callable, Mapping, Sequence

from organizer.domain.consent import Purpose
from organizer.errors import NotFound
from organizer.forms.application import draw_application
from organizer.forms.fonts import FontSet
from organizer.forms.notice import draw_notice
from organizer.forms.page import Page
from organizer.forms.pdf import Sheet
from organizer.forms.printable import check_printable
from organizer.forms.registration import draw_registration
from organizer.forms.signup_paper import LABELS, SignupPaper
from organizer.forms.texts import VersionedText, text_versions

_TITLES = {
    "application": "中华全国总工会入会申请书",
    "registration": "工会会员登记表",
    "notice": "个人信息告知同意书",
}


def signup_papers(
    data: SignupPaper,
    fonts: FontSet,
    text: VersionedText,
    papers: Sequence[str] = ("application", "registration"),
    *,
    notice: VersionedText | None = None,
    consents: Sequence[VersionedText] = (),
    signature: bytes = b"",
    family: bool = False,
) -> bytes:
    """One page for each of `papers` (application, registration, notice), in that order, as PDF.

    `text` is the sentence of the application (`text_in_force`); `notice` the wording of the notice,
    the newest when not given, like the `consents` on it; `signature` a picture (PNG) of a hand that
    signed on the screen. Empty fields stay blank for handwriting. Raises `InvalidInput` with
    the field at fault: `form.missing_glyph` and its kin (see `check_printable`) or
    `form.does_not_fit`; `NotFound("form.unknown_paper")` for another paper.
    """
    for paper in papers:
        if paper not in _TITLES:
            raise NotFound("form.unknown_paper", paper=paper)
    check_printable(data.texts(), fonts, LABELS)
    notice = notice or text_versions("notice")[-1]
    agreed = tuple(consents) or tuple(text_versions(one.text_id)[-1] for one in Purpose)
    draw: Mapping[str, Callable[[Page], None]] = {
        "application": lambda page: draw_application(page, data, text),
        "registration": lambda page: draw_registration(page, data, family=family),
        "notice": lambda page: draw_notice(page, data, notice, agreed, signature),
    }
    first_font = fonts.chain("song")[0].font
    with Sheet("、".join(_TITLES[paper] for paper in papers), first_font) as sheet:
        for number, paper in enumerate(papers):
            if number:
                sheet.next_page()
            draw[paper](Page(sheet, fonts))
        return sheet.finish()
