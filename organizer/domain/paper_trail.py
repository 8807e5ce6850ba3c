"""How far a paper has come: 已打印 → 已签字 → 已盖章 → 已归档(盒号-页号).

The paper that is signed and stamped is the original, the record its index: what a paper has not been
through is told, never assumed. Which steps a paper needs stands in `paper_form.csv`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from organizer.errors import Conflict, InvalidInput


class Stage(StrEnum):
    """Where a paper stands; in order."""

    PRINTED = "printed"
    SIGNED = "signed"
    STAMPED = "stamped"
    FILED = "filed"


MARKS: Mapping[Stage, str] = {
    Stage.SIGNED: "signed_on",
    Stage.STAMPED: "stamped_on",
    Stage.FILED: "filed_on",
}
"""The steps after the print, in order, and the field that holds the day of each."""

EVERY = tuple(MARKS)
"""What a paper needs that nobody has said anything about."""


_TWICE = {
    Stage.SIGNED: "paper_trail.signed_twice",
    Stage.STAMPED: "paper_trail.stamped_twice",
    Stage.FILED: "paper_trail.filed_twice",
}
_NEEDLESS = {
    Stage.SIGNED: "paper_trail.signed_needless",
    Stage.STAMPED: "paper_trail.stamped_needless",
    Stage.FILED: "paper_trail.filed_needless",
}


def needs(text: str) -> tuple[Stage, ...]:
    """The steps written as `signed|stamped|filed`, in order."""
    named = text.split("|")
    return tuple(stage for stage in EVERY if stage in named)


@dataclass(frozen=True)
class Trail:
    """The steps a paper needs, and the day of each it has been through."""

    needs: tuple[Stage, ...] = EVERY
    days: Mapping[Stage, str] = field(default_factory=dict)
    box: str = ""

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return next((stage for stage in reversed(EVERY) if self.days.get(stage)), Stage.PRINTED)

    @property
    def following(self) -> Stage | None:
        """What it needs next; None when it is done."""
        return next((stage for stage in self.needs if not self.days.get(stage)), None)

    def check(self, wanted: Stage, label: str) -> None:
        """Raises `Conflict` for a step taken already, not needed, or before one that comes first."""
        if day := self.days.get(wanted):
            raise Conflict(_TWICE[wanted], paper=label, day=day, box=self.box)
        if wanted not in self.needs:
            raise Conflict(_NEEDLESS[wanted], paper=label)
        if self.following is Stage.SIGNED and wanted is not Stage.SIGNED:
            raise Conflict("paper_trail.not_signed", paper=label)
        if self.following is not wanted:
            raise Conflict("paper_trail.not_stamped", paper=label)


_PLACE = re.compile(r"([^\s-]{1,12})(?:-(\S*))?")
_PAGE = re.compile(r"[1-9][0-9]{0,3}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣_", "-"))


@dataclass(frozen=True)
class FilingPlace:
    """Where a paper lies: the box, and its page there; without a page the next free one is meant."""

    box: str
    page: int | None = None

    @property
    def text(self) -> str:
        """As it is stored and written on the box: 12-7."""
        return self.box if self.page is None else f"{self.box}-{self.page}"

    def at(self, page: int) -> "FilingPlace":
        """A page of the same box."""
        return FilingPlace(self.box, page)


def read_place(text: str) -> FilingPlace:
    """A box (12) or a page of one (12-7); raises `InvalidInput` (field `box`)."""
    typed = unicodedata.normalize("NFKC", text).translate(_DASHES).strip().upper()
    if not typed:
        raise InvalidInput("paper_trail.no_box", field="box")
    found = _PLACE.fullmatch(typed)
    if found is None:
        raise InvalidInput("paper_trail.bad_box", field="box", value=text.strip())
    box, page = found[1], found[2]
    if page is None:
        return FilingPlace(box)
    if not _PAGE.fullmatch(page):
        raise InvalidInput("paper_trail.no_page", field="box", value=text.strip(), box=box)
    return FilingPlace(box, int(page))


_CODE = re.compile(r"ORG1:([A-Z]+-[0-9]+):[0-9]+:([2-9A-HJ-NP-Z]{4,})")
_TYPED = re.compile(r"(?:([A-Z]+-[0-9]+)(?:\s*V[0-9]+)?[\s·•.,。、-]+)?([2-9A-HJ-NP-Z]{8})")


@dataclass(frozen=True)
class PaperCode:
    """What the footer of a paper says: which form ("" when only the record is named), which record."""

    form_id: str
    short_id: str


def read_paper_code(text: str) -> PaperCode:
    """The footer as a scanner types it (ORG1:RH-01:3:7K2M…) or a person (RH-01 v3 · 7K2M…, 7K2M…).

    Raises `InvalidInput` (field `code`) for the row code of a survey's sheet and for anything else.
    """
    typed = unicodedata.normalize("NFKC", text).strip().upper()
    if not typed:
        raise InvalidInput("paper_trail.no_code", field="code")
    if typed.startswith("ORG1:PC-"):
        raise InvalidInput("paper_trail.survey_sheet", field="code")
    found = _CODE.fullmatch(typed) or _TYPED.fullmatch(typed)
    if found is None:
        shown = text.strip()[:24]
        raise InvalidInput("paper_trail.not_a_code", field="code", value=shown)
    return PaperCode(found[1] or "", found[2])
