"""Rounds by command: opened, listed, closed, compared; calls for many units; bad ones refused."""

from tests.support.command_line import CommandLine


def units(line: CommandLine) -> list[str]:
    hits = line.do("find", "样禾")["hits"]
    return [hit["id"] for hit in hits if hit["table"] == "employer"][:2]


def test_a_round_is_opened_listed_compared_and_closed(survey_line: CommandLine) -> None:
    line = survey_line
    first, second = units(line)
    for unit in (first, second):
        line.do(
            "visit", "add", unit, "--outcome", "1", "--fact", "职工总数=12", "--on", "2020-02-01"
        )
    line.do(
        "round", "open", "下一轮", "--starts", "2020-06-01", "--denominator", "ten",
        "--source", "door", "--source", "phone",
    )  # fmt: skip
    newer, older = line.do("round", "list")["rounds"]
    assert (newer["name"], newer["state"], older["state"]) == ("下一轮", "open", "replaced")
    assert (newer["denominator"], newer["lamp_rules"]) == ("ten", "2026-11")
    assert newer["sources"] == ["spoken", "seen", "paper", "phone"]
    called = line.do("visit", "unchanged", first, second, "--on", "2020-06-02")
    assert (called["visits"], called["already"], called["counts"]) == (2, 0, True)
    line.do("visit", "add", second, "--outcome", "4", "--on", "2020-06-03")
    found = line.do("survey", "compare")
    (moved,) = found["changes"]["moved"]
    assert (moved["id"], moved["before"], moved["after"]) == (second, "正常", "搬离")
    assert (found["current"], found["previous"]) == ("下一轮", "样例批次")
    assert line.do("round", "close", "--on", "2020-06-30")["ends_on"] == "2020-06-30"
    refused = line.refused("visit", "add", first, "--outcome", "1")
    assert "已在 2020-06-30 结束" in refused


def test_bad_rounds_and_calls_are_refused_in_one_sentence(survey_line: CommandLine) -> None:
    line = survey_line
    bad = (
        ("round", "open", "样例批次"),
        ("round", "open", " "),
        ("round", "open", "倒着的", "--starts", "2020-05-01", "--ends", "2020-04-01"),
        ("round", "open", "新的", "--denominator", "fifty"),
        ("round", "close", "--on", "2019-12-01"),
        ("round", "close", "zz"),
        ("visit", "unchanged", "没有这一家"),
    )
    for words in bad:
        line.refused(*words)
    hits = line.do("find", "样禾")["hits"]
    place = next(hit["id"] for hit in hits if hit["table"] == "employer")
    line.refused("visit", "unchanged", place, "--on", "2019-12-31")
