"""One command from its words to its exit code: 0 done, 1 a person can fix it, 2 outside, 64, 70."""

import sys
from collections.abc import Sequence

from organizer import log, paths
from organizer.cli import output
from organizer.cli.arguments import parser
from organizer.errors import Cancelled, OrganizerError
from organizer.i18n import _

BUG = 70


def main(words: Sequence[str]) -> int:
    """Run a command; every error becomes one Chinese sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may be GBK; a rare name must not end a command.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    as_json = "--json" in words
    handler = None
    try:
        # Somebody who only types the name wants to know what there is.
        arguments = parser().parse_args(words or ["--help"])
        handler = log.start(paths.log_folder())
        outcome: output.Outcome = arguments.run(arguments)
    except OrganizerError as error:
        _note(error)
        output.show_error(error, as_json)
        return error.exit_code
    except KeyboardInterrupt:
        output.show_error(Cancelled("job.cancelled"), as_json)
        return Cancelled.exit_code
    except SystemExit as end:
        return int(end.code or 0)
    except Exception:  # noqa: BLE001 - the last net: a bug is logged, never shown as a traceback
        log.area("cli").exception("bug")
        print(_("程序出错了，数据没有损坏；请把日志交给维护人员。"), file=sys.stderr)
        return BUG
    finally:
        if handler:
            log.stop(handler)
    output.show(outcome, as_json)
    return outcome.exit_code


def _note(error: OrganizerError) -> None:
    log.area("cli").info("%s", log.facts_line(error.code, error.facts))
