"""Duplicates by command: listed with the reason, compared, merged, undone, found not to be one."""

from tests.support.command_line import CommandLine, assert_plain

NAME, UNIT = "孙长林", "沈阳例天家政服务有限公司"


def test_a_duplicate_is_found_compared_merged_and_taken_apart(survey_line: CommandLine) -> None:
    line = survey_line
    rows = [
        str(line.do("signup", "add", "--name", NAME, "--phone", phone, "--unit", UNIT)["person"])
        for phone in ("19900838865", "19900838865")
    ]
    found = line.do("duplicate", "list")
    assert found["count"] == 1 and found["pairs"][0]["level"] == "review"
    assert {found["pairs"][0][side] for side in ("one", "other")} == set(rows)
    assert line.do("duplicate", "list", "--strict")["count"] == 0
    assert line.do("duplicate", "list", "--kind", "unit")["count"] == 0
    shown = line.do("duplicate", "show", "person", *rows)
    assert shown["differing"] == [] and any("只作参考" in told for told in shown["lines"])
    apart = line.do("duplicate", "distinct", "person", *rows)
    assert line.do("duplicate", "list")["count"] == 0
    line.do("undo", str(apart["write"]))
    assert_plain(line.refused("duplicate", "merge", "person", *rows, "--take", "remark", code=64))
    merged = line.do("duplicate", "merge", "person", *rows)
    assert any("会籍" in told for told in merged["lines"])
    assert line.do("duplicate", "list")["count"] == 0
    assert_plain(line.refused("duplicate", "merge", "person", *rows))
    line.do("undo", str(merged["write"]))
    assert line.do("duplicate", "list")["count"] == 1
    assert_plain(line.refused("duplicate", "show", "person", rows[0], "00" * 16))
    assert_plain(line.refused("duplicate", "merge", "person", rows[0], rows[0]))
    assert line.do("database", "check")["findings"] == []
