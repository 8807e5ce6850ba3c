"""The one error hierarchy: a code, facts, and a sentence for the person.

Raised low with facts; caught at the edges of the program only (command line, window, exchange).
Anything that is not an `OrganizerError` is a bug and gets a crash report, never a friendly sentence.
"""

from organizer import resources


class OrganizerError(Exception):
    """Root of all errors a person may read about.

    `code` names a sentence in `resources/texts/errors.toml` (`area.name`); `facts` fill it.
    Facts may hold personal data: they go to the person and, redacted, to the log.
    """

    retry: bool = False
    exit_code: int = 1

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def sentence(self) -> str:
        """The Chinese sentence for the person: what happened and what to do."""
        return resources.sentence("errors", self.code, self.facts)

    def __str__(self) -> str:
        return self.code


class UserError(OrganizerError):
    """The person can fix it."""


class InvalidInput(UserError):
    """A value is not acceptable; `field` names where to show the sentence."""

    def __init__(self, code: str, /, *, field: str, **facts: object) -> None:
        super().__init__(code, **facts)
        self.field = field


class NotAllowed(UserError):
    """The account may not do this, or not at this place."""


class Conflict(UserError):
    """The record is not in a state in which this can be done."""


class NotFound(UserError):
    """What was named does not exist."""


class WrongPassword(UserError):
    """No key slot opens with this password or recovery code."""


class UnreadableFile(UserError):
    """A file handed in by the person cannot be read as what it should be."""


class WrongUsage(UserError):
    """The command line was not understood."""

    exit_code = 64


class Cancelled(UserError):
    """The person stopped a job; nothing to explain."""


class OutsideError(OrganizerError):
    """The world is at fault; trying again may help."""

    exit_code = 2


class StorageFull(OutsideError):
    """No space left where the file lies."""

    retry = True


class DatabaseLocked(OutsideError):
    """Another program holds the file."""

    retry = True


class DatabaseDamaged(OutsideError):
    """The file is damaged, foreign, or written by a newer version."""


class DeviceMissing(OutsideError):
    """A drive or folder that was there is gone or refuses writing."""

    retry = True
