"""What the numbers of an election mean, in sentences with their article: hints, never refusals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from organizer import resources
from organizer.domain import election
from organizer.domain.access import Permission
from organizer.domain.election import Meeting, Result, Table
from organizer.i18n import _, listed
from organizer.services.workspace import Workspace


@dataclass(frozen=True)
class Told:
    """The result and what should be known of it."""

    result: Result
    sentences: Sequence[str]
    brief: str = ""
    """The same in one, with the rule named once."""


def tell(workspace: Workspace, members: int, meeting: Meeting, candidates: int = 0) -> Told:
    """What an election among so many members comes to; `candidates` 0 for not known."""
    workspace.require(Permission.LOOK)
    result = election.count(meeting)
    sentences = [
        *_before(members, meeting.seats, candidates),
        *_outcome(meeting, result),
    ]
    rule = _("《工会基层组织选举工作条例》")
    brief = _("{said}（{rule}）。").format(said=_("；").join(sentences), rule=rule)
    told = [_("{said}（{rule}）。").format(said=one, rule=rule) for one in sentences]
    return Told(result, told, brief)


def _before(members: int, seats: int, candidates: int) -> Iterator[str]:
    rules = resources.toml("rules", "election.toml")
    fitting = Table.read(rules["seats"]).of(members)
    if seats not in fitting:
        said = _("会员 {members} 人，委员一般 {low} 至 {high} 名，现为 {seats} 名")
        yield said.format(members=members, low=fitting.low, high=fitting.high, seats=seats)
    if members < election.ORGANISER_BELOW:
        yield _("会员不足25人，也可以只选主席或组织员一人")
    if members >= election.DELEGATES_FROM:
        span = Table.read(rules["delegates"]).of(members)
        yield _("会员100人以上，可以开会员代表大会，代表 {low} 至 {high} 名").format(
            low=span.low, high=span.high
        )
    fewest = election.fewest_candidates(seats)
    if candidates and candidates < fewest:
        yield _("差额选举：{seats} 个名额，候选人不少于 {fewest} 名").format(
            seats=seats, fewest=fewest
        )
    yield _("单位行政主要负责人、法定代表人、合伙人和他们的近亲属不作为候选人")


def _outcome(meeting: Meeting, result: Result) -> Iterator[str]:
    facts: Mapping[str, int] = {
        "due": meeting.due,
        "present": meeting.present,
        "quorum": result.quorum,
        "needed": result.needed,
    }
    if result.enough:
        yield _("应到 {due} 人，实到 {present} 人，到会过三分之二，可以选举").format(**facts)
        yield _("得票过应到人数的半数、即 {needed} 票以上才能当选").format(**facts)
    else:
        yield _("应到 {due} 人，实到 {present} 人，不足三分之二（{quorum} 人），不能选举").format(
            **facts
        )
    if result.tied:
        yield _("{names}得票相同，就他们再投一次").format(names=listed(result.tied))
