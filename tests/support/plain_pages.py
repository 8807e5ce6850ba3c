"""What lies in an office's files once they are decrypted: free pages and logs included."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from organizer.paths import DataFolder
from organizer.store import driver, keyring
from tests.support.offices import ACCOUNT, PASSWORD

PAGE, RESERVED, SALT = 4096, 80, 16
_WAL_HEAD, _FRAME_HEAD = 32, 24


def pages(file: Path, key: bytes) -> Iterator[bytes]:
    """Every page of an SQLCipher 4 file (raw key), decrypted, in use or free."""
    content = file.read_bytes()
    for start in range(0, len(content), PAGE):
        yield _page(content[start : start + PAGE], key, first=start == 0)


def wal_pages(file: Path, key: bytes) -> Iterator[bytes]:
    """Every page in a write-ahead log, decrypted."""
    content = file.read_bytes() if file.exists() else b""
    for start in range(_WAL_HEAD, len(content), _FRAME_HEAD + PAGE):
        number = int.from_bytes(content[start : start + 4], "big")
        page = content[start + _FRAME_HEAD : start + _FRAME_HEAD + PAGE]
        yield _page(page, key, first=number == 1)


def _page(page: bytes, key: bytes, *, first: bool) -> bytes:
    body, iv = page[SALT if first else 0 : PAGE - RESERVED], page[PAGE - RESERVED :][:16]
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(iv)).decryptor()
    return decryptor.update(body) + decryptor.finalize()


def everything(folder: DataFolder, *others: Path) -> dict[str, bytes]:
    """By name: the decrypted pages and logs, each cell of each table, unpacked papers, plain files."""
    key, _account = keyring.read(folder.keyring).unlock(ACCOUNT, PASSWORD)
    found = {}
    for file in (folder.database, folder.attachments):
        wal = file.with_name(f"{file.name}-wal")
        # Read before a connection may tidy up.
        found[f"{file.name} pages"] = b"".join(pages(file, key))
        found[f"{wal.name} pages"] = b"".join(wal_pages(wal, key))
    for file in (folder.database, folder.attachments):
        found[f"{file.name} cells"] = b"\n".join(_cells(file, key))
    for root in (folder.root, *others):
        for file in sorted(root.rglob("*")):
            if file.is_file() and file.suffix != ".db":
                found[str(file)] = file.read_bytes() + str(file).encode()
    return found


def _cells(file: Path, key: bytes) -> Iterator[bytes]:
    connection = driver.connect(file, key)
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for row in connection.execute(f"SELECT * FROM {table}"):
            for cell in row:
                content = cell if isinstance(cell, bytes) else str(cell).encode()
                yield content
                yield from _unpacked(content)
    connection.close()


def _unpacked(content: bytes) -> Iterator[bytes]:
    if content[:1] == b"\x78":
        try:
            yield zlib.decompress(content)
        except zlib.error:
            return


def where(texts: dict[str, bytes], word: str) -> list[str]:
    """In which of these a word stands: as UTF-8, escaped or reversed (as the index keeps tails).

    Of a word in hanzi the first two bytes may be missing: neighbours in an index share them.
    """
    escaped = word.encode("unicode_escape")
    forms = {word[::-1].encode() if word.isascii() else word.encode()[2:], word.encode(), escaped}
    pattern = re.compile(b"|".join(re.escape(form) for form in forms))
    return [name for name, content in texts.items() if pattern.search(content)]
