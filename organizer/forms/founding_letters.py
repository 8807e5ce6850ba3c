"""请示 and 批复 of a founding: the office's wording filled from the record, or blank to write on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from organizer import resources
from organizer.errors import NotFound
from organizer.forms.fonts import FontSet
from organizer.forms.letter import Letter, letter
from organizer.forms.page import BLANK_DATE, FormCode
from organizer.i18n import show_date

FORM_IDS: Mapping[str, str] = {
    "founding_request": "JH-02",
    "founding_consent": "JH-03",
    "founding_approval": "JH-06",
}
_WIDTHS = {
    "union": 14, "above": 10, "unit": 10, "units": 14, "head": 4, "uscc": 9, "address": 12,
    "business": 10, "group": 8, "leader": 4, "by": 6, "founded": 6, "from": 6, "until": 6,
    "committee": 10, "chair": 4, "audit_names": 8, "women_names": 8, "organiser": 4,
}  # fmt: skip
"""How long the line is where something is written by hand; elsewhere there is room for a number."""

_BLANK_NAME = "＿" * 9
"""A name left open in a title, so that the title stays on one line."""

_OPTIONAL = frozenset({"vice_names", "audit_head"})
"""What is left out where there is none."""


@dataclass(frozen=True)
class FoundingLetter:
    """A letter to be drawn; `facts` by the names the wording uses, "" for what is written by hand."""

    form: str
    kind: str
    facts: Mapping[str, str]
    signed_by: str = ""
    dated: date | None = None
    number: str = ""
    contact: str = ""
    short_id: str = ""


@dataclass(frozen=True)
class Drawn:
    """The finished letter and the version of its wording."""

    pdf: bytes
    version: int
    text_version: str


def founding_letter(data: FoundingLetter, today: date, fonts: FontSet) -> Drawn:
    """The letter as PDF, in the wording in force; raises `NotFound` before the first."""
    text = _in_force(data.form, data.kind, today)
    facts = _Facts({name: told for name, told in data.facts.items() if told})
    version = int(text["version"])
    numbered = data.form != "founding_request"
    number = data.number or ("＿＿工〔20＿＿〕＿＿号" if numbered else "")
    contact = data.contact or "联系人：＿＿＿＿，电话：＿＿＿＿＿＿"
    made = Letter(
        text["title"].format_map({"union": _BLANK_NAME} | facts),
        text["addressee"].format_map(facts),
        [one.format_map(facts) for one in text["body"]],
        text["attachments"],
        data.signed_by or "＿＿＿＿＿＿＿＿（盖章）",
        show_date(data.dated) if data.dated else BLANK_DATE.strip("　"),
        FormCode(FORM_IDS[data.form], version, data.short_id),
        number=number if numbered else "",
        note="" if numbered else f"（{contact}）",
    )
    return Drawn(letter(made, fonts), version, f"{data.form}/{data.kind}/{version}")


def _in_force(form: str, kind: str, today: date) -> dict[str, Any]:
    texts: list[dict[str, Any]] = resources.toml("texts", "founding.toml")["text"]
    valid = [
        one
        for one in texts
        if one["text_id"] == form and one["kind"] in ("", kind) and one["valid_from"] <= today
    ]
    if not valid:
        raise NotFound("form.no_text", day=today.isoformat())
    return max(valid, key=lambda one: (one["kind"] != "", one["version"]))


class _Facts(dict[str, str]):
    """What is known, with a line to write on for whatever is not."""

    def __missing__(self, name: str) -> str:
        return "" if name in _OPTIONAL else "＿" * _WIDTHS.get(name, 2)
