"""The grammar of commands: what is asked for wrongly is answered in Chinese, with code 64."""

import argparse
import json
from collections.abc import Iterator

import pytest

from organizer import __version__
from organizer.cli.arguments import parser
from organizer.cli.main import main
from tests.support.command_line import CommandLine, assert_plain

MISTAKES = (
    ("nonsense",),
    ("office",),
    ("office", "close"),
    ("office", "new"),
    ("office", "new", "--name"),
    ("list", "import"),
    ("list", "import", "a.xlsx", "b.xlsx"),
    ("list", "import", "a.xlsx", "--as-of", "2026-13-01"),
    ("list", "import", "a.xlsx", "--as-of", "昨天"),
    ("round", "open", "试", "--starts", "20261101x"),
    ("visit", "add", "样例"),
    ("visit", "add", "样例", "--outcome", "1", "--on", "11月1日"),
    ("signup", "add", "--name", "样例", "--migrant", "maybe"),
    ("signup", "approve"),
    ("paper", "print", "photo", "--ids", "00", "--out", "a.pdf"),
    ("paper", "print", "signup", "--ids", "--out", "a.pdf"),
    ("batch", "export"),
    ("batch", "export", "--union", "样例", "--out", ""),
    ("batch", "export", "--union", "样例", "--out", "长" * 90),
    ("list", "import", ""),
    ("person", "erase", "00"),
    ("database", "check", "--rebuild", "now"),
    ("find",),
    ("find", ""),
    ("find", "　 "),
    ("find", "\udcff"),
    ("list", "import", "名单\udcb5\udca5.csv"),
    ("signup", "add"),
    ("signup", "add", "--phone", "19900838865"),
    ("find", "x", "--limit", "many"),
    ("find", "x", "--limit", "0"),
    ("find", "x", "--limit", "-3"),
    ("find", "x", "--json=yes"),
    ("find", "x", "--lim", "3"),
    ("-q", "find", "x"),
    ("demo",),
)


def commands(grammar: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Every command that can be run."""
    below = [a for a in grammar._actions if isinstance(a, argparse._SubParsersAction)]
    if not below:
        yield grammar
    for group in below:
        for inner in group.choices.values():
            yield from commands(inner)


@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_a_mistake_is_answered_in_one_chinese_sentence(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 64
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert_plain(line)


def test_a_mistake_is_told_as_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "x", "--limit", "many", "--json"]) == 64
    shown = capsys.readouterr()
    told = json.loads(shown.out)
    assert told["code"] == "usage.unknown"
    assert told["sentence"] + "\n" == shown.err


def test_every_command_speaks_json_and_takes_no_password() -> None:
    found = list(commands(parser()))
    assert len(found) >= 14
    for command in found:
        options = {word for action in command._actions for word in action.option_strings}
        assert {"--json", "--data", "--help"} <= options, command.prog
        assert "--password" not in options, command.prog
        assert ("--account" in options) == ("--password-file" in options) or (
            command.prog == "organizer office recover"
        ), command.prog


def test_every_help_page_is_chinese() -> None:
    for command in [parser(), *commands(parser())]:
        page = command.format_help()
        for english in ("usage", "positional", "options:", "show this", "show program"):
            assert english not in page, command.prog


@pytest.mark.parametrize("words", [(), ("--help",), ("find", "--help")], ids=str)
def test_help_is_no_mistake(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr().out.startswith("用法：organizer")


def test_the_version_is_told(nobody: CommandLine) -> None:
    assert nobody.run("--version").out == f"organizer {__version__}\n"
    assert nobody.do("--version")["version"] == __version__


@pytest.mark.parametrize(
    "words", [("--password", "Secret-73"), ("--password=Secret-73",)], ids=["apart", "joined"]
)
def test_a_password_in_the_command_is_refused_and_repeated_nowhere(
    nobody: CommandLine, words: tuple[str, ...]
) -> None:
    answer = nobody.run("find", "x", *words, "--json")
    assert answer.code == 64
    assert_plain(answer.sentence)
    assert answer.json["code"] == "usage.password"
    written = [file.read_text("utf-8") for file in nobody.state.rglob("*") if file.is_file()]
    assert "Secret-73" not in answer.out + answer.err + "".join(written)
