"""What the form of a sign-up needs before it can be typed in: codes to choose from, and the draft."""

from dataclasses import dataclass

from organizer.i18n import _
from organizer.services import picking
from organizer.services.drafting import Draft
from organizer.services.picking import CodeOffer
from organizer.services.workspace import Workspace
from organizer.ui.signup.form import CODED, LISTS, SignupForm
from organizer.ui.widgets.codefield import Code

_OFFERED = (*CODED, "sex", "engagement")


@dataclass(frozen=True)
class Ground:
    """What the form needs before it can be typed in."""

    codes: dict[str, list[CodeOffer]]
    draft: Draft | None
    brought_back: bool = True
    """Whether the draft was typed before and not saved."""
    signing: bool = False
    """Whether the office lets people sign on the screen."""


def offered_codes(workspace: Workspace) -> dict[str, list[CodeOffer]]:
    """The codes of every field that has a list."""
    return {name: picking.code_offers(workspace, LISTS.get(name, name)) for name in _OFFERED}


def fill_codes(form: SignupForm, ground: Ground) -> None:
    """Give every field of a code list what can be taken."""
    own = {"sex": form.sex, "engagement": form.engagement}
    for name, offers in ground.codes.items():
        field = own.get(name) or form.coded[name]
        field.set_codes(
            [Code(one.code, _label(name, one), one.brief, one.letters, one.first) for one in offers]
        )
    yes_no = (Code("1", _("是"), letters=("s", "y")), Code("2", _("否"), letters=("f", "n")))
    form.migrant.set_codes(yes_no)


def _label(name: str, offer: CodeOffer) -> str:
    return offer.label if name in ("ethnic", "household_kind") else offer.brief
