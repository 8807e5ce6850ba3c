"""Whatever is done in whatever order: one active membership for each person, no history lost."""

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from organizer.domain.member import ACTIVE, ACTS, Act
from organizer.domain.signup import Typed
from organizer.errors import UserError
from organizer.services import merging, undoing
from organizer.services.members import changing, signup, transferring
from organizer.services.members.changing import TRANSFERS, ChangeOrder
from organizer.services.members.signup import SignupOrder
from organizer.services.members.transferring import Letter
from organizer.services.workspace import Workspace
from organizer.store.transaction import Write
from tests.support.joiners import WITH_ID, WITHOUT_ID, approve
from tests.support.offices import Template, copy_office, findings, open_office

PEOPLE = st.sampled_from((*WITH_ID[:2], WITHOUT_ID))
PLAIN = st.sampled_from([act for act in Act if act not in TRANSFERS])


class Standing(RuleBasedStateMachine):
    """An office in which everything is tried."""

    template: Template
    memberships: Bundle[bytes] = Bundle("memberships")
    letters: Bundle[bytes] = Bundle("letters")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name) / "office"
        copy_office(self.template.root, root)
        self.office: Workspace = open_office(root)
        self.told = 0

        def body(write: Write) -> bytes:
            return write.insert("union_org", {"name": "样例工会", "org_type": "1"})

        self.other = self.office.database.write(self.office.intent("union.add"), body)

    def teardown(self) -> None:
        assert findings(self.office) == []
        self.office.close()
        self.folder.cleanup()

    @rule(target=memberships, who=PEOPLE)
    def sign_up(self, who: tuple[str, str, str]) -> object:
        return self._tried(lambda: signup.sign_up(self.office, _order(who)).membership)

    @rule(target=memberships, who=PEOPLE)
    def receive(self, who: tuple[str, str, str]) -> object:
        return self._tried(
            lambda: transferring.receive(self.office, _order(who), "外地工会", Letter()).membership
        )

    @rule(membership=memberships)
    def approve(self, membership: bytes) -> None:
        self._tried(lambda: approve(self.office, [membership]))

    @rule(membership=memberships, act=PLAIN)
    def change(self, membership: bytes, act: Act) -> None:
        reason = (*ACTS[act].reasons, "")[0]
        order = ChangeOrder(act, reason, words="样例原因", paper_no="样工1号")
        self._tried(lambda: changing.change(self.office, [membership], order))

    @rule(target=letters, membership=memberships)
    def send(self, membership: bytes) -> object:
        return self._tried(
            lambda: transferring.send(self.office, membership, "外地工会", Letter()).transfer
        )

    @rule(letter=letters, back=st.booleans())
    def answer(self, letter: bytes, back: bool) -> None:
        act = transferring.recall if back else transferring.confirm
        self._tried(lambda: act(self.office, letter))

    @rule(membership=memberships)
    def bring(self, membership: bytes) -> None:
        self._tried(
            lambda: transferring.bring(self.office, [membership], self.other, None, Letter())
        )

    @rule(one=memberships, other=memberships)
    def merge(self, one: bytes, other: bytes) -> None:
        people = [self._person(row) for row in (one, other)]
        self._tried(lambda: merging.merge(self.office, "person", *people))

    @rule(back=st.integers(0, 5))
    def undo(self, back: int) -> None:
        writes = self._column("SELECT id FROM writes WHERE undoes IS NULL ORDER BY n DESC")
        self._tried(lambda: undoing.take_back(self.office, writes[min(back, len(writes) - 1)]))

    @invariant()
    def one_membership_each(self) -> None:
        """Counted by hand: who is whom by redirects and id numbers, and what is active."""
        redirects = dict(self._rows("SELECT id, merged_into FROM person"))
        numbers = dict(self._rows("SELECT id, id_number FROM person"))
        marks = ", ".join(f"'{state}'" for state in ACTIVE)
        held = Counter[object]()
        for (person,) in self._rows(
            f"SELECT person FROM membership WHERE retired_on IS NULL AND state IN ({marks})"
        ):
            while redirects[person]:
                person = redirects[person]
            held[numbers[person] or person] += 1
        assert all(count == 1 for count in held.values()), held

    @invariant()
    def no_step_is_lost(self) -> None:
        """The history only grows; of every membership it ends where the membership stands."""
        (count,) = self._column("SELECT count(*) FROM membership_step")
        assert count >= self.told
        self.told = count
        for membership, state in self._rows(
            "SELECT id, state FROM membership WHERE retired_on IS NULL"
        ):
            (last,) = self._column(
                "SELECT to_state FROM membership_step WHERE membership = ? AND retired_on IS NULL"
                " ORDER BY n DESC LIMIT 1",
                membership,
            )
            assert last == state

    def _tried(self, act: Callable[[], object]) -> object:
        """What it gave; nothing when the program refused it in words."""
        try:
            return act()
        except UserError as refused:
            assert refused.sentence().endswith("。")
            return multiple()

    def _person(self, membership: bytes) -> bytes:
        (person,) = self._column("SELECT person FROM membership WHERE id = ?", membership)
        return bytes(person)

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self.office.database.read(lambda c: c.execute(query, values).fetchall())

    def _column(self, query: str, *values: object) -> list[Any]:
        return [row[0] for row in self._rows(query, *values)]


def _order(who: tuple[str, str, str]) -> SignupOrder:
    return SignupOrder(Typed(*who), workplace="沈阳样例五金商行")


def test_no_sequence_gives_two_memberships_or_loses_a_step(office_template: Template) -> None:
    Standing.template = office_template
    run_state_machine_as_test(
        Standing,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            deadline=None,
            # A sequence of thirty acts is readable as it is found; making it shorter takes minutes.
            phases=[Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
