"""What there is to do today, most urgent first, and how far the round has got."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from organizer import resources
from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.clears import LampRule
from organizer.domain.round import Round
from organizer.domain.union_record import Due as UnionDue
from organizer.domain.visit import Outcome
from organizer.i18n import _, listed, show_date
from organizer.services import duplicating
from organizer.services.batches import reporting
from organizer.services.office import backing_up
from organizer.services.paper import missing
from organizer.services.survey import drives, reaching_out, recording, timing
from organizer.services.unions import founding_card, keeping
from organizer.services.workspace import Workspace
from organizer.store import agenda, lamps, members, members_behind, visits, walks
from organizer.store.agenda import Due
from organizer.store.driver import Connection

_NAMED = 3
"""How many names a line shows."""
_SEVERAL = 2
"""Tried in vain on so many days a door asks for another time of day."""
_LOOKED_AT = 200
"""Shut doors of which the street is looked up, to name a good time for the one with most."""
_NEAR_DAYS = 7
"""So many days before its day a drive is shown."""
_FIELDS_SHOWN = 3
"""Missing fields that have a line of their own."""


@dataclass(frozen=True)
class Errand:
    """One kind of thing to do: how many there are, and a line that says which.

    `key` is backup, due, promises, elsewhere, letters, unfiled, drive, one_left, shut, unreached,
    next_round, pending, untold, terms, certificates, registrations, no_id, duplicates, foundings, files, drafts or interrupted; `subject` the field of
    one_left or the drive in words; `employers` are the units it is about; `urgent` for what must not lie about.
    """

    key: str
    count: int
    detail: str
    employers: tuple[bytes, ...] = ()
    urgent: bool = False
    subject: str = ""
    unions: tuple[bytes, ...] = ()
    """The unions it is about."""


@dataclass(frozen=True)
class Progress:
    """How far a round has got: units, and how many stand at which outcome."""

    round: Round
    units: int
    reached: int
    nobody: int
    outcomes: dict[str, int]
    day: date

    @property
    def name(self) -> str:
        """What the round is called."""
        return self.round.name

    @property
    def never(self) -> int:
        """Units nobody went to yet."""
        return self.units - self.reached - self.nobody

    @property
    def over(self) -> bool:
        """Whether its last day has passed."""
        return self.round.ends_on is not None and self.round.ends_on < self.day


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
        current = visits.current_round(connection, scope)
        progress = _progress(connection, current, scope, today) if current else None
        due = agenda.revisits(connection, scope, today.isoformat())
        errands = [
            _doors("due", due),
            _promises(agenda.promises(connection, scope, today.isoformat()), today),
            _waiting(connection, scope),
            Errand("no_id", agenda.without_id_number(connection, scope), _("补齐后才能报送省平台")),
            *_of_members(connection, workspace),
            Errand("untold", *missing.untold(connection, scope)),
            _interrupted(connection),
        ]
        if current and progress:
            errands += _of_round(connection, workspace, progress)
        return agenda.units(connection), errands, progress

    units, errands, progress = workspace.database.read(query)
    promised = reaching_out.due(workspace)
    elsewhere = Errand("elsewhere", len(promised), _names([one.whom for one in promised]))
    errands = [*_files(workspace), *errands[:2], elsewhere, *_of_unions(workspace), *errands[2:]]
    errands.insert(2, Errand("foundings", *founding_card.soon(workspace)))
    if units:
        errands.insert(0, _backup(workspace))
    return Agenda(today, units, tuple(e for e in errands if e.count), progress)


@dataclass(frozen=True)
class Standing:
    """The four clears of the round, and the units that lack only one field, by that field."""

    clears: Clears
    one_left: tuple[Errand, ...]
    drives: tuple[Errand, ...] = ()
    """The drives whose day is near or over."""


def standing_of_round(workspace: Workspace) -> Standing | None:
    """`clears_of_round`, and for which one field a lamp still waits; None without a round.

    Looks at every unit that changed since it was asked last: for a job in the background.
    """
    clears = clears_of_round(workspace)
    if clears is None:
        return None
    one_left = workspace.database.read(lambda c: _one_left(c, workspace))
    return Standing(clears, one_left, tuple(_drives(workspace)))


def doubled(workspace: Workspace) -> Errand | None:
    """Records that are very probably there twice; None for who does not settle that.

    Looks through all units and everybody without an id number: for a job in the background.
    """
    if not access.grants(workspace.account.role, Permission.REVIEW):
        return None
    found, words = duplicating.strict_count(workspace), duplicating.kind_words()
    told = (
        _("{kind} {count} 对").format(kind=words[table], count=count)
        for table, count in found.items()
        if count
    )
    return Errand("duplicates", sum(found.values()), listed(told))


def clears_of_round(workspace: Workspace) -> Clears | None:
    """The lamps of every unit this account sees, counted in the current round; None without one."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    current = workspace.database.read(lambda c: visits.current_round(c, scope))
    if current is None:
        return None
    recording.settle_lamps(workspace)
    scope = current.narrowed(scope)
    shown = workspace.database.read(lambda connection: lamps.counted(connection, scope))
    counts = [
        LampCount(rule, sum(n for lights, n in shown.items() if lights[place] == lamps.CLEAR))
        for place, rule in enumerate(lamps.rules().lamps)
    ]
    return Clears(shown.total(), shown[lamps.CLEAR * len(counts)], tuple(counts))


