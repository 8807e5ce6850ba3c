"""Where the program keeps things on this machine. Nothing else builds such a path."""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from organizer.errors import DeviceMissing, UserError

_NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "davfs",
    "fuse.sshfs",
    "fuse.rclone",
}
_MOUNT_FIELDS = 3
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOVABLE_ROOTS = ("/media/", "/run/media/")
_CLOUD_NAMES = (
    "onedrive",
    "dropbox",
    "nextcloud",
    "baidunetdisk",
    "坚果云",
    "百度网盘",
    "wpscloud",
)


@dataclass(frozen=True)
class DataFolder:
    """The files of one office on this machine."""

    root: Path

    @property
    def database(self) -> Path:
        """The encrypted file with all records."""
        return self.root / "office.db"

    @property
    def attachments(self) -> Path:
        """The encrypted file with papers and photos."""
        return self.root / "attachments.db"

    @property
    def keyring(self) -> Path:
        """The wrapped keys; copied with every backup."""
        return self.root / "keyring.json"

    @property
    def lock(self) -> Path:
        """Held by the one program that has the file open."""
        return self.root / "office.lock"


def data_folder(override: str | None = None) -> DataFolder:
    """The data folder: `--data`, then `ORGANIZER_DATA`, then the platform's own place.

    Raises `UserError` for what can be no folder, `DeviceMissing` for one that may not be entered.
    """
    chosen = override or os.environ.get("ORGANIZER_DATA")
    root = Path(chosen or platformdirs.user_data_dir("organizer", appauthor=False))
    try:
        folder = DataFolder(root.expanduser().resolve())
        folder.keyring.exists()
        str(root).encode()
    except PermissionError as error:
        raise DeviceMissing("store.refused", file=root) from error
    except (OSError, RuntimeError, UnicodeEncodeError) as error:
        raise UserError("paths.bad_folder", folder=root) from error
    return folder


def state_folder() -> Path:
    """Machine state that is no record: the last-sequence notes that reveal a restored file."""
    chosen = os.environ.get("ORGANIZER_STATE")
    if chosen:
        return Path(chosen)
    return Path(platformdirs.user_state_dir("organizer", appauthor=False))


def log_folder() -> Path:
    """Rotating logs, without personal data."""
    return state_folder() / "log"


def reports_folder() -> Path:
    """Reports of crashes, without records, until the person hands them on or deletes them."""
    return state_folder() / "reports"


def shown_folder() -> Path:
    """Papers lent to the system's PDF viewer until the sitting ends."""
    return state_folder() / "shown"


def papers_folder() -> Path:
    """Where papers for the person go unless another folder is chosen: the desktop or documents."""
    for folder in (platformdirs.user_desktop_path(), platformdirs.user_documents_path()):
        if folder.is_dir():
            return folder
    return Path.home()


def settings_file() -> Path:
    """Machine settings (TOML)."""
    chosen = os.environ.get("ORGANIZER_CONFIG")
    if chosen:
        return Path(chosen)
    return Path(platformdirs.user_config_dir("organizer", appauthor=False)) / "settings.toml"


def refuse_unsafe_folder(root: Path) -> None:
    """Refuse shares, cloud folders and removable drives: they lose or corrupt a live database."""
    if any(name in part.lower() for part in root.parts for name in _CLOUD_NAMES):
        raise UserError("paths.cloud_folder", folder=root)
    kind = _mount_kind(root)
    if kind == "network":
        raise UserError("paths.network_folder", folder=root)
    if kind == "removable":
        raise UserError("paths.removable_folder", folder=root)


def make_folder(folder: Path) -> None:
    """Make a folder only its owner can enter."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DeviceMissing("paths.folder_refused", folder=folder) from error


def mount_kind(folder: Path, table: str) -> str:
    """ "network", "removable" or "fixed": where a folder lies by a mount table (proc_mounts(5))."""
    best, filesystem = "/", ""
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < _MOUNT_FIELDS:
            continue
        mount = _OCTAL.sub(lambda code: chr(int(code[1], 8)), fields[1])
        # Of two on the same spot the later one hides the earlier.
        if folder.is_relative_to(mount) and len(mount) >= len(best):
            best, filesystem = mount, fields[2]
    if filesystem in _NETWORK:
        return "network"
    return "removable" if f"{best}/".startswith(_REMOVABLE_ROOTS) else "fixed"


def drive_of(folder: Path) -> str:
    """The drive a folder lies on (or will, once it is made): its number, on Windows its letter."""
    if sys.platform == "win32":
        return folder.resolve().anchor.lower()
    there = next((part for part in (folder, *folder.parents) if part.exists()), Path("/"))
    return str(there.stat().st_dev)


def other_drives(folder: Path) -> list[Path]:
    """Drives besides the one a folder lies on to which a copy can go: sticks and disks first seen."""
    own = drive_of(folder)
    return [drive for drive in _drives() if drive_of(drive) != own and os.access(drive, os.W_OK)]


def removable_mounts(table: str) -> list[Path]:
    """Where sticks and outer disks are mounted, by a mount table."""
    mounts = (line.split(" ")[1] for line in table.splitlines() if line.count(" ") > 1)
    plain = (_OCTAL.sub(lambda code: chr(int(code[1], 8)), mount) for mount in mounts)
    return [Path(mount) for mount in plain if mount.startswith(_REMOVABLE_ROOTS)]


def _drives() -> list[Path]:
    if sys.platform == "win32":
        import ctypes

        letters = ctypes.windll.kernel32.GetLogicalDrives()
        roots = (f"{chr(ord('A') + n)}:\\" for n in range(26) if letters >> n & 1)
        kinds = {root: ctypes.windll.kernel32.GetDriveTypeW(root) for root in roots}
        # Fixed disks and sticks; no network, no disc, no floppy.
        return [Path(root) for root, kind in kinds.items() if kind in (2, 3) and root > "B"]
    return removable_mounts(_mount_table())


def _mount_table() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _mount_kind(root: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        drive = ctypes.windll.kernel32.GetDriveTypeW(root.anchor)
        return {2: "removable", 4: "network"}.get(drive, "fixed")
    return mount_kind(root, _mount_table())
