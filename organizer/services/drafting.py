"""Drafts: what is half typed is kept field by field and comes back at the next start."""

from organizer.domain.access import Permission
from organizer.services.workspace import Workspace
from organizer.store import drafts
from organizer.store.drafts import Draft

__all__ = ["Draft", "drop", "keep", "resume"]


def keep(workspace: Workspace, screen: str, draft: Draft) -> None:
    """Save this account's draft of a screen; one in which nothing is typed is forgotten."""
    workspace.require(Permission.LOOK)
    if not any(draft.values.values()):
        drop(workspace, screen)
        return
    row = drafts.draft_id(workspace.account.id, screen)
    at = workspace.now
    workspace.database.local(lambda c: drafts.keep(c, row, screen, draft, at))


def resume(workspace: Workspace, screen: str) -> Draft | None:
    """The draft this account left on a screen."""
    workspace.require(Permission.LOOK)
    row = drafts.draft_id(workspace.account.id, screen)
    return workspace.database.read(lambda c: drafts.load(c, row))


def drop(workspace: Workspace, screen: str) -> None:
    """Forget this account's draft of a screen."""
    workspace.require(Permission.LOOK)
    row = drafts.draft_id(workspace.account.id, screen)
    workspace.database.local(lambda c: drafts.drop(c, row))
