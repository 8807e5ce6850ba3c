"""How many people were signed up at one go, and how long one takes."""

import time
from dataclasses import dataclass

from organizer.i18n import _


@dataclass
class Sitting:
    """How many people were signed up since the screen was opened, and how long it took."""

    people: int = 0
    seconds: float = 0.0
    began: float | None = None

    def begin(self) -> None:
        """The first key for a person."""
        self.began = self.began or time.monotonic()

    def finish(self) -> None:
        """A person is saved."""
        self.people += 1
        self.seconds += time.monotonic() - (self.began or time.monotonic())
        self.began = None

    def sentence(self) -> str:
        """本场已登记 17 人 · 平均 52 秒; nothing before the first."""
        if not self.people:
            return ""
        return _("本场已登记 {people} 人 · 平均 {seconds} 秒").format(
            people=self.people, seconds=round(self.seconds / self.people)
        )
