"""Settings of this machine (TOML): typed, unknown keys kept. Shared settings are rows in the store."""

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from organizer.errors import UnreadableFile


@dataclass(frozen=True)
class Settings:
    """What the program remembers about this machine."""

    account: str = ""
    """The account offered at the next unlock."""


def read(file: Path) -> Settings:
    """The settings in `file`; a missing file gives the defaults."""
    if not file.exists():
        return Settings()
    stored = _parse(file)
    known = {}
    for field in fields(Settings):
        value = stored.get(field.name, field.default)
        if not isinstance(value, type(field.default)):
            raise UnreadableFile("settings.wrong_kind", file=file, key=field.name)
        known[field.name] = str(value)
    return Settings(**known)


def write(file: Path, settings: Settings) -> None:
    """Store `settings`; keys this version does not know stay as they are."""
    document = _parse(file) if file.exists() else {}
    document.update(asdict(settings))
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    partial.write_text(tomlkit.dumps(document), encoding="utf-8")
    partial.replace(file)


def _parse(file: Path) -> dict[str, Any]:
    try:
        return dict(tomlkit.parse(file.read_text(encoding="utf-8")).unwrap())
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise UnreadableFile("settings.damaged", file=file) from error
