"""An office to practise in: the sample lists in a folder of its own, wiped by one action."""

import shutil
from collections.abc import Iterator

from organizer import resources
from organizer.crypto import Cost
from organizer.errors import DeviceMissing, OrganizerError
from organizer.i18n import _
from organizer.jobs import Progress, Silent
from organizer.paths import DataFolder
from organizer.services.lists import importing
from organizer.services.members import approving, roster, signup
from organizer.services.members.signup import SignedUp
from organizer.services.office import opening
from organizer.services.office.opening import NewOffice
from organizer.services.survey import recording
from organizer.services.workspace import Workspace

DIVISION = "210106003"
# The practice office holds made-up people only; its password keeps nobody out.
_PASSWORD = "organizer-practice"
_JOINERS = 12


def folder_of(folder: DataFolder) -> DataFolder:
    """Where the practice office of this data folder lies."""
    return DataFolder(folder.root / "practice")


def is_practice(folder: DataFolder) -> bool:
    """Whether this is the practice office of the folder around it."""
    return folder_of(DataFolder(folder.root.parent)) == folder


def exists(folder: DataFolder) -> bool:
    """Whether there is a practice office to go on with."""
    return folder_of(folder).keyring.exists()


def begin(
    folder: DataFolder, progress: Progress | None = None, cost: Cost | None = None
) -> Workspace:
    """Make a practice office with the sample list, a round and some applications; or open it.

    Raises `UserError` for an unsafe folder, `Cancelled`.
    """
    told = progress or Silent()
    if exists(folder):
        return opening.unlock(folder_of(folder), _("练习账号"), _PASSWORD)
    wipe(folder)
    inner = folder_of(folder)
    wanted = NewOffice(_("工人村街道总工会"), DIVISION, _("练习账号"), _PASSWORD)
    sheet = folder.root / "practice.pdf"
    sheet.unlink(missing_ok=True)
    folder.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    workspace = opening.new_office(inner, wanted, sheet=sheet, cost=cost).workspace
    # Nobody needs a recovery sheet for made-up people.
    sheet.unlink()
    try:
        _fill(workspace, told)
    except BaseException:
        workspace.close()
        wipe(folder)
        raise
    return workspace


def wipe(folder: DataFolder) -> None:
    """Remove the practice office, closed before, with all its files; `DeviceMissing` if refused."""
    root = folder_of(folder).root
    if not root.exists():
        return
    # Without its keyring the rest is unreadable, should the removal stop half way.
    try:
        folder_of(folder).keyring.unlink(missing_ok=True)
        shutil.rmtree(root)
    except OSError as error:
        raise DeviceMissing("office.not_wiped", folder=root) from error


def _fill(workspace: Workspace, progress: Progress) -> None:
    (market,) = resources.path("sample").glob("01_*.xlsx")
    (joiners,) = resources.path("sample").glob("03_*.csv")
    importing.import_list(workspace, market, progress=progress)
    recording.open_round(workspace, _("练习批次"), workspace.today, None)
    signed = list(_sign_up(workspace, roster.read_roster(workspace, joiners)))
    approved = [each.membership for each in signed[: _JOINERS // 2]]
    for membership in approved:
        approving.see(workspace, membership)
    approving.approve(workspace, approved)


def _sign_up(workspace: Workspace, orders: Iterator[signup.SignupOrder]) -> Iterator[SignedUp]:
    taken = 0
    for order in orders:
        try:
            yield signup.sign_up(workspace, order)
        except OrganizerError:
            # The sample has rows with mistakes; they are for the import to show.
            continue
        taken += 1
        if taken == _JOINERS:
            return
