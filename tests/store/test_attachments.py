"""Papers and photos: encrypted, kept once, removed only when nobody's, swept when left over."""

from pathlib import Path

import pytest

from organizer.errors import NotFound
from organizer.services.office import checking, opening
from organizer.services.workspace import Workspace
from organizer.store import attachments
from tests.support import offices

PHOTO = "样例照片".encode() * 100


def contents(workspace: Workspace) -> int:
    return workspace.database.attach(
        lambda c: int(c.execute("SELECT count(*) FROM content").fetchone()[0])
    )


def person(workspace: Workspace) -> bytes:
    return workspace.database.write(
        workspace.intent("person.add"), lambda w: w.insert("person", {"name": "样例人"})
    )


def keep(workspace: Workspace, whose: bytes, content: bytes) -> bytes:
    digest = attachments.put(workspace.database, content)
    return workspace.database.write(
        workspace.intent("paper.keep"),
        lambda w: attachments.name(w, digest, "image/png", len(content), "照片.png", whose),
    )


def test_a_content_comes_back_as_it_was(office: Workspace, tmp_path: Path) -> None:
    digest = attachments.put(office.database, PHOTO)
    assert attachments.get(office.database, digest) == PHOTO
    keep(office, person(office), PHOTO)
    office.close()
    assert PHOTO[:30] not in (tmp_path / "office" / "attachments.db").read_bytes()
    again = offices.open_office(tmp_path / "office")
    assert attachments.get(again.database, digest) == PHOTO
    again.close()


def test_the_same_content_twice_is_kept_once(office: Workspace) -> None:
    assert attachments.put(office.database, PHOTO) == attachments.put(office.database, PHOTO)
    for _time in range(2):
        keep(office, person(office), PHOTO)
    assert contents(office) == 1
    keep(office, person(office), PHOTO + b"!")
    assert contents(office) == 2
    assert offices.findings(office) == []


def test_what_nobody_names_is_swept_and_the_rest_stays(office: Workspace) -> None:
    """A crash between keeping a content and naming it leaves a stray."""
    kept = keep(office, person(office), PHOTO)
    stray = attachments.put(office.database, b"stray")
    health = checking.check(office)
    assert (health.swept, health.findings) == (1, ())
    assert attachments.get(office.database, stray) is None
    assert contents(office) == 1
    # Taken back, the row may come back by another undo: its content waits for it.
    office.database.write(
        office.intent("paper.drop"), lambda w: w.retire("attachment", kept, "2026-03-01")
    )
    assert checking.check(office).swept == 0
    assert contents(office) == 1


def test_a_missing_content_is_found(office: Workspace) -> None:
    keep(office, person(office), PHOTO)
    office.database.attach(lambda c: c.execute("DELETE FROM content"))
    assert offices.findings(office) == ["check.attachment"]


def test_a_lost_file_is_missed_and_never_made_anew_in_silence(
    office: Workspace, tmp_path: Path
) -> None:
    folder = offices.DataFolder(tmp_path / "office")
    office.close()
    # Nothing was in it: there is nothing to miss.
    folder.attachments.unlink()
    again = offices.open_office(folder.root)
    keep(again, person(again), PHOTO)
    again.close()
    aside = folder.attachments.rename(tmp_path / "aside.db")
    for emptied in (False, True):
        if emptied:
            folder.attachments.touch()
        with pytest.raises(NotFound) as refused:
            offices.open_office(folder.root)
        assert "attachments.db" in refused.value.sentence()
        assert folder.attachments.exists() == emptied
    # Put back, everything is there.
    aside.replace(folder.attachments)
    back = offices.open_office(folder.root)
    assert checking.check(back).findings == ()
    back.close()
    # Lost for good: the check counts what is missing, and work goes on.
    folder.attachments.unlink()
    mended = opening.unlock(folder, offices.ACCOUNT, offices.PASSWORD, mending=True)
    assert offices.findings(mended) == ["check.attachment"]
    mended.close()
    on = offices.open_office(folder.root)
    keep(on, person(on), PHOTO)
    assert checking.check(on).findings == ()
    on.close()
