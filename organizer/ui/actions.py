"""One table of what can be done: menus, rail, shortcuts, their help and the palette all read it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from organizer.domain.access import Permission


@dataclass(frozen=True)
class Action:
    """Something a person can do from anywhere. `shortcut` as Qt writes it ("Ctrl+K"), "" for none."""

    id: str
    text: str
    run: Callable[[], None]
    shortcut: str = ""
    icon: str = ""
    permission: Permission | None = None


def check_table(actions: Iterable[Action]) -> None:
    """Raises `ValueError` when two actions share an id or a shortcut."""
    actions = list(actions)
    ids = Counter(action.id for action in actions)
    keys = Counter(action.shortcut for action in actions if action.shortcut)
    doubled = [name for name, count in (ids + keys).items() if count > 1]
    if doubled:
        raise ValueError(f"actions share {', '.join(doubled)}")
