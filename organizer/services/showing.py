"""Papers shown by the system's PDF viewer where there is no printer: plain files, and not for long."""

import contextlib
from itertools import count
from pathlib import Path

from organizer import paths
from organizer.domain.access import Permission
from organizer.services.workspace import Workspace, write_new


def lend(workspace: Workspace, pdf: bytes, name: str) -> Path:
    """Write a finished paper where only this account of the machine can read it.

    It lies there until `take_away`: at the latest when the program is started the next time. Raises
    `DeviceMissing` when it cannot be written.
    """
    workspace.require(Permission.PRINT)
    folder = paths.shown_folder()
    paths.make_folder(folder)
    stem = Path(name).stem
    names = (folder / f"{stem}{f' {n}' if n > 1 else ''}.pdf" for n in count(1))
    file = next(one for one in names if not one.exists())
    write_new(file, pdf)
    return file


def copy(workspace: Workspace, shown: Path, out: Path) -> Path:
    """Keep what is shown in a file of its own; raises `Conflict` or `DeviceMissing`."""
    workspace.require(Permission.PRINT)
    write_new(out, shown.read_bytes())
    return out


def take_away() -> None:
    """Delete what was shown; what a viewer still holds goes the next time."""
    for file in paths.shown_folder().glob("*.pdf"):
        with contextlib.suppress(OSError):
            file.unlink()
