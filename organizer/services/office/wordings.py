"""The standard texts on the office's papers: which wording is in force and where it is from."""

from dataclasses import dataclass
from datetime import date

from organizer.domain.access import Permission
from organizer.domain.consent import Purpose
from organizer.forms.texts import text_in_force, text_versions
from organizer.services.workspace import Workspace


@dataclass(frozen=True)
class Wording:
    """A version of a text; `confirmed` ones were taken from a printed official form."""

    text_id: str
    version: int
    valid_from: date
    body: str
    origin: str
    confirmed: bool
    in_force: bool


def wordings(workspace: Workspace) -> list[Wording]:
    """Every version of the application, notice, consents and oath, the one in force first."""
    workspace.require(Permission.LOOK)
    found = []
    for text_id in ("application", "notice", *(one.text_id for one in Purpose), "oath"):
        current = text_in_force(workspace.today, text_id)
        for text in reversed(text_versions(text_id)):
            found.append(
                Wording(
                    text_id,
                    text.version,
                    text.valid_from,
                    text.body,
                    text.origin,
                    text.confirmed,
                    text == current,
                )
            )
    return found
