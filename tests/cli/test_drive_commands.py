"""Drives by command: made, listed with their progress, walked, retired."""

from tests.support.command_line import CommandLine, assert_plain


def test_a_drive_is_made_worked_on_and_retired(survey_line: CommandLine) -> None:
    line = survey_line
    due = ("--due", "2099-12-31", "--responsible", "王样")
    made = line.do("drive", "add", "全部走到", "--filter", "unvisited", "--target", "10", *due)
    assert (made["units"], made["done"], made["target"]) == (392, 0, 10)
    doors = line.do("drive", "doors", made["id"])["doors"]
    assert len(doors) == 392
    line.do("visit", "add", doors[0]["id"], "--outcome", "1")
    (listed,) = line.do("drive", "list")["drives"]
    assert (listed["id"], listed["done"], listed["responsible"]) == (made["id"], 1, "王样")
    assert len(line.do("drive", "doors", made["id"])["doors"]) == 391
    line.do("drive", "retire", made["id"])
    assert line.do("drive", "list")["drives"] == []
    assert_plain(line.refused("drive", "doors", made["id"]))
    assert_plain(line.refused("drive", "add", "不认识", "--filter", "所有", *due, code=64))
    assert_plain(
        line.refused("drive", "add", "没有户数", "--filter", "unlit", "--target", "x", *due)
    )
