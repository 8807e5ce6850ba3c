#!/usr/bin/env python3
"""The developer's front door: makes everything ready, then does what was asked.

    python3 dev.py demo [--out DIR] [...]   the whole program at work on sample data (out/demo)
    python3 dev.py test [...]               the whole test suite, without a display
    python3 dev.py run [...]                open the program
    python3 dev.py pictures [...]           photograph every screen into docs/pictures
    python3 dev.py check [--fast]           every check; --fast leaves the tests out
    python3 dev.py catalogs                 collect the program's sentences again
    python3 dev.py lock                     choose and pin the libraries again

The first command sets up `.venv` from requirements.lock; later ones start at once, without network.
Standard library only: this file runs before anything is installed.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.stamp"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PIP = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
CATALOG = ROOT / "resources" / "locale" / "organizer.pot"
OLDEST = (3, 11)

# What the window library loads from the system, and the Debian package that brings it.
SYSTEM_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
DISPLAY_LIBRARIES = SYSTEM_LIBRARIES | {  # for a window on an X display
    "libX11-xcb.so.1": "libx11-xcb1", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-shape.so.0": "libxcb-shape0",
}  # fmt: skip
INSTALLERS = {"pip", "setuptools", "uv", "wheel"}  # left alone when the lock changes

CATALOG_HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


class Refused(Exception):
    """Something only the person can put right; the text says what to type."""


def say(text: str) -> None:
    """Tell what is going on, apart from the output of the command itself."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def set_up(libraries: Mapping[str, str] = SYSTEM_LIBRARIES) -> None:
    """Bring `.venv` and the system libraries to what the lock says; at once when they are."""
    if sys.version_info < OLDEST:
        raise Refused(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed, e.g. python3.11 dev.py")
    with only_one(ROOT / ".venv.lock") as held:
        known = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
        rebuild = not known.startswith(f"{python_tag()} ") or not python_works()
        provide_packages(missing_packages(libraries, build=rebuild), held)
        if rebuild:
            build_venv(held)
        elif known == wanted_stamp():
            return
        STAMP.unlink(missing_ok=True)
        if not rebuild:
            say("the lock has changed: bringing .venv up to date")
            remove_unlocked(held)
        install_locked(held)
        STAMP.write_text(wanted_stamp(), encoding="utf-8")


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[int]:
    """Hold the lock file while setting up; another set-up waits. Yields its descriptor."""
    with path.open("a") as handle:
        if not taken(handle.fileno()):
            say("another set-up is at work; waiting for it")
            while not taken(handle.fileno()):
                time.sleep(0.2)
        yield handle.fileno()


def taken(descriptor: int) -> bool:
    """Whether the lock of the operating system could be had just now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def python_tag() -> str:
    """What libraries are built for: interpreter, version, machine."""
    return f"{sys.implementation.cache_tag}-{sys.platform}-{platform.machine()}"


def wanted_stamp() -> str:
    """What a finished `.venv` is stamped with; while set-up is under way there is no stamp."""
    return f"{python_tag()} {hashlib.sha256(LOCK.read_bytes()).hexdigest()}"


def python_works() -> bool:
    """Whether the interpreter of `.venv` still starts (its base may have been removed)."""
    with contextlib.suppress(OSError):
        return subprocess.run([PYTHON, "-I", "-S", "-c", ""], check=False).returncode == 0
    return False


def missing_packages(libraries: Mapping[str, str], *, build: bool) -> list[str]:
    """Debian packages without which this machine cannot go on."""
    if sys.platform != "linux":
        return []
    missing = [package for name, package in libraries.items() if not loads(name)]
    if build and not importlib.util.find_spec("ensurepip"):
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def loads(library: str) -> bool:
    """Whether the system has this shared library."""
    with contextlib.suppress(OSError):
        return bool(ctypes.CDLL(library))
    return False


def provide_packages(packages: Sequence[str], held: int) -> None:
    """Install system packages as root; raises `Refused` with the command to type otherwise."""
    if not packages:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Refused(f"system packages are missing; type:\n    sudo {' '.join(install)}")
    say(f"installing system packages: {' '.join(packages)}")
    step(["apt-get", "update"], held)
    step(install, held)


def build_venv(held: int) -> None:
    """Make `.venv` anew; whatever half of it was there goes."""
    if VENV.exists():
        say("an unfinished or foreign .venv is there: building it again")
        shutil.rmtree(VENV)
    say("making .venv")
    base: str = getattr(sys, "_base_executable", sys.executable)
    step([base, "-m", "venv", str(VENV)], held)


def install_locked(held: int) -> None:
    """Install exactly the libraries of the lock, each checked against its hash."""
    say(f"installing up to {len(names(LOCK.read_text(encoding='utf-8')))} locked libraries")
    begun = time.monotonic()
    options = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--progress-bar", "off"]
    step([*PIP, "install", *options, "-r", str(LOCK)], held)
    say(f"libraries ready in {time.monotonic() - begun:.0f} s")


def remove_unlocked(held: int) -> None:
    """Take out libraries the lock no longer names, so that nothing leans on them unseen."""
    there = names(step([*PIP, "freeze", "--all"], held))
    surplus = there - names(LOCK.read_text(encoding="utf-8")) - INSTALLERS
    if surplus:
        step([*PIP, "uninstall", "-y", *sorted(surplus)], held)


def names(requirements: str) -> set[str]:
    """The libraries pinned in a lock or a freeze, in the spelling of PEP 503."""
    found = re.findall(r"^([\w.-]+)==", requirements, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


def step(command: Sequence[str], held: int) -> str:
    """Run a step of the set-up; what it said, or `Refused` with the end of it.

    It inherits the lock, so that after a killed set-up the next one waits for the orphan's end.
    """
    lines: list[str] = []
    fetched = 0
    with subprocess.Popen(
        command,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=() if os.name == "nt" else (held,),
    ) as child:
        for line in child.stdout or ():
            lines.append(line.rstrip())
            begins = line.startswith(("Collecting ", "Processing "))
            fetched += begins
            if begins and fetched % 10 == 0:
                say(f"  {fetched} fetched")
    if child.returncode:
        raise Refused("\n".join(lines[-30:]) + "\nset-up did not finish; the same command resumes")
    return "\n".join(lines)


def environment(*, headless: bool) -> dict[str, str]:
    """For the program and the tools: the checkout importable from any folder, UTF-8 everywhere."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    extra = {"QT_QPA_PLATFORM": "offscreen"} if headless else {}
    return os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"} | extra


def python(*arguments: str, headless: bool = True, cwd: Path | None = None) -> int:
    """Run the Python of `.venv` in the foreground; its exit code."""
    return subprocess.call([PYTHON, *arguments], env=environment(headless=headless), cwd=cwd)


def demo(arguments: list[str]) -> int:
    """The program at work on sample data; papers and files go to --out."""
    if not any(word == "--out" or word.startswith("--out=") for word in arguments):
        arguments = ["--out", str(ROOT / "out" / "demo"), *arguments]
    set_up()
    return python("-m", "organizer", "demo", *arguments)


def run(arguments: list[str]) -> int:
    """Open the program."""
    set_up(DISPLAY_LIBRARIES if "DISPLAY" in os.environ else SYSTEM_LIBRARIES)
    return python("-m", "organizer", *arguments, headless=False)


def pictures(arguments: list[str]) -> int:
    """Drive the real window through every screen and keep what it looks like."""
    set_up()
    return python("-m", "tests.support.pictures", *arguments, cwd=ROOT)


def test(arguments: list[str]) -> int:
    """The whole suite, one worker more than cores, as some wait; arguments go to pytest."""
    set_up()
    more = f"-n{(os.cpu_count() or 1) + 1}"
    return python("-m", "pytest", more, "--dist=worksteal", *arguments, cwd=ROOT)


def lock(arguments: list[str]) -> int:
    """Pin the newest libraries pyproject.toml allows, for every platform, with hashes."""
    refuse_arguments(arguments)
    set_up()
    options = (
        "--universal --python-version 3.11 --all-extras --generate-hashes --no-header --quiet "
        "--no-emit-index-url --no-emit-find-links --upgrade --output-file requirements.lock"
    )
    return python("-m", "pip", "--disable-pip-version-check", "install", "-q", "uv") or python(
        "-m", "uv", "pip", "compile", *options.split(), "pyproject.toml", cwd=ROOT
    )


def catalogs(arguments: list[str]) -> int:
    """Write the catalog of the program's sentences."""
    refuse_arguments(arguments)
    set_up()
    CATALOG.parent.mkdir(parents=True, exist_ok=True)
    CATALOG.write_text(extracted(), encoding="utf-8", newline="\n")
    return 0


def extracted() -> str:
    """The catalog as the code has it now, the same on every machine and day."""
    options = "--omit-header --no-wrap --sort-output --add-location=file --add-comments=TR:"
    with tempfile.TemporaryDirectory() as folder:
        # Babel knows no "-" for standard output: it would make a file of that name.
        target = Path(folder) / "organizer.pot"
        command = ("-m", "babel.messages.frontend", "-q", "extract", *options.split())
        done = heard(*command, "-o", str(target), "organizer")
        if done.returncode:
            raise Refused(done.stderr)
        sentences = target.read_text(encoding="utf-8").strip()
    if "msgid" not in sentences:
        raise Refused("no sentence was found in the package")
    return f"{CATALOG_HEADER}{sentences}\n"


def refuse_arguments(arguments: list[str]) -> None:
    """For commands that take none."""
    if arguments:
        raise Refused(f"not understood: {' '.join(arguments)}")


def check(arguments: list[str]) -> int:
    """Every check, one line each; with --fast all but the tests."""
    refuse_arguments([word for word in arguments if word != "--fast"])
    set_up()
    failed = [name for name, good in timed(static_checks()) if not good]
    if "--fast" not in arguments and not failed:
        tests = {"tests": lambda: tool("-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal")}
        failed = [name for name, good in timed(tests) if not good]
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def static_checks() -> dict[str, Callable[[], tuple[bool, str]]]:
    """The checks that do not run the program."""
    contracts = "from importlinter.cli import lint_imports_command as lint; lint()"
    return {
        "types": lambda: tool("-m", "mypy", "--strict", "organizer", "dev.py"),
        "imports": lambda: tool("-c", contracts),
        "catalogs": catalog_is_fresh,
        "schema": lambda: tool("-m", "pytest", "-q", "tests/store/test_schema_dump.py"),
        "format": lambda: tool("-m", "ruff", "format", "--check", "."),
        "lint": lambda: tool("-m", "ruff", "check", "--output-format", "concise", "."),
    }


def timed(checks: dict[str, Callable[[], tuple[bool, str]]]) -> Iterator[tuple[str, bool]]:
    """Run checks side by side and print each as it ends, a failed one with all it said."""

    def one(work: Callable[[], tuple[bool, str]]) -> tuple[bool, str, float]:
        begun = time.monotonic()
        good, output = work()
        return good, output, time.monotonic() - begun

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as lanes:
        names = {lanes.submit(one, work): name for name, work in checks.items()}
        for done in as_completed(names):
            good, output, seconds = done.result()
            print(f"{'ok' if good else 'FAILED':<7}{names[done]:<10}{seconds:6.1f} s", flush=True)
            if not good:
                print(output.rstrip(), flush=True)
            yield names[done], good


def tool(*arguments: str) -> tuple[bool, str]:
    """Whether a tool of `.venv` is content, and what it said."""
    done = heard(*arguments)
    return done.returncode == 0, done.stdout + done.stderr


def heard(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the Python of `.venv` at the top of the checkout and keep what it says."""
    return subprocess.run(
        [str(PYTHON), *arguments],
        cwd=ROOT,
        env=environment(headless=True),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def catalog_is_fresh() -> tuple[bool, str]:
    """Whether the committed catalog is what the code says now."""
    there = CATALOG.read_text(encoding="utf-8") if CATALOG.exists() else ""
    return there == extracted(), f"{CATALOG.name} is stale; type: python3 dev.py catalogs"


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    work.__name__: work for work in (demo, test, run, pictures, check, catalogs, lock)
}


def main(words: list[str]) -> int:
    """Do the command; the exit code."""
    if not words or words[0] in ("help", "-h", "--help"):
        print(__doc__)
        return 0
    if words[0] not in COMMANDS:
        print(f"no such command: {words[0]}\n{__doc__}", file=sys.stderr)
        return 64
    try:
        return COMMANDS[words[0]](words[1:])
    except Refused as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
