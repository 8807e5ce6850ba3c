"""How keys are written: one spelling on key caps, in tooltips, in lists and in sentences."""

from PySide6.QtGui import QKeySequence

_ON_THE_CAP = {"Return": "Enter", "PgDown": "PgDn"}


def shown_keys(shortcut: str) -> str:
    """A shortcut as it stands on the keyboard: "Ctrl+Return" → "Ctrl+Enter"; "" stays "".

    Not in Qt's own words, which change with its translation (Ctrl+回车, Ctrl+下翻页).
    """
    plain = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.PortableText)
    return "+".join(_ON_THE_CAP.get(key, key) for key in plain.split("+"))


def with_keys(text: str, shortcut: str) -> str:
    """A text for a tooltip with its keys behind it: "锁定 (Ctrl+L)"; without keys the text alone."""
    return f"{text} ({shown_keys(shortcut)})" if shortcut else text
