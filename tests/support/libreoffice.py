"""LibreOffice at work without a window, where the machine has it."""

import functools
import json
import shutil
import subprocess
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path

TYPIST = Path(__file__).with_name("calc_typist.py")


@functools.cache
def python_with_uno() -> str:
    """A Python that can talk to LibreOffice; "" for none."""
    for name in (sys.executable, shutil.which("python3", path="/usr/bin:/usr/local/bin") or ""):
        if name and subprocess.run([name, "-c", "import uno"], capture_output=True).returncode == 0:
            return name
    return ""


def is_here() -> bool:
    """Whether LibreOffice and a way to talk to it are on this machine."""
    return shutil.which("soffice") is not None and bool(python_with_uno())


def typed(
    source: Path,
    target: Path,
    entries: Sequence[tuple[str, str, str]],
    read: Sequence[tuple[str, str]] = (),
) -> list[str]:
    """Type into a copy of a workbook, (sheet, cell, text) by entry; what the cells `read` then show."""
    folder = target.parent / f"office-{uuid.uuid4().hex}"
    folder.mkdir()
    orders = folder / "orders.json"
    orders.write_text(json.dumps({"type": entries, "read": read}), encoding="utf-8")
    pipe = f"organizer-{uuid.uuid4().hex[:12]}"
    office = subprocess.Popen(
        [
            "soffice", "--headless", "--norestore", "--nolockcheck", "--nologo",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        done = subprocess.run(
            [python_with_uno(), str(TYPIST), str(source), str(target), str(orders), pipe],
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        office.wait(30)
    finally:
        office.kill()
        office.wait()
    shown: list[str] = json.loads(done.stdout)
    return shown
