"""The house rules that a reader would otherwise have to remember (docs/glossary.md has the words)."""

import ast
import os
import re
import shutil
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest

from organizer import errors

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "organizer"
TEXTS = ROOT / "resources" / "texts"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TREES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in SOURCES}

HANZI = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff]")
TRANSLATED = {"_", "N_", "ngettext", "pgettext"}


def shown(file: Path, line: int | None = None) -> str:
    where = file.relative_to(ROOT).as_posix()
    return where if line is None else f"{where}:{line}"


def tracked_texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the project: what git would keep, or what lies there without git."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    try:
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
        names = listing.stdout.split("\0") if listing.returncode == 0 else None
    except FileNotFoundError:
        names = None
    if names is None:
        hidden = {".git", ".venv", "out", "__pycache__", ".mypy_cache", ".ruff_cache"}
        files = (file.relative_to(ROOT) for file in ROOT.rglob("*"))
        names = [str(file) for file in files if not hidden & set(file.parts)]
    for name in filter(None, names):
        file = ROOT / name
        try:
            yield file, file.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue


# Size and names


def test_files_and_functions_have_one_owner() -> None:
    long_files = [
        shown(file)
        for file in [*SOURCES, ROOT / "dev.py"]
        if len(file.read_text(encoding="utf-8").splitlines()) > 400
    ]
    long_functions = [
        shown(file, node.lineno)
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 50
    ]
    assert long_files + long_functions == []


def test_no_module_is_named_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "manager", "handler", "base", "misc"}
    named = [shown(file) for file in SOURCES if empty & set(file.stem.split("_"))]
    assert named == []


def glossary() -> Iterator[tuple[str, set[str]]]:
    """The English word of each Chinese term and the words not used for it."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for row in re.findall(r"^\| *[^|\n]*[\u3400-\u9fff][^|\n]*\|([^|]+)\|([^|]*)\|", text, re.M):
        if row[0].strip() != "English":
            yield row[0].strip(), {word.strip() for word in row[1].split(",") if word.strip()}


def test_one_term_has_one_word() -> None:
    unused = {word: right for right, wrong in glossary() for word in wrong}
    assert len(unused) > 20
    schema = (PACKAGE / "store" / "schema.sql").read_text(encoding="utf-8")
    names = {file.relative_to(PACKAGE).as_posix(): file.stem for file in SOURCES}
    names |= {f"table {name}": name for name in re.findall(r"CREATE TABLE (\w+)", schema)}
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).lower()
                names[shown(file, node.lineno)] = plain
    wrong = {
        where: f"{word} -> {unused[word]}"
        for where, name in names.items()
        for word in name.split("_")
        if word in unused
    }
    assert wrong == {}


# Language


def docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def calls(tree: ast.AST, names: Iterable[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in names:
            yield node


def test_sentences_for_people_are_translatable() -> None:
    spoken = [
        file
        for file in SOURCES
        if file.relative_to(PACKAGE).parts[0] in ("services", "ui", "cli", "cli.py", "app.py")
    ]
    bare = []
    for file in spoken:
        tree = TREES[file]
        fine = set(docstrings(tree))
        for call in calls(tree, TRANSLATED):
            fine |= set(chain.from_iterable(ast.walk(argument) for argument in call.args))
        bare += [
            shown(file, node.lineno)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and HANZI.search(node.value)
            and node not in fine
        ]
    assert bare == []


def test_translated_sentences_are_whole_literals() -> None:
    cut = [
        shown(file, call.lineno)
        for file, tree in TREES.items()
        for call in calls(tree, TRANSLATED)
        if not (call.args and isinstance(call.args[0], ast.Constant)) and file.stem != "i18n"
    ]
    assert cut == []


# Errors


def sentences() -> dict[str, str]:
    """Every error sentence by its code."""
    areas = tomllib.loads((TEXTS / "errors.toml").read_text(encoding="utf-8"))
    return {f"{area}.{name}": text for area in areas for name, text in areas[area].items()}


def error_classes() -> set[str]:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return {kind.__name__ for kind in kinds if issubclass(kind, errors.OrganizerError)}


def raised() -> Iterator[tuple[str, str, ast.Call]]:
    """Every error made with its code spelt out: code, place, call."""
    kinds = error_classes()
    for file, tree in TREES.items():
        for call in calls(tree, kinds):
            if call.args and isinstance(call.args[0], ast.Constant):
                yield call.args[0].value, shown(file, call.lineno), call


def test_every_error_has_a_sentence() -> None:
    known = sentences()
    assert {code: where for code, where, _ in raised() if code not in known} == {}


def composed(text: ast.JoinedStr) -> str:
    """The pattern of an f-string."""
    parts = (
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)"
        for part in text.values
    )
    return "".join(parts)


def test_every_sentence_has_an_error() -> None:
    nodes = list(chain.from_iterable(ast.walk(tree) for tree in TREES.values()))
    literals = {node.value for node in nodes if isinstance(node, ast.Constant)}
    patterns = {composed(node) for node in nodes if isinstance(node, ast.JoinedStr)}
    patterns = {pattern for pattern in patterns if re.match(r"[a-z]+\\\.", pattern)}

    def used(code: str) -> bool:
        matches = (re.fullmatch(pattern, code) for pattern in patterns)
        return code in literals or any(set(m.groups()) <= literals for m in matches if m)

    assert [code for code in sentences() if not used(code)] == []


def test_every_fact_a_sentence_names_is_given() -> None:
    known = sentences()
    missing = []
    for code, where, call in raised():
        # `field` names where to show the sentence; it is no fact.
        given = {word.arg for word in call.keywords} - {"field"}
        named = {name for _, name, _, _ in string.Formatter().parse(known.get(code, "")) if name}
        if None not in given and named - given:
            missing.append(f"{where} {code}: {sorted(named - given)}")
    assert missing == []


def test_every_sentence_ends_by_saying_what_to_do() -> None:
    helpless = {
        code: text
        for code, text in sentences().items()
        if not text.endswith("。") or not re.search("请|可以|可先|可到|需|不必|不用", text[-60:])
    }
    assert helpless == {}


def test_every_note_has_a_sentence() -> None:
    areas = tomllib.loads((TEXTS / "notes.toml").read_text(encoding="utf-8"))
    missing = {
        call.args[0].value: shown(file, call.lineno)
        for file, tree in TREES.items()
        for call in calls(tree, {"Note"})
        if call.args and isinstance(call.args[0], ast.Constant)
        if call.args[0].value.partition(".")[2]
        not in areas.get(call.args[0].value.split(".")[0], {})
    }
    assert missing == {}


# Imports


def imported(tree: ast.AST) -> set[str]:
    """The top-level packages a module imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def test_the_domain_is_pure() -> None:
    outside = {"io", "os", "pathlib", "shutil", "socket", "sqlite3", "subprocess", "time"}
    allowed = (set(sys.stdlib_module_names) - outside) | {"organizer", "stdnum"}
    clocks = {"now", "today", "utcnow"}
    impure = []
    for file, tree in TREES.items():
        if file.is_relative_to(PACKAGE / "domain"):
            impure += [f"{shown(file)} imports {name}" for name in imported(tree) - allowed]
            impure += [
                f"{shown(file, node.lineno)} reads the clock"
                for node in ast.walk(tree)
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in clocks
            ]
    assert impure == []


