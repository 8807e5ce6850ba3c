"""Who may do what, and where: roles, permissions, and the division an account is limited to."""

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
