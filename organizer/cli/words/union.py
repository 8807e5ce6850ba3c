"""The words of `organizer union`."""

from organizer.cli.unions import union_words as words

__all__ = ["words"]
