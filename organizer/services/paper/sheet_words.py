"""What printed sheets say of units: always as those who collect see them.

Figures of tax and social insurance are never printed, whoever prints: a walk sheet goes from hand to
hand, and what is asked at a door must not be shaped by what the office already has.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from organizer import resources
from organizer.domain.division import Divisions
from organizer.domain.fact import CIVIC, WILLING, Fact
from organizer.domain.place import Kind
from organizer.domain.visit import AT_UNIT
from organizer.forms.field_paper import Heading
from organizer.forms.survey_form import Choices
from organizer.i18n import _, listed
from organizer.services.employers import listing
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, grids, places
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.places import PlaceRow

_OWN = (
    "name", "signboard", "uscc", "registration_no", "legal_person", "contact", "founded_on",
    "registered_address", "address",
)  # fmt: skip
_CODED_TEXTS = {"nature": "unit_nature", "econ_type": "econ_type", "industry": "industry"}
_ANSWERED = (
    "operating_state", "union_state", "dues_state", "publicity_way", "no_union_reason",
)  # fmt: skip
"""Facts of which the form shows every answer, each from the list of its name."""
_NUMBERED = ("union_state", "no_union_reason")
_COUNT_SOURCES = ("spoken", "roster", "paper", "seen")
_WHOLE_CODE = 12
_STREETS: tuple[Kind, ...] = ("street", "crossing", "village_group")


@dataclass(frozen=True)
class Told:
    """A unit with what may be printed of it."""

    employer: EmployerRow
    facts: Mapping[str, Fact]

    def value(self, name: str) -> str:
        """What a fact says, "" when nothing is known."""
        return self.facts[name].value if name in self.facts else ""


def told_of(connection: Connection, wanted: Iterable[bytes]) -> dict[bytes, Told]:
    """These units by the ids they were asked by, without the figures of other departments."""
    rows = list(wanted)
    known = facts.current_of_many(connection, rows, departments=False)
    found = {}
    for row in rows:
        employer = employers.employer_by_id(connection, row)
        if employer is not None:
            found[row] = Told(employer, known.get(row, {}))
    return found


def last_words(workspace: Workspace, told: Told) -> str:
    """What was known before, on one line: 上次：职工 23 人，未建会(有意愿)."""
    staff, union = told.value("staff_total"), told.value("union_state")
    parts = [_("职工 {count} 人").format(count=staff)] if staff else []
    parts += [listing.label(workspace, "union_state", union)] if union else []
    return _("上次：{known}").format(known=listed(parts)) if parts else ""


def legend(workspace: Workspace) -> tuple[str, ...]:
    """The lines at the foot of a walk sheet that explain its digits."""
    outcomes = workspace.codes("visit_outcome")
    said = _("　").join(f"{one}{outcomes.entry(one).brief}" for one in AT_UNIT)
    states = workspace.codes("union_state").offered()
    union = _("　").join(f"{entry.code}{entry.brief}" for entry in states)
    return (
        _("结果：{digits}").format(digits=said),
        _("建会状态：{digits}").format(digits=union),
        _("每格写一个数字，人数靠右写；写错划掉，在格外重写。同一单位在本批次重印，编号不变。"),
    )


def heading(
    workspace: Workspace,
    connection: Connection,
    place: PlaceRow,
    divisions: Divisions,
    round_name: str,
) -> Heading:
    """The head of a sheet about a place: where it lies, who answers for it, the round."""
    grid = grids.grid_at(connection, place.id)
    names = _division_names(divisions, place.division_code)
    own = place.kind == "division"
    return Heading(
        office=workspace.office.name,
        place=place.name if own else places.full_name(connection, place.id) or place.name,
        above=" ".join(names[-2:-1] if own else names[-2:]),
        round_name=round_name,
        grid=grid.shown if grid else "",
        responsible=(grid.fields["responsible"] or "") if grid else "",
        phone=(grid.fields["phone"] or "") if grid else "",
        printed_on=workspace.today,
    )


def form_values(
    workspace: Workspace,
    connection: Connection,
    divisions: Divisions,
    place: PlaceRow | None,
    told: Told | None,
) -> dict[str, str]:
    """The texts of a survey form, by its fields; phone numbers masked, to be asked for."""
    values = _where(connection, divisions, place)
    if told is None:
        return values
    own = told.employer.fields
    values |= {name: own[name] or "" for name in _OWN}
    values["phone"] = listing.masked_phones(own["phone"] or "")
    for name, codes in _CODED_TEXTS.items():
        values[name] = listing.label(workspace, codes, own[name] or "")
    values |= {name: fact.value for name, fact in told.facts.items()}
    values["chair_phone"] = listing.masked_phones(told.value("chair_phone"))
    stage = told.value("founding_stage")
    values["founding_stage"] = listing.label(workspace, "founding_stage", stage)
    if "staff_total" in told.facts:
        values["count_on"] = told.facts["staff_total"].observed_on
    return values


def form_choices(workspace: Workspace, told: Told | None) -> dict[str, Choices]:
    """What can be ticked on a survey form, the known answers ticked."""
    kind = (told.employer.fields["unit_type"] or "") if told else ""
    source = told.facts["staff_total"].source if told and "staff_total" in told.facts else ""
    titles = resources.toml("texts", "fields.toml")["fact"]

    def value(name: str) -> str:
        return told.value(name) if told else ""

    sizes = (_("大"), _("中"), _("小"), _("微"))
    labels = (_("百人以上"), _("专精特新"), _("重点项目"), _("产业链"))
    yes_no = {"yes": _("是"), "no": _("否")}
    willing = {"yes": _("愿意"), "no": _("不愿意")}
    choices: dict[str, Choices] = {
        name: _coded(workspace, name, value(name), numbered=name in _NUMBERED) for name in _ANSWERED
    }
    choices["unit_type"] = _coded(workspace, "unit_type", kind)
    choices["size"] = [(word, False) for word in sizes]
    choices["labels"] = [(word, word in value("labels")) for word in labels]
    choices["three_new"] = [(word, code == value("three_new")) for code, word in yes_no.items()]
    for name in WILLING:
        choices[name] = [(word, code == value(name)) for code, word in willing.items()]
    choices["count_source"] = [
        (listing.label(workspace, "fact_source", code), code == source) for code in _COUNT_SOURCES
    ]
    choices["civic"] = [(titles.get(name, name), value(name) == "yes") for name in CIVIC]
    return choices


def _coded(workspace: Workspace, codes: str, known: str, *, numbered: bool = False) -> Choices:
    return [
        (f"{entry.code}{entry.brief}" if numbered else entry.brief, entry.code == known)
        for entry in workspace.codes(codes).offered()
    ]


def _division_names(divisions: Divisions, code: str | None) -> tuple[str, ...]:
    """The names of a division and those above it, the county first; () for none."""
    return divisions.path_names(code)[2:] if code and code in divisions else ()


def _where(connection: Connection, divisions: Divisions, place: PlaceRow | None) -> dict[str, str]:
    """Where a unit sits, in the boxes of the form."""
    if place is None:
        return {}
    names = [*_division_names(divisions, place.division_code), "", "", ""][:3]
    way = list(reversed(places.above(connection, place.id)))
    streets = [one.name for one in way if one.kind in _STREETS]
    numbers = [one.name for one in way if one.kind == "building"]
    rest = [one.name for one in way if one.kind not in (*_STREETS, "building", "division")]
    code = place.division_code or ""
    grid = grids.grid_at(connection, place.id)
    return {
        "county": names[0], "town": names[1], "community": names[2],
        "street": " ".join(streets), "number": " ".join(numbers), "tower": " ".join(rest),
        "grid": (grid.fields["code"] or "") if grid else "",
        "division_code": code if len(code) == _WHOLE_CODE else "",
    }  # fmt: skip
