"""The only reader of the files under `resources/`: texts, code lists, divisions, fonts."""

import csv
import functools
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def path(*parts: str) -> Path:
    """Path of a bundled resource; works from a checkout and from a frozen program."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)


@functools.cache
def toml(*parts: str) -> Mapping[str, Any]:
    """A TOML resource, parsed once."""
    return tomllib.loads(path(*parts).read_text(encoding="utf-8"))


def rows(*parts: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV resource (UTF-8, comma, header row)."""
    with path(*parts).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def sentence(catalog: str, code: str, facts: Mapping[str, object]) -> str:
    """The sentence `code` (`area.name`) of `resources/texts/<catalog>.toml`, filled with facts."""
    area, _, name = code.partition(".")
    text: str = toml("texts", f"{catalog}.toml")[area][name]
    return text.format_map(facts)
