"""One command from its words to its exit code: 0 done, 1 a person can fix it, 2 outside, 64, 70."""

import argparse
import contextlib
import sys
from collections.abc import Sequence

from organizer import log, paths, settings
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
        with contextlib.suppress(DeviceMissing):
            output.show_bug(as_json)
        return BUG
    finally:
        log.stop(handler)


def _run(words: Sequence[str], as_json: bool) -> int:
    try:
        arguments = _understood(words)
        if arguments is None:
            return 0
        _put_settings_aside()
        outcome: output.Outcome = arguments.run(arguments)
        output.show(outcome, as_json)
    except OrganizerError as error:
        return _refused(error, as_json)
    except KeyboardInterrupt:
        return _refused(Cancelled("job.cancelled"), as_json)
    return outcome.exit_code


def _understood(words: Sequence[str]) -> argparse.Namespace | None:
    """The command; None when the grammar has shown a help page, which was all that was wanted."""
    try:
        return parse(words)
    except SystemExit:
        output.say(sys.stdout)
        return None


def _refused(error: OrganizerError, as_json: bool) -> int:
    log.area("cli").info("%s", log.facts_line(error.code, error.facts))
    try:
        output.show_error(error, as_json)
    except DeviceMissing as unsaid:
        return unsaid.exit_code
    return error.exit_code


def _put_settings_aside() -> None:
    """Settings nobody can read stop no command; they are told beside its answer."""
    damage = settings.set_aside(paths.settings_file())
    if damage is not None:
        _refused(damage, as_json=False)
