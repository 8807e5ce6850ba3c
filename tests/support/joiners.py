"""People who joined: three who can be reported and one whose id number is still to come."""

from collections.abc import Sequence

from organizer.domain.signup import Typed
from organizer.services.members import approving, signup
from organizer.services.members.signup import SignupOrder
from organizer.services.workspace import Workspace

_CODED = {"ethnic": "汉族", "education": "本科", "political": "群众", "household_kind": "城镇"}
WITH_ID = (
    ("翟海涛", "21990019761201455X", "19900823557"),
    ("王㛃", "219900199210193646", "19900664065"),
    ("阿依古丽·买买提热合曼", "219900197503059425", "19900430607"),
)
WITHOUT_ID = ("孙长林", "", "19900838865")


def approve(workspace: Workspace, memberships: Sequence[bytes]) -> bytes:
    """Look at what has to be seen about each and approve them; returns the write."""
    for membership in memberships:
        approving.see(workspace, membership)
    return approving.approve(workspace, memberships).write


def join(workspace: Workspace, people: tuple[tuple[str, str, str], ...] = WITH_ID) -> list[bytes]:
    """Sign these people up to the union of the office's division and approve them."""
    coded = {
        name: workspace.codes(name).code_of(text, field=name).code for name, text in _CODED.items()
    }
    made = [
        signup.sign_up(
            workspace,
            SignupOrder(Typed(*person, coded, migrant=False), workplace="沈阳样例五金商行"),
        ).membership
        for person in people
    ]
    approve(workspace, made)
    return made
