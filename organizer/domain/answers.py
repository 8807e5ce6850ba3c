"""Yes and no as people write them in lists."""

import unicodedata

from organizer.errors import InvalidInput

_YES = frozenset(
    ("是", "√", "✓", "✔", "☑", "1", "有", "y", "yes", "true", "t", "对", "是的", "已", "v")
)
_NO = frozenset(
    ("否", "×", "✗", "✘", "x", "0", "无", "n", "no", "false", "f", "不是", "没有", "未", "不", "错")
)
_NOTHING = frozenset(("", "/", "\\", "-", "--", "—", "——"))


def parse_yes_no(value: str | float | bool | None, *, field: str = "answer") -> bool | None:
    """True, False, or None when nothing is written (empty, or the stroke of an unused box).

    Anything else raises `InvalidInput` (`answer.unknown`) at `field`.
    """
    if value is None or isinstance(value, bool):
        return value
    shown = value if isinstance(value, str) else f"{value:g}"
    text = "".join(unicodedata.normalize("NFKC", shown).split()).casefold()
    if text in _NOTHING:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise InvalidInput("answer.unknown", field=field, value=shown)
