"""What there is to do today, most urgent first, and how far the round has got."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.clears import LampRule
from organizer.domain.round import Round
from organizer.domain.visit import Outcome
from organizer.i18n import _, listed
from organizer.services import backing_up, reporting, survey
from organizer.services.workspace import Workspace
from organizer.store import agenda, lamps, visits
from organizer.store.agenda import Due
from organizer.store.driver import Connection

_NAMED = 3
"""How many names a line shows."""


@dataclass(frozen=True)
class Errand:
    """One kind of thing to do: how many there are, and a line that says which.

    `key` is backup, due, promises, unreached, pending, no_id, files, drafts or interrupted;
    `employers` are the units it is about; `urgent` for what must not lie about.
    """

    key: str
    count: int
    detail: str
    employers: tuple[bytes, ...] = ()
    urgent: bool = False


@dataclass(frozen=True)
class Progress:
    """How far a round has got: units, and how many stand at which outcome."""

    name: str
    units: int
    reached: int
    nobody: int
    outcomes: dict[str, int]

    @property
    def never(self) -> int:
        """Units nobody went to yet."""
        return self.units - self.reached - self.nobody


@dataclass(frozen=True)
class LampCount:
    """How many units have one lamp clear."""

    rule: LampRule
    clear: int


@dataclass(frozen=True)
class Clears:
    """The four clears (四清) of a round: units, those with every lamp clear, and each lamp."""

    units: int
    all_clear: int
    lamps: tuple[LampCount, ...]


@dataclass(frozen=True)
class Agenda:
    """Today's page; `units` 0 means an office that has nothing yet."""

    day: date
    units: int
    errands: tuple[Errand, ...]
    progress: Progress | None


def agenda_of_today(workspace: Workspace) -> Agenda:
    """Everything that waits for this account, without what has nothing waiting."""
    workspace.require(Permission.LOOK)
    today, scope = workspace.today, workspace.account.division_code

    def query(connection: Connection) -> tuple[int, list[Errand], Progress | None]:
        current = visits.current_round(connection)
        progress = _progress(connection, current, scope) if current else None
        due = agenda.standing(connection, "next_visit_on", scope, today.isoformat())
        errands = [
            _doors("due", due),
            _doors("promises", agenda.standing(connection, "promise", scope)),
            _waiting(connection, scope),
            Errand("no_id", agenda.without_id_number(connection, scope), _("补齐后才能报送省平台")),
            _interrupted(connection),
        ]
        if progress:
            errands.append(_unreached(progress))
        return agenda.units(connection), errands, progress

    units, errands, progress = workspace.database.read(query)
    errands = [*_files(workspace), *errands]
    if units:
        errands.insert(0, _backup(workspace))
    return Agenda(today, units, tuple(e for e in errands if e.count), progress)


def clears_of_round(workspace: Workspace) -> Clears | None:
    """The lamps of every unit this account sees, counted in the current round; None without one."""
    workspace.require(Permission.LOOK)
    if workspace.database.read(visits.current_round) is None:
        return None
    survey.settle_lamps(workspace)
    scope = workspace.account.division_code
    shown = workspace.database.read(lambda connection: lamps.counted(connection, scope))
    counts = [
        LampCount(rule, sum(n for lights, n in shown.items() if lights[place] == lamps.CLEAR))
        for place, rule in enumerate(lamps.rules().lamps)
    ]
    return Clears(shown.total(), shown[lamps.CLEAR * len(counts)], tuple(counts))


def _progress(connection: Connection, current: Round, scope: str) -> Progress:
    found = agenda.outcomes(connection, current.id, scope)
    nobody, never = found.get(Outcome.NOBODY, 0), found.get("", 0)
    total = sum(found.values())
    return Progress(current.name, total, total - nobody - never, nobody, found)


def _doors(key: str, due: list[Due]) -> Errand:
    if key == "promises":
        words = (
            _("{name}（{promise}）").format(name=one.name, promise=one.value)
            for one in due[:_NAMED]
        )
        detail = listed(words)
    else:
        detail = listed(one.name for one in due[:_NAMED])
    more = _("等") if len(due) > _NAMED else ""
    return Errand(key, len(due), detail + more, tuple(one.employer for one in due))


def _waiting(connection: Connection, scope: str) -> Errand:
    count, oldest = agenda.waiting(connection, scope)
    detail = _("最早 {day} 提交").format(day=oldest[5:]) if oldest else ""
    return Errand("pending", count, detail)


def _interrupted(connection: Connection) -> Errand:
    sources = agenda.interrupted(connection)
    names = listed(f"“{PurePath(source).name}”" for source in sources[:_NAMED] if source)
    detail = _("再选一次同一个文件，就接着导入{names}").format(names=names)
    return Errand("interrupted", len(sources), detail)


def _unreached(progress: Progress) -> Errand:
    detail = _("还没去过 {never} 户，去过没人 {nobody} 户").format(
        never=progress.never, nobody=progress.nobody
    )
    return Errand("unreached", progress.never + progress.nobody, detail)


def _backup(workspace: Workspace) -> Errand:
    """A backup that failed, or days of work in none."""
    now = backing_up.state(workspace)
    wanted = bool(now.failure and not now.practice) or now.stale
    detail = now.sentence()
    if not now.failure:
        detail = _("{state}，请插上 U 盘备份").format(state=detail)
    return Errand("backup", int(wanted), detail, urgent=True)


def _files(workspace: Workspace) -> list[Errand]:
    """Plain files with members' data, and batches begun and not sealed."""
    lying = [one for one in reporting.leftovers(workspace) if one.whereabouts != "gone"]
    found = [
        Errand(
            "files",
            len(lying),
            _("{names}，上传后请清除").format(names=listed(f.path.name for f in lying[:_NAMED])),
            urgent=True,
        )
    ]
    if access.grants(workspace.account.role, Permission.EXPORT):
        drafts = [line for line in reporting.batch_lines(workspace) if not line.sealed]
        detail = listed(line.union_name for line in drafts[:_NAMED])
        found.append(Errand("drafts", len(drafts), detail))
    return found
