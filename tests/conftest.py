"""Every test has its own state folder; nothing touches the machine's own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGANIZER_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("ORGANIZER_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.delenv("ORGANIZER_DATA", raising=False)
    monkeypatch.delenv("ORGANIZER_PASSWORD", raising=False)
