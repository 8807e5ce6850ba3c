"""Consents by command: taken back with its paper, told upward, given anew; each refusal in words."""

from pathlib import Path

from organizer.forms.proof import page_texts
from tests.support.command_line import CommandLine, assert_plain
from tests.support.joiners import WITH_ID

UNIT = "沈阳例天家政服务有限公司"


def test_a_consent_is_taken_back_told_upward_and_given_anew(
    survey_line: CommandLine, tmp_path: Path
) -> None:
    line = survey_line
    name, number, phone = WITH_ID[0]
    who = ("--name", name, "--id-number", number, "--phone", phone, "--unit", UNIT)
    person = line.do("signup", "add", *who)["person"]
    known = line.do("consent", "list", person)["consents"]
    assert {one["purpose"] for one in known if one["stands"]} == {"join", "id_number", "pass_on"}
    assert_plain(line.refused("consent", "withdraw", person))
    paper = tmp_path / "撤回.pdf"
    line.do("consent", "withdraw", person, "--purpose", "pass_on", "--out", str(paper))
    assert "撤回同意书" in page_texts(paper.read_bytes())[0]
    assert_plain(line.refused("consent", "withdraw", person, "--purpose", "pass_on"))
    (waiting,) = line.do("consent", "list")["unreported"]
    assert waiting["person"] == person
    line.do("consent", "report", waiting["consent"])
    assert line.do("consent", "list")["unreported"] == []
    assert_plain(line.refused("consent", "report", waiting["consent"]))
    line.do("consent", "give", person)
    assert all(one["stands"] for one in line.do("consent", "list", person)["consents"])
    assert_plain(line.refused("consent", "give", person))
    assert line.do("database", "check")["findings"] == []
