"""People with printed papers, and an office seen by another account."""

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from organizer.domain.signup import Typed
from organizer.services.members import signup
from organizer.services.members.printing import Printer
from organizer.services.members.signup import SignupOrder
from organizer.services.workspace import Workspace

TWO_PAPERS = ("application", "registration")
_PHONES = itertools.count(19900000000)


@dataclass(frozen=True)
class OnPaper:
    """Somebody whose papers were printed."""

    membership: bytes
    person: bytes
    short_id: str


def printed(office: Workspace, name: str, *, employer: bytes | None = None) -> OnPaper:
    """Sign somebody up and print the application and the registration form."""
    order = SignupOrder(Typed(name, phone=str(next(_PHONES))), employer=employer)
    made = signup.sign_up(office, order)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "papers.pdf"
        papers = Printer(office).print_signup(made.membership, out, TWO_PAPERS)
    return OnPaper(made.membership, made.person, papers.short_id)


@contextmanager
def other_sight(office: Workspace, division: str, role: str = "") -> Iterator[Workspace]:
    """The same open office, as an account of another division or role works in it."""
    account = replace(office.account, division_code=division, role=role or office.account.role)
    yield Workspace(office.database, account, office.office)
