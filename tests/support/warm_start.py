"""Commands as real processes that need not load the program anew.

A host has the program's modules loaded and forks for every command: own process, own streams and
environment, real signals and exit codes, at a fifth of the time. Where there is no fork every command
is started cold.
"""

import functools
import gc
import importlib
import json
import os
import pkgutil
import runpy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from organizer.forms.fonts import FontSet
from tests.support.open_fonts import opened

POSSIBLE = hasattr(os, "fork")

_AT_START = ("PATH", "SYSTEMROOT", "LC_ALL", "LANG", "TZ", "PYTHONPATH", "PYTHONWARNINGS")
"""What is looked at before the first line of the program; for other values there is another host."""

_ALREADY = ("sqlite_utils", "reportlab.pdfgen.canvas", "PIL.Image")
"""Libraries that commands load late."""

_TYPED, _OUT, _ERR = "typed", "out", "err"


class Host:
    """Forks a process for each command."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._host = subprocess.Popen(
            [sys.executable, "-m", "tests.support.warm_start"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(environment),
            encoding="utf-8",
        )

    def run(
        self, words: list[str], environment: Mapping[str, str], home: Path, streams: Path
    ) -> int:
        """Run a command to its end, its streams in a folder; returns the exit code."""
        order = {
            "words": words,
            "environment": dict(environment),
            "home": str(home),
            "streams": str(streams),
        }
        assert self._host.stdin is not None and self._host.stdout is not None
        self._host.stdin.write(json.dumps(order) + "\n")
        self._host.stdin.flush()
        return int(self._host.stdout.readline())


def host_for(environment: Mapping[str, str]) -> Host:
    """The host of this test process for commands with such an environment; it ends with the tests."""
    return _host(tuple((name, environment[name]) for name in _AT_START if name in environment))


@functools.cache
def _host(at_start: tuple[tuple[str, str], ...]) -> Host:
    return Host(dict(at_start))


def _load() -> FontSet:
    import organizer

    for module in pkgutil.walk_packages(organizer.__path__, "organizer."):
        if not module.name.startswith(("organizer.ui", "organizer.app", "organizer.__main__")):
            importlib.import_module(module.name)
    for library in _ALREADY:
        importlib.import_module(library)
    # What all share is not looked through, and so not copied, in every process.
    kept = opened()
    gc.freeze()
    return kept


def _next_order() -> dict[str, str]:
    """Answer orders by forking; returns in the process that is to carry one out."""
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            return dict(order)
        _pid, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    sys.exit()


def _become(order: dict[str, object]) -> None:
    """Take over the words, streams, folder and environment of an order."""
    streams = Path(str(order["streams"]))
    for number, (name, flags) in enumerate(
        ((_TYPED, os.O_RDONLY), (_OUT, os.O_WRONLY), (_ERR, os.O_WRONLY))
    ):
        opened = os.open(streams / name, flags | (os.O_CREAT if flags else 0), 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding=sys.stdin.encoding, closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(order["environment"])  # type: ignore[arg-type]
    os.chdir(str(order["home"]))
    sys.argv = ["organizer", *order["words"]]  # type: ignore[misc]


if __name__ == "__main__":
    kept = _load()
    _become(_next_order())  # type: ignore[arg-type]
    runpy.run_module("organizer", run_name="__main__", alter_sys=True)
