"""会员档案: the whole of a person on paper, for the archive or for who asks what is kept of them (PIPL 45)."""

from datetime import date
from pathlib import Path

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.forms.dossier import Dossier, Pair, dossier_sheet
from organizer.forms.fonts import FontSet
from organizer.forms.signup_paper import LABELS
from organizer.i18n import _, show_date
from organizer.services.members import person_card
from organizer.services.members.person_chapters import chapters
from organizer.services.workspace import Workspace, refuse_taken, write_new
from organizer.store.audit import Entry
from organizer.store.members import Record

_CODED = {
    "sex": "sex", "ethnic": "ethnic", "political": "political", "education": "education",
    "household_kind": "household_kind", "group_code": "group", "skill_level": "skill_level",
}  # fmt: skip
_SHOWN = (
    "name", "sex", "born_on", "ethnic", "id_number", "phone", "political", "education",
    "household_kind", "household_place", "native_place", "address", "migrant", "skill_level",
    "group_code", "platform", "station", "original_writing",
)  # fmt: skip


def make(workspace: Workspace, person: bytes) -> bytes:
    """The dossier as PDF, redirects followed; who prints is in the audit first.

    Raises `NotFound`, `NotAllowed`.
    """
    workspace.require(Permission.PRINT)
    found = person_card.person_record(workspace, person)
    entry = Entry("person.dossier", workspace.account.id, found.id, "everything")
    workspace.database.record(entry)
    dossier = Dossier(
        workspace.office.name,
        workspace.today,
        workspace.account.name,
        _facts(workspace, found),
        chapters(workspace, found.id, masked=False),
        ids.short_id(found.id),
    )
    return dossier_sheet(dossier, FontSet())


def write(workspace: Workspace, person: bytes, out: Path) -> Path:
    """The same into a file; raises `Conflict` when it exists, `DeviceMissing` without its folder."""
    workspace.require(Permission.PRINT)
    refuse_taken(out)
    write_new(out, make(workspace, person))
    return out


def _facts(workspace: Workspace, person: Record) -> list[Pair]:
    own = {
        "group_code": _("群体"),
        "migrant": _("农民工"),
        "platform": _("平台企业"),
        "station": _("站点"),
        "original_writing": _("原系统写法"),
    }
    found = ((own.get(name) or LABELS[name], _told(workspace, person, name)) for name in _SHOWN)
    return [(title, told) for title, told in found if told]


def _told(workspace: Workspace, person: Record, name: str) -> str:
    text = person.text(name)
    if name == "born_on" and text:
        return show_date(date.fromisoformat(text))
    if name == "migrant":
        return {"1": _("是"), "0": _("否")}.get(text, "")
    if name in _CODED and text:
        codes = workspace.codes(_CODED[name])
        return codes.label(text) if text in codes else text
    return text
