"""Damaged, foreign, newer, full, busy: one plain sentence each, and nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from organizer.store import integrity
from tests.support.command_line import CommandLine, sample
from tests.support.offices import ACCOUNT, PASSWORD, Template, copy_office, make_office
from tests.support.small_disk import small_disk

JOINED = ("--name", "王㛃", "--id-number", "219900199210193646", "--phone", "19900664065",
          "--ethnic", "汉", "--education", "大专", "--political", "群众", "--migrant", "yes",
          "--household-kind", "农村", "--unit", "沈阳例天家政服务有限公司")  # fmt: skip
VISIT = ("visit", "add", "yhgyl", "--outcome", "2")


def ledger(line: CommandLine) -> dict[str, int]:
    """What the shared tables say, as one number for each."""
    opened = line.open()
    try:
        return opened.database.read(integrity.fingerprints)
    finally:
        opened.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.name: file.read_bytes()
        for file in folder.iterdir()
        if file.is_file() and file.suffix != ".lock"
    }


def flip(file: Path, start: int, count: int) -> None:
    data = bytearray(file.read_bytes())
    for place in range(start, start + count):
        data[place] ^= 0xFF
    file.write_bytes(bytes(data))


# Passwords


def test_a_wrong_password_opens_nothing(survey_line: CommandLine) -> None:
    before = contents(survey_line.data)
    for password in ("", "wrong password", PASSWORD + " ", PASSWORD.upper()):
        assert "密码不对" in survey_line.refused(*VISIT, ORGANIZER_PASSWORD=password)
    assert contents(survey_line.data) == before


def test_a_wrong_recovery_code_opens_nothing(office_line: CommandLine) -> None:
    code = office_line.home / "code.txt"
    code.write_text("AAAAA " * 8, encoding="utf-8")
    before = contents(office_line.data)
    words = ("office", "recover", "--code-file", code, "--sheet", "new.pdf")
    assert "恢复码不对" in office_line.refused(*words)
    assert contents(office_line.data) == before
    assert not (office_line.home / "new.pdf").exists()


def test_a_recovery_that_cannot_print_changes_no_password(
    office_template: Template, office_line: CommandLine
) -> None:
    code = office_line.home / "code.txt"
    code.write_text(" ".join(office_template.recovery_code), encoding="utf-8")
    there = office_line.home / "there.pdf"
    there.write_bytes(b"mine")
    words = ("office", "recover", "--code-file", code, "--sheet", there)
    assert "已经存在" in office_line.refused(*words, ORGANIZER_PASSWORD="another password")
    assert there.read_bytes() == b"mine"
    assert office_line.run("find", "x").code == 0


# Damage


def damaged_in_the_middle(file: Path) -> None:
    size = file.stat().st_size
    flip(file, size // 3, size // 3)


def damaged_at_the_start(file: Path) -> None:
    flip(file, 0, 4096)


def cut_in_half(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def cut_to_a_rest(file: Path) -> None:
    os.truncate(file, 100)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def random_bytes(file: Path) -> None:
    file.write_bytes(Random(3).randbytes(50_000))


def plain_database(file: Path) -> None:
    file.unlink()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE employer (id, name)")
    connection.commit()
    connection.close()


def a_text(file: Path) -> None:
    file.write_text("姓名,手机号码\n" * 1000, encoding="utf-8")


DAMAGES = (
    damaged_in_the_middle, damaged_at_the_start, cut_in_half, cut_to_a_rest, emptied, random_bytes,
    plain_database, a_text,
)  # fmt: skip


@pytest.mark.parametrize("harm", DAMAGES, ids=lambda harm: harm.__name__)
def test_a_harmed_file_is_told_and_left_for_the_backup(
    survey_line: CommandLine, harm: Callable[[Path], None]
) -> None:
    file = survey_line.folder.database
    harm(file)
    before = file.read_bytes()
    sentence = survey_line.refused("database", "check", code=2)
    assert "备份" in sentence
    # Where the beginning is whole the unlocking is noted; no page that is harmed is touched.
    harmed = slice(len(before) // 3, len(before) // 3 * 2)
    if harm is damaged_in_the_middle:
        assert file.read_bytes()[harmed] == before[harmed]
    else:
        assert file.read_bytes() == before


def test_harmed_attachments_are_told(survey_line: CommandLine) -> None:
    random_bytes(survey_line.folder.attachments)
    before = survey_line.folder.attachments.read_bytes()
    assert "attachments.db" in survey_line.refused("find", "x", code=2)
    assert survey_line.folder.attachments.read_bytes() == before


def test_the_file_of_another_office_is_told(
    survey_line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_office(tmp_path / "other")
    other.workspace.close()
    shutil.copyfile(tmp_path / "other" / "office.db", survey_line.folder.database)
    assert "钥匙不配套" in survey_line.refused("find", "x", code=2)


def test_missing_files_are_told_by_name(survey_line: CommandLine, nobody: CommandLine) -> None:
    assert "还没有单位数据" in nobody.refused("find", "x")
    keyring = survey_line.folder.keyring
    kept = keyring.read_bytes()
    keyring.unlink()
    assert "没有钥匙文件" in survey_line.refused("find", "x")
    keyring.write_bytes(kept)
    survey_line.folder.database.rename(survey_line.home / "aside.db")
    assert "没有数据文件" in survey_line.refused("find", "x")
    assert not survey_line.folder.database.exists()


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"not json", b'{"file": "", "slots": []}', b"\xff" * 40, b"[1, 2]"]
)
def test_a_keyring_that_is_none_is_told(office_line: CommandLine, content: bytes) -> None:
    office_line.folder.keyring.write_bytes(content)
    assert "钥匙文件" in office_line.refused("find", "x", code=2)
    assert office_line.folder.keyring.read_bytes() == content


def test_a_newer_file_is_left_to_the_newer_program(survey_line: CommandLine) -> None:
    opened = survey_line.open()
    opened.database.local(
        lambda c: c.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('organizer', 'of_next_year', '2099-01-01')"
        )
    )
    opened.close()
    before = survey_line.folder.database.read_bytes()
    assert "升级程序" in survey_line.refused(*VISIT, code=2)
    assert survey_line.folder.database.read_bytes() == before


# Making an office where something is


def new(line: CommandLine, sheet: str) -> tuple[str | Path, ...]:
    return ("office", "new", "--name", "样例", "--division", "210106003", "--account", ACCOUNT,
            "--sheet", line.home / sheet)  # fmt: skip


def test_an_office_is_never_made_over_another(survey_line: CommandLine) -> None:
    before = contents(survey_line.data)
    assert "已经有单位数据" in survey_line.refused(*new(survey_line, "new.pdf"))
    assert contents(survey_line.data) == before


def test_data_whose_keyring_is_missing_is_put_aside_not_deleted(survey_line: CommandLine) -> None:
    keyring = survey_line.folder.keyring
    kept = {name: data for name, data in contents(survey_line.data).items() if name != keyring.name}
    old_keyring = keyring.read_bytes()
    keyring.unlink()
    survey_line.do(*new(survey_line, "new.pdf"))
    aside = survey_line.data / "aside-1"
    assert contents(aside) == kept
    # With its keyring from the backup it opens as ever.
    (aside / keyring.name).write_bytes(old_keyring)
    again = CommandLine(survey_line.home, aside)
    assert again.ids("yhgyl", "employer")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("--division", "999999"), "没有区划代码"),
        (("--account", "姜\U0003105c"), "“\U0003105c”"),
        (("--sheet", "nowhere/new.pdf"), "写不了"),
    ],
    ids=["division", "glyph", "folder"],
)
def test_an_office_is_made_whole_or_not_at_all(
    nobody: CommandLine, change: tuple[str, str], said: str
) -> None:
    answer = nobody.run(*new(nobody, "new.pdf"), *change)
    assert answer.code in (1, 2) and said in answer.sentence
    assert not nobody.folder.database.exists() and not nobody.folder.keyring.exists()
    assert not (nobody.home / "new.pdf").exists()


# Two programs


def test_two_programs_never_write_one_file(survey_line: CommandLine) -> None:
    before = ledger(survey_line)
    busy = survey_line.open()
    try:
        for words in (VISIT, ("list", "import", sample("02_*.xls")), ("database", "check")):
            assert "另一个程序" in survey_line.refused(*words, code=2)
    finally:
        busy.close()
    assert ledger(survey_line) == before


def test_of_two_that_make_an_office_at_once_one_wins(nobody: CommandLine) -> None:
    racing = [
        subprocess.Popen(
            [sys.executable, "-m", "organizer", *map(str, new(nobody, f"{name}.pdf"))],
            env=nobody.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for name in ("one", "two")
    ]
    ended = [(process.communicate(timeout=120), process.returncode) for process in racing]
    codes = sorted(code for _said, code in ended)
    assert codes[0] == 0 and codes[1] in (1, 2), ended
    assert len(list(nobody.home.glob("*.pdf"))) == 1
    assert nobody.do("database", "check")["findings"] == []


# No room

LIMITED = (
    "import os, resource, sys\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)\n"
    "os.execv(sys.argv[2], sys.argv[2:])"
)


def no_file_over(size: int) -> tuple[str, ...]:
    return (sys.executable, "-c", LIMITED, str(size))


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_where_no_file_may_grow_nothing_is_lost(survey_line: CommandLine) -> None:
    line, before = survey_line, ledger(survey_line)
    import_ = ("list", "import", sample("02_*.xls"))
    assert "磁盘" in line.refused(*import_, code=2, before=no_file_over(100_000))
    assert "磁盘" in line.refused(*VISIT, code=2, before=no_file_over(4096))
    assert ledger(line)["visit"] == before["visit"]
    assert line.ids("沈阳范远机械制造有限公司", "employer") == []
    out = ("signup", "add", "--name", "样例", "--phone", "19900838865")
    assert line.refused(*out, code=2, before=no_file_over(4096))
    assert line.ids("8865", "person") == []

    # With room again the import goes on to the end, and everything is in order.
    assert line.do(*import_)["refused"] > 0
    assert line.ids("沈阳范远机械制造有限公司", "employer")
    assert line.do("database", "check")["findings"] == []


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 60) as made:
        yield made


def test_on_a_full_disk_nothing_is_saved_and_nothing_lost(
    sample_office: Path, disk: Path, tmp_path: Path
) -> None:
    line = CommandLine(tmp_path / "machine", disk / "data")
    copy_office(sample_office, line.data)
    before = ledger(line)
    filler = disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free - 200_000))
    import_ = ("list", "import", sample("02_*.xls"))
    assert line.refused(*import_, code=2).startswith("磁盘已满，这一步没有保存")
    filler.unlink()
    assert line.ids("沈阳范远机械制造有限公司", "employer") == []
    assert ledger(line)["visit"] == before["visit"]
    assert line.do(*import_)["added"] > 100
    assert line.do("database", "check")["findings"] == []


def test_on_a_full_stick_no_half_file_is_left(
    survey_line: CommandLine, office_template: Template, disk: Path
) -> None:
    line = survey_line
    done = line.do("signup", "add", *JOINED)
    line.do("signup", "approve", "--all")
    code = line.home / "code.txt"
    code.write_text(" ".join(office_template.recovery_code), encoding="utf-8")
    filler = disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free - 4096))
    for words in (
        ("paper", "print", "signup", "--ids", done["membership"], "--out", disk / "a.pdf"),
        ("batch", "export", "--union", done["union"], "--out", disk),
        ("office", "recover", "--code-file", code, "--sheet", disk / "sheet.pdf"),
    ):
        line.refused(*words, code=2)
        assert [file.name for file in disk.iterdir()] == [filler.name]
    filler.unlink()
    assert line.do("batch", "export", "--union", done["union"], "--out", disk)["rows"] == 1
    assert line.do("database", "check")["findings"] == []


def test_what_is_printed_is_never_printed_over(survey_line: CommandLine) -> None:
    done = survey_line.do("signup", "add", *JOINED)
    words = ("paper", "print", "signup", "--ids", done["membership"], "--out", "a.pdf")
    survey_line.do(*words)
    printed, before = (survey_line.home / "a.pdf").read_bytes(), ledger(survey_line)
    assert "已经存在" in survey_line.refused(*words)
    assert (survey_line.home / "a.pdf").read_bytes() == printed
    assert ledger(survey_line) == before


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_an_office_that_finds_no_room_leaves_nothing_behind(nobody: CommandLine) -> None:
    nobody.refused(*new(nobody, "new.pdf"), code=2, before=no_file_over(1_000_000))
    assert [file.name for file in nobody.data.iterdir() if file.suffix != ".lock"] == []
    assert not (nobody.home / "new.pdf").exists()


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_papers_and_batches_that_find_no_room_leave_no_half_file(survey_line: CommandLine) -> None:
    line = survey_line
    done = line.do("signup", "add", *JOINED)
    line.do("signup", "approve", "--all")
    (line.home / "out").mkdir()
    paper = ("paper", "print", "signup", "--ids", done["membership"], "--out", "out/a.pdf")
    batch = ("batch", "export", "--union", done["union"], "--out", "out")
    for words in (paper, batch):
        line.refused(*words, code=2, before=no_file_over(3000))
        assert list((line.home / "out").iterdir()) == []
    line.do(*paper)
    line.do(*batch)
    assert len(list((line.home / "out").iterdir())) == 2
    assert line.do("database", "check")["findings"] == []
