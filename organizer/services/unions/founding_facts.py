"""What the papers of a founding say, gathered from the record: units, people, figures, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from organizer.domain import election, ids, union_org
from organizer.domain import founding as rules
from organizer.domain.division import Divisions
from organizer.domain.founding import Body, Kind, StepTold
from organizer.forms.founding_sheets import Who
from organizer.i18n import _, listed, show_date
from organizer.services.unions import founding, founding_card
from organizer.services.unions.founding_card import MeetingTold
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, foundings, members, places
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.members import Record

Pairs = list[list[tuple[str, str]]]


@dataclass(frozen=True)
class Told:
    """Everything the papers ask for; "" where nothing is known and a hand will write."""

    kind: Kind
    union_name: str = ""
    above: str = ""
    units: Sequence[str] = ()
    unit: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    phone: str = ""
    steps: Mapping[str, StepTold] = field(default_factory=dict)
    group: Sequence[Who] = ()
    people: Sequence[Who] = ()
    bodies: Mapping[str, Sequence[Who]] = field(default_factory=dict)
    meeting: MeetingTold = field(default_factory=MeetingTold)
    members: int = 0
    term: tuple[date, date] | None = None
    short_id: str = ""


def nothing(kind: Kind) -> Told:
    """What a blank paper says."""
    return Told(kind)


def read(connection: Connection, workspace: Workspace, row: Record, divisions: Divisions) -> Told:
    """What is known of a founding, for its papers."""
    units = [
        unit
        for one in foundings.units_of(connection, row)
        if (unit := employers.employer_by_id(connection, one)) is not None
    ]
    people = [(one, _who(connection, workspace, one)) for one in _candidates(connection, row)]
    steps = founding.told_steps(connection, row.id)
    meeting = founding_card.meeting_of(row)
    return Told(
        Kind(row.text("kind")),
        row.text("union_name"),
        _above(connection, workspace, units[0], divisions) if units else workspace.office.name,
        [one.name for one in units],
        _unit(connection, workspace, units),
        units[0].fields["contact"] or "" if units else "",
        units[0].fields["phone"] or "" if units else "",
        steps,
        [who for one, who in people if one.text("body") == Body.GROUP],
        [who for one, who in people if one.text("body") != Body.GROUP],
        _elected(people),
        meeting,
        foundings.people_of(connection, [one.id for one in units]).members,
        _term(steps, meeting),
        ids.short_id(row.id),
    )


def letter_facts(told: Told) -> dict[str, str]:
    """The facts of the letters, by the names their wording uses."""
    meeting, steps = told.meeting, told.steps
    found = {
        **told.unit,
        "union": told.union_name,
        "above": told.above,
        "unit": listed(told.units),
        "units": listed(told.units),
        "unit_count": str(len(told.units) or ""),
        "members": str(told.members or ""),
        "group": listed(one.name for one in told.group),
        "group_count": str(len(told.group) or ""),
        "leader": next((one.name for one in told.group if one.post == rules.LEADER), ""),
        "seats": str(meeting.seats or ""),
        "by": _day(steps[rules.ELECTED].due_on) if rules.ELECTED in steps else "",
    }
    return found | _result(told)


def group_heading(told: Told) -> Pairs:
    """The head of 筹备组名单."""
    step = told.steps.get(rules.GROUPED)
    return [
        [(_("拟建工会"), told.union_name)],
        [(_("单位"), listed(told.units))],
        [(_("上一级工会"), told.above), (_("成立日期"), _day(step.done_on) if step else "")],
    ]


def candidate_heading(told: Told, days: int) -> Pairs:
    """The head of 候选人名单: shown from which day to which."""
    step = told.steps.get(rules.PROPOSED)
    begins = step.done_on if step else None
    ends = begins + timedelta(days - 1) if begins else None
    shown = _("{begins}至{ends}").format(begins=_day(begins), ends=_day(ends)) if begins else ""
    return [
        [(_("工会全称"), told.union_name)],
        [(_("单位"), listed(told.units))],
        [(_("公示时间"), shown), (_("委员名额"), str(told.meeting.seats or ""))],
    ]


def candidate_notes(days: int) -> list[str]:
    """What stands below the candidates."""
    return [
        _(
            "公示 {days} 天。对候选人有意见的，请在公示期内向筹备组或上一级工会反映，"
            "电话：＿＿＿＿＿＿＿＿。"
        ).format(days=days),
        _(
            "单位行政主要负责人、法定代表人、合伙人和他们的近亲属不作为本单位工会委员会候选人"
            "（工会法第十条、工会基层组织选举工作条例）。"
        ),
    ]


def report_heading(told: Told) -> Pairs:
    """The head of 选举结果报告单, with what the figures come to."""
    meeting = told.meeting
    step = told.steps.get(rules.ELECTED)
    out, back, void = meeting.ballots
    kinds = {"members": _("会员大会"), "delegates": _("会员代表大会")}
    held = meeting.due > 0
    return [
        [(_("工会全称"), told.union_name)],
        [(_("届次"), _("第一届")), (_("会议种类"), kinds[meeting.meeting] if held else "")],
        [(_("时间"), _day(step.done_on) if step else ""), (_("地点"), meeting.venue)],
        [(_("应到人数"), _number(meeting.due)), (_("实到人数"), _number(meeting.present))],
        [(_("发出选票"), _number(out)), (_("收回选票"), _number(back))],
        [(_("有效票"), _number(back - void)), (_("无效票"), str(void) if back else "")],
        [(_("委员名额"), _number(meeting.seats)), (_("任期"), _term_words(told))],
    ]


def report_notes(told: Told) -> list[str]:
    """The checks: whether enough came, and with how many votes one is elected."""
    meeting = told.meeting
    rule = _("（工会基层组织选举工作条例）")
    if not meeting.due:
        return [
            _("□ 到会人数达到应到人数的三分之二。　□ 当选人得票超过应到人数的半数。"),
            _("□ 无记名投票。　□ 收回选票不多于发出选票。") + rule,
        ]
    quorum, needed = election.quorum(meeting.due), election.needed(meeting.due)
    enough = meeting.present >= quorum
    came = (
        _("√ 应到 {due} 人，三分之二为 {quorum} 人，实到 {present} 人，符合规定。")
        if enough
        else _("× 应到 {due} 人，三分之二为 {quorum} 人，实到 {present} 人，不符合规定。")
    )
    return [
        came.format(due=meeting.due, quorum=quorum, present=meeting.present) + rule,
        _("√ 得票过应到人数的半数，即 {needed} 票以上的当选。").format(needed=needed) + rule,
    ]


def bodies(told: Told) -> list[tuple[str, str]]:
    """Who was elected into which body."""
    titles = {
        Body.COMMITTEE: _("工会委员会"),
        Body.AUDIT: _("经审会"),
        Body.WOMEN: _("女职工组织"),
    }
    return [
        (
            title,
            listed(
                _("{name}（{role}）").format(name=one.name, role=one.elected)
                for one in told.bodies.get(body, ())
            ),
        )
        for body, title in titles.items()
    ]


def _candidates(connection: Connection, row: Record) -> list[Record]:
    found = foundings.candidates_of(connection, row.id)
    order = {body: at for at, body in enumerate(Body)}
    return sorted(found, key=lambda one: (order[Body(one.text("body"))], int(one.text("post"))))


def _who(connection: Connection, workspace: Workspace, one: Record) -> Who:
    link = one.link("person")
    person = members.person_by_id(connection, link) if link else None

    def label(name: str) -> str:
        code = person.text(name) if person else ""
        return workspace.codes(name).entry(code).brief if code else ""

    role = workspace.codes("candidate_role").entry(one.text("post")).brief
    votes = one.fields["votes"]
    return Who(
        one.text("name"),
        label("sex"),
        label("ethnic"),
        person.text("born_on")[:7].replace("-", ".") if person else "",
        label("political"),
        label("education"),
        one.text("position"),
        role,
        "" if votes is None else str(votes),
        role if one.text("elected") else "",
        one.text("post"),
    )


def _elected(people: Sequence[tuple[Record, Who]]) -> dict[str, list[Who]]:
    counted = any(who.votes for _one, who in people)
    found: dict[str, list[Who]] = {}
    for one, who in people:
        if who.elected or not counted:
            found.setdefault(one.text("body"), []).append(who)
    return found


def _above(
    connection: Connection, workspace: Workspace, unit: EmployerRow, divisions: Divisions
) -> str:
    """The union that approves: the township's or street's, or this office's own where it stands there."""
    own = workspace.office.division_code
    code = (unit.division_code or own)[:9]
    if code == own:
        return workspace.office.name
    found = members.union_by_id(connection, members.fallback_union_id(code))
    if found is not None:
        return found.text("name")
    return union_org.fallback_name(divisions.get(code).name, code) if code in divisions else ""


