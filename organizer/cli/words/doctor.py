"""The words of `organizer doctor`."""

from organizer.cli import doctor
from organizer.cli.grammar import Parser, equip


def words(made: Parser) -> None:
    """What may follow it."""
    equip(made, doctor.doctor, open_=False)
