"""A field that looks up unions or units by name, pinyin or digits."""

from collections.abc import Callable

from organizer.services.picking import Offer
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.picker import Choice, PickerField

Offering = Callable[[Workspace, str], list[Offer]]


class LookupField(PickerField):
    """`offered` answers what is typed."""

    def __init__(
        self, session: Session, name: str, title: str, offered: Offering, *, hint: str = ""
    ) -> None:
        super().__init__(session.theme, name, title, hint=hint)
        self._session, self._offered = session, offered
        self.wanted.connect(self._on_wanted)

    def _on_wanted(self, text: str) -> None:
        offered = self._offered
        self._session.ask(
            self, lambda workspace: offered(workspace, text), self._on_found, key="members.lookup"
        )

    def _on_found(self, found: list[Offer]) -> None:
        self.offer([Choice(one.id, one.name, one.detail) for one in found])
