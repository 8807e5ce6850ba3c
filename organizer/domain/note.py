"""What a person should be told about a value that was accepted after being changed or doubted."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """A remark about an accepted value: nothing is corrected in silence.

    `code` names a sentence in `resources/texts/notes.toml` (`area.name`); `facts` fill it.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)
