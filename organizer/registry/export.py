"""A batch file that is not called done before it has been read back."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from organizer.errors import InvalidInput
from organizer.jobs import Progress
from organizer.registry.layout import Row
from organizer.registry.profile import Profile
from organizer.registry.verify import Verified, differs, verify
from organizer.registry.workbook import arriving, workbook_bytes, write_durably


def export(
    profile: Profile, rows: Sequence[Row], folder: Path, file_name: str, progress: Progress
) -> Verified:
    """Write rows made by `render` as one new file in `folder`, verified before it gets its name.

    `progress` counts each row twice: written, then read back. Raises `InvalidInput` (no rows, too
    many, a bad name, an unwritable text), `Conflict` (the file exists), `DeviceMissing` or
    `StorageFull` (the folder, or the file does not read back equal), and `Cancelled`; in every
    case no file is left behind.
    """
    if not rows:
        raise InvalidInput("registry.no_rows", field="rows")
    if len(rows) > profile.max_rows:
        raise InvalidInput(
            "registry.too_many_rows", field="rows", rows=len(rows), most=profile.max_rows
        )
    with arriving(folder, file_name) as part:
        content = workbook_bytes(profile, rows, progress)
        write_durably(part, content)
        verified = verify(part, profile, rows, progress)
        # Parts of the container no cell depends on, such as styles, must be whole too.
        if verified.sha256 != hashlib.sha256(content).hexdigest():
            raise differs("整个文件")
    return replace(verified, path=folder / file_name)
