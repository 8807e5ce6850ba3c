"""What is kept of a bug for whoever repairs the program: no records, no values of variables."""

import platform
import traceback
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from organizer import __version__, i18n, log, paths
from organizer.errors import OrganizerError

_LOG_TAIL = 20_000
_KEPT = 10
_PACKAGES = ("organizer", "site-packages", "lib")


def fingerprint(error: BaseException) -> str:
    """The same for the same bug: its kind and where it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {where}"


def describe(error: BaseException) -> str:
    """The text of a report: version, platform and the traceback without messages and locals.

    A message may quote what somebody typed; only the code of our own errors is told.
    """
    lines = [
        f"organizer {__version__}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        f"Python {platform.python_version()}",
        "",
        *_chain(error),
    ]
    return log.redact("\n".join(lines))


def keep(text: str) -> Path:
    """Write a report with the tail of the log beside it; only the newest ten stay."""
    folder = paths.reports_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = datetime.now(i18n.SHANGHAI).strftime("%Y%m%d-%H%M%S-%f")
    file = folder / f"report-{stamp}.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("report.txt", text)
        archive.writestr("log.txt", log_tail())
    for old in sorted(folder.glob("report-*.zip"))[:-_KEPT]:
        old.unlink()
    return file


def log_tail() -> str:
    """The end of the log, which never held personal data."""
    file = paths.log_folder() / "organizer.log"
    if not file.exists():
        return ""
    return log.redact(file.read_bytes()[-_LOG_TAIL:].decode("utf-8", "replace"))


def _chain(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _chain(before)
        yield ""
    code = f" {error.code}" if isinstance(error, OrganizerError) else ""
    yield f"{type(error).__name__}{code}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
        yield f"    {frame.line or ''}"


def _short(filename: str) -> str:
    parts = Path(filename).parts
    for package in _PACKAGES:
        if package in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(package) - 1 :])
    return Path(filename).name
