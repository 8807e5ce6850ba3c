"""The program as a person starts it: a real process, a data folder of its own, words and exit code.

Dates of what the sample office holds lie in the past, so that no test depends on today.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from organizer import resources
from organizer.paths import DataFolder
from organizer.services.lists import importing
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from tests.support import warm_start
from tests.support.offices import PASSWORD, Template, copy_office, open_office

ROOT = Path(__file__).resolve().parents[2]
ROUND_STARTS, LISTED_ON = date(2020, 1, 1), date(2020, 1, 2)


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        (line,) = self.out.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found

    @property
    def sentence(self) -> str:
        """The one sentence on standard error; nothing else may stand there."""
        (line,) = self.err.splitlines()
        return line


class CommandLine:
    """One person's machine: data, state and settings in a folder."""

    def __init__(self, home: Path, data: Path | None = None) -> None:
        self.home = home
        self.data = data or home / "data"
        self.state = home / "state"
        self.settings = home / "settings.toml"
        self.temporary = home / "tmp"
        self.temporary.mkdir(parents=True, exist_ok=True)

    @property
    def folder(self) -> DataFolder:
        return DataFolder(self.data.resolve())

    def environment(self, **changes: str | None) -> dict[str, str]:
        """What a command sees; a change to None leaves a variable out."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        own: dict[str, str | None] = {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
            "ORGANIZER_DATA": str(self.data),
            "ORGANIZER_STATE": str(self.state),
            "ORGANIZER_CONFIG": str(self.settings),
            "ORGANIZER_PASSWORD": PASSWORD,
        }
        return kept | {name: value for name, value in (own | changes).items() if value is not None}

    def run(
        self,
        *words: str | Path,
        before: Sequence[str] = (),
        typed: str = "",
        **changes: str | None,
    ) -> Answer:
        """One command to its end; `before` is a program that starts it, `typed` its input."""
        environment = self.environment(**changes)
        if not before and warm_start.POSSIBLE:
            return self._run_warm([*map(str, words)], typed, environment)
        if before:
            # Where no file may grow, half a cached module would be left for everybody.
            environment["PYTHONDONTWRITEBYTECODE"] = "1"
        done = subprocess.run(
            [*before, sys.executable, "-m", "organizer", *map(str, words)],
            env=environment,
            cwd=self.home,
            input=typed,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def _run_warm(self, words: list[str], typed: str, environment: dict[str, str]) -> Answer:
        with tempfile.TemporaryDirectory() as folder:
            streams = Path(folder)
            (streams / "typed").write_bytes(typed.encode())
            code = warm_start.host_for(environment).run(words, environment, self.home, streams)
            out, err = ((streams / name).read_bytes().decode() for name in ("out", "err"))
        return Answer(code, out, err)

    def do(self, *words: str | Path, **changes: str | None) -> dict[str, Any]:
        """The facts of a command that has to work."""
        answer = self.run(*words, "--json", **changes)
        assert answer.code == 0, answer
        assert answer.err == ""
        facts: dict[str, Any] = answer.json["facts"]
        return facts

    def refused(self, *words: str | Path, code: int = 1, **changes: Any) -> str:
        """The sentence of a command that has to be refused; it is a plain one."""
        answer = self.run(*words, **changes)
        assert answer.code == code, answer
        assert answer.out == ""
        assert_plain(answer.sentence)
        return answer.sentence

    def ids(self, text: str, table: str) -> list[str]:
        """The records of a table that `find` shows for a text."""
        hits = self.do("find", text, "--limit", "100")["hits"]
        return [hit["id"] for hit in hits if hit["table"] == table]

    def open(self) -> Workspace:
        """The same office, opened here; its state stays with it."""
        return open_office(self.data)


_QUOTED = re.compile("“[^”]*”")
_WORD = re.compile(r"[A-Za-z_]{2,}")
_HANZI = re.compile("[\u4e00-\u9fff]")
_KNOWN_WORDS = {
    "WPS", "Excel", "Word", "PDF", "Ctrl", "End", "xlsx", "xls", "csv", "organizer", "office", "new",
    "ORGANIZER_PASSWORD", "TOML", "UTF", "MB", "ref", "col", "keyring", "json",
}  # fmt: skip


def assert_plain(sentence: str) -> None:
    """One Chinese sentence: no second line, no English besides names a person types or knows."""
    assert "\n" not in sentence
    bare = _QUOTED.sub("", sentence)
    assert _HANZI.search(bare), sentence
    options = re.sub(r"--?[a-z][a-z-]*", "", bare)
    assert set(_WORD.findall(options)) <= _KNOWN_WORDS, sentence
    assert sentence.endswith("。") or sentence.endswith("）"), sentence


def sample(pattern: str) -> Path:
    (found,) = resources.path("sample").glob(pattern)
    return found


def sampled(template: Template, home: Path) -> Path:
    """A closed office in `home/office` with the sample's first list and an open round."""
    folder = copy_office(template.root, home / "office")
    opened = open_office(folder.root)
    importing.import_list(opened, sample("01_*.xlsx"), as_of=LISTED_ON)
    recording.open_round(opened, "样例批次", ROUND_STARTS, None)
    opened.close()
    return folder.root
