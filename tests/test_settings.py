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
def test_a_damaged_file_is_told_and_left_as_it_is(
    tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        settings.read(file)
    assert refused.value.code == code
    assert str(file) in refused.value.sentence()
    if code == "settings.damaged":
        with pytest.raises(UnreadableFile):
            settings.write(file, Settings(account="new"))
    assert file.read_bytes() == content


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        settings.read(tmp_path)


def test_a_place_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DeviceMissing) as refused:
        settings.write(tmp_path / "file" / "settings.toml", Settings(account="new"))
    assert refused.value.code == "settings.not_written"