def _progress(connection: Connection, current: Round, scope: str, today: date) -> Progress:
    found = agenda.outcomes(connection, current.id, current.narrowed(scope))
    nobody, never = found.get(Outcome.NOBODY, 0), found.get("", 0)
    total = sum(found.values())
    return Progress(current, total, total - nobody - never, nobody, found, today)


def _of_round(connection: Connection, workspace: Workspace, progress: Progress) -> list[Errand]:
    """What the round asks for: doors that stay shut, doors not reached; once it is over, the next."""
    if progress.over:
        return [_next_round(workspace, progress.round)]
    scope = progress.round.narrowed(workspace.account.division_code)
    return [_shut(connection, progress.round, scope), _unreached(progress)]


def _next_round(workspace: Workspace, over: Round) -> Errand:
    ends = show_date(over.ends_on) if over.ends_on else ""
    if access.grants(workspace.account.role, Permission.REVIEW):
        detail = _("“{name}”到{ends}为止，开了下一轮才能接着上门").format(name=over.name, ends=ends)
    else:
        detail = _("“{name}”到{ends}为止，请审核员或管理员开下一轮").format(
            name=over.name, ends=ends
        )
    return Errand("next_round", 1, detail)


def _of_unions(workspace: Workspace) -> Iterator[Errand]:
    """Terms and certificates that end, registrations that are due; only for who keeps the records."""
    if not access.grants(workspace.account.role, Permission.REVIEW):
        return
    kinds = {
        "terms": (UnionDue.RE_ELECT,),
        "certificates": (UnionDue.RENEW, UnionDue.RENEW_NOW),
        "registrations": (UnionDue.REGISTER,),
    }
    today, found = workspace.today, keeping.due(workspace)
    for key, dues in kinds.items():
        some = [one for one in found if one.reminder.due in dues]
        told = _("{name}（{day}，过了 {days} 天）"), _("{name}（{day}，还有 {days} 天）")
        words = [
            told[one.reminder.by >= today].format(
                name=one.name,
                day=show_date(one.reminder.by),
                days=abs((one.reminder.by - today).days),
            )
            for one in some[:_NAMED]
        ]
        late = key != "registrations" and any(one.reminder.by < today for one in some)
        about = tuple(dict.fromkeys(one.union for one in some))
        yield Errand(key, len(some), listed(words) + _more(some), urgent=late, unions=about)


def _doors(key: str, due: Sequence[Due]) -> Errand:
    return Errand(key, len(due), _names([one.name for one in due]), _units(due))


