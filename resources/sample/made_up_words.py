"""Names of made-up people and units, from `words.toml`."""

import re
import tomllib
from pathlib import Path
from random import Random

_WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
_SURNAMES: list[tuple[str, str]] = re.findall(r"(\D+)(\d+)", "".join(_WORDS["surnames"].split()))

FORMS = {"company": "有限公司", "shop": "", "stall": "", "village": ""}


class Names:
    """Draws names; no unit name comes twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._used: set[str] = set()
        self._surnames = [name for name, _ in _SURNAMES]
        self._weights = [int(weight) for _, weight in _SURNAMES]

    def person(self) -> str:
        """A name of two or three characters."""
        [surname] = self._random.choices(self._surnames, self._weights)
        length = self._random.choice((1, 2, 2, 2))
        return surname + "".join(self._random.sample(_WORDS["given"], length))

    def unit(self, kind: str, town: str = "") -> tuple[str, str]:
        """A unit name of a kind (company, shop, stall, village) and its industry code."""
        trades = _WORDS[kind]
        while True:
            core = self._random.choice(_WORDS["marks"]) + self._random.choice(_WORDS["seconds"])
            trade = self._random.choice(list(trades))
            name = f"{town}{core}{trade}{FORMS[kind]}"
            if name not in self._used:
                self._used.add(name)
                return name, trades[trade]
