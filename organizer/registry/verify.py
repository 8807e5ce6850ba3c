"""Proof that a batch file says what it should: opened by another reader, compared cell by cell."""

import contextlib
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

from organizer.errors import DeviceMissing
from organizer.jobs import Progress
from organizer.registry.layout import Row, footer_rows, head_rows, numbered
from organizer.registry.profile import Profile
from organizer.registry.workbook import REPORT_EVERY

_TAIL = 1 << 16
"""Bytes at the end of a sheet that hold its list of merged cells."""


@dataclass(frozen=True)
class Verified:
    """A file that was read back and found equal: where, its SHA-256, its members."""

    path: Path
    sha256: str
    rows: int


def verify(path: Path, profile: Profile, rows: Sequence[Row], progress: Progress) -> Verified:
    """Read the file back and compare every cell, its type, the row count and the merges.

    Raises `DeviceMissing` naming the first place that differs; the file is then worth nothing.
    An `OSError` of the folder passes through: `export` tells it.
    """
    total = 2 * len(rows)
    expected = chain(head_rows(profile), numbered(profile, rows), footer_rows(profile))
    for number, (want, got) in enumerate(zip_longest(expected, _rows(path, profile)), start=1):
        if number % REPORT_EVERY == 0:
            progress.step(min(len(rows) + number, total), total)
        if want != got:
            raise differs(f"第 {number} 行")
    if _merges(path) != _expected_merges(profile):
        raise differs("合并单元格")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    progress.step(total, total)
    return Verified(path, digest, len(rows))


def differs(place: str) -> DeviceMissing:
    """The error for a file that does not read back as it was meant."""
    return DeviceMissing("registry.verify_failed", place=place)


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
    """Tell as a difference what readers raise on a damaged container or damaged XML."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        LookupError,
        ValueError,
        RuntimeError,
        SyntaxError,  # also the XML parser's error
    ) as error:
        raise differs("整个文件") from error


def _rows(path: Path, profile: Profile) -> Iterator[tuple[str | None, ...]]:
    """The rows of the file; a cell that is not text in the text format comes out as None."""
    from openpyxl import load_workbook  # only now: costs start-up time

    with _damage_told(), path.open("rb") as file:
        book = load_workbook(file, read_only=True)
        if book.sheetnames != [profile.sheet_name]:
            raise differs("工作表名称")
        for row in book[profile.sheet_name].iter_rows():
            yield tuple(
                ""
                if cell.value is None
                else cell.value
                if cell.data_type == "s" and cell.number_format == profile.number_format
                else None
                for cell in row
            )


def _merges(path: Path) -> set[str]:
    """The merged ranges, read from the end of the sheet: the streaming reader skips them."""
    tail = b""
    with (
        _damage_told(),
        zipfile.ZipFile(path) as archive,
        archive.open("xl/worksheets/sheet1.xml") as sheet,
    ):
        while chunk := sheet.read(1 << 20):
            tail = (tail + chunk)[-_TAIL:]
    return set(re.findall(r'<mergeCell ref="([^"]+)"', tail.decode("utf-8", "replace")))


def _expected_merges(profile: Profile) -> set[str]:
    from openpyxl.utils import get_column_letter

    return {
        f"{get_column_letter(head.first)}{head.row}:{get_column_letter(head.last)}{head.row}"
        for head in profile.head
    }
