"""Settings of this machine (TOML): typed, unknown keys kept. Shared settings are rows in the store."""

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


def read(file: Path) -> Settings:
    """The settings in `file`; a missing file gives the defaults."""
    if not file.exists():
        return Settings()
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

    Raises `DeviceMissing` where nothing can be written.
    """
    document = _parse(file) if file.exists() else TOMLDocument()
    document.update(asdict(settings))
    partial = file.with_suffix(".partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(tomlkit.dumps(document), encoding="utf-8")
        partial.replace(file)
    except OSError as error:
        raise DeviceMissing("settings.not_written", file=file) from error


def remember(file: Path, **values: object) -> None:
    """Change some of the stored settings and leave the others; raises as `read` and `write` do."""
    write(file, replace(read(file), **values))  # type: ignore[arg-type]


def _parse(file: Path) -> TOMLDocument:
    try:
        return tomlkit.parse(file.read_text(encoding="utf-8"))
    except (OSError, TOMLKitError, UnicodeDecodeError) as error:
        raise UnreadableFile("settings.damaged", file=file) from error
