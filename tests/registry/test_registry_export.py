"""A batch file is whole, verified and new, or it is not there."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook

from organizer.errors import (
    Cancelled,
    Conflict,
    DeviceMissing,
    InvalidInput,
    OrganizerError,
)
from organizer.jobs import Job, Silent
from organizer.registry.export import export
from organizer.registry.layout import Row
from organizer.registry.profile import Profile
from organizer.registry.row import render
from organizer.registry.verify import verify
from tests.registry.synthetic import MakeMember


@pytest.fixture
def rows(ref_20col: Profile, make_member: MakeMember) -> list[Row]:
    return [render(ref_20col, make_member(serial)) for serial in range(1, 21)]


def test_says_where_what_and_how_many(ref_20col: Profile, rows: list[Row], tmp_path: Path) -> None:
    job = Job()
    verified = export(ref_20col, rows, tmp_path, "批次 1.xlsx", job)
    assert verified.path == tmp_path / "批次 1.xlsx"
    assert verified.sha256 == hashlib.sha256(verified.path.read_bytes()).hexdigest()
    assert verified.rows == 20
    assert job.report.done == job.report.total
    assert os.listdir(tmp_path) == ["批次 1.xlsx"]


def test_members_never_touch_the_temporary_folder(
    ref_20col: Profile, rows: list[Row], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(tmp_path / "no such folder"))
    assert export(ref_20col, rows, tmp_path, "批次.xlsx", Silent()).rows == 20


def test_an_existing_file_stays_as_it_is(
    ref_20col: Profile, rows: list[Row], tmp_path: Path
) -> None:
    (tmp_path / "批次.xlsx").write_text("旧文件", encoding="utf-8")
    with pytest.raises(Conflict, match=r"registry\.file_exists"):
        export(ref_20col, rows, tmp_path, "批次.xlsx", Silent())
    assert os.listdir(tmp_path) == ["批次.xlsx"]
    assert (tmp_path / "批次.xlsx").read_text("utf-8") == "旧文件"


class FileAppears:
    """Another program puts a file under our name while we write."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def step(self, done: int, total: int, note: str = "") -> None:
        self.path.write_text("别人的文件", encoding="utf-8")


def test_a_file_that_appears_meanwhile_is_not_replaced(
    ref_20col: Profile, rows: list[Row], tmp_path: Path
) -> None:
    path = tmp_path / "批次.xlsx"
    with pytest.raises(Conflict):
        export(ref_20col, rows, tmp_path, path.name, FileAppears(path))
    assert path.read_text("utf-8") == "别人的文件"
    assert os.listdir(tmp_path) == ["批次.xlsx"]


def test_stopping_leaves_nothing(ref_20col: Profile, rows: list[Row], tmp_path: Path) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        export(ref_20col, rows, tmp_path, "批次.xlsx", job)
    assert os.listdir(tmp_path) == []


class StickDecays:
    """A byte that no cell depends on goes bad while the file is read back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def step(self, done: int, total: int, note: str = "") -> None:
        for path in self.folder.iterdir() if done > total / 2 else ():
            content = bytearray(path.read_bytes())
            with zipfile.ZipFile(path) as archive:
                theme = archive.getinfo("xl/theme/theme1.xml")
            content[theme.header_offset + 100] ^= 0xFF
            path.write_bytes(content)


def test_a_byte_gone_bad_outside_the_cells_is_seen(
    ref_20col: Profile, rows: list[Row], tmp_path: Path
) -> None:
    with pytest.raises(DeviceMissing, match=r"registry\.verify_failed"):
        export(ref_20col, rows * 30, tmp_path, "批次.xlsx", StickDecays(tmp_path))
    assert os.listdir(tmp_path) == []


class StopsAfter:
    """The person stops once `share` of the work is done."""

    def __init__(self, share: float) -> None:
        self.share = share

    def step(self, done: int, total: int, note: str = "") -> None:
        if done >= self.share * total:
            raise Cancelled("job.cancelled")


@pytest.mark.parametrize("share", [0.3, 0.8, 1.0])
def test_stopping_half_way_leaves_nothing(
    ref_20col: Profile, rows: list[Row], tmp_path: Path, share: float
) -> None:
    with pytest.raises(Cancelled):
        export(ref_20col, rows * 100, tmp_path, "批次.xlsx", StopsAfter(share))
    assert os.listdir(tmp_path) == []


def test_a_missing_folder_is_told(ref_20col: Profile, rows: list[Row], tmp_path: Path) -> None:
    with pytest.raises(DeviceMissing) as caught:
        export(ref_20col, rows, tmp_path / "U盘", "批次.xlsx", Silent())
    assert caught.value.code == "registry.folder_missing"
    assert "U盘" in str(caught.value.facts["folder"])
    assert caught.value.retry


def test_a_file_in_place_of_the_folder_is_told(
    ref_20col: Profile, rows: list[Row], tmp_path: Path
) -> None:
    (tmp_path / "文件").touch()
    with pytest.raises(DeviceMissing, match=r"registry\.folder_missing"):
        export(ref_20col, rows, tmp_path / "文件", "批次.xlsx", Silent())


IN_ANOTHER_PROCESS = """
import os, resource, sys
from pathlib import Path
from organizer import resources
from organizer.errors import OrganizerError
from organizer.jobs import Silent
from organizer.registry.export import export
from organizer.registry.profile import load

