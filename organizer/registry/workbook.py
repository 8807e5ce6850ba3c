"""The bytes of a batch file, and their safe arrival in a folder."""

import contextlib
import errno
import hashlib
import io
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from organizer.errors import (
    Conflict,
    DeviceMissing,
    InvalidInput,
    OrganizerError,
    StorageFull,
)
from organizer.jobs import Progress
from organizer.registry.layout import NOT_IN_FILE_NAMES, Row, footer_rows, numbered
from organizer.registry.profile import Profile

REPORT_EVERY = 500
_LONGEST_NAME = 255
"""Bytes; of most file systems."""
"""Rows between two reports: some 50 ms on a slow machine, so that a stop is felt at once."""

_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What a cell cannot hold unchanged: controls, halves of characters, non-characters."""


def workbook_bytes(profile: Profile, rows: Sequence[Row], progress: Progress) -> bytes:
    """An .xlsx file in memory: every cell text, formatted "@", nothing merged below the head.

    Raises `InvalidInput` for a text that no cell can hold unchanged; passes on what `progress`
    raises.
    """
    from rustpy_xlsxwriter import Format, write_worksheet  # only now: costs start-up time

    text = Format().set_num_format(profile.number_format)
    title = Format().set_num_format(profile.number_format).set_bold().set_align("center")
    buffer = io.BytesIO()
    write_worksheet(
        _records(profile, rows, progress),
        buffer,
        sheet_name=profile.sheet_name,
        header_row=profile.header_row - 1,
        freeze_row=profile.header_row,
        header_format=title,
        column_formats=[text] * len(profile.columns),
        column_widths=[_width(column.header) for column in profile.columns],
        merge_ranges=[
            (head.row - 1, head.first - 1, head.row - 1, head.last - 1, head.text, title)
            for head in profile.head
        ],
        # A shared string table keeps the sheet in memory. Without it the library spools the
        # members in clear into the system's temporary folder.
        dedupe_strings=True,
    )
    return buffer.getvalue()


def _records(profile: Profile, rows: Sequence[Row], progress: Progress) -> Iterator[dict[str, str]]:
    headers = [column.header for column in profile.columns]
    for done, row in enumerate(numbered(profile, rows)):
        if done % REPORT_EVERY == 0:
            progress.step(done, 2 * len(rows))
        _refuse_unwritable(headers, done + 1, row)
        yield dict(zip(headers, row, strict=True))
    for row in footer_rows(profile):
        yield dict(zip(headers, row, strict=True))


def _refuse_unwritable(headers: Sequence[str], number: int, row: Row) -> None:
    if not _UNWRITABLE.search("".join(row)):
        return
    header = next(
        header for header, cell in zip(headers, row, strict=True) if _UNWRITABLE.search(cell)
    )
    raise InvalidInput("registry.cell_unwritable", field=header, header=header, row=number)


def _width(header: str) -> float:
    """Columns wide enough for an id number or a header, whichever is wider."""
    return max(20.0, 2.0 * len(header) + 2)


def part_of(target: Path) -> Path:
    """Where a file is written before it gets its name: told by the name, so that it is found again."""
    digest = hashlib.sha256(target.name.encode("utf-8", "surrogatepass")).hexdigest()
    return target.with_name(f".organizer-{digest[:16]}.part")


@contextlib.contextmanager
def arriving(folder: Path, name: str) -> Iterator[Path]:
    """A private path in `folder`; on leaving without an error its file becomes `name`.

    A half-written file never bears the final name, an existing file is never replaced, and
    after an error nothing stays behind; what a kill leaves is found by `part_of`. Raises `InvalidInput` for a name that is none,
    `Conflict` when the file exists, `DeviceMissing` or `StorageFull` when the folder is gone,
    refuses writing or is full.
    """
    if not name.endswith(".xlsx") or NOT_IN_FILE_NAMES.search(name):
        raise InvalidInput("registry.file_name", field="file_name", name=name)
    target = folder / name
    part = part_of(target)
    try:
        _refuse_existing(target)
        part.unlink(missing_ok=True)  # left by an export that was killed
        part.touch(mode=0o600, exist_ok=False)
        yield part
        _refuse_existing(target)
        part.rename(target)
        _make_durable(target)
    except OSError as error:
        raise _told(error, folder, name) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def refuse_missing(folder: Path) -> None:
    """Raises `DeviceMissing` for a folder that is not there, before anything is said of a file in it."""
    # Not of `Path`: that raises for a name too long.
    if not os.path.isdir(folder):
        raise DeviceMissing("registry.folder_missing", folder=str(folder))


def write_durably(path: Path, content: bytes) -> None:
    """Write and wait until the device has it: a stick may be pulled right after."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _refuse_existing(target: Path) -> None:
    if os.path.lexists(target):
        raise Conflict("registry.file_exists", name=target.name)


def _make_durable(target: Path) -> None:
    """Make the new name durable; Windows knows no such call and does it by itself."""
    if os.name == "nt":
        return
    try:
        handle = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError:
        with contextlib.suppress(OSError):
            target.unlink()
        raise


def _told(error: OSError, folder: Path, name: str) -> OrganizerError:
    if error.errno == errno.ENAMETOOLONG and len(os.fsencode(name)) > _LONGEST_NAME:
        return InvalidInput("registry.file_name", field="file_name", name=name)
    if error.errno == errno.EEXIST:
        return Conflict("registry.file_exists", name=name)
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return StorageFull("registry.no_space", folder=str(folder))
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENAMETOOLONG):
        return DeviceMissing("registry.folder_missing", folder=str(folder))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DeviceMissing("registry.folder_read_only", folder=str(folder))
    return DeviceMissing("registry.folder_failed", folder=str(folder))
