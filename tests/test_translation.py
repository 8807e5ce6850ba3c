"""The English catalog: compiled from its source, whole for the shell, every placeholder kept."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "locale" / "en" / "LC_MESSAGES"
SHELL = [
    ROOT / "organizer" / "app.py",
    *sorted((ROOT / "organizer" / "ui" / "shell").glob("*.py")),
    *sorted((ROOT / "organizer" / "ui" / "settings").glob("*.py")),
]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with (FOLDER / "organizer.po").open("rb") as file:
        return read_po(file, locale="en")


def spoken() -> Iterator[str]:
    for file in SHELL:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "_":
                yield ast.literal_eval(node.args[0])


def test_every_sentence_of_the_shell_is_translated(catalog: Catalog) -> None:
    known = {message.id for message in catalog if message.string}
    assert sorted(set(spoken()) - known) == []


def test_placeholders_are_the_same_on_both_sides(catalog: Catalog) -> None:
    def names(text: str) -> list[str]:
        return sorted(re.findall(r"\{(\w*)\}", text))

    wrong = [m.id for m in catalog if m.id and names(str(m.id)) != names(str(m.string))]
    assert wrong == []


def test_the_compiled_catalog_is_what_its_source_says(catalog: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    fresh = {message.id: message.string for message in read_mo(compiled) if message.id}
    with (FOLDER / "organizer.mo").open("rb") as file:
        there = {message.id: message.string for message in read_mo(file) if message.id}
    # Else type: .venv/bin/pybabel compile -d resources/locale -D organizer
    assert there == fresh
