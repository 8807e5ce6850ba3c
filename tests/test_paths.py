"""Where the program keeps things, and where it refuses to."""

import os
from pathlib import Path

import pytest

from organizer import paths
from organizer.errors import DeviceMissing, UserError

TABLE = r"""
sysfs /sys sysfs rw,nosuid 0 0
/dev/sda1 / ext4 rw,relatime 0 0
/dev/sda2 /home ext4 rw 0 0
files.example:/share /home/li/share nfs4 rw,vers=4.2 0 0
//server/office /mnt/our\040office cifs rw 0 0
li@host:/ /home/li/remote fuse.sshfs rw 0 0
/dev/sdb1 /media/li/U盘 vfat rw,uid=1000 0 0
/dev/sdc1 /run/media/li/KINGSTON\040(1) exfat rw 0 0
/dev/sdd1 /mediastore ext4 rw 0 0
tmpfs /home/li/hidden tmpfs rw 0 0
files.example:/x /home/li/hidden nfs rw 0 0
torn line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/li/.local/share/organizer", "fixed"),
        ("/", "fixed"),
        ("/home/li/shared", "fixed"),
        ("/mediastore/office", "fixed"),
        ("/home/li/share", "network"),
        ("/home/li/share/deep/office", "network"),
        ("/mnt/our office/data", "network"),
        ("/home/li/remote/office", "network"),
        ("/home/li/hidden/office", "network"),
        ("/media/li/U盘", "removable"),
        ("/media/li/U盘/office", "removable"),
        ("/run/media/li/KINGSTON (1)/office", "removable"),
    ],
)
def test_the_mount_table_tells_where_a_folder_lies(folder: str, kind: str) -> None:
    assert paths.mount_kind(Path(folder), TABLE) == kind


def test_the_mount_table_tells_the_sticks() -> None:
    sticks = [Path("/media/li/U盘"), Path("/run/media/li/KINGSTON (1)")]
    assert paths.removable_mounts(TABLE) == sticks
    assert paths.removable_mounts("") == []


def test_a_folder_is_on_the_drive_it_will_be_made_on(tmp_path: Path) -> None:
    assert paths.drive_of(tmp_path / "not" / "yet" / "there") == paths.drive_of(tmp_path)
    assert tmp_path not in paths.other_drives(tmp_path)


def test_an_empty_mount_table_says_nothing_bad() -> None:
    assert paths.mount_kind(Path("/home/li"), "") == "fixed"


@pytest.mark.parametrize(
    "name", ["OneDrive - 单位", "Dropbox", "BaiduNetdiskWorkspace", "坚果云", "百度网盘同步"]
)
def test_a_cloud_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError) as refused:
        paths.refuse_unsafe_folder(tmp_path / name / "office")
    assert refused.value.code == "paths.cloud_folder"
    assert "本机硬盘" in refused.value.sentence()


def test_a_folder_of_this_machine_is_taken(tmp_path: Path) -> None:
    paths.refuse_unsafe_folder(tmp_path / "office")


def test_the_data_folder_follows_the_argument_then_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGANIZER_DATA", str(tmp_path / "a"))
    assert paths.data_folder().root == tmp_path / "a"
    assert paths.data_folder(str(tmp_path / "b" / ".." / "c")).root == tmp_path / "c"
    monkeypatch.delenv("ORGANIZER_DATA")
    assert paths.data_folder().root.name == "organizer"


def test_a_new_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    paths.make_folder(tmp_path / "office" / "data")
    if os.name != "nt":
        assert (tmp_path / "office" / "data").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DeviceMissing) as refused:
        paths.make_folder(tmp_path / "file" / "data")
    assert refused.value.code == "paths.folder_refused"
