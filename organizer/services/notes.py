"""Notes of the domain in words."""

from organizer import resources
from organizer.domain.note import Note


def note_sentence(note: Note) -> str:
    """The sentence of a note."""
    return resources.sentence("notes", note.code, note.facts)
