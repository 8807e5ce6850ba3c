"""An office whose days pass as a test says, and what people do in it on them."""

from datetime import date, datetime

from organizer.domain.signup import Typed
from organizer.i18n import SHANGHAI
from organizer.services.members import signup
from organizer.services.members.signup import SignupOrder
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store.transaction import Write
from tests.support.offices import TickingClock


class Life:
    """Days, visits and applications; units go by short names."""

    def __init__(self, office: Workspace, clock: TickingClock) -> None:
        self.office, self._clock = office, clock
        self.units: dict[str, bytes] = {}
        self._joined = 0

    def at(self, day: date, hour: int = 9) -> None:
        """From now on it is this day."""
        instant = datetime(day.year, day.month, day.day, hour, 30, tzinfo=SHANGHAI)
        self._clock.at = int(instant.timestamp() * 1000)

    def visit(self, name: str, outcome: str, day: date, hour: int = 9, /, **facts: str) -> bytes:
        """Somebody goes there and writes it down at once."""
        self.at(day, hour)
        order = VisitOrder(self.units[name], outcome, facts)
        return recording.record_visit(self.office, order).visit

    def join(self, name: str, day: date) -> bytes:
        """Somebody of a unit, or of none, applies for membership."""
        self.at(day)
        self._joined += 1
        typed = Typed("样某", phone=f"199000{self._joined:05d}")
        order = SignupOrder(typed, employer=self.units[name] if name else None)
        return signup.sign_up(self.office, order).membership

    def refuse(self, membership: bytes, day: date) -> None:
        """An application is sent back."""
        self.at(day)
        step = {"membership": membership, "from_state": "pending", "to_state": "refused"}

        def body(write: Write) -> None:
            write.set("membership", membership, {"state": "refused"})
            write.insert("membership_step", {**step, "on_day": day.isoformat()})

        self.office.database.write(self.office.intent("signup.refuse"), body)

    def edit(self, name: str, **values: object) -> None:
        """Own fields of a unit are set."""
        row = self.units[name]
        self.office.database.write(
            self.office.intent("employer.edit"), lambda write: write.set("employer", row, values)
        )
