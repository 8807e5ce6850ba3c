"""Machine settings: typed, kept with what a later version or a person wrote beside them."""

from dataclasses import replace
from pathlib import Path

import pytest

from organizer import settings
from organizer.errors import DeviceMissing, UnreadableFile
from organizer.settings import Settings


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert settings.read(tmp_path / "settings.toml") == Settings()


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "settings.toml"
    wanted = Settings(account='张“管理”\\n\t"1"')
    settings.write(file, wanted)
    assert settings.read(file) == wanted
    assert [found.name for found in file.parent.iterdir()] == ["settings.toml"]


def test_unknown_keys_and_comments_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    before = '# mine\naccount = "old"  # of last time\nlater = [1, 2]\n\n[window]\nwidth = 900\n'
    file.write_text(before, encoding="utf-8")
    settings.write(file, replace(settings.read(file), account="new"))
    after = file.read_text("utf-8")
    assert 'account = "new"' in after and settings.read(file).account == "new"
    for kept in ("# mine", "# of last time", "later = [1, 2]", "[window]\nwidth = 900"):
        assert kept in after


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"account = [", "settings.damaged"),
        (b"\xff\xfe\x00", "settings.damaged"),
        (b"account = 7", "settings.wrong_kind"),
    ],
)
def test_a_damaged_file_is_told_once_and_kept_beside(
    tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    assert settings.read(file) == Settings()
    if code == "settings.damaged":
        with pytest.raises(UnreadableFile):
            settings.write(file, Settings(account="new"))
    assert file.read_bytes() == content
    damage = settings.set_aside(file)
    assert damage is not None and damage.code == code
    assert str(file) in damage.sentence()
    assert (tmp_path / "settings.toml.damaged").read_bytes() == content
    settings.write(file, Settings(account="new"))
    assert settings.read(file).account == "new"
    assert settings.set_aside(file) is None


def test_a_folder_in_place_of_the_file_is_put_aside_too(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    (file / "mine").mkdir(parents=True)
    assert settings.read(file) == Settings()
    assert settings.set_aside(file) is not None
    assert (tmp_path / "settings.toml.damaged" / "mine").is_dir()


def test_nothing_to_put_aside(tmp_path: Path) -> None:
    assert settings.set_aside(tmp_path / "settings.toml") is None
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert settings.set_aside(tmp_path / "file" / "settings.toml") is None


def test_a_place_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DeviceMissing) as refused:
        settings.write(tmp_path / "file" / "settings.toml", Settings(account="new"))
    assert refused.value.code == "settings.not_written"
