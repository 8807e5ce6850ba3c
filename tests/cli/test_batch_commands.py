"""Batches by command line: exported with a reason, listed, and their plain files cleared."""

from pathlib import Path

from tests.cli.conftest import CommandLine

JOINER = (
    "--name", "翟海涛", "--id-number", "21990019761201455X", "--phone", "19900823557",
    "--unit", "沈阳例天家政服务有限公司", "--ethnic", "满族", "--education", "本科",
    "--political", "党员", "--household-kind", "城镇", "--migrant", "no",
)  # fmt: skip


def test_a_plain_file_is_listed_until_it_is_cleared(survey_line: CommandLine) -> None:
    line = survey_line
    assert "没有待清除的明文文件" in line.run("batch", "files").out
    union = line.do("signup", "add", *JOINER)["union"]
    line.do("signup", "approve", "--all")
    (line.home / "out").mkdir()
    words = ("batch", "export", "--union", union, "--out", "out", "--reason", "三月份报送")
    (made,) = line.do(*words)["files"]
    path = Path(made["path"])
    # Whoever looks later need not stand in the same folder.
    assert path.is_absolute() and path.exists()

    listed = line.run("batch", "list").out
    assert "已封存" in listed and union in listed and path.name in listed
    (file,) = line.do("batch", "files")["files"]
    assert (file["file"], file["whereabouts"], file["sealed"]) == (str(path), "there", True)
    assert "还在" in line.refused("batch", "clear", file["id"])
    line.do("batch", "clear", file["id"], "--delete")
    assert not path.exists() and line.do("batch", "files")["files"] == []


def test_a_deleted_file_is_made_again(survey_line: CommandLine) -> None:
    line = survey_line
    union = line.do("signup", "add", *JOINER)["union"]
    line.do("signup", "approve", "--all")
    (line.home / "out").mkdir()
    (made,) = line.do("batch", "export", "--union", union, "--out", "out")["files"]
    (batch,) = line.do("batch", "list")["batches"]
    path = Path(made["path"])
    assert "已经有" in line.refused("batch", "export", "--again", batch["id"], "--out", "out")
    path.unlink()
    again = line.do("batch", "export", "--again", batch["id"], "--out", "out", "--reason", "误删")
    assert again["rows"] == 1 and Path(again["files"][0]["path"]) == path and path.exists()
    assert len(line.do("batch", "list")["batches"]) == 1
    assert "不能撤销" in line.refused("undo")


def test_an_id_number_is_brought_later(survey_line: CommandLine) -> None:
    line = survey_line
    made = line.do("signup", "add", "--name", "孙长林", "--phone", "19900838865")
    line.do("signup", "add", *JOINER)
    complete = ("signup", "complete", made["membership"], "--id-number")
    assert "转入" in line.refused(*complete, "21990019761201455X")
    assert line.do(*complete, "219900199508173226")["person"] == made["person"]
    assert "孙长林" in line.run("find", "173226").out
    line.do("undo")
    assert "孙长林" not in line.run("find", "173226").out
