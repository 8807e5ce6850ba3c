"""A gathering by command: prepared, allowed, its list registered, its papers printed."""

from pathlib import Path

from tests.support.command_line import CommandLine, assert_plain
from tests.support.crowds import made_phone, ordinary, pasted


def test_a_gathering_from_its_plan_to_the_stamped_list(
    survey_line: CommandLine, tmp_path: Path
) -> None:
    line = survey_line
    made = line.do("gathering", "new", "--name", "快递员集中入会", "--venue", "样例广场")
    event = made["id"]
    allow = (
        "gathering",
        "authorise",
        "快递员集中入会",
        "--number",
        "样工〔2026〕7号",
        "--by",
        "委员会",
    )
    assert "过期" in line.refused(*allow, "--until", "2020-01-01", "--most", "2")
    line.do(*allow, "--until", "2099-01-01", "--most", "2")

    people = [*ordinary(3), ("孙样补", "", made_phone(40)), ("冯样错", "21990019900101", "")]
    file = tmp_path / "名单.csv"
    file.write_text(pasted(people).replace("\t", ","), encoding="utf-8-sig")
    done = line.do("gathering", "add", event, str(file))
    assert (len(done["members"]), len(done["pending"]), done["left"]) == (2, 2, 1)
    assert any("冯样错" in told for told in done["lines"])
    shown = line.do("gathering", "show", event)
    assert (shown["members"], shown["pending"], shown["places"], shown["left"]) == (2, 2, 0, 1)
    (listed,) = line.do("gathering", "list")["gatherings"]
    assert (listed["name"], listed["members"]) == ("快递员集中入会", 2)

    for paper in ("form", "oath", "slips"):
        out = tmp_path / f"{paper}.pdf"
        line.do("gathering", "print", event, "--paper", paper, "--out", str(out))
        assert out.read_bytes().startswith(b"%PDF")
    refused = line.refused("signup", "approve", *done["pending"])
    assert "孙样补" in refused
    assert_plain(refused)
    assert "证件号" in line.do("signup", "look", *done["pending"])["lines"][0]
    meeting = ("--committee", "样例委员会", "--number", "样工〔2026〕9号")
    assert "还没有到" in line.refused(
        "signup", "approve", *done["pending"], *meeting, "--met-on", "2099-01-01"
    )
    approved = line.do("signup", "approve", *done["pending"], *meeting)
    assert approved["count"] == 2
    assert [one["number"] for one in line.do("signup", "lists")["lists"]].count(
        "样工〔2026〕9号"
    ) == 1
    out = tmp_path / "审批名单.pdf"
    line.do("signup", "list-print", approved["lists"][0], "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF")
    assert "待审批单" in line.refused(
        "gathering", "print", event, "--paper", "slips", "--out", str(tmp_path / "x.pdf")
    )
    line.do("undo", approved["write"])
    assert line.do("gathering", "show", event)["pending"] == 2
    assert line.do("database", "check")["findings"] == []
