"""Spot checks (抽查): drawn by a seed, called back, answered, and what the answers amount to."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from organizer import resources
from organizer.domain import spot_check
from organizer.domain.access import Permission
from organizer.domain.review_signals import Signal, signals
from organizer.domain.spot_check import Agreement, Answer, Checked
from organizer.errors import NotFound
from organizer.i18n import _, listed, parted
from organizer.services.employers import listing
from organizer.services.workspace import Workspace
from organizer.store import places, rounds, spot_checks
from organizer.store.driver import Connection
from organizer.store.spot_checks import CheckRow, ItemRow
from organizer.store.transaction import Write

_COUNTED = ("staff_total", "staff_women")
"""Head counts that are asked again on the telephone, when they were told on the visit."""


@dataclass(frozen=True)
class Drawn:
    """A check that was drawn, of how many visits."""

    check: bytes
    size: int
    population: int
    seed: int


@dataclass(frozen=True)
class Check:
    """A check as a line of the list, with what its answers amount to."""

    id: bytes
    round_name: str
    area: str
    seed: int
    size: int
    drawn_on: str
    agreement: Agreement


@dataclass(frozen=True)
class Item:
    """One visit to call about; `noted` is what was told then, in words. Telephones are on paper only."""

    position: int
    employer: bytes
    name: str
    place: str
    contact: str
    visited: str
    noted: str
    answer: Checked | None
    remark: str


def draw(
    workspace: Workspace, size: int, seed: int | None = None, division_code: str = ""
) -> Drawn:
    """Draw so many visited units of the current round; the seed is today's date unless said.

    Raises `NotFound` without a round or a visit, `InvalidInput` for a size that cannot be drawn.
    """
    workspace.require(Permission.REVIEW, division_code or None)
    scope = division_code or workspace.account.division_code
    number = spot_check.check_seed(int(f"{workspace.today:%Y%m%d}") if seed is None else seed)

    def body(write: Write) -> Drawn:
        current = rounds.current(write.connection, scope)
        if current is None:
            raise NotFound("round.none")
        population = spot_checks.population(write.connection, current.id, scope)
        if not population:
            raise NotFound("spot_check.nobody")
        visits = spot_check.draw(population, size, number)
        values = {
            "round": current.id,
            "division_code": scope or None,
            "seed": number,
            "size": size,
            "drawn_on": workspace.today.isoformat(),
        }
        check = write.insert("spot_check", values)
        units = spot_checks.employers_of(write.connection, visits)
        for position, (visit, unit) in enumerate(zip(visits, units, strict=True), start=1):
            item = {"spot_check": check, "visit": visit, "employer": unit, "position": position}
            write.insert("spot_check_item", item)
        return Drawn(check, size, sum(map(len, population.values())), number)

    return workspace.database.write(workspace.intent("spot_check.draw"), body)


def drawable(workspace: Workspace) -> int:
    """How many units of the current round could be drawn; 0 without a round."""
    workspace.require(Permission.REVIEW)
    scope = workspace.account.division_code

    def query(connection: Connection) -> int:
        current = rounds.current(connection, scope)
        if current is None:
            return 0
        return sum(map(len, spot_checks.population(connection, current.id, scope).values()))

    return workspace.database.read(query)


def checks(workspace: Workspace) -> list[Check]:
    """The checks of the account's division, the newest first."""
    workspace.require(Permission.REVIEW)
    scope = workspace.account.division_code
    rows = workspace.database.read(lambda c: spot_checks.checks(c, scope))
    return [_line(workspace, row) for row in rows]


def check_by_id(workspace: Workspace, check: bytes) -> Check:
    """One check as a line of the list; raises `NotFound`."""
    return _line(workspace, _require(workspace, check))


def items(workspace: Workspace, check: bytes) -> list[Item]:
    """The visits of a check, without telephones."""
    _require(workspace, check)
    rows, named = workspace.database.read(lambda c: placed(c, check))
    return [
        Item(
            row.position,
            row.employer,
            row.name,
            named[row.id],
            row.contact,
            visited_words(workspace, row),
            noted_words(workspace, row),
            Checked.read(row.answer) if row.answer else None,
            row.remark,
        )
        for row in rows
    ]


def answer(
    workspace: Workspace,
    check: bytes,
    position: int,
    said: str,
    fields: Sequence[str] = (),
    remark: str = "",
) -> Agreement:
    """Note what came of a call; an answer given again replaces the one before.

    `said` is agrees, differs or unreached, or 1, 2, 3; `fields` in what it differs. Raises
    `InvalidInput` for another answer, `NotFound` for a position that was not drawn.
    """
    _require(workspace, check)
    found = spot_check.checked(said, fields)

    def body(write: Write) -> None:
        rows = {row.position: row for row in spot_checks.items(write.connection, check)}
        if position not in rows:
            raise NotFound("spot_check.unknown_position", position=position)
        values = {
            "agrees": found.stored,
            "answered_on": workspace.today.isoformat(),
            "remark": remark.strip() or None,
        }
        write.set("spot_check_item", rows[position].id, values)

    workspace.database.write(workspace.intent("spot_check.answer"), body)
    return agreement(workspace, check)


