"""Odd places and words: they work, or one plain sentence says why not."""

import os
import sys

import pytest

from tests.support.command_line import CommandLine, assert_plain
from tests.support.offices import ACCOUNT

NEW = ("office", "new", "--name", "样例", "--division", "210106003", "--account", ACCOUNT)


@pytest.mark.parametrize("name", ["工会 数据", "数" * 80, "-a'b\"c%20&;$(x)"])
def test_a_folder_may_be_called_as_one_likes(nobody: CommandLine, name: str) -> None:
    folder = nobody.home / name
    nobody.do(*NEW, f"--data={folder}", "--sheet", nobody.home / "sheet.pdf")
    # The same folder, said from where one stands.
    assert nobody.do("database", "check", f"--data={name}")["findings"] == []


def test_a_folder_behind_a_link_is_the_same_office(nobody: CommandLine) -> None:
    nobody.do(*NEW, "--sheet", nobody.home / "sheet.pdf")
    link = nobody.home / "link"
    link.symlink_to(nobody.data)
    assert nobody.do("find", "劳模", "--data", link)["hits"]
    assert "已经有单位数据" in nobody.refused(*NEW, "--data", link)


LONG = "很长的文件夹名字" * 40


@pytest.mark.skipif(sys.platform == "win32", reason="bytes in names are a matter of Unix")
@pytest.mark.parametrize("name", [LONG, "\udcff", "loop"])
def test_what_can_be_no_folder_is_told(nobody: CommandLine, name: str) -> None:
    (nobody.home / "loop").symlink_to("loop")
    folder = os.fsencode(nobody.home / name).decode("utf-8", "surrogateescape")
    for words in (("find", "x"), NEW, ("database", "check"), ("doctor",)):
        assert "不能用作数据文件夹" in nobody.refused(*words, ORGANIZER_DATA=folder)
    assert not list(nobody.home.glob("*.pdf"))


@pytest.mark.skipif(sys.platform == "win32", reason="bytes in a variable are a matter of Unix")
def test_a_password_of_bytes_is_told(office_line: CommandLine) -> None:
    assert "读不出的字" in office_line.refused("find", "x", ORGANIZER_PASSWORD="\udcff" * 9)


@pytest.mark.skipif(sys.platform == "win32", reason="bytes in a word are a matter of Unix")
def test_words_that_are_no_text_are_told(office_line: CommandLine) -> None:
    sentence = office_line.refused("find", "样例\udcff", code=64)
    assert "UTF-8" in sentence
    assert_plain(sentence)


def test_an_empty_word_means_nothing(survey_line: CommandLine) -> None:
    before = survey_line.ids("yhgyl", "employer")
    assert "不是记录编号" in survey_line.refused("undo", "")
    assert survey_line.ids("yhgyl", "employer") == before
    told = survey_line.refused("visit", "add", "yhgyl", "--outcome", "1", "--source", "nonsense")
    assert "没有数据来源“nonsense”" in told


def test_a_person_named_twice_is_printed_once(survey_line: CommandLine) -> None:
    row = survey_line.do("signup", "add", "--name", "样例人", "--phone", "19900838865")[
        "membership"
    ]
    out = survey_line.home / "papers"
    out.mkdir()
    assert survey_line.do("paper", "print", "signup", "--ids", row, row, "--out", out)
    assert len(list(out.iterdir())) == 1
