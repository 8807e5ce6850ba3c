"""Codes of made-up people and units: valid check digits, area 219900, which does not exist."""

from random import Random

from stdnum.cn import ric, uscc

AREA = "219900"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_body(number: int) -> str:
    """Nine characters of an organisation code with its own check character (GB 11714)."""
    digits = f"{number:08d}"
    total = sum(int(d) * w for d, w in zip(digits, _ORGANISATION_WEIGHTS, strict=True))
    return digits + "0123456789X0"[(11 - total % 11) % 11]


def unit_code(number: int, kind: str = "91") -> str:
    """A unified social credit code; `kind` is department and category, 91 an enterprise."""
    body = kind + AREA + organisation_body(number)
    return body + uscc.calc_check_digit(body)


def person_id(random: Random, *, male: bool, first: int = 1964, last: int = 2005) -> str:
    """An 18-digit id of somebody born between two years."""
    day = f"{random.randint(first, last)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"
    sequence = random.randrange(1 if male else 2, 999, 2)
    body = f"{AREA}{day}{sequence:03d}"
    return body + ric.calc_check_digit(body + "0")  # it leaves out the last character


def mobile(random: Random) -> str:
    """A mobile number of the right shape, plainly made up: eight digits follow 199 and two are 0."""
    return f"19900{random.randint(0, 999999):06d}"


def broken(code: str, place: int) -> str:
    """The same code with one digit off."""
    digit = code[place]
    return code[:place] + str((int(digit) + 1) % 10 if digit.isdigit() else 0) + code[place + 1 :]
