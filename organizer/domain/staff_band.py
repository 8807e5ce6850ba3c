"""Bands of head counts (人数段) as union work draws them: 10 people, 25 members, 100 and 200 staff."""

BANDS = {
    "-9": (0, 9),
    "10-24": (10, 24),
    "25-99": (25, 99),
    "100-199": (100, 199),
    "200-": (200, 0),
}
"""First and last head count by the band's key; 0 means without end."""


def band(staff: int) -> str:
    """The key of the band a head count falls into."""
    return next(key for key, (first, last) in BANDS.items() if first <= staff <= (last or staff))
