import argparse
import json
from pathlib import Path

import pytest

from organizer.cli import doctor
from organizer.cli.doctor import Finding


def findings(folder: Path) -> dict[str, Finding]:
    outcome = doctor.doctor(argparse.Namespace(data=str(folder)))
    json.dumps(outcome.facts)
    return {one["name"]: Finding(**one) for one in outcome.facts["findings"]}  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_IM_MODULE", "QT_IM_MODULES", "QT_PLUGIN_PATH"):
        monkeypatch.delenv(name, raising=False)


def running(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr("organizer.cli.doctor._process_names", lambda: iter(names))


def test_without_display_and_input_method_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running(monkeypatch, "bash")
    found = findings(tmp_path)
    assert not found["显示"].good and found["显示"].advice
    assert not found["输入法程序"].good and "ibus" in found["输入法程序"].advice
    assert found["字体"].good and found["数据文件夹"].good


def test_ibus_that_the_window_is_not_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running(monkeypatch, "ibus-daemon")
    monkeypatch.setenv("DISPLAY", ":0")
    found = findings(tmp_path)
    assert found["显示"].good and found["输入法程序"].good
    assert not found["输入法变量"].good
    assert "export QT_IM_MODULE=ibus" in found["输入法变量"].advice
    monkeypatch.setenv("QT_IM_MODULE", "ibus")
    found = findings(tmp_path)
    # The window library brings the plugin for ibus.
    assert found["输入法变量"].good and found["输入法插件"].good


def test_fcitx5_is_heard_through_ibus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    running(monkeypatch, "fcitx5")
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    found = findings(tmp_path)["输入法插件"]
    assert found.good and "ibus" in found.found


def test_old_fcitx_needs_a_plugin_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running(monkeypatch, "fcitx")
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    found = findings(tmp_path)["输入法插件"]
    assert not found.good and "QT_IM_MODULE" in found.advice
    plugins = tmp_path / "plugins" / "platforminputcontexts"
    plugins.mkdir(parents=True)
    (plugins / "libfcitx5platforminputcontextplugin.so").touch()
    monkeypatch.setenv("QT_PLUGIN_PATH", str(tmp_path / "plugins"))
    assert findings(tmp_path)["输入法插件"].good


def test_a_cloud_folder_is_named_unsafe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    running(monkeypatch)
    found = findings(tmp_path / "OneDrive" / "data")["数据文件夹"]
    assert not found.good and "网盘" in found.advice
