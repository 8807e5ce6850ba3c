"""The papers of a founding: drawn from what was told, or blank; what was printed is on record.

The papers themselves are not kept: they name people, and are drawn again from the record at any time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from organizer.domain import founding as rules
from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.domain.founding import Kind
from organizer.errors import InvalidInput
from organizer.forms import founding_sheets
from organizer.forms.fonts import FontSet
from organizer.forms.founding_letters import FoundingLetter, founding_letter
from organizer.forms.founding_sheets import FoundingSheet, founding_sheet
from organizer.i18n import _
from organizer.services.unions import founding, founding_facts
from organizer.services.workspace import Workspace, refuse_taken, write_new
from organizer.store.driver import Connection
from organizer.store.transaction import Write

FORMS = (
    "founding_group", "founding_request", "founding_consent", "founding_candidates",
    "founding_report", "founding_approval",
)  # fmt: skip
"""Codes of `paper_form.csv` this makes, in the order of the steps."""


@dataclass(frozen=True)
class Made:
    """A finished paper, what its file is called, and its number in the footer ("" on a blank)."""

    pdf: bytes
    name: str
    short_id: str


def make(workspace: Workspace, founding_: bytes, form: str, fonts: FontSet | None = None) -> Made:
    """A paper filled from the record, for a printer or a file; it is on record as printed today."""
    label = _label(workspace, form)
    used = fonts or FontSet()
    # Before the query: they are read through the same few readers when not yet known.
    divisions = workspace.divisions

    def query(connection: Connection) -> tuple[bytes, int, str, Mapping[str, object]]:
        row = founding.looked_at(connection, workspace, founding_, Permission.PRINT)
        found = founding_facts.read(connection, workspace, row, divisions)
        pdf, version, text = _drawn(workspace, found, form, used)
        links = {"founding": row.id, "employer": row.link("employer")}
        return pdf, version, text, {**links, "union_org": row.link("union_org")}

    pdf, version, text, links = workspace.database.read(query)
    short_id = ids.short_id(founding_)

    def body(write: Write) -> None:
        values = {
            **links,
            "form": form,
            "form_version": str(version),
            "text_version": text or None,
            "short_id": short_id,
            "printed_on": workspace.today.isoformat(),
        }
        write.insert("paper", values)

    workspace.database.write(workspace.intent("paper.print"), body)
    return Made(pdf, f"{label}-{short_id}.pdf", short_id)


def blank(workspace: Workspace, form: str, kind: Kind = Kind.SINGLE) -> Made:
    """The same paper with nothing filled in, to write on; it is nobody's and on no record."""
    workspace.require(Permission.PRINT)
    label = _label(workspace, form)
    told = founding_facts.nothing(kind)
    pdf, _version, _text = _drawn(workspace, told, form, FontSet())
    return Made(pdf, f"{label}.pdf", "")


def write_paper(workspace: Workspace, founding_: bytes | None, form: str, out: Path) -> Made:
    """A paper into the new file `out`, a blank one without a founding; raises `Conflict` when it exists."""
    refuse_taken(out)
    made = make(workspace, founding_, form) if founding_ else blank(workspace, form)
    write_new(out, made.pdf)
    return made


def _label(workspace: Workspace, form: str) -> str:
    if form not in FORMS:
        raise InvalidInput("founding.unknown_paper", field="form", value=form)
    return workspace.codes("paper_form").label(form)


def _drawn(
    workspace: Workspace, told: founding_facts.Told, form: str, fonts: FontSet
) -> tuple[bytes, int, str]:
    if form in founding_sheets.FORM_IDS:
        return founding_sheet(_sheet(workspace, told, form), fonts), founding_sheets.VERSION, ""
    done = founding_letter(_letter(told, form), workspace.today, fonts)
    return done.pdf, done.version, done.text_version


def _letter(told: founding_facts.Told, form: str) -> FoundingLetter:
    step = {
        "founding_request": rules.ASKED,
        "founding_consent": rules.ALLOWED,
        "founding_approval": rules.APPROVED,
    }[form]
    known = told.steps.get(step)
    asking = form == "founding_request"
    group = _("{unit}\n（筹备组代章）").format(unit=told.units[0]) if told.units else ""
    contact = ""
    if told.contact:
        contact = _("联系人：{contact}，电话：{phone}").format(
            contact=told.contact, phone=told.phone or _("＿＿＿＿＿＿")
        )
    return FoundingLetter(
        form,
        told.kind.value,
        founding_facts.letter_facts(told),
        group if asking else told.above,
        known.done_on if known else None,
        known.paper_no if known and not asking else "",
        contact,
        told.short_id,
    )


def _sheet(workspace: Workspace, told: founding_facts.Told, form: str) -> FoundingSheet:
    if form == "founding_group":
        facts = founding_facts.group_heading(told)
        people, notes = told.group, [_("筹备组在建会批准、选出工会委员会以后自行结束。")]
        bodies: list[tuple[str, str]] = []
    elif form == "founding_candidates":
        shown = founding.rules_of_founding().shown_days
        facts = founding_facts.candidate_heading(told, shown)
        people, notes, bodies = told.people, founding_facts.candidate_notes(shown), []
    else:
        facts, people = founding_facts.report_heading(told), told.people
        notes, bodies = founding_facts.report_notes(told), founding_facts.bodies(told)
    office = told.union_name or workspace.office.name
    return FoundingSheet(form, office, facts, people, notes, bodies, told.short_id)
