"""Photos of door signs: kept small and bare with their visit, refused in a sentence when they are none."""

import io
from pathlib import Path

import pytest
from PIL import Image

from organizer.errors import Conflict, NotFound, UnreadableFile
from organizer.services import undoing
from organizer.services.survey import photos, recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import attachments
from organizer.store.transaction import Write
from tests.support import offices

_CAMERA, _TURNED = 0x010F, 0x0112


@pytest.fixture
def unit(office: Workspace) -> bytes:
    """A unit without a place."""

    def body(write: Write) -> bytes:
        return write.insert("employer", {"name": "样例商店"})

    recording.open_round(office, "样例批次", office.today, None)
    return office.database.write(office.intent("employer.add"), body)


@pytest.fixture
def visit(office: Workspace, unit: bytes) -> bytes:
    return recording.record_visit(office, VisitOrder(unit, "1")).visit


def photo(folder: Path, *, size: tuple[int, int] = (3000, 2000), name: str = "门头.jpg") -> Path:
    """A photo of a telephone held upright, with what its camera notes."""
    path, noted = folder / name, Image.Exif()
    noted[_CAMERA], noted[_TURNED] = "Sample Camera", 6
    Image.new("RGB", size, "red").save(path, exif=noted)
    return path


def test_a_photo_is_kept_upright_small_and_without_what_the_camera_noted(
    office: Workspace, unit: bytes, visit: bytes, tmp_path: Path
) -> None:
    kept = photos.keep(office, visit, photo(tmp_path))
    content = photos.content(office, kept.photo)
    seen = Image.open(io.BytesIO(content))
    assert (seen.format, seen.size) == ("JPEG", (1067, 1600))
    assert not seen.getexif() and b"Sample Camera" not in content
    assert [one.id for one in photos.of_employer(office, unit)] == [kept.photo]
    undoing.take_back(office, kept.write)
    assert photos.of_employer(office, unit) == []
    assert offices.findings(office) == []


def test_nothing_of_a_photo_lies_readable_in_the_folder(
    office: Workspace, visit: bytes, tmp_path: Path
) -> None:
    path = photo(tmp_path)
    content = photos.content(office, photos.keep(office, visit, path).photo)
    path.unlink()
    files = [file.read_bytes() for file in (tmp_path / "office").iterdir() if file.is_file()]
    assert files and not any(content[:200] in held or b"JFIF" in held for held in files)


def test_a_photo_stays_with_the_visit_that_corrects_its_own(
    office: Workspace, unit: bytes, visit: bytes, tmp_path: Path
) -> None:
    kept = photos.keep(office, visit, photo(tmp_path))
    wrong = recording.record_visit(office, VisitOrder(unit, "2", corrects=visit)).visit
    right = recording.record_visit(office, VisitOrder(unit, "3", corrects=wrong)).visit
    shown = photos.of_employer(office, unit)
    assert [(one.id, one.visit) for one in shown] == [(kept.photo, right)]
    photos.remove(office, kept.photo)
    assert photos.of_employer(office, unit) == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("走访.jpg", b"not a picture at all", "不是照片"),
        ("空.png", b"", "不是照片"),
        ("照片.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "苹果手机"),
    ],
)
def test_what_is_no_photo_is_refused(
    office: Workspace, visit: bytes, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        photos.keep(office, visit, path)
    assert says in refused.value.sentence() and name in refused.value.sentence()


def test_a_damaged_photo_is_refused(office: Workspace, visit: bytes, tmp_path: Path) -> None:
    path = photo(tmp_path)
    path.write_bytes(path.read_bytes()[:4000])
    with pytest.raises(UnreadableFile) as refused:
        photos.keep(office, visit, path)
    assert "损坏" in refused.value.sentence()


def test_huge_photos_are_refused_before_they_are_opened(
    office: Workspace, visit: bytes, tmp_path: Path
) -> None:
    wide = tmp_path / "全景.png"
    Image.new("1", (12_000, 11_000)).save(wide)
    heavy = tmp_path / "大.jpg"
    with heavy.open("wb") as file:
        file.truncate(50_000_000)
    for path, says in (
        (wide, "尺寸太大"),
        (heavy, "超过 40 兆"),
        (tmp_path / "没有.jpg", "打不开"),
    ):
        with pytest.raises(UnreadableFile) as refused:
            photos.keep(office, visit, path)
        assert says in refused.value.sentence()


def test_a_photo_is_not_kept_twice_and_not_without_a_visit(
    office: Workspace, visit: bytes, tmp_path: Path
) -> None:
    path = photo(tmp_path, size=(60, 40))
    photos.keep(office, visit, path)
    with pytest.raises(Conflict) as refused:
        photos.keep(office, visit, path)
    assert "已经有" in refused.value.sentence()
    for number in range(1, photos.MOST):
        photos.keep(office, visit, photo(tmp_path, size=(60, 40 + number), name=f"{number}.jpg"))
    with pytest.raises(Conflict) as full:
        photos.keep(office, visit, photo(tmp_path, size=(90, 90)))
    assert "最多 6 张" in full.value.sentence()
    with pytest.raises(NotFound) as nowhere:
        photos.keep(office, b"\x00" * 16, path)
    assert "先记录走访" in nowhere.value.sentence()


def test_a_photo_whose_content_is_gone_says_so(
    office: Workspace, visit: bytes, tmp_path: Path
) -> None:
    kept = photos.keep(office, visit, photo(tmp_path))
    digest = office.database.read(
        lambda c: c.execute("SELECT sha256 FROM attachment WHERE id = ?", (kept.photo,)).fetchone()
    )[0]
    attachments.remove(office.database, [digest])
    with pytest.raises(NotFound) as gone:
        photos.content(office, kept.photo)
    assert "备份" in gone.value.sentence()
