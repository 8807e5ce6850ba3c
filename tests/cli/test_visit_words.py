"""Words of a visit as typed in a hurry: full width, said twice, far too long."""

from tests.support.command_line import CommandLine


def test_what_is_said_twice_is_not_guessed_and_full_width_is_understood(
    survey_line: CommandLine,
) -> None:
    unit = survey_line.ids("样", "employer")[0]
    twice = ("--fact", "staff_total=5", "--fact", "职工总数=6")
    said = survey_line.refused("visit", "add", unit, "--outcome", "1", *twice)
    assert said == "“职工总数”写了两次，不知道以哪个为准；请只写一次。"
    answer = survey_line.run(
        "visit", "add", unit, "--outcome", "１", "--fact", "staff_total=５", "--fact", "女职工=９"
    )
    assert answer.code == 0
    assert "女职工：比职工总数（5）还多。已照此记下，写错了请更正。" in answer.out


def test_numbers_no_machine_can_count_are_told(survey_line: CommandLine) -> None:
    street = survey_line.ids("云峰北街", "place")[0]
    split = ("place", "split", street, "样南街", "--numbers", "1" * 5000)
    assert "101-199" in survey_line.refused(*split, code=64)
    seed = ("survey", "sample", "--size", "2", "--seed", "五")
    assert "不是整数：“五”" in survey_line.refused(*seed, code=64)
