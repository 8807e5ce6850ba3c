"""`python -m organizer`: without words the window where there is a display, else the command line."""

import os
import sys


def main() -> int:
    """Run the program; returns the exit code."""
    _choose_language()
    words = sys.argv[1:]
    if _has_display() and (not words or _is_run(words)):
        # The command line's grammar is not loaded for it: the window is to open at once.
        from organizer.app import main as open_window

        return open_window(words[-1].removeprefix("--data=") if len(words) > 1 else None)
    from organizer.cli.main import main as run

    return run(words)


def _is_run(words: list[str]) -> bool:
    """Whether this is `run`, `run --data FOLDER` or `run --data=FOLDER`, well written."""
    return (
        words == ["run"]
        or (len(words) == 3 and words[:2] == ["run", "--data"])
        or (len(words) == 2 and words[0] == "run" and words[1].startswith("--data="))
    )


def _has_display() -> bool:
    return sys.platform != "linux" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def _choose_language() -> None:
    """The environment's language, else that of the settings; before any sentence is loaded."""
    from organizer import paths, settings

    if not os.environ.get("ORGANIZER_LANGUAGE"):
        os.environ["ORGANIZER_LANGUAGE"] = settings.read(paths.settings_file()).language


if __name__ == "__main__":
    sys.exit(main())
