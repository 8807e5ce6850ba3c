"""What identifies a person need not stand in the command, where `ps` shows it to everybody."""

from pathlib import Path

from tests.support.command_line import CommandLine

NUMBER, PHONE = "219900199210193646", "19900664065"
LINES = f"name=王㛃\nid-number={NUMBER}\n\nphone = {PHONE}\nmigrant=是\neducation=大专\n"


def person(line: CommandLine) -> list[str]:
    return line.ids(PHONE[-4:], "person")


def test_a_person_signs_up_from_a_file(survey_line: CommandLine) -> None:
    file = survey_line.home / "answers.txt"
    file.write_text("\ufeff" + LINES.replace("\n", "\r\n"), encoding="utf-8")
    survey_line.do("signup", "add", "--from", file, "--unit", "沈阳例天家政服务有限公司")
    assert len(person(survey_line)) == 1
    again = survey_line.refused("signup", "add", "--name", "王㛃", "--id-number", NUMBER)
    assert "不能重复入会" in again


def test_a_person_signs_up_through_a_pipe(survey_line: CommandLine) -> None:
    answer = survey_line.run("signup", "add", "--from", "-", typed=LINES)
    assert (answer.code, answer.err) == (0, "")
    assert len(person(survey_line)) == 1


def test_a_file_that_is_none_is_told_by_its_line_and_repeats_no_number(
    survey_line: CommandLine, tmp_path: Path
) -> None:
    assert "第 2 行" in survey_line.refused(
        "signup", "add", "--from", "-", typed=f"name=王㛃\n{NUMBER}\n"
    )
    told = survey_line.refused("signup", "add", "--from", "-", typed=f"name=王㛃\nmobile={PHONE}\n")
    assert "“mobile”" in told and "phone" in told and PHONE not in told
    binary = tmp_path / "photo.png"
    binary.write_bytes(b"\xff\xd8" * 40)
    for file in (binary, tmp_path / "nowhere.txt", tmp_path):
        assert file.name in survey_line.refused("signup", "add", "--from", file)
    assert "缺少：--name" in survey_line.refused("signup", "add", "--from", "-", code=64, typed="")
    assert person(survey_line) == []
