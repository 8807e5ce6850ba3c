"""Finding the row, or rows, in which the columns of a list are named."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organizer.sheets.cell import Value, text_of
from organizer.sheets.grid import Merge
from organizer.sheets.synonyms import Labels, plain

SEARCHED_ROWS = 40
_DEEPEST = 3


@dataclass(frozen=True)
class Column:
    """A column of the file; `field` is None when nothing is read from it.

    `header` is what stands above it (levels joined by /), `index` counts from 0 (column A).
    """

    field: str | None
    header: str
    index: int


@dataclass(frozen=True)
class Header:
    """Where the columns are named; rows count from 1, both included."""

    first_row: int
    last_row: int
    columns: tuple[Column, ...]

    @property
    def fields(self) -> Mapping[int, str]:
        """Field by the index of its column."""
        return {column.index: column.field for column in self.columns if column.field}

    def missing(self, required: frozenset[str]) -> frozenset[str]:
        """The required fields no column was found for."""
        return required - set(self.fields.values())


def find_header(
    top: Sequence[Sequence[Value]],
    merges: Sequence[Merge],
    labels: Labels,
    required: frozenset[str],
) -> Header | None:
    """The best header in the top rows of a sheet, or None.

    Titles and notes may stand above it; up to three rows of merged headings are joined. Best is
    what names all required fields, then what names most fields, then fewest rows, then topmost.
    One known word alone is a header only when it is all that is required.
    """
    texts = _with_merges_spread(top, merges)
    best: Header | None = None
    best_score = (False, 1)
    for depth in range(1, _DEEPEST + 1):
        for first in range(len(texts) - depth + 1):
            header = _header(texts[first : first + depth], first + 1, labels)
            score = (bool(required) and not header.missing(required), len(header.fields))
            if score > best_score:
                best, best_score = header, score
    return best


def doubled_header(header: Header, labels: Labels, required: frozenset[str]) -> str | None:
    """The header word that shows two tables standing side by side, if they do.

    Either two known words, or one of the required ones, stand there twice in the same wording.
    """
    known = {
        column.header: found[0]
        for column in header.columns
        if (found := labels.field(column.header))
    }
    times = Counter(plain(column.header) for column in header.columns if column.header in known)
    twice = [text for text in known if times[plain(text)] > 1]
    needed = [text for text in twice if known[text] in required]
    if needed or len({known[text] for text in twice}) > 1:
        return (needed or twice)[0]
    return None


class _Borrowed(str):
    """A heading that stands over this column but belongs to one further left."""

    __slots__ = ()


def _with_merges_spread(top: Sequence[Sequence[Value]], merges: Sequence[Merge]) -> list[list[str]]:
    width = max(map(len, top), default=0)
    texts = [[text_of(value) for value in row] + [""] * (width - len(row)) for row in top]
    for merge in merges:
        if merge.first_row > len(texts) or not 0 <= merge.first_column < width:
            continue
        text = texts[merge.first_row - 1][merge.first_column]
        beside = min(merge.last_column, width - 1) - merge.first_column
        for row in texts[merge.first_row - 1 : merge.last_row]:
            heading = [text, *[_Borrowed(text)] * beside]
            row[merge.first_column : merge.first_column + 1 + beside] = heading
    return texts


def _header(rows: Sequence[Sequence[str]], first_row: int, labels: Labels) -> Header:
    """Reads these rows as a header; of several columns for one field the best label wins."""
    headers = _joined(rows)
    best: dict[str, tuple[int, int]] = {}
    for index, header in enumerate(headers):
        if header and (found := labels.field(header)):
            field, rank = found
            best[field] = min(best.get(field, (rank, index)), (rank, index))
    chosen = {index: field for field, (_, index) in best.items()}
    columns = tuple(
        Column(chosen.get(index), header, index) for index, header in enumerate(headers) if header
    )
    return Header(first_row, first_row + len(rows) - 1, columns)


def _joined(rows: Sequence[Sequence[str]]) -> list[str]:
    """The headings of each column from the top down, each said once, joined by /.

    Text files know no merges: the cells beside a heading are empty. Such a cell belongs to the
    heading on its left when both have headings of their own below and the same ones above.
    """
    filled = [list(row) for row in rows]
    for level, row in enumerate(filled[:-1]):
        below = [any(texts) for texts in zip(*rows[level + 1 :], strict=True)]
        for column in range(1, len(row)):
            left = column - 1
            siblings = all(above[left] == above[column] for above in filled[:level])
            if not row[column] and below[left] and below[column] and siblings:
                row[column] = _Borrowed(row[left])
    return [_path([text for text in texts if text]) for texts in zip(*filled, strict=True)]


def _path(texts: list[str]) -> str:
    """The heading of one column; "" when it has none of its own, as beside a merged 单位名称."""
    if not texts or isinstance(texts[-1], _Borrowed):
        return ""
    return "/".join(" ".join(text.split()) for text in dict.fromkeys(texts))
