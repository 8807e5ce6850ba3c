"""Standard texts in versions: the sentence of the application, the notice on personal data.

Wordings change with the years, so a paper names the version it carries and the record keeps it.
"""

from dataclasses import dataclass
from datetime import date

from organizer import resources
from organizer.errors import NotFound


@dataclass(frozen=True)
class VersionedText:
    """One wording. `mark` says where it is from: official, vendor or reconstructed."""

    text_id: str
    version: int
    valid_from: date
    body: str
    mark: str
    origin: str

    @property
    def confirmed(self) -> bool:
        """Whether it was taken from a printed official form; else the office must confirm it."""
        return self.mark == "official"


def text_versions(text_id: str = "application") -> tuple[VersionedText, ...]:
    """All wordings of a text, oldest first; `consent_join` and its kin share one file."""
    entries = resources.toml("texts", f"{text_id.partition('_')[0]}.toml")["text"]
    found = (VersionedText(**entry) for entry in entries if entry["text_id"] == text_id)
    return tuple(sorted(found, key=lambda text: text.version))


def text_in_force(day: date, text_id: str = "application") -> VersionedText:
    """The newest wording valid on `day`; `NotFound("form.no_text")` before the first."""
    valid = [text for text in text_versions(text_id) if text.valid_from <= day]
    if not valid:
        raise NotFound("form.no_text", day=day.isoformat())
    return valid[-1]
