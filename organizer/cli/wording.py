"""Sentences and words that several commands say, and the records they mean."""

from organizer import resources
from organizer.domain.clears import Lamp, Light
from organizer.domain.note import Note
from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services import finding
from organizer.services.workspace import Workspace


def lamp_line(lamps: tuple[Lamp, ...]) -> str:
    """The four lamps in words: 建清 位差 数未 进未."""
    lights = {Light.CLEAR: _("清"), Light.LACKING: _("差"), Light.UNSEEN: _("未")}
    return " ".join(f"{lamp.rule.letter}{lights[lamp.light]}" for lamp in lamps)


def note_sentence(note: Note) -> str:
    """The sentence of a note."""
    return resources.sentence("notes", note.code, note.facts)


def field_label(field: str) -> str:
    """The Chinese name of a list's field."""
    labels: dict[str, str] = dict(resources.toml("texts", "fields.toml")["employer"])
    return labels.get(field, field)


def union(opened: Workspace, name: str) -> bytes:
    """The union with this full name; raises `NotFound`."""
    row = finding.union_by_name(opened, name)
    if row is None:
        raise NotFound("batch.unknown_union", value=name)
    return row


def one(opened: Workspace, table: str, text: str) -> bytes:
    """The one record meant by an id or a text; raises `NotFound` for none or several."""
    if len(text) == 32 and all(letter in "0123456789abcdef" for letter in text):
        return opened.id_of(table, text)
    hits = [hit for hit in finding.find(opened, text) if hit.table == table]
    exact = [hit for hit in hits if hit.name == text] or hits
    if len(exact) != 1:
        raise NotFound("record.not_one", value=text, count=len(exact))
    return exact[0].id
