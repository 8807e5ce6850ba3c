"""Template profiles: all a platform's import sheet asks for, as data that can be replaced.

No platform's layout stands in code. A profile is a TOML file, bundled or brought by the office;
it is checked strictly on loading, so a misspelt key is told and never ignored.
"""

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from organizer import resources
from organizer.errors import UnreadableFile

Name = Annotated[str, msgspec.Meta(min_length=1)]
Count = Annotated[int, msgspec.Meta(ge=1)]

SOURCES = {
    "text": {
        *("name", "id_number", "mobile", "household_place", "employer", "native_place"),
    },
    "label": {
        *("sex", "ethnic", "employment_state", "paper_kind", "education", "skill_level"),
        *("household_kind", "change_kind", "change_reason", "political"),
    },
    "date": {"born_on", "change_on"},
    "yes_no": {"migrant"},
    "serial": {""},
}
"""Which member fields a column of each kind may show."""


class HeadText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text above the header row, merged over two or more columns `first`..`last` (from 1)."""

    row: Count
    first: Count
    last: Count
    text: Name


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The labels a platform looks up by name, and our words for them where they differ."""

    accepted: tuple[Name, ...]
    renamed: dict[str, str] = {}


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column. `kind` says how its value is written; values are labels, never codes."""

    header: Name
    kind: Literal["serial", "text", "label", "date", "yes_no"]
    source: str = ""
    required: bool = False
    labels: str = ""
    max_length: Count | None = None
    default: str = ""
    when_empty: str = ""
    """What the platform does with an empty cell, told before the file is made."""


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The keys of a profile file."""

    id: Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]+$")]
    name: Name
    origin: Name
    verified: bool
    file_type: Literal["xlsx"]
    file_name: Name
    sheet_name: Annotated[str, msgspec.Meta(min_length=1, max_length=31)]
    encoding: Literal["utf-8", "gb18030", "gbk"]
    """The character set the platform stores; what it cannot hold is named before export."""
    number_format: Literal["@"]
    date_format: Literal["yyyyMMdd"]
    yes_no: tuple[Name, Name]
    split: Literal["union"]
    max_rows: Count
    header_row: Count
    first_data_row: Count
    head: tuple[HeadText, ...] = ()
    footer: tuple[Name, ...] = ()
    columns: Annotated[tuple[Column, ...], msgspec.Meta(min_length=1)]
    labels: dict[str, Labels] = {}
    change_reasons: dict[str, tuple[str, ...]] = {}
    """For each kind of change the reasons that go with it; "" means no reason is right too."""
    kept_mobile_prefixes: tuple[Name, ...] = ()
    """Beginnings of mobile numbers the platform surely keeps; empty: it keeps all."""


class Profile(Content, frozen=True, kw_only=True):
    """A checked profile; `sha256` names its content, however the file is laid out."""

    sha256: str

    def column(self, source: str) -> Column | None:
        """The column showing a member's field, if the layout has one."""
        return next((column for column in self.columns if column.source == source), None)


def load(path: Path) -> Profile:
    """The profile in a TOML file.

    Raises `UnreadableFile` naming the key that is unknown, missing or wrong.
    """
    try:
        raw = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFile("registry.profile_unreadable", file=path.name) from error
    try:
        content = msgspec.convert(raw, Content, strict=True)
    except msgspec.ValidationError as error:
        raise _wrong_key(path, _key(str(error))) from error
    for key in _contradictions(content):
        raise _wrong_key(path, key)
    fields = {name: getattr(content, name) for name in content.__struct_fields__}
    return Profile(**fields, sha256=_fingerprint(raw))


def bundled() -> tuple[Profile, ...]:
    """The profiles that come with the program, by id."""
    return tuple(load(path) for path in sorted(resources.path("profiles").glob("*.toml")))


def _wrong_key(path: Path, key: str) -> UnreadableFile:
    return UnreadableFile("registry.profile_key", file=path.name, key=key)


def _key(message: str) -> str:
    """The key a msgspec message speaks of: `columns[3].header`."""
    place = re.search(r"`\$\.?([^`]*)`$", message)
    field = re.search(r"field `([^`]+)`", message)
    found = [part[1] for part in (place, field) if part and part[1]]
    return ".".join(found) or "?"


def _fingerprint(raw: dict[str, Any]) -> str:
    """SHA-256 over the content, not the bytes: line ends and comments may change in transit."""
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _contradictions(content: Content) -> Iterator[str]:
    """Keys whose values cannot be true together."""
    if content.first_data_row != content.header_row + 1:
        yield "first_data_row"
    yield from _head_contradictions(content)
    for index, column in enumerate(content.columns):
        yield from (f"columns[{index}].{key}" for key in _column_contradictions(content, column))
    for field in ("header", "source"):
        counts = Counter(getattr(column, field) for column in content.columns)
        if any(count > 1 for value, count in counts.items() if value):
            yield f"columns.{field}"
    if not _names_a_file(content.file_name):
        yield "file_name"


def _names_a_file(pattern: str) -> bool:
    """Whether a pattern can be filled with what a file name may be made of, and nothing else."""
    try:
        name = pattern.format(union="x", batch="x", part=1)
    except (KeyError, IndexError, ValueError, AttributeError):
        return False
    return name.endswith(".xlsx")


def _head_contradictions(content: Content) -> Iterator[str]:
    taken: set[tuple[int, int]] = set()
    for index, head in enumerate(content.head):
        cells = {(head.row, column) for column in range(head.first, head.last + 1)}
        inside = head.row < content.header_row and head.last <= len(content.columns)
        if head.first >= head.last or not inside or cells & taken:
            yield f"head[{index}]"
        taken |= cells


def _column_contradictions(content: Content, column: Column) -> Iterator[str]:
    if column.source not in SOURCES[column.kind]:
        yield "source"
    if (column.kind == "label") != bool(column.labels):
        yield "labels"
    if column.default and column.kind not in ("text", "label"):
        yield "default"
    if column.labels:
        known = content.labels.get(column.labels)
        if known is None:
            yield "labels"
        elif column.default and column.default not in known.accepted:
            yield "default"
