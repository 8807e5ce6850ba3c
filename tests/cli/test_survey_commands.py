"""Grids and the state of a round by command: the numbers are those of a recount."""

from tests.support.command_line import CommandLine, assert_plain

COMMUNITY = "210106003006"


def test_a_grid_is_made_listed_hung_and_retired(survey_line: CommandLine) -> None:
    line = survey_line
    grid = line.do(
        "grid", "add", COMMUNITY, "001", "--responsible", "王样", "--phone", "19900000001"
    )
    (listed,) = line.do("grid", "list")["grids"]
    assert (listed["id"], listed["code"], listed["responsible"]) == (grid["grid"], "001", "王样")
    walks = line.do("survey", "status", "--division", COMMUNITY)["walks"]
    streets = [one for one in walks if one["units"] > 3]
    assert streets and all(one["grid"] == "" for one in streets)
    wanted = [one["id"] for one in streets]
    assert line.do("grid", "hang", grid["grid"], *wanted)["changed"] == len(wanted)
    walks = line.do("survey", "status", "--division", COMMUNITY)["walks"]
    assert {one["grid"] for one in walks if one["id"] in wanted} == {"001"}
    assert_plain(line.refused("grid", "retire", grid["grid"]))
    assert_plain(line.refused("grid", "add", COMMUNITY, "001"))
    assert_plain(line.refused("grid", "hang", grid["grid"], "zz"))


def test_the_state_of_a_round_is_that_of_a_recount(survey_line: CommandLine) -> None:
    line = survey_line
    hits = line.do("find", "样禾")["hits"]
    unit, other = [hit["id"] for hit in hits if hit["table"] == "employer"][:2]
    before = line.do("survey", "status")["walks"]
    line.do("visit", "add", unit, "--outcome", "1", "--fact", "union_state=6",
            "--fact", "no_union_reason=1")  # fmt: skip
    line.do("visit", "add", other, "--outcome", "2")
    after = line.do("survey", "status")["walks"]

    def total(walks: list[dict[str, int]], name: str) -> int:
        return sum(one[name] for one in walks)

    assert total(after, "units") == total(before, "units") == 392
    # Nobody at the door is no visit that counts.
    assert total(after, "reached") == total(before, "reached") + 1
    assert total(after, "founded") == total(before, "founded") + 1
    assert total(after, "progressed") == total(before, "progressed") + 1
    assert total(after, "clear") == total(before, "clear")
