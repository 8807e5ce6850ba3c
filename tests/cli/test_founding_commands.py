"""A founding by command from the first word to the union; refusals in words."""

from pathlib import Path

from tests.support.command_line import CommandLine, assert_plain

UNIT = "沈阳例天家政服务有限公司"


def test_a_unit_founds_its_union_by_commands(survey_line: CommandLine, tmp_path: Path) -> None:
    line = survey_line
    line.do("founding", "begin", UNIT, "--responsible", "王样")
    assert_plain(line.refused("founding", "begin", UNIT))
    assert [one["open"] for one in line.do("founding", "list")["foundings"]] == [True]
    told = line.do("founding", "step", UNIT, "3", "--on", "2026-01-12")
    assert any("工会法第十二条" in one for one in told["lines"])
    line.do("founding", "step", UNIT, "4", "--on", "2026-01-20", "--paper-no", "样工〔2026〕1号")
    assert_plain(line.refused("founding", "step", UNIT, "没有的步骤"))
    for name, role in (("甲样", "主席"), ("乙样", "委员"), ("丙样", "委员"), ("丁样", "委员")):
        line.do("founding", "candidate", UNIT, name, "--role", role)
    line.do("founding", "candidate", UNIT, "丁样", "--drop")
    barred = line.do("founding", "candidate", UNIT, "戊样", "--barred", "法定代表人")
    assert "工会法第十条" in barred["lines"][0]
    counts = ("--due", "30", "--seats", "2", "--on", "2026-02-10", "--term-years")
    votes = ("--votes", "甲样=24", "乙样=20", "丙样=10")
    held = ("founding", "meeting", UNIT, *counts)
    assert_plain(line.refused(*held, "5", "--present", "31"))
    assert_plain(line.refused(*held, "5", "--present", "25", "--votes", "甲样=26"))
    assert_plain(line.refused(*held, "4", "--present", "25"))
    assert_plain(line.refused(*held, "5", "--present", "25", "--votes", "没有的人=1"))
    assert line.do(*held, "5", "--present", "25", *votes)["elected"] == ["甲样", "乙样"]
    out = tmp_path / "报告单.pdf"
    assert line.do("founding", "print", "report", "--unit", UNIT, "--out", str(out))["short_id"]
    assert out.read_bytes().startswith(b"%PDF")
    line.do("founding", "print", "request", "--out", str(tmp_path / "空白.pdf"))
    line.do("founding", "step", UNIT, "9", "--on", "2026-02-20", "--paper-no", "样工〔2026〕9号")
    line.do("founding", "finish", UNIT)
    (union,) = [one for one in line.do("union", "list")["lines"] if UNIT in one]
    assert "单独基层工会" in union and "覆盖 1 户" in union
    assert line.do("founding", "show", UNIT)["founded_on"] == "2026-02-20"
    assert_plain(line.refused("founding", "give-up", UNIT, "--reason", "不办了"))
    line.do("undo")
    line.do("founding", "give-up", UNIT, "--reason", "单位搬走了")
    assert_plain(line.refused("founding", "show", UNIT))
    assert line.do("database", "check")["findings"] == []
