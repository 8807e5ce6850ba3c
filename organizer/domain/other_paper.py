"""Numbers of the papers people show who have no resident identity card."""

import re
from dataclasses import dataclass
from typing import Literal

from organizer.domain.identifiers import clean_code
from organizer.domain.note import Note
from organizer.errors import InvalidInput

FIELD = "paper_number"

PaperKind = Literal[
    "hk_macao_pass",
    "taiwan_pass",
    "chinese_passport",
    "foreign_passport",
    "old_foreigner_card",
    "military",
]

# Pattern and error code by kind. The old foreigner's card (nationality, place, birthday,
# sequence) was issued until November 2023; its successor is read by `resident_id`.
_PAPERS: dict[PaperKind, tuple[re.Pattern[str], str]] = {
    "hk_macao_pass": (re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"), "paper.hk_macao_pass"),
    "taiwan_pass": (re.compile(r"[0-9]{8}|[0-9]{10}[0-9A-Z]"), "paper.taiwan_pass"),
    "chinese_passport": (re.compile(r"[EGDSPH][A-Z]?[0-9]{7,8}"), "paper.chinese_passport"),
    "foreign_passport": (re.compile(r"[^\W_][\w./-]{0,19}"), "paper.foreign_passport"),
    "old_foreigner_card": (re.compile(r"[A-Z]{3}[0-9]{12}"), "paper.old_foreigner_card"),
    "military": (re.compile(r"[\u4e00-\u9fff]{1,3}字第[0-9]{7,8}号"), "paper.military"),
}


@dataclass(frozen=True)
class OtherPaper:
    """A paper number that looks right for its kind; there is no check digit to prove it."""

    kind: PaperKind
    number: str
    notes: tuple[Note, ...] = ()


def check_other_paper(kind: PaperKind, text: str) -> OtherPaper:
    """The number behind what was typed, with notes about everything that was changed.

    Raises `InvalidInput` (field `paper_number`) with one code per kind.
    """
    pattern, refusal = _PAPERS[kind]
    cleaned = clean_code(text, "paper", strip_hyphens=kind != "foreign_passport")
    number, notes = cleaned.text, cleaned.notes
    if kind == "taiwan_pass":
        # Old passes print the number of the issue in brackets: 1234567890(B).
        number = re.sub(r"\((.)\)$", r"\1", number)
    if number != number.upper():
        number = number.upper()
        notes += (Note("paper.lowercase"),)
    if not number:
        raise InvalidInput("paper.empty", field=FIELD)
    if not pattern.fullmatch(number):
        raise InvalidInput(refusal, field=FIELD, typed=text.strip())
    return OtherPaper(kind, number, notes)
