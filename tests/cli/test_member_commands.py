"""Members by command: kept, expelled and filed, sent and received; each refusal in words."""

import pytest

from tests.support.command_line import CommandLine, assert_plain
from tests.support.joiners import WITH_ID

UNIT = "沈阳例天家政服务有限公司"


@pytest.fixture
def rows(survey_line: CommandLine) -> list[str]:
    made = [
        survey_line.do(
            "signup", "add", "--name", name, "--id-number", number, "--phone", phone, "--unit", UNIT
        )["membership"]
        for name, number, phone in WITH_ID
    ]
    survey_line.do("signup", "approve", *made)
    return made


def test_a_standing_is_changed_for_many_and_an_expulsion_filed(
    survey_line: CommandLine, rows: list[str]
) -> None:
    line = survey_line
    told = line.refused("member", "keep", *rows[:2])
    assert "退休或离休" in told
    assert_plain(told)
    assert line.do("member", "keep", *rows[:2], "--reason", "退休或离休")["count"] == 2
    assert line.do("member", "resume", rows[0])["count"] == 1
    assert "文号" in line.refused("member", "expel", rows[2])
    line.do("member", "expel", rows[2], "--paper-no", "样工〔2026〕3号")
    (waiting,) = line.do("member", "unfiled")["unfiled"]
    assert waiting["membership"] == rows[2]
    line.do("member", "file", rows[2])
    assert line.do("member", "unfiled")["unfiled"] == []
    assert_plain(line.refused("member", "leave", rows[2], "--reason", "个人要求退会"))
    assert line.do("database", "check")["findings"] == []


def test_a_member_goes_with_a_letter_and_comes_with_one(
    survey_line: CommandLine, rows: list[str]
) -> None:
    line = survey_line
    sent = line.do("transfer", "send", rows[0], "--to", "外地样例工会", "--paid-until", "2026-10")
    back = line.do("transfer", "send", rows[1], "--to", "外地样例工会", "--number", "样转 8 号")
    assert back["number"] == "样转 8 号"
    assert len(line.do("transfer", "list")["transfers"]) == 2
    line.do("transfer", "recall", back["transfer"], "--words", "本人不走了")
    line.do("transfer", "confirm", sent["transfer"])
    assert line.do("transfer", "list")["transfers"] == []
    assert_plain(line.refused("transfer", "recall", sent["transfer"]))
    name, number, phone = WITH_ID[0]
    who = ("--name", name, "--id-number", number, "--phone", phone, "--unit", UNIT)
    again = line.do("transfer", "receive", *who, "--from-union", "外地样例工会")
    assert again["person"] == line.ids(phone[-4:], "person")[0]
    assert_plain(line.refused("transfer", "receive", *who, "--from-union", "外地样例工会"))
    union = again["union"]
    assert_plain(line.refused("transfer", "bring", rows[2], "--to", union))
    assert_plain(line.refused("transfer", "settle", "--unit", UNIT, "--to", union))
    assert line.do("database", "check")["findings"] == []
