"""The zip a modern workbook is: is it one, is it whole, and would opening it exhaust memory?

Sizes are judged before anything is unpacked. Then each sheet is unpacked once in pieces: this
checks the sums the zip carries, and finds a lone cell at the far end of a sheet, for which the
reader would reserve every cell in between (17 thousand million) and end the program.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from organizer.errors import UnreadableFile

MOST_BYTES = 1_500_000_000
MOST_RATIO = 200
RATIO_MATTERS_FROM = 50_000_000
MOST_CELLS = 20_000_000  # 32 bytes each in the reader

_PIECE = 1 << 20
_STUMBLES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
_ROW = re.compile(rb"row [^>]*?\br=[\"'](\d+)")
# Cells with content (those without are closed at once) right of column Z or far below the rest.
_FAR_CELL = re.compile(rb" r=[\"'](?:([A-Z]{2,})(\d+)|([A-Z])(\d{7,}))[\"'](?:[^>]*[^/>])?>")
_FILLED_CELL = re.compile(rb" r=[\"']([A-Z]+)(\d+)[\"'](?:[^>]*[^/>])?>")
_COUNT = re.compile(rb"<(?:\w+:)?sst[^>]*?\buniqueCount=[\"'](\d+)")
_SMALLEST_STRING = len(b"<si/>")


def check(path: Path) -> None:
    """Pass a readable workbook; raise `UnreadableFile` for anything else in a zip."""
    try:
        with zipfile.ZipFile(path) as package:
            _check_kind(path, package)
            _check_size(path, package)
            for part in package.infolist():
                name = part.filename.lower()
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                    _check_sheet(path, package, part)
                if re.fullmatch(r"xl/sharedstrings\d*\.xml", name):
                    _check_strings(path, package, part)
    except _STUMBLES as problem:
        raise UnreadableFile("sheets.damaged", file=path.name) from problem


def _check_kind(path: Path, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = [part.filename.lower() for part in parts]
    if any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in names):
        if any(part.flag_bits & 1 for part in parts):
            raise UnreadableFile("sheets.password", file=path.name)
        return
    if "[content_types].xml" in names or "mimetype" in names:
        raise UnreadableFile("sheets.not_workbook", file=path.name)
    raise UnreadableFile("sheets.archive", file=path.name)


def _check_size(path: Path, package: zipfile.ZipFile) -> None:
    unpacked = sum(part.file_size for part in package.infolist())
    packed = max(path.stat().st_size, 1)
    swollen = unpacked > RATIO_MATTERS_FROM and unpacked / packed > MOST_RATIO
    if unpacked > MOST_BYTES or swollen:
        raise UnreadableFile("sheets.too_large", file=path.name, megabytes=unpacked // 1_000_000)


def _check_sheet(path: Path, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Cheap upper bound first; cell by cell only when that is too much."""
    rows, columns = 1, 26
    for piece in _pieces(package, part):
        last = max(piece.rfind(b"<row "), piece.rfind(b":row "))
        found = _ROW.match(piece, last + 1) if last >= 0 else None
        rows = max(rows, int(found[1]) if found else 1)
        for wide, wide_row, narrow, narrow_row in _FAR_CELL.findall(piece):
            columns = max(columns, _column_number(wide or narrow))
            rows = max(rows, int(wide_row or narrow_row))
    if rows * columns > MOST_CELLS and _box(package, part) > MOST_CELLS:
        raise UnreadableFile("sheets.far_cell", file=path.name)


def _check_strings(path: Path, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """The reader reserves room for as many strings as the part says it holds."""
    with package.open(part) as stream:
        counts = [int(count) for count in _COUNT.findall(stream.read(1024))]
    if max(counts, default=0) > part.file_size // _SMALLEST_STRING:
        raise UnreadableFile("sheets.damaged", file=path.name)


def _box(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Cells in the rectangle around everything that is filled in."""
    rows: set[int] = set()
    columns: set[bytes] = set()
    for piece in _pieces(package, part):
        for letters, row in _FILLED_CELL.findall(piece):
            columns.add(letters)
            rows.add(int(row))
    if not rows:
        return 0
    numbers = [_column_number(letters) for letters in columns]
    return (max(rows) - min(rows) + 1) * (max(numbers) - min(numbers) + 1)


def _pieces(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that overlap by more than one tag."""
    overlap = b""
    with package.open(part) as stream:
        while piece := stream.read(_PIECE):
            yield overlap + piece
            overlap = piece[-512:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
