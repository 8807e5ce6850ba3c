"""Unions by command: made, covering units, what is due; each refusal in words."""

from tests.support.command_line import CommandLine, assert_plain

UNIT = "沈阳例天家政服务有限公司"


def test_a_union_is_made_covers_a_unit_and_is_closed(survey_line: CommandLine) -> None:
    line = survey_line
    line.do(
        "union", "add", "样例五金工会", "--org-type", "单独基层工会", "--term-from", "2024-01-05",
        "--term-years", "3", "--women-committee", "有",
    )  # fmt: skip
    line.do("union", "edit", "样例五金工会", "--chairman", "王样", "--rename", "样例五金工会委员会")
    covers = ("union", "cover", "样例五金工会委员会", "--units", UNIT, "--kind", "单独")
    assert line.do(*covers)["count"] == 1
    assert line.do("union", "covered", UNIT)["union"] == "样例五金工会委员会"
    assert len(line.do("union", "list")["unions"]) > 1
    assert [one["due"] for one in line.do("union", "due")["due"]] == ["re_elect"]
    assert_plain(line.refused("union", "close", "样例五金工会委员会"))
    line.do("union", "uncover", UNIT)
    line.do("union", "close", "样例五金工会委员会")
    assert_plain(
        line.refused("union", "add", "样例", "--term-from", "2024-01-05", "--term-years", "4")
    )
    assert_plain(line.refused("union", "edit", "没有的工会", "--chairman", "王样"))
    assert line.do("database", "check")["findings"] == []


def test_an_election_is_counted_with_its_articles(survey_line: CommandLine) -> None:
    counts = ("--members", "60", "--due", "60", "--seats", "3")
    votes = ("--votes", "甲样=40", "乙样=31", "丙样=30")
    told = survey_line.do("union", "election", *counts, "--present", "42", *votes)
    assert told["elected"] == ["甲样", "乙样"] and told["enough"]
    told = survey_line.do("union", "election", *counts, "--present", "39", *votes)
    assert told["elected"] == [] and not told["enough"]
    assert_plain(
        survey_line.refused(
            "union", "election", *counts, "--present", "42", "--votes", "甲样", code=64
        )
    )


def test_officers_are_kept_by_command_and_what_is_missing_is_listed(
    survey_line: CommandLine,
) -> None:
    line, name = survey_line, "样例家政联合工会"
    line.do("union", "add", name, "--org-type", "联合基层工会", "--org-form", "联合工会委员会")
    line.do("union", "officer-add", name, "甲样", "--post", "主席", "--since", "2026-01-05")
    line.do("union", "officer-add", name, "乙样", "--post", "委员", "--engaged", "兼职")
    assert_plain(line.refused("union", "officer-add", name, "丙样", "--post", "主席"))
    assert_plain(line.refused("union", "officer-add", name, "丙样", "--post", "董事长"))
    line.do("union", "officer-edit", name, "乙样", "--rename", "乙例")
    line.do("union", "officer-end", name, "甲样")
    assert_plain(line.refused("union", "officer-end", name, "甲样"))
    held = line.do("union", "officers", name)["officers"]
    assert [(one["name"], bool(one["until"])) for one in held] == [("乙例", False), ("甲样", True)]
    elect = ("union", "re-elect", name, "--years", "3", "--officers")
    assert_plain(line.refused(*elect, "主席 丁样", "--since", "2099-01-05"))
    today = held[0]["since"]
    line.do(*elect, "主席 丁样 委员 乙例、戊样", "--since", today)
    shown = line.do("union", "show", name)
    assert [one["name"] for one in shown["officers"]] == ["丁样", "乙例", "戊样"]
    lacks = {one["union"]: one["lacks"] for one in line.do("union", "missing")["unions"]}
    assert lacks[shown["union"]] == shown["lacks"]
    assert "批复文号" in shown["lacks"] and "主席" not in shown["lacks"]
    line.do("union", "cover", name, "--units", UNIT, "--kind", "联合")
    assert len(line.do("union", "units", name)["units"]) == 1
    assert line.do("database", "check")["findings"] == []
