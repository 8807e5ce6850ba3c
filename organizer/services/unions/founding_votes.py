"""Who stands when a union is founded, and the meeting that elects: hints with their article, no blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from organizer import resources
from organizer.domain import founding as rules
from organizer.domain.access import Permission
from organizer.domain.election import Meeting
from organizer.domain.founding import BODY_OF, Body, Figures, Hint, Kind, Standing, Vote
from organizer.domain.person_name import parse_name, pua_table
from organizer.errors import InvalidInput, NotFound
from organizer.i18n import _
from organizer.services.unions import electing, founding, founding_words
from organizer.services.unions.founding import Done
from organizer.services.workspace import Workspace
from organizer.store import employers, foundings
from organizer.store.driver import Connection
from organizer.store.members import Record
from organizer.store.transaction import Write

MEETINGS = ("members", "delegates")
"""A meeting of all members, or of their delegates."""


@dataclass(frozen=True)
class CandidateOrder:
    """Somebody who stands: `role` and `barred` are codes, `person` a member who is meant."""

    name: str
    role: str
    position: str = ""
    barred: str = ""
    person: bytes | None = None


def put(
    workspace: Workspace, founding_: bytes, order: CandidateOrder, candidate: bytes | None = None
) -> Done:
    """Enter somebody who stands, or change who did. Who may not stand is a hint, never a refusal."""
    workspace.require(Permission.SURVEY)
    workspace.codes("candidate_role").entry(order.role)
    pua = pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv"))
    name = parse_name(order.name, pua=pua).name

    def body(write: Write) -> Done:
        row = founding.standing(write.connection, workspace, founding_)
        person = order.person or _member_called(write.connection, row, name)
        _refuse_twice(write.connection, founding_, name, order.role, candidate)
        values = {
            "person": person,
            "name": name,
            "body": BODY_OF[order.role].value,
            "post": order.role,
            "position": order.position.strip() or None,
            "barred": order.barred or None,
        }
        if candidate is None:
            write.insert("candidate", {"founding": founding_, **values})
        else:
            _known(write.connection, founding_, candidate)
            write.set("candidate", candidate, values)
        told = hints(write.connection, workspace, row, only=name)
        return Done(founding_, write.id, told)

    return workspace.database.write(workspace.intent("founding.candidate"), body)


def drop(workspace: Workspace, founding_: bytes, candidate: bytes) -> Done:
    """Somebody does not stand any more."""

    def body(write: Write) -> Done:
        founding.standing(write.connection, workspace, founding_)
        _known(write.connection, founding_, candidate)
        write.retire("candidate", candidate, workspace.today.isoformat())
        return Done(founding_, write.id)

    return workspace.database.write(workspace.intent("founding.candidate"), body)


@dataclass(frozen=True)
class MeetingOrder:
    """The meeting: its day, kind, place, figures, term, and the votes by candidate."""

    figures: Figures
    on: date | None = None
    meeting: str = MEETINGS[0]
    venue: str = ""
    term_years: int = 0
    votes: Mapping[bytes, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """Who is elected, by candidate, and everything that should be known of the numbers."""

    elected: Sequence[bytes]
    sentences: Sequence[str]
    brief: str
    """The sentences in few, with the rule named once."""


def weigh(workspace: Workspace, founding_: bytes, order: MeetingOrder) -> Outcome:
    """What these numbers come to, before anything is stored; raises `InvalidInput` at the field."""
    return workspace.database.read(
        lambda c: _weigh(c, workspace, founding.looked_at(c, workspace, founding_), order)
    )


def hold(workspace: Workspace, founding_: bytes, order: MeetingOrder) -> Done:
    """Record the meeting and who is elected by it; the step of the election is told with it."""
    day = founding.past_day(workspace, order.on, "on")
    if order.meeting not in MEETINGS:
        raise InvalidInput("founding.unknown_meeting", field="meeting", value=order.meeting)

    def body(write: Write) -> Done:
        row = founding.standing(write.connection, workspace, founding_)
        outcome = _weigh(write.connection, workspace, row, order)
        figures = order.figures
        values = {
            "meeting": order.meeting,
            "venue": order.venue.strip() or None,
            "due_count": figures.due,
            "present_count": figures.present,
            "ballots_out": figures.ballots_out or None,
            "ballots_back": figures.ballots_back or None,
            "ballots_void": figures.ballots_void or None,
            "seats": figures.seats,
            "term_years": order.term_years or None,
        }
        write.set("founding", founding_, values)
        for one in standing_for_posts(write.connection, founding_):
            elected = one.text("post") if one.id in outcome.elected else None
            write.set("candidate", one.id, {"votes": order.votes.get(one.id), "elected": elected})
        told = founding.told_steps(write.connection, founding_)
        foundings.put_step(write, founding_, rules.ELECTED, {"done_on": day})
        for unit in foundings.units_of(write.connection, row):
            founding.observe(write, workspace, unit, {"founding_stage": rules.ELECTED})
        order_hints = rules.order_hints(
            founding.rules_of_founding(), told, rules.ELECTED, date.fromisoformat(day)
        )
        said = founding_words.sentences(workspace, order_hints)
        return Done(founding_, write.id, [*said, *outcome.sentences])

    return workspace.database.write(workspace.intent("founding.meeting"), body)


@dataclass(frozen=True)
class Namesake:
    """A member of the founding units who may be meant."""

    person: bytes
    name: str
    position: str


def members_called(workspace: Workspace, founding_: bytes, text: str) -> list[Namesake]:
    """Members of the units whose name begins so, to be picked as candidates."""

    def query(connection: Connection) -> list[Namesake]:
        row = founding.looked_at(connection, workspace, founding_)
        units = foundings.units_of(connection, row)
        return [Namesake(*one) for one in foundings.members_named(connection, units, text.strip())]

    return workspace.database.read(query)


def standing_for_posts(connection: Connection, founding_: bytes) -> list[Record]:
    """Who stands for a post of the union; not the preparatory group."""
    found = foundings.candidates_of(connection, founding_)
    return [one for one in found if one.text("body") != Body.GROUP]


def hints(
    connection: Connection, workspace: Workspace, row: Record, *, only: str = ""
) -> list[str]:
    """What should be known of those who stand; `only` of somebody of this name."""
    units = foundings.units_of(connection, row)
    first = employers.employer_by_id(connection, units[0]) if units else None
    head = (first.fields["legal_person"] or "") if first else ""
    people = [_standing(connection, one) for one in foundings.candidates_of(connection, row.id)]
    found: list[Hint] = [
        hint
        for one in people
        if not only or one.name == only
        for hint in rules.candidate_hints(one, head)
    ]
    if not only:
        women = foundings.people_of(connection, units).women
        kind = Kind(row.text("kind"))
        found += rules.slate_hints(founding.rules_of_founding(), kind, people, women)
    return founding_words.sentences(workspace, found)


def _weigh(
    connection: Connection, workspace: Workspace, row: Record, order: MeetingOrder
) -> Outcome:
    candidates = standing_for_posts(connection, row.id)
    names = {one.id: one.text("name") for one in candidates}
    check_term(order.term_years)
    figures = order.figures
    rules.check_figures(figures, {names.get(key, ""): n for key, n in order.votes.items()})
    votes = [Vote(one.id.hex(), one.text("post"), order.votes.get(one.id)) for one in candidates]
    found = rules.results(figures, votes)
    elected = [bytes.fromhex(key) for result in found.values() for key in result.elected]
    members = foundings.people_of(connection, foundings.units_of(connection, row)).members
    own = {
        f"{names[bytes.fromhex(one.key)]}": one.votes
        for one in votes
        if one.votes is not None and BODY_OF[one.role] is Body.COMMITTEE
    }
    running = sum(BODY_OF[one.role] is Body.COMMITTEE for one in votes)
    meeting = Meeting(figures.due, figures.present, figures.seats, own)
    told = electing.tell(workspace, members or figures.due, meeting, running)
    ties = [
        _("{name}得票相同，就他们再投一次。").format(name=names[bytes.fromhex(key)])
        for body in (Body.AUDIT, Body.WOMEN)
        for key in (found[body].tied if body in found else ())
    ]
    return Outcome(elected, [*told.sentences, *ties], "\n".join([told.brief, *ties]))


def check_term(years: int) -> None:
    """Raises `InvalidInput` (field `term_years`) for a term of neither three nor five years; 0 is none."""
    if years:
        rules.check_term(years)


def _member_called(connection: Connection, row: Record, name: str) -> bytes | None:
    """The one member of these units who is called so."""
    units = foundings.units_of(connection, row)
    found = [one for one in foundings.members_named(connection, units, name) if one[1] == name]
    return found[0][0] if len(found) == 1 else None


def _standing(connection: Connection, one: Record) -> Standing:
    person = one.link("person")
    member = None if person is None else foundings.is_member(connection, person)
    return Standing(one.text("name"), one.text("post"), one.text("barred"), member)


def _refuse_twice(
    connection: Connection, founding_: bytes, name: str, role: str, but: bytes | None
) -> None:
    body = BODY_OF[role].value
    for one in foundings.candidates_of(connection, founding_):
        if one.id != but and (one.text("name"), one.text("body")) == (name, body):
            raise InvalidInput("founding.stands_already", field="name", name=name)


def _known(connection: Connection, founding_: bytes, candidate: bytes) -> None:
    if candidate not in {one.id for one in foundings.candidates_of(connection, founding_)}:
        raise NotFound("record.unknown", value=candidate.hex())
