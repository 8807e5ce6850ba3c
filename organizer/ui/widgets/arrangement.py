"""How a machine remembers the columns and the order of a list, as words."""

from collections.abc import Iterable, Sequence

from organizer.ui.widgets.paging import Column


def layout_words(arrangement: Iterable[tuple[str, int]]) -> str:
    """Columns and widths as the machine remembers them: name staff_total:90 lamps."""
    return " ".join(f"{key}:{width}" if width else key for key, width in arrangement)


def read_layout(
    words: str, columns: Sequence[Column], usual: Sequence[str]
) -> list[tuple[str, int]]:
    """What was remembered, the first column always before; the usual when nothing is known."""
    first, known = columns[0].key, {column.key for column in columns}
    found = []
    for word in words.split():
        key, _colon, width = word.partition(":")
        wide = int(width) if width.isdecimal() and len(width) < 5 else 0
        if key in known and key != first:
            found.append((key, wide))
    return [(first, 0), *found] if found else [(key, 0) for key in usual]


def order_words(column: str, *, descending: bool) -> str:
    """By what a list is sorted: staff_total down."""
    return f"{column} down" if descending else column


def read_order(words: str) -> tuple[str, bool]:
    """The column that was remembered, and whether it goes down."""
    key, _blank, down = words.partition(" ")
    return key, down == "down"
