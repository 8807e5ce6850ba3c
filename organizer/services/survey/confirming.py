"""电话确认无变化: what is known of many units still holds, said without a visit at each door.

The facts keep their source and date. In a round whose ways to confirm include the telephone they
count as confirmed from that day on; in another the call is kept, and they stay to be confirmed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from organizer.domain.access import Permission
from organizer.domain.round import PHONE, Round
from organizer.domain.visit import GONE_STATES, Outcome, Target
from organizer.errors import Conflict, NotFound
from organizer.i18n import _, listed
from organizer.services.survey import visiting
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, rounds, visits
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.transaction import Write

_NAMED = 3
"""How many names a refusal tells."""


@dataclass(frozen=True)
class Unchanged:
    """What was noted: the step that can be taken back (None when nothing was new) and its visits.

    `already` are units of which the same was noted for that day before; `counts` whether calls
    confirm in the round of every one of them.
    """

    write: bytes | None
    visits: tuple[bytes, ...]
    already: int
    counts: bool


@dataclass(frozen=True)
class _Call:
    employer: EmployerRow
    current: Round


def confirm_unchanged(
    workspace: Workspace,
    wanted: Sequence[bytes],
    *,
    on: date | None = None,
    person_met: str = "",
    remark: str = "",
) -> Unchanged:
    """Note for each of these units a call at which nothing had changed; one step, taken back as one.

    Raises `Conflict` when something is known of some only from other departments or not at all, or
    when some were gone; `InvalidInput` for a day ahead, before its round or after its end; `NotFound`
    for an unknown unit, a unit in no round, or no unit at all.
    """
    workspace.require(Permission.SURVEY)
    calls = workspace.database.read(lambda c: list(_calls(c, wanted)))
    if not calls:
        raise NotFound("confirm.none")
    for call in calls:
        workspace.require(Permission.SURVEY, call.employer.division_code)
        day = visiting.day_within(workspace, call.current, on)

    def body(write: Write) -> Unchanged:
        _refuse_unknown(write.connection, calls)
        new = [call for call in calls if not _noted(write.connection, call, day)]
        said = {"person_met": person_met.strip() or None, "remark": remark.strip() or None}
        made = tuple(write.insert("visit", said | _visit(workspace, call, day)) for call in new)
        counts = all(call.current.accepts(PHONE) for call in calls)
        return Unchanged(write.id if made else None, made, len(calls) - len(new), counts)

    return workspace.database.write(workspace.intent("visit.unchanged"), body)


def _calls(connection: Connection, wanted: Sequence[bytes]) -> Iterator[_Call]:
    met = set()
    for row in wanted:
        found = employers.employer_by_id(connection, row)
        if found is None:
            raise NotFound("record.unknown", value=row.hex())
        if found.id not in met:
            met.add(found.id)
            yield _Call(found, rounds.at(connection, found.division_code))


def _refuse_unknown(connection: Connection, calls: Sequence[_Call]) -> None:
    blank, gone = [], []
    for call in calls:
        known = facts.current(connection, call.employer.id, departments=False)
        state = known.pop("operating_state", None)
        if state is not None and state.value in GONE_STATES:
            # Nobody can say by telephone that this still holds.
            gone.append(call.employer.name)
        elif not known:
            blank.append(call.employer.name)
    if blank:
        raise Conflict("confirm.nothing_known", count=len(blank), names=_some(blank))
    if gone:
        raise Conflict("confirm.gone", count=len(gone), names=_some(gone))


def _some(names: Sequence[str]) -> str:
    told = listed(names[:_NAMED])
    return _("{names}等").format(names=told) if len(names) > _NAMED else told


def _noted(connection: Connection, call: _Call, day: date) -> bool:
    return visits.unchanged_on(connection, call.employer.id, call.current.id, day.isoformat())


def _visit(workspace: Workspace, call: _Call, day: date) -> dict[str, object]:
    return {
        "round": call.current.id,
        "employer": call.employer.id,
        "place": call.employer.place,
        "visitor": workspace.account.id,
        "target": Target.UNIT,
        "channel": PHONE,
        "outcome": Outcome.MET,
        "visited_on": day.isoformat(),
        "visited_at": workspace.now,
        "unchanged": 1,
    }