profile = load(resources.path("profiles", "ref-20col.toml"))
folder = Path(sys.argv[1])
row = tuple("示例" for _ in profile.columns)
import openpyxl, rustpy_xlsxwriter
if sys.argv[2] == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
elif os.geteuid() == 0:
    os.setuid(65534)
try:
    export(profile, [row], folder, "批次.xlsx", Silent())
except OrganizerError as error:
    print(type(error).__name__, error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits and permissions of POSIX")
@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("full", "StorageFull registry.no_space"),
        ("read-only", "DeviceMissing registry.folder_read_only"),
    ],
)
def test_a_full_or_write_protected_folder_is_told(tmp_path: Path, case: str, told: str) -> None:
    folder = tmp_path / "U盘"
    folder.mkdir(mode=0o700 if case == "full" else 0o500)
    done = subprocess.run(
        [sys.executable, "-B", "-c", IN_ANOTHER_PROCESS, folder, case],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.stdout.strip() == told
    assert os.listdir(folder) == []


@pytest.mark.parametrize(
    "name", ["a/b.xlsx", "..\\b.xlsx", "批次.xls", "批次", 'a"b.xlsx', "长" * 90 + ".xlsx"]
)
def test_a_name_that_is_none_is_told(
    ref_20col: Profile, rows: list[Row], tmp_path: Path, name: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        export(ref_20col, rows, tmp_path, name, Silent())
    assert caught.value.field == "file_name"
    assert os.listdir(tmp_path) == []


def test_no_rows_and_too_many_rows_make_no_file(
    ref_20col: Profile, rows: list[Row], tmp_path: Path
) -> None:
    small = msgspec.structs.replace(ref_20col, max_rows=19)
    with pytest.raises(InvalidInput, match=r"registry\.no_rows"):
        export(ref_20col, [], tmp_path, "批次.xlsx", Silent())
    with pytest.raises(InvalidInput, match=r"registry\.too_many_rows"):
        export(small, rows, tmp_path, "批次.xlsx", Silent())
    assert os.listdir(tmp_path) == []


def test_a_text_no_cell_can_hold_is_told_with_row_and_column(
    ref_20col: Profile, make_member: MakeMember, tmp_path: Path
) -> None:
    members = [make_member(1), make_member(2, employer="示例\x0b单位")]
    with pytest.raises(InvalidInput) as caught:
        export(ref_20col, [render(ref_20col, m) for m in members], tmp_path, "批次.xlsx", Silent())
    assert caught.value.facts == {"header": "工作单位", "row": 2}
    assert os.listdir(tmp_path) == []


class TestVerify:
    """Whatever is wrong with a written file is seen when it is read back."""

    @pytest.fixture
    def path(self, ref_20col: Profile, rows: list[Row], tmp_path: Path) -> Path:
        return export(ref_20col, rows, tmp_path, "批次.xlsx", Silent()).path

    @pytest.mark.parametrize(
        ("place", "value"),
        [
            ("H6", 219900197203030028),
            ("K24", 13900000020),
            ("A5", 1),
            ("B5", "示例 1"),
            ("I9", None),
            ("A25", "说明"),
            ("B4", "名字"),
            ("A1", "别的标题"),
            ("R7", "=1+1"),
            ("U8", "多一列"),
            ("A26", "多一行"),
        ],
    )
    def test_a_changed_cell(
        self, ref_20col: Profile, rows: list[Row], path: Path, place: str, value: object
    ) -> None:
        book = load_workbook(path)
        book.active[place] = value
        book.save(path)
        with pytest.raises(DeviceMissing, match=r"registry\.verify_failed") as caught:
            verify(path, ref_20col, rows, Silent())
        assert caught.value.facts["place"]

    def test_a_lost_text_format(self, ref_20col: Profile, rows: list[Row], path: Path) -> None:
        book = load_workbook(path)
        book.active["H12"].number_format = "General"
        book.save(path)
        with pytest.raises(DeviceMissing) as caught:
            verify(path, ref_20col, rows, Silent())
        assert caught.value.facts["place"] == "第 12 行"

    def test_a_lost_last_member(self, ref_20col: Profile, rows: list[Row], path: Path) -> None:
        book = load_workbook(path)
        book.active.delete_rows(24)
        book.save(path)
        with pytest.raises(DeviceMissing):
            verify(path, ref_20col, rows, Silent())

    def test_a_merge_too_many(self, ref_20col: Profile, rows: list[Row], path: Path) -> None:
        book = load_workbook(path)
        book.active.merge_cells("A25:T25")
        book.save(path)
        with pytest.raises(DeviceMissing) as caught:
            verify(path, ref_20col, rows, Silent())
        assert caught.value.facts["place"] == "合并单元格"

    @pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
    def test_a_cut_off_file(
        self, ref_20col: Profile, rows: list[Row], path: Path, share: float
    ) -> None:
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        with pytest.raises(DeviceMissing, match=r"registry\.verify_failed"):
            verify(path, ref_20col, rows, Silent())

    def test_flipped_bytes(self, ref_20col: Profile, rows: list[Row], path: Path) -> None:
        """Bad bytes on a stick: every tenth stretch of the members' own data is tried."""
        content = path.read_bytes()
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo("xl/sharedStrings.xml")
        start = info.header_offset + 30 + len(info.filename)
        for position in range(start, start + info.compress_size, info.compress_size // 10):
            damaged = bytearray(content)
            damaged[position] ^= 0xFF
            path.write_bytes(damaged)
            with pytest.raises(OrganizerError, match=r"registry\.verify_failed"):
                verify(path, ref_20col, rows, Silent())