def test_an_untyped_library_has_one_importer_in_an_edge() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    untyped = [name.split(".")[0] for name in settings["tool"]["mypy"]["overrides"][0]["module"]]
    importers: dict[tuple[str, str], list[str]] = {}
    for file, tree in TREES.items():
        for name in imported(tree) & set(untyped):
            edge = file.relative_to(PACKAGE).parts[0]
            importers.setdefault((name, edge), []).append(shown(file))
    assert {key: files for key, files in importers.items() if len(files) > 1} == {}


BREACHES = {
    "Imports go down only; edges do not know each other": ("store", "import organizer.sheets"),
    "The domain knows of the foundation only the errors": ("domain", "import organizer.i18n"),
    "The window and the command line reach edges through services only": (
        "cli",
        "import organizer.store",
    ),
    "SQL drivers only in the store": ("services", "import sqlite3"),
    "Cryptography only in crypto": ("services", "import cryptography"),
    "Drawing libraries only in the forms": ("services", "import reportlab.pdfgen"),
    "Spreadsheet libraries only in the sheets and the registry": ("services", "import openpyxl"),
    "The window library only in the window": ("forms", "import PySide6.QtGui"),
    "Inside the window: shell, screens, widgets, foundation": (
        "ui/today",
        "import organizer.ui.survey",
    ),
}


def test_each_import_contract_notices_its_breach(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "organizer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for part, line in BREACHES.values():
        module = tmp_path / "organizer" / f"{part}.py"
        module = module if module.exists() else module.with_suffix("") / "__init__.py"
        with module.open("a", encoding="utf-8") as source:
            source.write(f"\n{line}\n")
    lint = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run(
        [sys.executable, "-c", lint],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    broken = set(re.findall(r"^(.+?) BROKEN", done.stdout, re.MULTILINE))
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["name"] for one in settings["tool"]["importlinter"]["contracts"]}
    assert broken == contracts == set(BREACHES)


# What is shipped


def test_no_file_speaks_of_one_machine() -> None:
    folders = "|".join(("work", "tmp", "root", "home/[a-z]+", "Users/[a-z]+"))
    machine = re.compile(rf"(?<![\w.$}}-])/(?:{folders})/")
    # Mount tables and redaction are tested with folders of nobody's machine.
    about_folders = {"tests/test_log.py", "tests/test_paths.py"}
    found = [
        shown(file, number)
        for file, text in tracked_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if machine.search(line) and shown(file) not in about_folders
    ]
    assert found == []


def test_the_lock_pins_by_hash_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.split(r"^(?=\S+==)", lock, flags=re.MULTILINE)
    assert pins[0] == "" and len(pins) > 20
    assert [pin.split()[0] for pin in pins[1:] if "--hash=sha256:" not in pin] == []
    assert "://" not in lock and "index" not in re.sub(r"#.*", "", lock)


def test_the_lock_serves_every_declared_library() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    names = [re.match(r"[\w.-]+", line) for line in declared]
    absent = [name[0] for name in names if name and f"\n{name[0].lower()}==" not in f"\n{lock}"]
    assert absent == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readme_begins_with_the_two_commands(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    first_block = text.split("```")[1]
    assert "python3 dev.py demo" in first_block and "python3 dev.py test" in first_block


def test_readmes_have_the_same_chapters() -> None:
    english, chinese = (
        re.findall(r"^#+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese
