"""What a command says: one sentence and lines for a person, or code, facts and sentence as JSON."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import TextIO

from organizer.errors import DeviceMissing, OrganizerError
from organizer.i18n import _
from organizer.jobs import Job

JSON_VERSION = 1


@dataclass(frozen=True)
class Outcome:
    """The end of a command that did what it was asked."""

    code: str
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    exit_code: int = 0


def show(outcome: Outcome, as_json: bool) -> None:
    """Print an outcome to standard output; raises `DeviceMissing` where it cannot be told."""
    if as_json:
        facts = {**outcome.facts, **({"lines": outcome.lines} if outcome.lines else {})}
        say(sys.stdout, _packed(outcome.code, facts, outcome.sentence))
    else:
        say(sys.stdout, *outcome.lines, outcome.sentence)


def show_error(error: OrganizerError, as_json: bool) -> None:
    """Print an error: one sentence on standard error, and as JSON on standard output if asked."""
    _complain(error.code, error.facts, error.sentence(), as_json)


def show_bug(as_json: bool) -> None:
    """Say that the program failed; what happened stands in the log."""
    sentence = _("程序出错了，已经保存的都在；请把日志交给维护人员。")
    _complain("bug", {}, sentence, as_json)


def say(stream: TextIO | None, *lines: str) -> None:
    """Write lines and see them off; raises `DeviceMissing` where they do not arrive.

    A reader that stops reading has what it wanted. A stream that was closed before is None.
    """
    if stream is None:
        raise DeviceMissing("output.not_written")
    try:
        for line in lines:
            print(line, file=stream)
        stream.flush()
    except OSError as error:
        # Else the interpreter tries once more at its end, and complains in English.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise DeviceMissing("output.not_written") from error


def _complain(code: str, facts: Mapping[str, object], sentence: str, as_json: bool) -> None:
    try:
        if as_json:
            say(sys.stdout, _packed(code, facts, sentence))
    finally:
        say(sys.stderr, sentence)


class Progress(Job):
    """Progress of long work on standard error: a line that rewrites itself on a terminal.

    Used with `with`: Ctrl-C stops the work at its next step.
    """

    def __init__(self) -> None:
        super().__init__()
        self._percent = -1

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            self.cancel()
        if 0 <= self._percent < 100:
            print(file=sys.stderr, flush=True)

    def step(self, done: int, total: int, note: str = "") -> None:
        """Show the percentage when it changed; nothing when nobody watches."""
        super().step(done, total, note)
        percent = done * 100 // total if total else 0
        if percent != self._percent and sys.stderr is not None and sys.stderr.isatty():
            self._percent = percent
            end = "\n" if percent == 100 else ""
            print(f"\r{note} {percent}%", end=end, file=sys.stderr, flush=True)


def _packed(code: str, facts: Mapping[str, object], sentence: str) -> str:
    body = {"version": JSON_VERSION, "code": code, "facts": facts, "sentence": sentence}
    return json.dumps(body, ensure_ascii=False, default=str)
