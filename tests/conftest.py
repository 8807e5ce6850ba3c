"""Every test has its own state folder; nothing touches the machine's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from organizer.services.workspace import Workspace
from tests.support.offices import Template, copy_office, make_template, open_office
from tests.support.open_fonts import opened


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGANIZER_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("ORGANIZER_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.delenv("ORGANIZER_DATA", raising=False)
    monkeypatch.delenv("ORGANIZER_PASSWORD", raising=False)


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An office made once in each test process; never opened again, only copied."""
    root = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        # Before any test's own folders are set.
        patch.setenv("ORGANIZER_STATE", str(root / "state"))
        return make_template(root / "office")


@pytest.fixture(scope="session", autouse=True)
def open_fonts() -> Iterator[None]:
    """No test reads a font anew."""
    kept = opened()
    yield
    del kept


@pytest.fixture
def office(office_template: Template, tmp_path: Path) -> Iterator[Workspace]:
    """An open, empty office of 工人村街道 in `tmp_path/office`; account and password as in `offices`."""
    copy_office(office_template.root, tmp_path / "office")
    workspace = open_office(tmp_path / "office")
    yield workspace
    workspace.close()
