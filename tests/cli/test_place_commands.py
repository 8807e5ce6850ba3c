"""Places, grids and assignments by command: the sentences of a plan, files, refusals."""

from datetime import date, timedelta

from organizer.forms.proof import page_texts
from tests.support.command_line import CommandLine, assert_plain

COMMUNITY = "210106003006"


def test_places_are_listed_added_moved_split_merged_and_retired(survey_line: CommandLine) -> None:
    line = survey_line
    made = line.do("place", "add", COMMUNITY, "样新路", "--kind", "street", "--raw", "样新路南段")
    road = made["place"]
    houses = [
        line.do("place", "add", road, number, "--kind", "building")["place"]
        for number in ("1号", "2号", "3号")
    ]
    found = line.do("place", "list", road)
    assert ([one["name"] for one in found["inside"]], found["raw"]) == (
        ["1号", "2号", "3号"], ["样新路南段"],
    )  # fmt: skip
    split = line.do("place", "split", road, "样新支路", "--numbers", "1-9", "--side", "odd")
    assert split["moved"] == 2 and "把 2 个门牌 移到新的“样新支路”。" in split["lines"]
    line.do("place", "move", houses[1], split["place"])
    line.do("place", "rename", houses[1], "2号甲")
    line.do("place", "kind", houses[1], "tower")
    merged = line.do("place", "merge", split["place"], road)
    assert merged["lines"][0] == "“样新支路”并入“样新路”。"
    inside = {one["name"]: one["kind"] for one in line.do("place", "list", road)["inside"]}
    assert inside == {"1号": "building", "3号": "building", "2号甲": "tower"}
    assert_plain(line.refused("place", "retire", road))
    assert_plain(line.refused("place", "merge", road, road))
    assert_plain(line.refused("place", "split", road, "样新路二"))
    assert_plain(line.refused("place", "move", road, houses[1]))
    line.do("place", "retire", houses[0])
    assert [one["name"] for one in line.do("place", "list", COMMUNITY)["inside"]].count(
        "样新路"
    ) == 1


def test_a_grid_is_assigned_printed_handed_over_and_counted(survey_line: CommandLine) -> None:
    line = survey_line
    grid = line.do("grid", "add", COMMUNITY, "001", "--responsible", "王样")["grid"]
    line.do("grid", "edit", grid, "--name", "东片")
    (listed,) = line.do("grid", "list")["grids"]
    assert (listed["name"], listed["responsible"]) == ("东片", "王样")
    walks = line.do("survey", "status", "--division", COMMUNITY)["walks"]
    road = max(walks, key=lambda one: one["units"])
    line.do("grid", "hang", grid, road["id"])
    until = (date.today() + timedelta(days=30)).isoformat()
    task = line.do("grid", "assign", "--grid", grid, "--to", "王样", "--until", until)
    (told,) = line.do("grid", "assignments")["assignments"]
    assert (told["name"], told["units"], told["state"]) == ("001 东片", road["units"], "open")
    slip = line.home / "slip.pdf"
    line.do("grid", "slip", *task["assignments"], "--paper", "A5", "--out", str(slip))
    assert "王样" in page_texts(slip.read_bytes())[0]
    assert_plain(line.refused("grid", "assign", "--grid", grid, "--to", "王样",
                              "--until", "2020-01-01"))  # fmt: skip
    assert_plain(line.refused("grid", "assign", "--to", "王样", "--until", until))
    paper = line.home / "relay.pdf"
    handed = line.do("grid", "relay", grid, "--to", "赵样", "--out", str(paper))
    assert handed["assignments"] == 1 and "赵样" in page_texts(paper.read_bytes())[0]
    assert_plain(line.refused("grid", "relay", grid, "--to", "李样", "--out", str(paper)))
    rows = {one["grid"]: one for one in line.do("survey", "status", "--by", "grid")["walks"]}
    assert (rows["001"]["units"], rows["001"]["responsible"]) == (road["units"], "赵样")
    assert sum(one["units"] for one in rows.values()) == 392
    assert line.do("grid", "end", *task["assignments"])["ended"] == 1
    assert line.do("grid", "assignments", "--overdue")["assignments"] == []
