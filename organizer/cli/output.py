"""What a command says: one sentence and lines for a person, or code, facts and sentence as JSON."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from organizer.errors import OrganizerError

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
    """Print an outcome to standard output."""
    if as_json:
        print(_packed(outcome.code, outcome.facts, outcome.sentence))
        return
    for line in outcome.lines:
        print(line)
    print(outcome.sentence)


def show_error(error: OrganizerError, as_json: bool) -> None:
    """Print an error: one sentence on standard error, and as JSON on standard output if asked."""
    if as_json:
        print(_packed(error.code, error.facts, error.sentence()))
    print(error.sentence(), file=sys.stderr)


class Progress:
    """Progress of long work on standard error: a line that rewrites itself on a terminal."""

    def __init__(self) -> None:
        self._percent = -1

    def step(self, done: int, total: int, note: str = "") -> None:
        """Show the percentage when it changed; nothing when nobody watches."""
        percent = done * 100 // total if total else 0
        if percent != self._percent and sys.stderr.isatty():
            self._percent = percent
            end = "\n" if percent == 100 else ""
            print(f"\r{note} {percent}%", end=end, file=sys.stderr, flush=True)


def _packed(code: str, facts: Mapping[str, object], sentence: str) -> str:
    body = {"version": JSON_VERSION, "code": code, "facts": facts, "sentence": sentence}
    return json.dumps(body, ensure_ascii=False, default=str)
