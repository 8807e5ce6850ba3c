"""The best time of day to go to a street or house, told from what past visits met there."""

from organizer.domain.access import Permission
from organizer.domain.best_time import BestTime, best_time
from organizer.i18n import _
from organizer.services.workspace import Workspace
from organizer.store import efforts, places
from organizer.store.driver import Connection


def best_time_at(workspace: Workspace, place: bytes) -> str:
    """这条路傍晚有人的多（12 次里 9 次）; "" where past visits do not say it clearly."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> str:
        found = places.place_by_id(connection, place)
        if found is None:
            return ""
        workspace.require(Permission.LOOK, found.division_code)
        return hint(connection, place, found.kind)

    return workspace.database.read(query)


def hint(connection: Connection, place: bytes, kind: str, name: str = "") -> str:
    """The same for services that read a place anyway; its name where it is not the one in view."""
    best = best_time(efforts.tries_below(connection, place))
    return _sentence(best, name or _this(kind)) if best else ""


def _sentence(best: BestTime, where: str) -> str:
    words = {"morning": _("上午"), "afternoon": _("下午"), "evening": _("傍晚")}
    return _("{place}{part}有人的多（{tries} 次里 {answered} 次）").format(
        place=where, part=words[best.part], tries=best.tries, answered=best.answered
    )


def _this(kind: str) -> str:
    if kind in ("street", "crossing", "lane"):
        return _("这条路")
    if kind in ("tower", "building", "floor"):
        return _("这栋楼")
    return _("这个组") if kind == "village_group" else _("这一带")
