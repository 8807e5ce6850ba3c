"""Size of an enterprise by its staff alone: an estimate, always to be shown as one (按人数估计).

《统计上大中小微型企业划分办法（2017）》 also asks for revenue or assets, which nobody tells at a door. Where
it asks for nothing but those (farming, building, real estate) there is no estimate.
"""

from collections.abc import Mapping
from enum import StrEnum


class Scale(StrEnum):
    """大型, 中型, 小型, 微型."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


_OTHER = (300, 100, 10)
_WITHOUT_STAFF = ("A", "E", "7010")
# Least staff of large, medium, small; the longest code that begins the industry's counts.
_LEAST: Mapping[str, tuple[int, int, int]] = {
    "B": (1000, 300, 20),
    "C": (1000, 300, 20),
    "D": (1000, 300, 20),
    "51": (200, 20, 5),
    "52": (300, 50, 10),
    **dict.fromkeys(("53", "54", "55", "56", "57", "58"), (1000, 300, 20)),
    "59": (200, 100, 20),
    "60": (1000, 300, 20),
    "H": (300, 100, 10),
    "63": (2000, 100, 10),
    "64": (2000, 100, 10),
    "65": (300, 100, 10),
    "7020": (1000, 300, 100),
    **dict.fromkeys(("L", "M", "N", "O", "P", "Q", "R"), _OTHER),
}


def estimate(staff: int, industry: tuple[str, ...]) -> Scale | None:
    """The size of a unit; `industry` is its GB/T 4754 code and the codes above it, finest first.

    None when the industry is unknown, too coarse to tell (wholesale or retail), or not measured by
    staff.
    """
    for code in industry:
        if code in _WITHOUT_STAFF:
            return None
        if code in _LEAST:
            large, medium, small = _LEAST[code]
            if staff >= large:
                return Scale.LARGE
            if staff >= medium:
                return Scale.MEDIUM
            return Scale.SMALL if staff >= small else Scale.MICRO
    return None
