"""`organizer doctor`: whether this machine can show the window, type hanzi and keep the data safe."""

import argparse
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from organizer import paths, resources
from organizer.cli.output import Outcome
from organizer.errors import DeviceMissing, OrganizerError
from organizer.i18n import _, listed

_FRAMEWORKS = ("ibus", "fcitx")
_DAEMONS = {"ibus-daemon": "ibus", "fcitx": "fcitx", "fcitx5": "fcitx"}
_VARIABLES = ("QT_IM_MODULE", "QT_IM_MODULES", "XMODIFIERS", "GTK_IM_MODULE")
_LEAST_FREE_MB = 500


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, what was found, and what to do if not."""

    name: str
    good: bool
    found: str
    advice: str = ""


def doctor(arguments: argparse.Namespace) -> Outcome:
    """Look at the machine; exit code 1 when something stands in the way."""
    folder = paths.data_folder(arguments.data).root
    findings = [_display(), *_typing(), *_fonts(), _safe_drive(folder), _space(folder)]
    bad = [finding for finding in findings if not finding.good]
    facts = {
        "findings": [
            {"name": one.name, "good": one.good, "found": one.found, "advice": one.advice}
            for one in findings
        ]
    }
    lines = tuple(line for finding in findings for line in _lines(finding))
    if bad:
        return Outcome(
            "doctor.found",
            _("有 {count} 处要处理（见 ✗）。").format(count=len(bad)),
            facts,
            lines,
            1,
        )
    return Outcome("doctor.well", _("这台电脑可以正常使用。"), facts, lines)


def window(arguments: argparse.Namespace) -> Outcome:
    """`organizer run` where there is no display; with one the window opens before this."""
    raise DeviceMissing("display.none")


def _lines(finding: Finding) -> Iterator[str]:
    mark = "✓" if finding.good else "✗"
    yield f"{mark} {finding.name}  {finding.found}".rstrip()
    if not finding.good and finding.advice:
        yield f"    {finding.advice}"


def _display() -> Finding:
    shown = [name for name in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(name)]
    good = bool(shown) or sys.platform != "linux"
    found = " ".join(f"{name}={os.environ[name]}" for name in shown)
    return Finding(
        _("显示"),
        good,
        found or (sys.platform if good else _("没有图形桌面")),
        _("请在图形桌面里打开；远程登录时先转发显示。命令行功能不受影响。"),
    )


def _typing() -> Iterator[Finding]:
    if sys.platform != "linux":
        yield Finding(_("输入法"), True, _("由系统提供"))
        return
    daemons = {name for name in _process_names() if name in _DAEMONS}
    running = sorted({_DAEMONS[name] for name in daemons})
    wanted = _wanted_framework()
    yield Finding(
        _("输入法程序"),
        bool(running),
        listed(running) or _("没有运行"),
        _("请启动桌面自带的输入法（ibus 或 fcitx5）；没有的请安装 fcitx5 或 ibus-libpinyin。"),
    )
    yield _variables(wanted, running)
    framework = wanted or (running[0] if running else "")
    if framework:
        yield _plugin(framework, "fcitx5" in daemons)


def _variables(wanted: str, running: list[str]) -> Finding:
    found = " ".join(f"{name}={os.environ[name]}" for name in _VARIABLES if os.environ.get(name))
    # fcitx5 also answers where ibus is asked for; on Wayland the desktop carries the text itself.
    fitting = not running or wanted in (*running, "ibus") or bool(os.environ.get("WAYLAND_DISPLAY"))
    usable = [name for name in running if _plugins_of(name)]
    first = usable[0] if usable else "ibus"
    return Finding(
        _("输入法变量"),
        fitting,
        found or _("没有设置"),
        _("请在登录脚本（~/.profile）里加上 export QT_IM_MODULE={name}，注销后重新登录。").format(
            name=first
        ),
    )


def _wanted_framework() -> str:
    said = " ".join(os.environ.get(name, "") for name in ("QT_IM_MODULE", "QT_IM_MODULES"))
    return next((name for name in _FRAMEWORKS if name in said), "")


def _plugin(framework: str, fcitx5: bool) -> Finding:
    """The window library brings ibus and compose; fcitx has a plugin of its own for Qt 6.

    Without that one the window asks for ibus, to which fcitx5 answers as well.
    """
    there = _plugins_of(framework) or (_plugins_of("ibus") if fcitx5 else [])
    return Finding(
        _("输入法插件"),
        bool(there),
        listed(there) or _("没有 {name} 的 Qt 6 插件").format(name=framework),
        _(
            "请把 QT_IM_MODULE 改为 ibus（fcitx5 也听 ibus 的协议），或安装 fcitx5-frontend-qt6 并把插件放进 {folder}。"
        ).format(folder=next(iter(_plugin_folders()), "")),
    )


def _plugins_of(framework: str) -> list[str]:
    files = [file.name for folder in _plugin_folders() for file in folder.glob("*.so")]
    return [name for name in files if framework in name]


def _plugin_folders() -> list[Path]:
    roots = [Path(path) for path in os.environ.get("QT_PLUGIN_PATH", "").split(os.pathsep) if path]
    # Found without being imported: looking at a broken machine must not load a window library.
    library = importlib.util.find_spec("PySide6")
    if library is not None:
        roots += [
            Path(place) / "Qt" / "plugins" for place in library.submodule_search_locations or ()
        ]
    return [root / "platforminputcontexts" for root in roots]


def _process_names() -> Iterator[str]:
    for file in Path("/proc").glob("[0-9]*/comm"):
        try:
            yield file.read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            # The process ended while we looked.
            continue


def _fonts() -> Iterator[Finding]:
    for name, weight in (("NotoSansSC", "400Regular"), ("NotoSerifSC", "400Regular")):
        file = resources.path("fonts", f"{name}_{weight}.ttf")
        yield Finding(
            _("字体"),
            file.is_file(),
            name,
            _("程序文件不全，请重新安装。"),
        )


def _safe_drive(folder: Path) -> Finding:
    try:
        paths.refuse_unsafe_folder(folder)
    except OrganizerError as error:
        return Finding(_("数据文件夹"), False, str(folder), error.sentence())
    return Finding(_("数据文件夹"), True, str(folder))


def _space(folder: Path) -> Finding:
    there = next(part for part in (folder, *folder.parents) if part.exists())
    free = shutil.disk_usage(there).free // 1_000_000
    return Finding(
        _("剩余空间"),
        free >= _LEAST_FREE_MB,
        _("{free} MB").format(free=free),
        _("请清理磁盘，至少留出 {least} MB。").format(least=_LEAST_FREE_MB),
    )
