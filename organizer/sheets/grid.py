"""A sheet as it stands in the file, before anybody knows what its columns mean."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from organizer.sheets.cell import Value


class Merge(NamedTuple):
    """A merged range; rows and columns count from 1 and 0, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True)
class Grid:
    """Rows of values. `rows()` starts at row 1 each time it is called and yields `row_count` rows.

    Values of a row are indexed from 0; `first_column` of them were left out in front because the
    whole sheet is empty there. Merges count in the same indices.
    """

    name: str
    row_count: int
    rows: Callable[[], Iterator[Sequence[Value]]]
    merges: tuple[Merge, ...] = ()
    first_column: int = 0
    hidden: bool = False
