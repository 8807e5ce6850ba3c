"""One command from its words to its exit code: 0 done, 1 a person can fix it, 2 outside, 64, 70."""

import os
import sys
from collections.abc import Sequence

from organizer import log, paths
from organizer.cli import output
from organizer.cli.arguments import parse
from organizer.errors import Cancelled, DeviceMissing, OrganizerError

BUG = 70


def main(words: Sequence[str]) -> int:
    """Run a command; every error becomes one Chinese sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may be GBK; a rare name must not end a command.
        if stream is not None:
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    handler = log.start(paths.log_folder())
    as_json = "--json" in words
    try:
        return _run(words, as_json)
    except Exception:  # noqa: BLE001 - the last net: a bug is logged, never shown as a traceback
        log.area("cli").exception("bug")
        output.show_bug(as_json)
        return BUG
    finally:
        log.stop(handler)


def _run(words: Sequence[str], as_json: bool) -> int:
    try:
        arguments = parse(words)
        outcome: output.Outcome = arguments.run(arguments)
        _say(outcome, as_json)
    except OrganizerError as error:
        log.area("cli").info("%s", log.facts_line(error.code, error.facts))
        output.show_error(error, as_json)
        return error.exit_code
    except KeyboardInterrupt:
        output.show_error(Cancelled("job.cancelled"), as_json)
        return Cancelled.exit_code
    except SystemExit as end:
        return int(end.code or 0)
    return outcome.exit_code


def _say(outcome: output.Outcome, as_json: bool) -> None:
    try:
        output.show(outcome, as_json)
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        # Else the interpreter tries once more at its end, and complains in English.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise DeviceMissing("output.not_written") from error
