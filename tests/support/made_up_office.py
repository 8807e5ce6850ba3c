"""Offices of any size for tests and benchmarks: made-up units and people, streamed.

The same arguments give the same rows. Codes carry valid check digits and the area 219900, which
does not exist; no two units share a code, no two people an id. Names come from the words of the
sample lists.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from organizer import resources

AREA = "219900"
COMMUNITIES = ("210106003006", "210106003007", "210106003017", "210106003019")
PLACE = "沈阳市铁西区"
STREETS = (
    "兴工街",
    "云峰北街",
    "建设中路",
    "保工北街",
    "兴华北街",
    "沈辽路",
    "北二中路",
    "南八中路",
)

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = tuple(3**place % 31 for place in range(17))
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_FIRST_DAY, _DAYS, _SEQUENCES = date(1964, 1, 1), 15_340, 999
MOST_PEOPLE = _DAYS * _SEQUENCES
"""How many different ids there are to give away."""
STRIDE = 7_368_787  # a prime: neighbours get distant ids
MOST_UNITS = 100_000_000


def units(
    count: int,
    seed: int = 1,
    *,
    communities: Sequence[str] = COMMUNITIES,
    place: str = PLACE,
    streets: Sequence[str] = STREETS,
) -> Iterator[dict[str, Any]]:
    """`count` units (at most `MOST_UNITS`), spread evenly over communities and streets.

    Keys: name, uscc, legal_person, phone, community (12 digits), street, number, door, address,
    staff, women, rural (农民工), industry (大类 code).
    """
    random = Random(seed)
    words = _words()
    marks, seconds = words["marks"], words["seconds"]
    companies, shops = list(words["company"].items()), list(words["shop"].items())
    names = _person_names(random, words)
    chance = random.random
    for index in range(count):
        is_company = chance() < 0.4
        trade, industry = _pick(companies if is_company else shops, chance())
        core = _pick(marks, chance()) + _pick(seconds, chance()) + _pick(seconds, chance())
        street, number = streets[index % len(streets)], index // len(streets) // 4 + 1
        door = index // len(streets) % 4
        staff = 1 + int((300 if is_company else 12) * chance() ** 4)
        women = int(staff * chance())
        yield {
            "name": f"{core}{trade}有限公司" if is_company else core + trade,
            "uscc": unit_code((index * STRIDE + seed) % MOST_UNITS, "91" if is_company else "92"),
            "legal_person": next(names),
            "phone": f"1991{index % 10_000_000:07d}",
            "community": communities[index % len(communities)],
            "street": street,
            "number": number,
            "door": f"{door + 1}门" if door else "",
            "address": f"{place}{street}{number}号" + (f"{door + 1}门" if door else ""),
            "staff": staff,
            "women": women,
            "rural": int((staff - women) * chance()),
            "industry": industry,
        }


def people(count: int, seed: int = 1, *, employers: int = 1) -> Iterator[dict[str, Any]]:
    """`count` people (at most `MOST_PEOPLE`), each working for one of `employers` units.

    Keys: name, resident_id, sex (GB/T 2261.1), birth (ISO date), phone, ethnic (GB/T 3304),
    employer (index into the units of the same office).
    """
    if count > MOST_PEOPLE:
        raise ValueError(f"only {MOST_PEOPLE} different ids")
    random = Random(seed)
    names = _person_names(random, _words())
    chance = random.random
    days = [_FIRST_DAY + timedelta(days=day) for day in range(_DAYS)]
    heads = [f"{AREA}{day:%Y%m%d}" for day in days]
    births = [day.isoformat() for day in days]
    head_sums = [_weighted(head, _ID_WEIGHTS) for head in heads]
    tails = [f"{sequence:03d}" for sequence in range(_SEQUENCES + 1)]
    tail_sums = [_weighted(tail, _ID_WEIGHTS[14:]) for tail in tails]
    for index in range(count):
        day, sequence = divmod((index * STRIDE + seed) % MOST_PEOPLE, _SEQUENCES)
        sequence += 1
        check = "10X98765432"[(head_sums[day] + tail_sums[sequence]) % 11]
        yield {
            "name": next(names),
            "resident_id": heads[day] + tails[sequence] + check,
            "sex": "1" if sequence % 2 else "2",
            "birth": births[day],
            "phone": f"1990{index % 10_000_000:07d}",
            "ethnic": "01" if chance() < 0.85 else "11",
            "employer": int(chance() * employers),
        }


def unit_code(number: int, kind: str) -> str:
    """A unified social credit code (GB 32100) for a number below `MOST_UNITS`."""
    digits = f"{number:08d}"
    body_check = "0123456789X0"[11 - _weighted(digits, _BODY_WEIGHTS) % 11]
    head = f"{kind}{AREA}{digits}{body_check}"
    total = sum(map(_product, head, _CODE_WEIGHTS))
    return head + _CODE_ALPHABET[-total % 31]


def _product(char: str, weight: int) -> int:
    return _CODE_ALPHABET.index(char) * weight


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _pick(choices: Sequence[Any], chance: float) -> Any:
    return choices[int(chance * len(choices))]


def _words() -> Mapping[str, Any]:
    return resources.toml("sample", "words.toml")


def _person_names(random: Random, words: Mapping[str, Any]) -> Iterator[str]:
    # Surnames by frequency, given names of one or two characters, three in four of two.
    found = re.findall(r"(\D+)(\d+)", "".join(words["surnames"].split()))
    weights = list(accumulate(int(weight) for _, weight in found))
    surnames = random.choices([name for name, _ in found], cum_weights=weights, k=4096)
    seconds = [*words["given"], *[""] * (len(words["given"]) // 3)]
    chance = random.random
    while True:
        yield _pick(surnames, chance()) + _pick(words["given"], chance()) + _pick(seconds, chance())
