"""Shortened forms of personal data for lists and public posting (never for exports)."""

from organizer.domain.person_name import surname


def mask_resident_id(number: str) -> str:
    """First four and last four places, length kept: 2199**********4514.

    Shorter paper numbers keep fewer places, never more than half of them.
    """
    shown = min(4, len(number) // 4)
    return _mask(number, shown, shown)


def mask_phone(number: str) -> str:
    """First three and last four digits: 138****5678; shorter numbers keep their end only."""
    if len(number) >= 11:
        return _mask(number, 3, 4)
    return _mask(number, 0, min(4, len(number) // 2))


def mask_name(name: str) -> str:
    """The surname and one star, whatever the length: 张*, 欧阳*."""
    return surname(name) + "*" if name else ""


def _mask(text: str, first: int, last: int) -> str:
    end = len(text) - last
    return text[:first] + "*" * (end - first) + text[end:]
