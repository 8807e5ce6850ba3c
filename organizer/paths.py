"""Where the program keeps things on this machine. Nothing else builds such a path."""

import os
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


def _mount_kind(root: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        drive = ctypes.windll.kernel32.GetDriveTypeW(root.anchor)
        return {2: "removable", 4: "network"}.get(drive, "fixed")
    mount, filesystem = _linux_mount(root)
    if filesystem in _NETWORK:
        return "network"
    return "removable" if f"{mount}/".startswith(_REMOVABLE_ROOTS) else "fixed"


def _linux_mount(root: Path) -> tuple[str, str]:
    best, kind = "/", ""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return best, kind
    for line in lines:
        _device, mount, filesystem, *_ = line.split(" ")
        mount = mount.replace("\\040", " ")
        if root.is_relative_to(mount) and len(mount) >= len(best):
            best, kind = mount, filesystem
    return best, kind