def agreement(workspace: Workspace, check: bytes) -> Agreement:
    """What the answers of a check amount to."""
    return _agreement(_require(workspace, check))


def differing(workspace: Workspace, check: bytes) -> Counter[str]:
    """In what answers of a check differed, how often."""
    _require(workspace, check)
    rows = workspace.database.read(lambda c: spot_checks.items(c, check))
    return Counter(field for row in rows if row.answer for field in Checked.read(row.answer).fields)


def agreement_words(found: Agreement) -> str:
    """The agreement in plain words, with the count it rests on."""
    interval = found.interval
    if interval is None:
        return _("还没有联系上的，说不出一致率。")
    low, high = (round(100 * share) for share in interval)
    return _(
        "联系上 {reached} 户，一致 {agreed} 户（{share}%）。只问了这些户，全部走访的一致率"
        "大约在 {low}% 到 {high}% 之间（二十次里有十九次会落在这个范围）。"
    ).format(
        reached=found.reached,
        agreed=found.agreed,
        share=round(100 * found.agreed / found.reached),
        low=low,
        high=high,
    )


def field_words() -> dict[str, str]:
    """In what an answer can differ, in words."""
    return {
        "visit": _("没有人来过"),
        "outcome": _("走访结果"),
        "staff_total": _("职工总数"),
        "union_state": _("建会状态"),
        "place": _("地址"),
        "other": _("其他"),
    }


def answer_words(found: Checked | None) -> str:
    """An answer in words; "" while it waits."""
    if found is None:
        return ""
    words = {Answer.AGREES: _("一致"), Answer.DIFFERS: _("不一致"), Answer.UNREACHED: _("没联系上")}
    said = words[found.answer]
    differs = listed(field_words()[name] for name in found.fields)
    return _("{said}（{differs}）").format(said=said, differs=differs) if differs else said


def review_signals(workspace: Workspace) -> list[Signal]:
    """What is worth another look in the current round; none of it is an accusation."""
    workspace.require(Permission.REVIEW)
    scope = workspace.account.division_code

    def query(connection: Connection) -> list[Signal]:
        current = rounds.current(connection, scope)
        if current is None:
            return []
        shared: defaultdict[str, list[tuple[bytes, str]]] = defaultdict(list)
        for row, name, numbers in spot_checks.phones(connection, scope):
            for number in dict.fromkeys(parted(numbers)):
                shared[number].append((row, name))
        return signals(spot_checks.traces(connection, current.id, scope), shared)

    return workspace.database.read(query)


def placed(connection: Connection, check: bytes) -> tuple[list[ItemRow], dict[bytes, str]]:
    """The rows of a check, and the address of each."""
    rows = spot_checks.items(connection, check)
    return rows, {row.id: places.full_name(connection, row.place) for row in rows}


def visited_words(workspace: Workspace, row: ItemRow) -> str:
    """When, by whom, with what outcome."""
    outcome = listing.label(workspace, "visit_outcome", row.outcome)
    return _("{day} {visitor} {outcome}").format(
        day=row.visited_on, visitor=row.visitor, outcome=outcome
    )


def noted_words(workspace: Workspace, row: ItemRow) -> str:
    """What was told on the visit and is asked again."""
    titles = resources.toml("texts", "fields.toml")["fact"]
    told = [
        _("{title} {value}").format(title=titles[name], value=row.facts[name])
        for name in _COUNTED
        if name in row.facts
    ]
    if "union_state" in row.facts:
        told.append(listing.label(workspace, "union_state", row.facts["union_state"]))
    return listed(told)


def _require(workspace: Workspace, check: bytes) -> CheckRow:
    """The check, if this account may see it; raises `NotFound`."""
    workspace.require(Permission.REVIEW)
    scope = workspace.account.division_code
    rows = workspace.database.read(lambda c: spot_checks.checks(c, scope))
    found = next((row for row in rows if row.id == check), None)
    if found is None:
        raise NotFound("record.unknown", value=check.hex())
    return found


def _line(workspace: Workspace, row: CheckRow) -> Check:
    area = workspace.divisions.name_of(row.division_code)
    return Check(row.id, row.round_name, area, row.seed, row.size, row.drawn_on, _agreement(row))


def _agreement(row: CheckRow) -> Agreement:
    counts = row.answers
    return Agreement(
        counts.get(Answer.AGREES, 0),
        counts.get(Answer.DIFFERS, 0),
        counts.get(Answer.UNREACHED, 0),
        counts.get("", 0),
    )
