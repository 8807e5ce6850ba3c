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
    """The data folder: `--data`, then `ORGANIZER_DATA`, then the platform's own place."""
    chosen = override or os.environ.get("ORGANIZER_DATA")
    root = (
        Path(chosen) if chosen else Path(platformdirs.user_data_dir("organizer", appauthor=False))
    )
    return DataFolder(root.expanduser().resolve())


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


def _mount_kind(root: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        drive = ctypes.windll.kernel32.GetDriveTypeW(root.anchor)
        return {2: "removable", 4: "network"}.get(drive, "fixed")
    try:
        table = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return "fixed"
    return mount_kind(root, table)
