"""Papers marked, lacking and told by command; lists of the registry looked at and taken over."""

from tests.support.command_line import CommandLine, assert_plain

UNIONS = "工会名称,工会编码,建会日期\n样例甲工会委员会,LN0001,2015-03-04\n"
MEMBERS = (
    "姓名,证件号码,移动电话,所属工会,会籍变化类型,入会日期\n"
    "样例人,219900199210193646,19900838865,样例甲工会委员会,入会,2019-05-06\n"
    "样例坏,2.1E+17,19900838866,样例甲工会委员会,入会,2019-05-06\n"
)


def test_stock_comes_in_and_its_papers_go_their_way(office_line: CommandLine) -> None:
    line = office_line
    unions, members = line.home / "工会.csv", line.home / "会员.csv"
    unions.write_text(UNIONS, encoding="utf-8-sig")
    members.write_text(MEMBERS, encoding="utf-8-sig")
    assert line.do("stock", "unions", unions)["added"] == 1
    looked = line.do("stock", "members", members, "--check")
    assert (looked["added"], looked["refused"], looked["checked_only"]) == (1, 1, True)
    assert line.ids("样例人", "person") == []
    done = line.do("stock", "members", members)
    assert [row["code"] for row in done["rows"]] == ["id.damaged_number"]
    assert len(line.ids("样例人", "person")) == 1
    assert line.do("stock", "members", members)["known"] == 1

    lacking = line.do("paper", "missing", "no_registration")
    (one,) = lacking["missing"]
    assert (one["name"], one["union"]) == ("样例人", "样例甲工会委员会")
    assert line.do("paper", "missing", "untold")["count"] == 0
    out = line.home / "材料.pdf"
    line.do("paper", "print", "signup", "--ids", one["membership"], "--out", out)
    assert line.do("paper", "missing", "no_registration")["count"] == 0
    unsigned = line.do("paper", "missing", "unsigned")["missing"]
    code = unsigned[0]["detail"]
    marked = line.do("paper", "mark", "signed", code, "22222222", "--whole")
    assert (marked["count"], [one["code"] for one in marked["refused"]]) == (
        1,
        ["paper_trail.unknown"],
    )
    assert line.do("paper", "unmark", f"ORG1:RH-02:1:{code}")["step"] == "signed"
    answer = line.run("paper", "mark", "filed", f"ORG1:RH-01:1:{code}", "--box", "12-")
    assert answer.code == 1 and "缺页号" in answer.out
    told = line.refused("paper", "tell", one["membership"], "--way", "smoke")
    assert_plain(told)
