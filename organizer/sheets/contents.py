"""What a file really is, judged by its bytes and never by its extension; and refusing it early.

Everything here happens before a reader opens the file: the reader of workbooks ends the whole
program when a file makes it ask for too much memory.
"""

import hashlib
import re
import stat
from enum import Enum
from pathlib import Path

from organizer.errors import UnreadableFile
from organizer.sheets import archive

_SNIFFED = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENTRY = 128  # directory entries of a compound file start at multiples of their size
# The opening record of a workbook's stream (Excel 97 or 95), perhaps "write-protected", then the
# record that says all that follows is encrypted (FilePass, [MS-XLS] 2.4.117).
_LOCKED = re.compile(
    rb"\x09\x08(?:\x10\x00\x00\x06\x05\x00.{12}|\x08\x00\x00\x05\x05\x00.{4})"
    rb"(?:\x86\x00\x00\x00)?\x2f\x00",
    re.DOTALL,
)

_REFUSED = (
    (b"%PDF", "sheets.pdf"),
    (b"\x89PNG", "sheets.picture"),
    (b"\xff\xd8\xff", "sheets.picture"),
    (b"GIF8", "sheets.picture"),
    (b"II*\x00", "sheets.picture"),
    (b"MM\x00*", "sheets.picture"),
    (b"Rar!", "sheets.archive"),
    (b"7z\xbc\xaf\x27\x1c", "sheets.archive"),
    (b"\x1f\x8b", "sheets.archive"),
    (b"{\\rtf", "sheets.not_workbook"),
    (b"PK\x05\x06", "sheets.not_workbook"),
    (b"\x09\x00\x04\x00", "sheets.old_format"),
    (b"\x09\x02\x06\x00", "sheets.old_format"),
    (b"\x09\x04\x06\x00", "sheets.old_format"),
    (b"\x09\x08\x08\x00", "sheets.old_format"),
    (b"\x09\x08\x10\x00", "sheets.old_format"),
)
_WEB_PAGE = (
    b"<html",
    b"<!doctype html",
    b"<table",
    b"<head",
    b"<meta",
    b"<style",
    b"<?xml",
    b"<!--",
    b"mime-version:",
    b"content-type:",
)


class Contents(Enum):
    """The kinds of files lists come in."""

    WORKBOOK = "workbook"
    OLD_WORKBOOK = "old_workbook"
    TEXT = "text"


def digest(path: Path) -> str:
    """SHA-256 of the file, hex; the same list handed in twice is recognised by it."""
    _refuse_other_than_files(path)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise refusal(path, problem) from problem


def contents(path: Path) -> Contents:
    """Whether to read the file as a workbook or as text; raises `UnreadableFile` for neither."""
    head = _head(path)
    if not head:
        raise UnreadableFile("sheets.empty", file=path.name)
    for magic, code in _REFUSED:
        if head.startswith(magic):
            raise UnreadableFile(code, file=path.name)
    if head.startswith(b"PK\x03\x04"):
        archive.check(path)
        return Contents.WORKBOOK
    if head.startswith(_OLE):
        _check_compound_file(path)
        return Contents.OLD_WORKBOOK
    if _opening_text(head).startswith(_WEB_PAGE):
        raise UnreadableFile("sheets.web_page", file=path.name)
    return Contents.TEXT


def refusal(path: Path, problem: OSError) -> UnreadableFile:
    """The sentence for a file the system does not hand over."""
    if isinstance(problem, FileNotFoundError):
        return UnreadableFile("sheets.missing", file=path.name)
    if isinstance(problem, IsADirectoryError):
        return UnreadableFile("sheets.folder", file=path.name)
    if isinstance(problem, PermissionError):
        return UnreadableFile("sheets.in_use", file=path.name)
    return UnreadableFile("sheets.unreadable", file=path.name)


def _head(path: Path) -> bytes:
    _refuse_other_than_files(path)
    try:
        with path.open("rb") as file:
            return file.read(_SNIFFED)
    except OSError as problem:
        raise refusal(path, problem) from problem


def _refuse_other_than_files(path: Path) -> None:
    """A pipe without a writer is waited for, and a device is read, for ever."""
    try:
        mode = path.stat().st_mode
    except OSError as problem:
        raise refusal(path, problem) from problem
    if stat.S_ISDIR(mode):  # opening a folder is a PermissionError on Windows
        raise UnreadableFile("sheets.folder", file=path.name)
    if not stat.S_ISREG(mode):
        raise UnreadableFile("sheets.no_file", file=path.name)


def _opening_text(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")[2:]
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()


def _check_compound_file(path: Path) -> None:
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise refusal(path, problem) from problem
    if _has_stream(data, "EncryptedPackage") or _LOCKED.search(data):
        raise UnreadableFile("sheets.password", file=path.name)
    if not (_has_stream(data, "Workbook") or _has_stream(data, "Book")):
        known = ("WordDocument", "PowerPoint Document", "WpsDocument")
        foreign = any(_has_stream(data, name) for name in known)
        code = "sheets.not_workbook" if foreign else "sheets.damaged"
        raise UnreadableFile(code, file=path.name)


def _has_stream(data: bytes, name: str) -> bool:
    entry = name.encode("utf-16-le") + b"\x00\x00"
    found = data.find(entry)
    while found > 0:
        if found % _OLE_ENTRY == 0:
            return True
        found = data.find(entry, found + 1)
    return False
