"""Accounts of an office: who may open it, as what, and where; each with a password of its own."""

from dataclasses import dataclass

from organizer.crypto import Cost
from organizer.domain.access import Permission, Role
from organizer.errors import Conflict, InvalidInput, NotFound, WrongPassword
from organizer.services import finding
from organizer.services.office import opening
from organizer.services.workspace import Workspace
from organizer.store import accounts, keyring, places
from organizer.store.accounts import Account
from organizer.store.driver import Connection

LONGEST_NAME = 20


@dataclass(frozen=True)
class NewAccount:
    """What an administrator says of a colleague; `division_code` "" means the whole office."""

    name: str
    role: str
    division_code: str
    password: str


@dataclass(frozen=True)
class AccountLine:
    """An account as listed; `scope` is the division's name, "" for the whole office."""

    account: Account
    scope: str
    mine: bool
    has_password: bool


def account_lines(workspace: Workspace) -> list[AccountLine]:
    """The accounts in use."""
    workspace.require(Permission.ADMINISTER)
    slots = keyring.read(workspace.database.folder.keyring).slots
    with_password = {slot.account for slot in slots if slot.kind == "password"}
    return [
        AccountLine(
            account,
            workspace.divisions.name_of(account.division_code),
            account.id == workspace.account.id,
            account.id in with_password,
        )
        for account in workspace.database.read(accounts.live)
    ]


def add_account(workspace: Workspace, wanted: NewAccount, *, cost: Cost | None = None) -> bytes:
    """Add an account with its own way in; returns its id.

    Raises `InvalidInput` for an empty or taken name, a weak password, an unknown role, or a
    division outside the office.
    """
    workspace.require(Permission.ADMINISTER)
    name = _checked_name(workspace, wanted.name)
    opening.check_password(wanted.password)
    if wanted.role not in set(Role):
        raise InvalidInput("account.no_role", field="role", value=wanted.role)
    _check_scope(workspace, wanted.division_code)
    values = {"name": name, "role": wanted.role, "division_code": wanted.division_code}
    row = workspace.database.write(
        workspace.intent("account.add"), lambda write: write.insert("account", values)
    )
    _set_slot(workspace, row, name, wanted.password, cost)
    return row


def retire_account(workspace: Workspace, account: bytes) -> None:
    """Take an account out of use at once and for good; what it did stays under its name.

    Raises `Conflict` for one's own account, `NotFound`. So an administrator always remains.
    """
    workspace.require(Permission.ADMINISTER)
    if account == workspace.account.id:
        raise Conflict("account.own")
    _known(workspace, account)
    file = workspace.database.folder.keyring
    # The way in goes first: a stop half way must not leave a key with somebody who left.
    keyring.write(file, keyring.read(file).without(account))
    today = workspace.today.isoformat()
    workspace.database.write(
        workspace.intent("account.retire"), lambda write: write.retire("account", account, today)
    )


def set_password(
    workspace: Workspace, account: bytes, password: str, *, cost: Cost | None = None
) -> None:
    """Give an account a new password, as an administrator.

    Raises `InvalidInput` for a weak password, `NotFound`.
    """
    workspace.require(Permission.ADMINISTER)
    opening.check_password(password)
    _set_slot(workspace, account, _known(workspace, account).name, password, cost)


def change_own_password(
    workspace: Workspace, old: str, password: str, *, cost: Cost | None = None
) -> None:
    """Give one's own account a new password; the old one proves that nobody else sits there.

    Raises `InvalidInput` at `old_password` for a wrong one, at `password` for a weak new one.
    """
    workspace.require(Permission.LOOK)
    opening.check_password(password)
    account = workspace.account
    try:
        opening.identify(workspace.database.folder, account.name, old)
    except WrongPassword as error:
        raise InvalidInput(error.code, field="old_password") from error
    _set_slot(workspace, account.id, account.name, password, cost)


def rename_office(workspace: Workspace, name: str) -> None:
    """Give the office another name; raises `InvalidInput` for none."""
    workspace.require(Permission.ADMINISTER)
    if not name.strip():
        raise InvalidInput("office.no_name", field="office_name")
    workspace.database.write(
        workspace.intent("office.rename"),
        lambda write: write.set("office", workspace.office.id, {"name": name.strip()}),
    )
    _reread(workspace)


def allow_screen_signature(workspace: Workspace, allowed: bool) -> None:
    """Let people sign consents on the screen, or on paper alone; holds for the whole office."""
    workspace.require(Permission.ADMINISTER)
    workspace.database.write(
        workspace.intent("office.screen_signature"),
        lambda write: write.set("office", workspace.office.id, {"screen_signature": int(allowed)}),
    )
    _reread(workspace)


def use_interim_numbers(workspace: Workspace, used: bool) -> None:
    """Give members a 临时号 of this office until the registry returns a card number, or none."""
    workspace.require(Permission.ADMINISTER)
    workspace.database.write(
        workspace.intent("office.interim_numbers"),
        lambda write: write.set("office", workspace.office.id, {"interim_numbers": int(used)}),
    )
    _reread(workspace)


def _reread(workspace: Workspace) -> None:
    found = workspace.database.read(accounts.office)
    if found is not None:
        workspace.office = found


def _known(workspace: Workspace, account: bytes) -> Account:
    found = workspace.database.read(lambda c: accounts.account(c, account))
    if found is None:
        raise NotFound("record.unknown", value=account.hex())
    return found


def _set_slot(
    workspace: Workspace, account: bytes, name: str, password: str, cost: Cost | None
) -> None:
    file = workspace.database.folder.keyring
    slot = workspace.database.slot(account, name, password, cost)
    keyring.write(file, keyring.read(file).with_slot(slot))


def _checked_name(workspace: Workspace, name: str) -> str:
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput("account.no_name", field="account_name", most=LONGEST_NAME)
    if any(account.name == name for account in workspace.database.read(accounts.live)):
        raise InvalidInput("account.taken", field="account_name", name=name)
    return name


def _check_scope(workspace: Workspace, code: str) -> None:
    inside = code in workspace.divisions and code.startswith(workspace.office.division_code)
    if code and not inside:
        raise InvalidInput("account.outside_office", field="division", value=code)


def scopes(workspace: Workspace, text: str, limit: int = 12) -> list[tuple[str, str]]:
    """Divisions of this office, by code and name, to which an account may be limited."""
    workspace.require(Permission.ADMINISTER)
    own = workspace.office.division_code
    hits = finding.find(workspace, text, 10 * limit)
    places_found = [hit.id for hit in hits if hit.table == "place"]

    def codes(connection: Connection) -> list[tuple[str, str]]:
        rows = (places.place_by_id(connection, row) for row in places_found)
        return [
            (row.division_code, row.name)
            for row in rows
            if row and row.kind == "division" and row.division_code
            if row.division_code.startswith(own)
        ]

    return workspace.database.read(codes)[:limit]
