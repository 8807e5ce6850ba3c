"""Visits by command: with sources, from a file, corrected, with photos, to no unit."""

from pathlib import Path

from PIL import Image

from tests.support.command_line import CommandLine, assert_plain


def unit(line: CommandLine) -> dict[str, str]:
    hits = line.do("find", "样禾")["hits"]
    found: dict[str, str] = next(hit for hit in hits if hit["table"] == "employer")
    return found


def test_a_visit_is_recorded_corrected_and_photographed(
    survey_line: CommandLine, tmp_path: Path
) -> None:
    line = survey_line
    there = unit(line)
    made = line.do(
        "visit", "add", there["id"], "--outcome", "1", "--fact", "职工人数=400",
        "--fact", "快递员=6", "--fact-source", "职工总数=roster", "--met", "王样",
        "--companions", "李样", "--channel", "phone",
    )  # fmt: skip
    right = line.do(
        "visit", "add", there["id"], "--outcome", "1", "--fact", "staff_total=40",
        "--corrects", made["visit"],
    )  # fmt: skip
    assert right["visits"] == made["visits"]
    photo, text = tmp_path / "门头.jpg", tmp_path / "说明.jpg"
    Image.new("RGB", (400, 300), "green").save(photo)
    text.write_text("不是照片", encoding="utf-8")
    assert len(line.do("visit", "photo", right["visit"], str(photo))["photos"]) == 1
    assert_plain(line.refused("visit", "photo", right["visit"], str(photo)))
    assert_plain(line.refused("visit", "photo", right["visit"], str(text)))
    assert_plain(line.refused("visit", "photo", made["visit"], str(photo)))
    assert_plain(line.refused("visit", "add", there["id"], "--outcome", "1", "--channel", "home"))


def test_a_file_of_visits_goes_in_once_and_tells_its_wrong_rows(
    survey_line: CommandLine, tmp_path: Path
) -> None:
    line, path = survey_line, tmp_path / "走访.csv"
    name = unit(line)["name"]
    rows = ("单位名称,走访结果,职工总数,女职工", f"{name},1,12,14", "没有这一家,1,3,1")
    path.write_text("\n".join(rows), encoding="utf-8")
    done = line.do("visit", "add", "--from", str(path))
    assert (done["taken"], done["known"], len(done["rows"])) == (1, 0, 1)
    assert done["rows"][0]["row"] == 3 and "没有这一家" in done["rows"][0]["sentence"]
    again = line.do("visit", "add", "--from", str(path))
    assert (again["taken"], again["known"]) == (0, 1)
    assert_plain(line.refused("visit", "add", "--from", str(tmp_path / "没有.csv")))
    assert_plain(line.refused("visit", "add", name, "--from", str(path), code=64))
    assert_plain(line.refused("visit", "add", name, code=64))


def test_a_visit_may_go_to_no_unit(survey_line: CommandLine) -> None:
    line = survey_line
    place = next(hit for hit in line.do("find", "兴工街")["hits"] if hit["table"] == "place")
    line.do("visit", "elsewhere", "--place", place["id"], "--outcome", "1", "--remark", "发资料")
    line.do("visit", "elsewhere", "--group", "样街骑手群", "--outcome", "1")
    assert_plain(line.refused("visit", "elsewhere", "--group", "样街骑手群", "--outcome", "4"))
    assert_plain(line.refused("visit", "elsewhere", "--outcome", "1", code=64))
