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
