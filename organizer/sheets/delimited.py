"""Lists saved as text: .csv and .txt in the encodings and with the separators offices use."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path

from organizer.errors import UnreadableFile
from organizer.sheets.cell import Value
from organizer.sheets.contents import refusal
from organizer.sheets.grid import Grid

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = "\t,;"
_SAMPLE_ROWS = 100
_PIECE = 1 << 20


def grid(path: Path) -> Grid:
    """The text file as one sheet. Raises `UnreadableFile` before the first row is handed out.

    The whole file is decoded and parsed once here, so that a wrong byte in the last line or a
    quotation mark that is never closed is told at once and nothing is read half.
    """
    encoding = _encoding(path)
    row_count = 0
    try:
        separator = _separator(path, encoding)
        for row_count, _ in enumerate(_records(path, encoding, separator), 1):  # noqa: B007
            pass
    except csv.Error as problem:
        raise UnreadableFile("sheets.quotes", file=path.name, row=row_count + 1) from problem
    except OSError as problem:
        raise refusal(path, problem) from problem
    return Grid(path.stem, row_count, partial(_rows, path, encoding, separator))


def _encoding(path: Path) -> str:
    """BOM, then strict UTF-8, then GB 18030 (which contains the "ANSI" of Chinese systems)."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
        marked = next((name for bom, name in _BOMS if head.startswith(bom)), None)
        if marked != "utf-16":
            _refuse_binary(path)
        for encoding in [marked] if marked else ["utf-8", "gb18030"]:
            if _decodes(path, encoding):
                return encoding
    except OSError as problem:
        raise refusal(path, problem) from problem
    raise UnreadableFile("sheets.encoding", file=path.name)


def _refuse_binary(path: Path) -> None:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if b"\x00" in piece:
                raise UnreadableFile("sheets.not_text", file=path.name)


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as file:
            while file.read(_PIECE):
                pass
    except UnicodeError:
        return False
    return True


def _separator(path: Path, encoding: str) -> str:
    """The separator that cuts most of the first rows into the same number of columns."""

    def evenness(separator: str) -> tuple[int, int]:
        sample = islice(_records(path, encoding, separator, strict=False), _SAMPLE_ROWS)
        widths: Counter[int] = Counter()
        # A cell without end is told when the rows are counted.
        with suppress(csv.Error):
            widths.update(len(row) for row in sample if len(row) > 1)
        return max(((rows, width) for width, rows in widths.items()), default=(0, 0))

    return max(_SEPARATORS, key=evenness)


def _records(
    path: Path, encoding: str, separator: str, *, strict: bool = True
) -> Iterator[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.reader(file, delimiter=separator, strict=strict)


def _rows(path: Path, encoding: str, separator: str) -> Iterator[Sequence[Value]]:
    try:
        for record in _records(path, encoding, separator):
            yield [_unwrapped(text) for text in record]
    except OSError as problem:
        raise refusal(path, problem) from problem


def _unwrapped(text: str) -> str:
    """`="2101…"` is how some exports keep a long number as text; the formula is not the value."""
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1]
    return text
