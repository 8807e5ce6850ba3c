"""Which memberships a list shows, and by what it is sorted."""

from dataclasses import dataclass
from enum import StrEnum

UNKNOWN = "?"
"""Stands in a filter for those of which a field says nothing."""

COUNTED = "counted"
"""Stands in a filter for every state that counts as a member (会籍管理办法 art. 16)."""

ACTIVE = "active"
"""Stands in a filter for every state that stands in the way of a second sign-up."""


class Lack(StrEnum):
    """What a member may lack."""

    ID_NUMBER = "id_number"
    CONSENT = "consent"
    PAPERS = "papers"
    DUES = "dues"


@dataclass(frozen=True)
class MemberFilter:
    """What is wanted; empty fields do not limit. `state` is a code, `COUNTED` or `ACTIVE`;
    `group` a code of `group.csv`, or one of its kinds."""

    text: str = ""
    state: str = ""
    group: str = ""
    union_org: bytes | None = None
    employer: bytes | None = None
    lack: str = ""
