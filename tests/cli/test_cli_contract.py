"""What scripts and people may rely on: exit codes, JSON, where passwords come from, the screen."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine, assert_plain
from tests.support.made_up_office import COMMUNITIES, units
from tests.support.offices import ACCOUNT, PASSWORD
from tests.support.terminal import OnTerminal

needs_terminal = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals on Windows")


def list_of(count: int, file: Path) -> list[str]:
    """A list of made-up units in a file; returns their names."""
    made = list(units(count, seed=4))
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("单位名称", "统一社会信用代码", "地址", "职工人数"))
        writer.writerows((one["name"], one["uscc"], one["address"], one["staff"]) for one in made)
    assert set(COMMUNITIES)
    return [one["name"] for one in made]


# Exit codes and JSON


def test_json_holds_version_code_facts_and_sentence(survey_line: CommandLine) -> None:
    answer = survey_line.run("find", "yhgyl", "--json")
    assert (answer.code, answer.err) == (0, "")
    assert list(answer.json) == ["version", "code", "facts", "sentence"]
    assert (answer.json["version"], answer.json["code"]) == (1, "find.done")
    assert_plain(answer.json["sentence"])

    refused = survey_line.run("find", "yhgyl", "--json", ORGANIZER_PASSWORD="not the password")
    assert (refused.code, refused.json["code"]) == (1, "account.wrong_password")
    assert refused.json["sentence"] == refused.sentence


def test_every_command_answers_in_json(survey_line: CommandLine) -> None:
    line = survey_line
    line.do("round", "open", "第二批", "--starts", "2020-03-01", "--ends", "2020-12-31")
    line.do("visit", "add", "yhgyl", "--outcome", "1", "--on", "2020-03-02")
    joined = ("--name", "王㛃", "--id-number", "219900199210193646", "--phone", "19900664065",
              "--ethnic", "汉", "--education", "大专", "--political", "群众",
              "--household-kind", "农村", "--migrant", "yes")  # fmt: skip
    done = line.do("signup", "add", *joined, "--unit", "沈阳例天家政服务有限公司")
    assert line.do("signup", "approve", done["membership"])["count"] == 1
    line.do("paper", "print", "signup", "--ids", done["membership"], "--out", "a.pdf")
    (file,) = line.do("batch", "export", "--union", done["union"], "--out", ".")["files"]
    assert (line.home / file["path"]).exists()
    line.do("undo")
    line.do("person", "erase", done["person"], "--reason", "本人要求")
    assert line.do("database", "check", "--rebuild")["findings"] == []


def test_code_2_is_for_what_is_outside(office_line: CommandLine) -> None:
    busy = office_line.open()
    sentence = office_line.refused("find", "x", code=2)
    busy.close()
    assert "另一个程序" in sentence
    assert office_line.run("find", "x").code == 0


def test_a_bug_is_told_without_its_traceback_and_kept_in_the_log(nobody: CommandLine) -> None:
    start = "import sys; from organizer.cli.main import main; sys.exit(main(['find', 5, '--json']))"
    done = subprocess.run(
        [sys.executable, "-c", start],
        env=nobody.environment(),
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 70
    (sentence,) = done.stderr.splitlines()
    assert_plain(sentence)
    assert '"code": "bug"' in done.stdout
    assert "Traceback" in (nobody.state / "log" / "organizer.log").read_text("utf-8")


# Passwords


def test_the_password_comes_from_the_environment_or_a_file(office_line: CommandLine) -> None:
    file = office_line.home / "password.txt"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    words = ("find", "x", "--password-file", file)
    assert office_line.run(*words, ORGANIZER_PASSWORD=None).code == 0
    file.write_text("something else\n", encoding="utf-8")
    assert "密码不对" in office_line.refused(*words)  # the file goes first
    file.unlink()
    assert "读不了密码文件" in office_line.refused(*words)


def test_without_a_terminal_nobody_is_asked_for_a_password(office_line: CommandLine) -> None:
    sentence = office_line.refused("find", "x", typed=f"{PASSWORD}\n", ORGANIZER_PASSWORD=None)
    assert "没有提供密码" in sentence


@needs_terminal
def test_on_a_terminal_the_password_is_asked_for_and_not_shown(office_line: CommandLine) -> None:
    command = OnTerminal(office_line, "find", "工人村街道", ORGANIZER_PASSWORD=None)
    command.wait_for("密码：")
    command.type(PASSWORD)
    code, out = command.end()
    assert code == 0 and "工人村街道" in out
    assert PASSWORD not in command.shown + out


@needs_terminal
def test_two_entries_of_a_new_password_must_agree(nobody: CommandLine) -> None:
    words = ("--name", "样例", "--division", "210106003", "--account", ACCOUNT)
    command = OnTerminal(nobody, "office", "new", *words, ORGANIZER_PASSWORD=None)
    for prompt, typed in (("密码：", "one password"), ("再输一次：", "another password")):
        command.wait_for(prompt)
        command.type(typed)
    assert command.end()[0] == 1
    assert "两次输入的密码不一样" in command.shown
    assert not nobody.folder.keyring.exists()


def test_a_short_password_makes_no_office(nobody: CommandLine) -> None:
    words = ("--name", "样例", "--division", "210106003", "--account", ACCOUNT)
    assert "密码太短" in nobody.refused("office", "new", *words, ORGANIZER_PASSWORD="1234567")
    assert not nobody.data.exists()


# The account of last time


def test_the_account_is_remembered(office_line: CommandLine) -> None:
    assert office_line.run("find", "x").code == 0
    assert f'account = "{ACCOUNT}"' in office_line.settings.read_text("utf-8")
    # Somebody remembered who is not in this office does not stand in the way.
    office_line.settings.write_text('account = "别处的人"\n[mine]\nx = 1\n', encoding="utf-8")
    assert office_line.run("find", "x").code == 0
    kept = office_line.settings.read_text("utf-8")
    assert f'account = "{ACCOUNT}"' in kept and "[mine]\nx = 1" in kept
    assert "没有名为“别人”的账号" in office_line.refused("find", "x", "--account", "别人")


def test_settings_nobody_can_read_are_told_once_and_stop_nothing(office_line: CommandLine) -> None:
    office_line.settings.write_text("account = [", encoding="utf-8")
    answer = office_line.run("find", "x")
    assert answer.code == 0 and "找到" in answer.out
    assert "设置文件" in answer.sentence
    assert_plain(answer.sentence)
    aside = office_line.settings.with_name("settings.toml.damaged")
    assert aside.read_text("utf-8") == "account = ["
    assert office_line.run("find", "x").err == ""


def test_settings_that_cannot_be_written_cost_nothing(office_line: CommandLine) -> None:
    blocked = office_line.home / "file"
    blocked.write_text("", encoding="utf-8")
    answer = office_line.run("find", "x", ORGANIZER_CONFIG=str(blocked / "settings.toml"))
    assert (answer.code, answer.err) == (0, "")


def test_a_state_folder_that_cannot_be_made_is_told(office_line: CommandLine) -> None:
    blocked = office_line.home / "file"
    blocked.write_text("", encoding="utf-8")
    sentence = office_line.refused("find", "x", code=2, ORGANIZER_STATE=str(blocked / "state"))
    assert "建不了文件夹" in sentence


# The screen


def test_a_reader_that_stops_reading_is_no_error(survey_line: CommandLine) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "organizer", "find", "沈阳", "--limit", "10000"],
        env=survey_line.environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


GOOD, BAD, HELP = "find 沈阳", "find x --account 别人", "find --help"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (f"{GOOD} >/dev/full", 2),
        (f"{GOOD} >&-", 2),
        (f"{GOOD} --json >/dev/full", 2),
        (f"{HELP} >/dev/full", 2),
        (f"{GOOD} >&- 2>&-", 2),
        (f"{GOOD} >/dev/full 2>/dev/full", 2),
        (f"{GOOD} 2>&-", 0),
        (f"{GOOD} 2>/dev/full", 0),
        (f"{BAD} 2>/dev/full", 2),
        (f"{BAD} 2>&-", 2),
        (f"{BAD} --json >/dev/full", 2),
        (f"{BAD} >&-", 1),
        (f"{GOOD} <&-", 0),
    ],
)
def test_what_cannot_be_told_ends_with_code_2(
    survey_line: CommandLine, words: str, code: int
) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m organizer {words}', sys.executable],
        env=survey_line.environment(),
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == code, done
    assert "Traceback" not in done.stdout + done.stderr
    if "2>" not in words and code:
        assert_plain(done.stderr.strip())


def test_a_console_without_a_rare_character_shows_the_rest(office_line: CommandLine) -> None:
    name = "张\U00020bb7"
    office_line.do("signup", "add", "--name", name, "--phone", "19900838865")
    done = subprocess.run(
        [sys.executable, "-m", "organizer", "find", "8865"],
        env=office_line.environment(PYTHONIOENCODING="gbk"),
        capture_output=True,
    )
    assert done.returncode == 0
    assert "张\\U00020bb7" in done.stdout.decode("gbk")


def test_nothing_is_shown_of_the_progress_where_nobody_looks(
    office_line: CommandLine, tmp_path: Path
) -> None:
    list_of(300, tmp_path / "list.csv")
    answer = office_line.run("list", "import", tmp_path / "list.csv")
    assert (answer.code, answer.err) == (0, "")


@needs_terminal
def test_on_a_terminal_long_work_shows_how_far_it_is(
    office_line: CommandLine, tmp_path: Path
) -> None:
    list_of(300, tmp_path / "list.csv")
    command = OnTerminal(office_line, "list", "import", tmp_path / "list.csv")
    code, out = command.end()
    assert code == 0 and "新增 300 个单位" in out
    percents = [int(text) for text in re.findall(r"(\d+)%", command.shown)]
    assert percents == sorted(set(percents)) and percents[-1] == 100
    assert command.shown.endswith("100%\r\n")


@needs_terminal
def test_ctrl_c_stops_an_import_which_then_goes_on(
    office_line: CommandLine, tmp_path: Path
) -> None:
    names = list_of(4000, tmp_path / "list.csv")
    command = OnTerminal(office_line, "list", "import", tmp_path / "list.csv")
    command.wait_for("%")
    command.interrupt()
    code, out = command.end()
    assert (code, out) == (1, "")
    last = command.shown.splitlines()[-1]
    assert_plain(last)
    assert last.startswith("已停止") and "100%" not in command.shown
    assert office_line.ids(names[0], "employer") == []
    assert "有 1 次导入没有做完" in office_line.run("database", "check").out
    assert office_line.do("list", "import", tmp_path / "list.csv")["added"] == 4000
    assert len(office_line.ids(names[0], "employer")) == 1
