"""The front door, from nothing and without network: its library is a wheel made on the spot."""

import base64
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = """
import importlib.util, os, sys
print("running", sys.argv[1:], "with lantern" if importlib.util.find_spec("lantern") else "bare")
"""


def make_wheel(folder: Path) -> str:
    """A library called lantern in `folder`; its line in a lock."""
    folder.mkdir()
    wheel = folder / "lantern-1.0-py3-none-any.whl"
    files = {
        "lantern.py": "",
        "lantern-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: lantern\nVersion: 1.0\n",
        "lantern-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "lantern-1.0.dist-info/RECORD"
    lines = []
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
        lines.append(f"{name},sha256={digest.decode()},{len(text)}\n")
    files[record] = "".join(lines) + f"{record},,\n"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return f"lantern==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


class Checkout:
    """A copy of the project small enough to be set up in a test."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.folder = folder
        self.lock = folder / "requirements.lock"
        self.stamp = folder / ".venv" / "set-up.stamp"
        # The tests' own path would bring the real program in.
        outer = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self.environment = outer | {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(wheels),
        }

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(self.folder / "dev.py"), *words],
            cwd=self.folder.parent,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *words: str) -> tuple[str, str]:
        """What the command printed and what the front door said about it."""
        with self.start(*words) as child:
            printed, said = child.communicate()
        assert child.returncode == 0, said
        return printed, said


def fresh_checkout(folder: Path) -> Checkout:
    checkout = Checkout(folder / "checkout", folder / "wheels")
    (checkout.folder / "organizer").mkdir(parents=True)
    (checkout.folder / "organizer" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    shutil.copy(ROOT / "dev.py", checkout.folder)
    checkout.lock.write_text(make_wheel(folder / "wheels"), encoding="utf-8")
    return checkout


@pytest.fixture(scope="module")
def first_time(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checkout, list[tuple[str, str]]]:
    """A checkout that two commands have set up at the same moment, and what each printed and said."""
    checkout = fresh_checkout(tmp_path_factory.mktemp("first"))
    with checkout.start("run", "one") as one, checkout.start("run", "two") as two:
        return checkout, [one.communicate(), two.communicate()]


@pytest.fixture
def ready(first_time: tuple[Checkout, list[tuple[str, str]]], tmp_path: Path) -> Checkout:
    """A copy of a finished checkout, for one test to spoil; no library can be fetched any more."""
    folder = tmp_path / "checkout"
    shutil.copytree(first_time[0].folder, folder, symlinks=True)
    return Checkout(folder, tmp_path / "nowhere")


def test_two_first_commands_share_one_set_up(
    first_time: tuple[Checkout, list[tuple[str, str]]],
) -> None:
    _, told = first_time
    assert sorted(printed for printed, _ in told) == [
        "running ['one'] with lantern\n",
        "running ['two'] with lantern\n",
    ]
    assert sum("making .venv" in said for _, said in told) == 1


def test_a_later_start_needs_no_network_and_says_nothing(ready: Checkout) -> None:
    assert ready.run("run") == ("running [] with lantern\n", "")


def test_demo_has_a_place_for_its_results_unless_told(ready: Checkout) -> None:
    default = str(ready.folder / "out" / "demo")
    assert f"['demo', '--out', {default!r}, '--small']" in ready.run("demo", "--small")[0]
    assert "['demo', '--out', 'here']" in ready.run("demo", "--out", "here")[0]


def test_a_changed_lock_is_followed(ready: Checkout) -> None:
    ready.lock.write_text("# nothing any more\n", encoding="utf-8")
    printed, said = ready.run("run")
    assert printed == "running [] bare\n"
    assert "the lock has changed" in said and "making .venv" not in said
    assert ready.run("run")[1] == ""


def test_a_library_that_is_not_the_locked_one_is_refused(ready: Checkout, tmp_path: Path) -> None:
    make_wheel(tmp_path / "nowhere")
    ready.lock.write_text(f"lantern==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    shutil.rmtree(ready.folder / ".venv")
    with ready.start("run") as child:
        printed, said = child.communicate()
    assert child.returncode == 1
    assert printed == "" and "HASH" in said.upper()
    assert not ready.stamp.exists()


@pytest.mark.skipif(os.name == "nt", reason="no kill that cannot be caught")
def test_a_set_up_killed_half_way_is_begun_anew(tmp_path: Path) -> None:
    checkout = fresh_checkout(tmp_path)
    with checkout.start("run") as child:
        assert child.stderr is not None and "making .venv" in child.stderr.readline()
        child.kill()
    assert not checkout.stamp.exists()
    assert checkout.run("run", "again")[0] == "running ['again'] with lantern\n"
    assert checkout.stamp.exists()


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("front_door", ROOT / "dev.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_missing_system_library_is_noticed(dev: ModuleType) -> None:
    assert not dev.loads("libnowhere.so.99")


@pytest.mark.skipif(sys.platform != "linux", reason="system packages are a Linux matter")
def test_who_is_not_root_reads_the_one_command(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(dev.Refused) as refusal:
        dev.provide_packages(["libegl1", "libgl1"], 0)
    assert str(refusal.value).endswith(
        "\n    sudo apt-get install -y --no-install-recommends libegl1 libgl1"
    )


def test_an_unknown_command_is_answered_with_the_known_ones(
    dev: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["dance"]) == 64
    heard = capsys.readouterr().err
    assert all(f"dev.py {name}" in heard for name in dev.COMMANDS)