def _unit(
    connection: Connection, workspace: Workspace, units: Sequence[EmployerRow]
) -> dict[str, str]:
    if not units:
        return {}
    known = [
        {
            name: fact.value
            for name, fact in facts.current(connection, one.id, departments=False).items()
        }
        for one in units
    ]

    def total(name: str) -> str:
        counts = [told.get(name, "") for told in known]
        return str(sum(map(int, counts))) if all(map(str.isdecimal, counts)) else ""

    first = units[0]
    industry = first.fields["industry"] or ""
    codes = workspace.codes("industry")
    founded = first.fields["founded_on"] or ""
    return {
        "founded": _day(date.fromisoformat(founded)) if len(founded) == 10 else founded,
        "uscc": first.fields["uscc"] or "",
        "head": first.fields["legal_person"] or "",
        "address": first.fields["address"] or places.full_name(connection, first.place),
        "business": codes.label(industry) if industry in codes else "",
        "staff": total("staff_total"),
        "women": total("staff_women"),
        "migrant": total("staff_migrant"),
    }


def _result(told: Told) -> dict[str, str]:
    committee = told.bodies.get(Body.COMMITTEE, ())
    audit, women = told.bodies.get(Body.AUDIT, ()), told.bodies.get(Body.WOMEN, ())
    vices = [one.name for one in committee if one.post == rules.VICE_CHAIR]
    heads = [one.name for one in audit if one.post == rules.AUDIT_HEAD]
    return {
        "committee": listed(one.name for one in committee),
        "committee_count": str(len(committee) or ""),
        "chair": next((one.name for one in committee if one.post == rules.CHAIR), ""),
        "vice_names": _("，{names}同志任副主席").format(names=listed(vices)) if vices else "",
        "organiser": next((one.name for one in committee), ""),
        "audit_names": listed(one.name for one in audit),
        "audit_head": _("，{name}同志任主任").format(name=heads[0]) if heads else "",
        "women_names": _women(women),
        "years": str(told.meeting.term_years or ""),
        "from": _day(told.term[0]) if told.term else "",
        "until": _day(told.term[1]) if told.term else "",
    }


def _women(women: Sequence[Who]) -> str:
    if not women:
        return ""
    names = listed(one.name for one in women)
    if any(one.post == rules.WOMAN_MEMBER for one in women):
        return _("{names}同志任女职工委员").format(names=names)
    return _("{names}同志组成第一届女职工委员会").format(names=names)


def _term(steps: Mapping[str, StepTold], meeting: MeetingTold) -> tuple[date, date] | None:
    held = steps.get(rules.ELECTED)
    if held is None or held.done_on is None or meeting.term_years not in union_org.TERMS:
        return None
    return held.done_on, rules.check_term(meeting.term_years, held.done_on).ends_on


def _term_words(told: Told) -> str:
    if told.term is None:
        return ""
    return _("{years} 年，{begins}至{ends}").format(
        years=told.meeting.term_years, begins=_day(told.term[0]), ends=_day(told.term[1])
    )


def _day(day: date | None) -> str:
    return show_date(day) if day else ""


def _number(count: int) -> str:
    return str(count) if count else ""
