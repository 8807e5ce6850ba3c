"""How a profile divides members into files, names the files, and what stands in their rows."""

import re
from collections.abc import Iterable, Iterator, Sequence

from organizer.registry.profile import Profile
from organizer.registry.row import RegistryMember

Row = tuple[str, ...]

NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""What Windows takes in no file name."""

_UNION_LENGTH = 60
"""Characters of a union's name in a file name: three bytes each must fit into 255 with the rest."""


def split_members(
    profile: Profile, members: Iterable[RegistryMember]
) -> Iterator[tuple[str, int, tuple[RegistryMember, ...]]]:
    """The files of a batch: (union name, part from 1, members), in the order first met.

    One file holds one union, because the union is chosen on the platform's screen for a whole
    file, and at most `max_rows` members.
    """
    by_union: dict[str, list[RegistryMember]] = {}
    for member in members:
        by_union.setdefault(member.union_name, []).append(member)
    for union, found in by_union.items():
        for part, start in enumerate(range(0, len(found), profile.max_rows), start=1):
            yield union, part, tuple(found[start : start + profile.max_rows])


def file_name(profile: Profile, *, union: str, batch: str, part: int) -> str:
    """The name of a batch file, safe on Windows; nothing about a person can enter it."""
    if len(union) > _UNION_LENGTH:
        # Long names of one town differ at their ends: leave out the middle.
        union = f"{union[: _UNION_LENGTH - 21]}…{union[-20:]}"
    name = profile.file_name.format(union=union, batch=batch, part=part)
    return NOT_IN_FILE_NAMES.sub("_", name)


def head_rows(profile: Profile) -> list[Row]:
    """The rows above the data, header row included; a merged text stands in its first cell."""
    width = len(profile.columns)
    rows = [[""] * width for _ in range(profile.header_row)]
    for head in profile.head:
        rows[head.row - 1][head.first - 1] = head.text
    rows[-1] = [column.header for column in profile.columns]
    return [tuple(row) for row in rows]


def footer_rows(profile: Profile) -> list[Row]:
    """The rows below the data, each one unmerged text in the first column.

    Platforms that take the last row for 填表说明 drop it unread: the footer is what they drop.
    """
    return [(text, *[""] * (len(profile.columns) - 1)) for text in profile.footer]


def numbered(profile: Profile, rows: Sequence[Row]) -> Iterator[Row]:
    """The data rows as they stand in the file: the serial column counts from 1."""
    serial = [index for index, column in enumerate(profile.columns) if column.kind == "serial"]
    for number, row in enumerate(rows, start=1):
        cells = list(row)
        for index in serial:
            cells[index] = str(number)
        yield tuple(cells)
