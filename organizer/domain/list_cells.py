"""The cells of one row of a list, taken one by one: a wrong one is told and never costs the row."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from organizer.domain.codelist import CodeList
from organizer.domain.note import Note
from organizer.errors import InvalidInput

_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Problem:
    """A value of a list that was not taken; `refused` when it cost the whole row."""

    field: str
    error: InvalidInput
    refused: bool = False


@dataclass
class Reading:
    """The cells of a row by field name, as the spreadsheet holds them; what is told gathers here."""

    cells: Mapping[str, object]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Every cell as a person sees it."""
        self._texts = {
            name: _BLANK.sub(" ", _shown(value)).strip()
            for name, value in self.cells.items()
            if value is not None
        }

    def text(self, name: str) -> str:
        """A cell as text; "" when there is nothing."""
        return self._texts.get(name, "")

    def take(self, name: str, read: Callable[[], str | None], *, refuses: bool = False) -> str:
        """What `read` makes of a field; "" when the field is empty or wrong."""
        if not self.text(name):
            return ""
        try:
            return read() or ""
        except InvalidInput as error:
            self.refuse(name, error, refuses=refuses)
            return ""

    def code(self, name: str, codes: CodeList) -> str:
        """The code a field's word means; a word that leaves a choice is told and left out."""

        def read() -> str:
            match = codes.code_of(self.text(name), field=name)
            if match.kind == "ask":
                raise InvalidInput("employer.ask", field=name, value=self.text(name))
            return match.code

        return self.take(name, read)

    def refuse(self, name: str, error: InvalidInput, *, refuses: bool = True) -> None:
        """Tell what is wrong with a field; `refuses` when the row does not go in."""
        self.problems.append(Problem(name, error, refuses))


def _shown(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
