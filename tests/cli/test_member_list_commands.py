"""Lists, dues, counts and papers of members by command."""

from pathlib import Path

from tests.support.command_line import CommandLine, assert_plain
from tests.support.joiners import WITH_ID

UNIT = "沈阳例天家政服务有限公司"


def test_members_are_listed_counted_and_put_on_paper(
    survey_line: CommandLine, tmp_path: Path
) -> None:
    line = survey_line
    rows = [
        line.do("signup", "add", "--name", name, "--id-number", number, "--phone", phone, "--unit",
                UNIT)["membership"]
        for name, number, phone in WITH_ID
    ]  # fmt: skip
    line.do("signup", "approve", *rows)
    listed = line.do("member", "list", "--text", "zht")
    assert listed["count"] == 1 and listed["members"][0]["membership"] == rows[0]
    assert WITH_ID[0][1] not in str(listed)
    assert line.do("member", "list", "--lacks", "同意书")["count"] == 0
    for wrong in (("--group", "宇航员"), ("--lacks", "钱"), ("--sort", "phone")):
        assert_plain(line.refused("member", "list", *wrong))
    assert line.do("member", "pay", *rows[:2], "--until", "2026-01")["count"] == 2
    for month in ("2026-13", "2999-01"):
        assert_plain(line.refused("member", "pay", rows[0], "--until", month))
    assert line.do("member", "dues", "5538.50") == {"base": 5530, "fen": 2765}
    assert_plain(line.refused("member", "dues", "许多"))
    arrears = line.do("member", "arrears", "--out", str(tmp_path / "arrears.pdf"))["arrears"]
    assert {one["membership"] for one in arrears} == set(rows[:2])
    assert line.do("member", "counts", "--out", str(tmp_path / "counts.xlsx"))["members"] == 3
    told = line.do("member", "numbers", UNIT, "--out", str(tmp_path / "unit.pdf"))
    assert not any(name in str(told) for name, *_rest in WITH_ID)
    line.do("transfer", "send", rows[0], "--to", "大连样例联合工会委员会")
    line.do("member", "paper", rows[0], "--out", str(tmp_path / "letter.pdf"))
    line.do("member", "dossier", rows[0], "--out", str(tmp_path / "dossier.pdf"))
    assert_plain(line.refused("member", "counts", "--out", str(tmp_path / "counts.doc")))
    names = {file.name for file in tmp_path.glob("*.*")}
    assert {"arrears.pdf", "counts.xlsx", "unit.pdf", "letter.pdf", "dossier.pdf"} <= names
