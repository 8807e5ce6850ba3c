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
    """Whether a window can be shown: without anybody at the display the window library aborts."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    wayland = os.environ.get("WAYLAND_DISPLAY", "")
    if wayland and _answers(os.path.join(folder, wayland)):
        return True
    host, _colon, number = os.environ.get("DISPLAY", "").rpartition(":")
    if not number or host not in ("", "unix"):
        # A display of another machine is tried.
        return bool(number)
    place = os.path.join(os.sep, "tmp", ".X11-unix", f"X{number.partition('.')[0]}")
    return _answers(place) or _answers(f"\0{place}")


def _answers(place: str) -> bool:
    import socket

    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(place)
        except OSError:
            return False
    return True


def _choose_language() -> None:
    """The environment's language, else that of the settings; before any sentence is loaded."""
    from organizer import paths, settings

    if not os.environ.get("ORGANIZER_LANGUAGE"):
        os.environ["ORGANIZER_LANGUAGE"] = settings.read(paths.settings_file()).language


if __name__ == "__main__":
    sys.exit(main())
