"""What is known of a unit in words: each fact with its source and day, by the blocks of the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organizer.domain.access import DEPARTMENTS
from organizer.domain.clears import Standing
from organizer.domain.fact import BLOCKS, CODED, HEAD_COUNTS, PHONES, YES_NO, Fact
from organizer.i18n import _
from organizer.services.employers import fact_checking, listing
from organizer.services.workspace import Workspace
from organizer.store import facts
from organizer.store.driver import Connection


@dataclass(frozen=True)
class FactLine:
    """A current fact in words, with who said it and when; `block` is one of `domain.fact.BLOCKS`.

    `pending`: not confirmed in the round in force (待确认). `difference` is said only to those who see
    the figures of other departments: 口头 40 / 社保 62.
    """

    name: str
    title: str
    text: str
    source: str
    on: str
    block: str
    pending: bool = False
    difference: str = ""


def fact_lines(
    connection: Connection,
    workspace: Workspace,
    employer: bytes,
    standings: Mapping[str, Standing],
) -> list[FactLine]:
    """The facts of a unit as the account sees them, in the order of the form."""
    known = facts.current(connection, employer, departments=workspace.sees_departments)
    told = facts.by_source(connection, employer) if workspace.sees_departments else {}
    return [
        FactLine(
            name,
            fact_checking.titles()[name],
            said(workspace, name, known[name].value),
            source_word(workspace, known[name].source),
            known[name].observed_on,
            block,
            standings.get(name) is Standing.TO_CONFIRM,
            _difference(workspace, known[name], told.get(name, ())),
        )
        for block, names in BLOCKS.items()
        for name in names
        if name in known
    ]


def said(workspace: Workspace, field: str, value: str) -> str:
    """A fact's value in words; telephone numbers masked."""
    if field in CODED:
        return listing.label(workspace, field, value)
    if field in HEAD_COUNTS:
        return _("{count} 人").format(count=value)
    if field in PHONES:
        return listing.masked_phones(value)
    if field in YES_NO:
        return dict(fact_checking.options(workspace, field)).get(value, value)
    return value


def source_word(workspace: Workspace, source: str) -> str:
    """The short word of a source."""
    return listing.label(workspace, "fact_source", source)


def _difference(workspace: Workspace, shown: Fact, told: Sequence[Fact]) -> str:
    """A head count as it was told and as another department has it, where the two differ."""
    own = next((fact for fact in _newest_first(told) if fact.source not in DEPARTMENTS), None)
    theirs = [fact for fact in _newest_first(told) if fact.source in DEPARTMENTS]
    if shown.field not in HEAD_COUNTS or own is None:
        return ""
    other = [fact for fact in theirs if fact.value != own.value]
    if not other:
        return ""
    words = [
        _("{source} {count}").format(source=source_word(workspace, own.source), count=own.value)
    ]
    words += [
        _("{source} {count}（{day}）").format(
            source=source_word(workspace, fact.source), count=fact.value, day=fact.observed_on
        )
        for fact in other
    ]
    return " / ".join(words)


def _newest_first(told: Sequence[Fact]) -> list[Fact]:
    return sorted(told, key=lambda fact: fact.observed_on, reverse=True)
