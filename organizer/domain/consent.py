"""What somebody who joins agrees to, each purpose apart (个人信息保护法 arts. 14, 15, 23, 29).

退会 is another act: who takes a consent back stays a member, who leaves has not taken anything back.
"""

from enum import StrEnum


class Purpose(StrEnum):
    """What for; each has a wording, a line on the notice and a row of its own."""

    JOIN = "join"
    ID_NUMBER = "id_number"
    PASS_ON = "pass_on"

    @property
    def text_id(self) -> str:
        """The wording it is printed in."""
        return f"consent_{self.value}"


class Form(StrEnum):
    """How it was said: on paper, signed on the screen, not at all, or before this file (待补签)."""

    PAPER = "paper"
    SCREEN = "screen"
    DECLINED = "declined"
    HISTORY = "history"


GIVEN = frozenset({Form.PAPER, Form.SCREEN})
"""Forms in which a consent counts as given."""