def _promises(due: Sequence[Due], today: date) -> Errand:
    words = []
    for one in due[:_NAMED]:
        when = date.fromisoformat(one.due_on) if one.due_on else None
        if when is None:
            words.append(_("{name}（{promise}）").format(name=one.name, promise=one.value))
        elif when < today:
            told = _("{name}（{promise}，过了 {days} 天）")
            days = (today - when).days
            words.append(told.format(name=one.name, promise=one.value, days=days))
        else:
            told = _("{name}（{promise}，今天到期）")
            words.append(told.format(name=one.name, promise=one.value))
    return Errand("promises", len(due), listed(words) + _more(due), _units(due))


def _shut(connection: Connection, current: Round, scope: str) -> Errand:
    found = agenda.shut(connection, current.id, scope, _SEVERAL)
    detail = _names([one.name for one in found])
    if hint := _best_time(connection, [one.place for one in found]):
        detail = _("{hint}　{names}").format(hint=hint, names=detail)
    return Errand("shut", len(found), detail, tuple(one.employer for one in found))


def _best_time(connection: Connection, doors: Sequence[bytes | None]) -> str:
    """When to go to the street with most of these doors, as far as past visits tell."""
    met = Counter(walks.walk_of(connection, door) for door in doors[:_LOOKED_AT])
    for walk, _count in met.most_common(1):
        place = walks.named(connection, [walk]).get(walk)
        if place is not None:
            return timing.hint(connection, place.id, place.kind, place.name)
    return ""


def _one_left(connection: Connection, workspace: Workspace) -> tuple[Errand, ...]:
    """The fields that most lamps wait for, each with its doors."""
    scope = workspace.account.division_code
    current = visits.current_round(connection, scope)
    if current is None or (current.ends_on is not None and current.ends_on < workspace.today):
        return ()
    found = lamps.one_left(connection, current.narrowed(scope))
    titles = resources.toml("texts", "fields.toml")["fact"]

    def named(units: Sequence[bytes]) -> list[str]:
        return agenda.names(connection, units[: _NAMED + 1])

    most = sorted(found.items(), key=lambda one: -len(one[1]))[:_FIELDS_SHOWN]
    return tuple(
        Errand(
            "one_left",
            len(units),
            _("补上就多亮一盏灯：{names}").format(names=_names(named(units))),
            tuple(units),
            subject=titles.get(field, field),
        )
        for field, units in most
    )


def _drives(workspace: Workspace) -> Iterator[Errand]:
    today = workspace.today
    for one in drives.due(workspace):
        days = (one.due_on - today).days
        if days > _NEAR_DAYS:
            continue
        when = _("还有 {days} 天到期") if days > 0 else _("今天到期")
        when = _("已过期 {late} 天") if days < 0 else when
        told = _("{person}负责，{when}，完成 {done} / {target}").format(
            person=one.responsible,
            when=when.format(days=days, late=-days),
            done=one.done,
            target=one.target,
        )
        doors = tuple(door.employer for door in drives.doors(workspace, one.id).doors)
        yield Errand("drive", one.left, told, doors, one.late(today), subject=one.name)


def _names(names: Sequence[str]) -> str:
    return listed(names[:_NAMED]) + _more(names)


def _more(things: Sequence[object]) -> str:
    return _("等") if len(things) > _NAMED else ""


def _units(due: Sequence[Due]) -> tuple[bytes, ...]:
    return tuple(one.employer for one in due)


def _waiting(connection: Connection, scope: str) -> Errand:
    count, oldest = agenda.waiting(connection, scope)
    detail = _("最早 {day} 提交").format(day=oldest[5:]) if oldest else ""
    return Errand("pending", count, detail)


def _of_members(connection: Connection, workspace: Workspace) -> Iterator[Errand]:
    """Letters of transfer that ran out without their receipt, expulsions not filed above."""
    scope, today = workspace.account.division_code, workspace.today.isoformat()
    count, names = members_behind.overdue_transfers(connection, scope, today)
    yield Errand("letters", count, _("介绍信已过期：{names}").format(names=_names(names)))
    unfiled = [name for _row, name, *_rest in members.unfiled(connection, scope)]
    yield Errand("unfiled", len(unfiled), _names(unfiled))


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
