"""Records that may be one twice: who is who, why, and 不是同一个 remembered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from organizer.domain import access, masking
from organizer.domain.access import Permission
from organizer.domain.matching import DuplicateCandidate, Level, Sign, Verdict
from organizer.errors import NotFound
from organizer.i18n import _, listed, show_instant
from organizer.jobs import Job
from organizer.services import merging
from organizer.services.workspace import Workspace
from organizer.store import distinct_pairs, merge_cards
from organizer.store.driver import Connection
from organizer.store.merge_cards import Settled
from organizer.store.transaction import Write

KINDS = ("employer", "person", "union_org")
"""Tables whose duplicates are looked for, in the order they are shown."""

_NONE = Verdict(Level.NEW, 0, ())
_AT_ONCE = 2000
"""So many people are looked at before somebody may stop it."""


@dataclass(frozen=True)
class CandidateLine:
    """Two records as a list shows them: their names, how sure it is, and why in words."""

    candidate: DuplicateCandidate
    names: str
    sure: str
    why: str


def kind_words() -> dict[str, str]:
    """What each kind is called."""
    return {"employer": _("单位"), "person": _("人"), "union_org": _("工会")}


def candidates(
    workspace: Workspace, job: Job | None = None, kinds: Sequence[str] = KINDS
) -> list[DuplicateCandidate]:
    """Every pair that may be one and that nobody found to be two, the surest first.

    Looks at all units and at everybody without an id number: for a job in the background.
    """
    workspace.require(Permission.REVIEW)
    found: list[DuplicateCandidate] = []
    for table in kinds:
        found += _open(workspace, table, _of(workspace, table, job or Job()))
    return sorted(found, key=_surest)


def strict_count(workspace: Workspace) -> dict[str, int]:
    """How many pairs of each kind are so sure that they should be settled today."""
    found = [one for one in candidates(workspace) if one.verdict.level is Level.STRICT]
    return {table: sum(one.table == table for one in found) for table in KINDS}


def of_record(workspace: Workspace, table: str, row: bytes) -> list[DuplicateCandidate]:
    """The pairs in which a record stands."""
    return [one for one in candidates(workspace, kinds=(table,)) if row in one.pair]


def judge(workspace: Workspace, table: str, one: bytes, other: bytes) -> Verdict:
    """What speaks for and against these two; raises `NotFound` for one out of use or merged."""
    workspace.require(Permission.REVIEW)
    # Late: what compares names is not needed before somebody looks for duplicates.
    from organizer.store import duplicate_candidates

    def query(connection: Connection) -> Verdict:
        for row in (one, other):
            if merge_cards.values(connection, table, row) is None:
                raise NotFound("record.unknown", value=row.hex())
        return duplicate_candidates.judge(connection, table, one, other)

    return workspace.database.read(query)


def distinct(workspace: Workspace, table: str, one: bytes, other: bytes) -> bytes:
    """Remember that these two are not one; they are not offered again, here or on any laptop.

    Returns the write, which can be undone.
    """
    workspace.require(Permission.REVIEW)

    def body(write: Write) -> bytes:
        for row in (one, other):
            if not write.exists(table, row):
                raise NotFound("record.unknown", value=row.hex())
            for code in merging.divisions_of(write.connection, table, row):
                workspace.require(Permission.REVIEW, code)
        distinct_pairs.decide(write, table, one, other)
        return write.id

    return workspace.database.write(workspace.intent("pair.distinct"), body)


def lines(workspace: Workspace, some: Sequence[DuplicateCandidate]) -> list[CandidateLine]:
    """These pairs in words; those of which one is gone since are left out."""
    workspace.require(Permission.REVIEW)

    def query(connection: Connection) -> list[CandidateLine]:
        return list(_lines(connection, some))

    return workspace.database.read(query)


@dataclass(frozen=True)
class SettledLine:
    """A pair that was settled, in words; `write` takes it back."""

    write: bytes
    on: str
    what: str
    who: str


def settled(workspace: Workspace) -> list[SettledLine]:
    """Every merge and every 不是同一个 that stands, newest first: each can be taken back any time."""
    workspace.require(Permission.REVIEW)

    def query(connection: Connection) -> list[SettledLine]:
        return [
            SettledLine(one.write, _day(one.at), _settled(connection, one), one.actor)
            for one in merge_cards.settled(connection)
            if _within(
                connection, workspace, DuplicateCandidate(one.table, one.one, one.other, _NONE)
            )
        ]

    return workspace.database.read(query)


def _settled(connection: Connection, one: Settled) -> str:
    names = [merge_cards.name_of(connection, one.table, row) for row in (one.one, one.other)]
    told = _("“{name}”并入“{kept}”") if one.merged else _("“{name}”和“{kept}”不是同一个")
    said = told.format(name=names[0], kept=names[1])
    return _("{kind}：{said}").format(kind=kind_words()[one.table], said=said)


def _day(instant: str) -> str:
    """The day of a stored instant in Shanghai."""
    return show_instant(datetime.fromisoformat(instant.replace("Z", "+00:00")))[:10]


def sure_word(verdict: Verdict) -> str:
    """How sure it is, with the sum."""
    words = {Level.STRICT: _("很可能"), Level.REVIEW: _("看一看"), Level.NEW: _("不像")}
    return _("{word} {score} 分").format(word=words[verdict.level], score=verdict.score)


def sign_words(verdict: Verdict) -> tuple[list[str], list[str]]:
    """What speaks for it and what against, each with what it counts."""
    told: tuple[list[str], list[str]] = ([], [])
    for sign in verdict.signs:
        told[not sign.agrees].append(_sign(sign))
    return told


def _sign(sign: Sign) -> str:
    word = (_agreeing() if sign.agrees else _differing())[sign.key]
    if sign.supports:
        return _("{word}（+{counts}，只作参考）").format(word=word, counts=sign.counts)
    return _("{word}（{counts:+d}）").format(word=word, counts=sign.counts)


def _agreeing() -> dict[str, str]:
    return {
        "id_number": _("证件号相同"),
        "name": _("名称相同"),
        "former_name": _("与原写法相同"),
        "name_alike": _("名称相近"),
        "born_on": _("出生日期相同"),
        "sex": _("性别相同"),
        "employer": _("同一工作单位"),
        "phone": _("电话相同"),
        "uscc": _("统一社会信用代码相同"),
        "registration_no": _("注册号相同"),
        "signboard": _("招牌名相同"),
        "place": _("同一门牌"),
        "address": _("地址相同"),
        "legal_person": _("法定代表人相同"),
        "national_code": _("全总编号相同"),
        "provincial_code": _("省总编号相同"),
        "local_code": _("本级编号相同"),
        "division": _("同一区划"),
        "parent": _("上级工会相同"),
        "chairman": _("主席相同"),
        "unit": _("同一单位的工会"),
    }


def _differing() -> dict[str, str]:
    return {
        "id_number": _("证件号不同"),
        "name": _("名称不同"),
        "born_on": _("出生日期不同"),
        "sex": _("性别不同"),
        "uscc": _("统一社会信用代码不同"),
        "registration_no": _("注册号不同"),
        "branch": _("分店或分支不同"),
        "place": _("门牌不同"),
        "legal_person": _("法定代表人不同"),
        "national_code": _("全总编号不同"),
        "provincial_code": _("省总编号不同"),
        "local_code": _("本级编号不同"),
        "division": _("区划不同"),
    }


def _of(workspace: Workspace, table: str, job: Job) -> Iterator[DuplicateCandidate]:
    # Late: what compares names is not needed before somebody looks for duplicates.
    from organizer.store import duplicate_candidates as looking

    read = workspace.database.read
    if table == "employer":
        yield from read(looking.units)
    elif table == "union_org":
        yield from read(looking.unions)
    else:
        yield from read(looking.same_numbers)
        waiting = read(looking.seeds)
        for start in range(0, len(waiting), _AT_ONCE):
            job.step(start, len(waiting))
            some = waiting[start : start + _AT_ONCE]
            yield from read(partial(looking.people, some=some))


def _open(
    workspace: Workspace, table: str, found: Iterable[DuplicateCandidate]
) -> list[DuplicateCandidate]:
    """Without what was decided, and without what lies elsewhere; each pair once."""
    pairs = {one.pair: one for one in found}
    whole = access.covers(workspace.account.division_code, workspace.office.division_code)

    def query(connection: Connection) -> list[DuplicateCandidate]:
        known = distinct_pairs.decided(connection, table)
        return [
            one
            for pair, one in pairs.items()
            if pair not in known and (whole or _within(connection, workspace, one))
        ]

    return workspace.database.read(query)


def _within(connection: Connection, workspace: Workspace, one: DuplicateCandidate) -> bool:
    scope = workspace.account.division_code
    return all(
        access.covers(scope, code)
        for row in (one.one, one.other)
        for code in merging.divisions_of(connection, one.table, row)
    )


def _surest(one: DuplicateCandidate) -> tuple[bool, int, int, bytes, bytes]:
    verdict = one.verdict
    strict = verdict.level is Level.STRICT
    return not strict, -verdict.score, KINDS.index(one.table), one.one, one.other


def _lines(connection: Connection, some: Sequence[DuplicateCandidate]) -> Iterator[CandidateLine]:
    for one in some:
        names = [
            _named(one.table, merge_cards.values(connection, one.table, row))
            for row in (one.one, one.other)
        ]
        if all(names):
            told = dict.fromkeys(name for name in names if name)
            agreeing, differing = sign_words(one.verdict)
            yield CandidateLine(
                one,
                _(" ／ ").join(told),
                sure_word(one.verdict),
                listed([*agreeing, *differing]),
            )


def _named(table: str, values: dict[str, object] | None) -> str:
    if values is None:
        return ""
    name = str(values["name"] or "") or _("没有名称")
    number = str(values.get("id_number") or "") if table == "person" else ""
    return f"{name} {masking.mask_resident_id(number)[-4:]}" if number else name
