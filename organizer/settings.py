"""Settings of this machine (TOML): typed, unknown keys kept. Shared settings are rows in the store."""

from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError

from organizer.errors import DeviceMissing, UnreadableFile


@dataclass(frozen=True)
class Settings:
    """What the program remembers about this machine."""

    account: str = ""
    """The account offered at the next unlock."""
    type_scale: float = 1.0
    """Size of type: 1.0, 1.25, 1.5 or 1.75."""
    scheme: str = "system"
    """Colours: system, light or dark."""
    idle_minutes: int = 10
    """Minutes without key or click until the window locks itself; 0 never."""
    language: str = ""
    """Language of the window: "" is Chinese, "en" English; takes effect at the next start."""
    export_folder: str = ""
    """Where the last batch was exported to."""
    employer_columns: str = ""
    """Columns of the list of units from left to right, with widths: name staff_total:90 lamps."""
    employer_order: str = ""
    """By what that list is sorted: staff_total down."""
    member_columns: str = ""
    """The same of the list of members."""
    member_order: str = ""
    union_columns: str = ""
    """Columns of the list of unions, as those of units."""
    union_order: str = ""
    """By what that list is sorted; "" is the tree."""
    backup_folder: str = ""
    """Where backups go; "" while nobody chose a place."""


def read(file: Path) -> Settings:
    """The settings in `file`; a missing file, or one nobody can read, gives the defaults."""
    try:
        return _understood(file)
    except UnreadableFile:
        return Settings()


def set_aside(file: Path) -> UnreadableFile | None:
    """Keep a file nobody can read beside, as `settings.toml.damaged`; returns what to tell of it."""
    try:
        _understood(file)
    except UnreadableFile as damage:
        # Where it cannot be moved it stays and is told again; the defaults hold all the same.
        with suppress(OSError):
            file.replace(file.with_name(f"{file.name}.damaged"))
        return damage
    return None


def _understood(file: Path) -> Settings:
    stored = _parse(file).unwrap()
    known: dict[str, Any] = {}
    for field in fields(Settings):
        value = stored.get(field.name, field.default)
        kind = type(field.default)
        if not isinstance(value, (float, int) if kind is float else kind):
            raise UnreadableFile("settings.wrong_kind", file=file, key=field.name)
        known[field.name] = value
    return Settings(**known)


def write(file: Path, settings: Settings) -> None:
    """Store `settings`; comments and keys this version does not know stay as they are.

    Raises `DeviceMissing` where nothing can be written, `UnreadableFile` for a damaged file.
    """
    document = _parse(file)
    document.update(asdict(settings))
    partial = file.with_suffix(".partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(tomlkit.dumps(document), encoding="utf-8")
        partial.replace(file)
    except OSError as error:
        raise DeviceMissing("settings.not_written", file=file) from error


def remember(file: Path, **values: object) -> None:
    """Change some of the stored settings and leave the others; raises as `write` does."""
    write(file, replace(read(file), **values))  # type: ignore[arg-type]


def _parse(file: Path) -> TOMLDocument:
    try:
        return tomlkit.parse(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return TOMLDocument()
    except (OSError, TOMLKitError, UnicodeDecodeError) as error:
        raise UnreadableFile("settings.damaged", file=file) from error
