"""A part of what is told of a record: a titled table, for a page and for paper alike."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Chapter:
    """Columns are title and share of the width; rows are texts."""

    title: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str]]
