"""One member as the registry sees it, and the row of text a profile makes of it."""

from dataclasses import dataclass
from datetime import date

from organizer.registry.profile import Column, Profile


@dataclass(frozen=True)
class RegistryMember:
    """What a batch file can say about one member: labels and dates, never codes.

    Empty text means unknown. `key` names the member for the caller; it and `union_name` decide
    the file a member goes to and stand in no column.
    """

    key: str
    union_name: str
    name: str
    sex: str
    born_on: date | None
    ethnic: str
    employment_state: str
    paper_kind: str
    id_number: str
    education: str
    skill_level: str
    mobile: str
    household_kind: str
    household_place: str
    change_kind: str
    change_on: date | None
    change_reason: str
    political: str
    employer: str
    native_place: str
    migrant: bool | None


def platform_text(profile: Profile, column: Column, member: RegistryMember) -> str:
    """The text of one cell in the platform's words; a label it does not know stays as it is."""
    if column.kind == "serial":
        return ""
    value = getattr(member, column.source)
    if value is None or value == "":
        return column.default
    if isinstance(value, bool):
        return profile.yes_no[0] if value else profile.yes_no[1]
    if isinstance(value, date):
        return f"{value:%Y%m%d}"
    if column.kind == "label":
        return profile.labels[column.labels].renamed.get(str(value), str(value))
    return str(value)


def render(profile: Profile, member: RegistryMember) -> tuple[str, ...]:
    """The member's row, one text per column.

    A serial column stays empty: it counts within a file, so `export` fills it.
    """
    return tuple(platform_text(profile, column, member) for column in profile.columns)
