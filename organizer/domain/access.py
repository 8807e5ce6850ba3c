"""Who may do what, and where: roles, permissions, and the division an account is limited to."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One kind of act; every service function asks for one."""

    LOOK = "look"
    SURVEY = "survey"
    SIGN_UP = "sign_up"
    IMPORT = "import"
    PRINT = "print"
    REVIEW = "review"
    EXPORT = "export"
    ADMINISTER = "administer"
    AUDIT = "audit"


class Role(StrEnum):
    """The five roles of an office (采集员, 审核员, 导出员, 管理员, 审计员)."""

    COLLECTOR = "collector"
    REVIEWER = "reviewer"
    EXPORTER = "exporter"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


_FIELD = frozenset({Permission.LOOK, Permission.SURVEY, Permission.SIGN_UP, Permission.PRINT})
_GRANTED = {
    Role.COLLECTOR: _FIELD,
    Role.REVIEWER: _FIELD | {Permission.IMPORT, Permission.REVIEW},
    Role.EXPORTER: frozenset({Permission.LOOK, Permission.PRINT, Permission.EXPORT}),
    Role.ADMINISTRATOR: frozenset(Permission) - {Permission.AUDIT},
    Role.AUDITOR: frozenset({Permission.LOOK, Permission.AUDIT}),
}


def grants(role: str, permission: Permission) -> bool:
    """Whether a role may do this at all."""
    return permission in _GRANTED[Role(role)]


def covers(scope: str, division_code: str | None) -> bool:
    """Whether a division lies in an account's scope; codes of lower levels begin with the upper's.

    A record without a division is open to whoever has the whole office.
    """
    return division_code is None or division_code.startswith(scope)


DEPARTMENTS = frozenset({"tax", "insurance"})
"""Sources whose figures another department entrusted to the office (税务, 社保)."""


@dataclass(frozen=True)
class Sight:
    """What an account sees: records of a division ("" for all), and whether departments' figures."""

    scope: str = ""
    departments: bool = True

    def covers(self, division_code: str | None) -> bool:
        """Whether a record of this division is seen."""
        return covers(self.scope, division_code)


def sees_departments(role: str) -> bool:
    """Whether a role sees the figures of other departments.

    Not who collects: what is asked at a door must not be shaped by what the office already has.
    """
    return Role(role) is not Role.COLLECTOR
