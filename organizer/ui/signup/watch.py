"""Looks over the shoulder while a form is filled in: every field read as it will be stored."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services import picking
from organizer.services.members import duplicates
from organizer.services.members.duplicates import Asked, Known
from organizer.services.members.proofing import Proof, Proofreader
from organizer.services.picking import Offer, Seat
from organizer.ui.session import Session
from organizer.ui.signup.form import SignupForm, grouped, ungrouped
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import Choice

PAUSE_MS = 150
_WHOLE = {"id_number": 18, "phone": 11, "name": 1, "born_on": 8}
"""From this length on a field is read while it is being typed."""


class Watch(QObject):
    """Checks fields and looks for duplicates; `known` carries a `Known` or None."""

    known = Signal(object)

    def __init__(self, session: Session, form: SignupForm, proofreader: Proofreader) -> None:
        super().__init__(form)
        self._session = session
        self._form = form
        self._proofs: dict[str, Proof] = {}
        self._asked = Asked()
        self._told_place = ""
        """The native place the id number told last; what somebody typed instead stays."""
        self.person: bytes | None = None
        """Whose record is completed; nobody is a duplicate of oneself."""
        self._read: Mapping[str, Callable[[str], Proof]] = {
            "id_number": proofreader.id_number,
            "name": proofreader.name,
            "phone": lambda text: proofreader.phone(text, self.person),
            "born_on": proofreader.born_on,
        }
        self._pauses: dict[str, QTimer] = {}
        for name in self._read:
            self._follow(name)
        form.employer.wanted.connect(self._on_employer_wanted)
        form.employer.chosen.connect(lambda _choice: self.employer_changed())
        form.employer.left.connect(lambda _text: self._on_employer_left())
        for field in (form.sex, form.original_writing):
            field.left.connect(lambda _text: self._look_for_duplicates())
        form.union.wanted.connect(self._on_union_wanted)
        form.union.left.connect(lambda _text: self._on_union_left())

    def start_over(self) -> None:
        """Another person: what was known of the last one is forgotten."""
        for pause in self._pauses.values():
            pause.stop()
        self._proofs.clear()
        self._asked = Asked()
        self._told_place = ""
        self.known.emit(None)
        self.employer_changed()

    def look_again(self) -> None:
        """Read every field that holds something, as after a draft was brought back."""
        for name in self._read:
            field = self._field(name)
            if field.text:
                self._check(field, final=True)
        if not self._form.union.value:
            self.employer_changed()

    def employer_changed(self) -> None:
        """Ask for the union that goes with the employer."""
        employer = self._form.employer.value
        self._session.ask(
            self._form,
            lambda workspace: picking.usual_union(workspace, employer),
            lambda seat: self._on_seat(seat, employer),
            key="signup.union",
        )
        self._look_for_duplicates()

    def _field(self, name: str) -> Field:
        found = self._form.field(name)
        if found is None:
            raise KeyError(name)
        return found

    def _follow(self, name: str) -> None:
        field = self._field(name)
        pause = self._pauses[name] = QTimer(self)
        pause.setSingleShot(True)
        pause.setInterval(PAUSE_MS)
        pause.timeout.connect(lambda: self._check(field, final=False))
        field.edited.connect(lambda _text: self._on_edited(name))
        field.left.connect(lambda _text: self._check(field, final=True))

    def _on_edited(self, name: str) -> None:
        self._proofs.pop(name, None)
        self._pauses[name].start()

    def _check(self, field: Field, *, final: bool) -> None:
        name, shown = field.name, field.text
        text = ungrouped(name, shown)
        self._pauses[name].stop()
        if not text:
            field.clear_error()
            self._look_for_duplicates()
            return
        if not final and len(text) < _WHOLE[name]:
            self._look_for_duplicates()
            return
        read = self._read[name]

        def answer(proof: Proof) -> None:
            if field.text == shown:
                self._on_read(field, proof)

        def failed(error: BaseException) -> None:
            if not isinstance(error, InvalidInput):
                self._session.notices.mention(error)
            elif field.text == shown and (final or len(text) >= _WHOLE[name]):
                field.refuse(error)

        self._session.ask(
            self._form, lambda _workspace: read(text), answer, key=f"signup.{name}", failed=failed
        )

    def _on_read(self, field: Field, proof: Proof) -> None:
        self._proofs[field.name] = proof
        if proof.doubt:
            field.doubt(proof.doubt)
        else:
            field.say(proof.line)
        if not field.line.hasFocus():
            field.set_text(grouped(field.name, proof.value) if proof.value else field.text)
        self._tell_place(proof.native_place)
        self._look_for_duplicates()

    def _tell_place(self, place: str) -> None:
        """Fill in what the number tells of the native place, where nobody typed another."""
        field = self._form.native_place
        if place and field.text in ("", self._told_place):
            field.set_text(place)
            self._told_place = place

    def _look_for_duplicates(self) -> None:
        form = self._form
        told = self._proof("born_on" if form.later else "id_number")
        born = told.born_on
        asked = Asked(
            "" if self._form.later else self._proof("id_number").value,
            self._proof("name").value,
            self._form.employer.value,
            born.isoformat() if born else "",
            self.person,
            self._proof("phone").value,
            (form.sex.value or "") if form.later else told.sex,
            form.original_writing.text,
        )
        if asked == self._asked:
            return
        self._asked = asked

        def answer(known: Known | None) -> None:
            if asked == self._asked:
                self.known.emit(known)

        self._session.ask(
            self._form,
            lambda workspace: duplicates.look(workspace, asked),
            answer,
            key="signup.duplicates",
        )

    def _proof(self, name: str) -> Proof:
        return self._proofs.get(name, Proof("", ""))

    def _on_employer_wanted(self, text: str) -> None:
        self._session.ask(
            self._form,
            lambda workspace: picking.offered_employers(workspace, text),
            lambda offers: self._offer_employers(text, offers),
            key="signup.employers",
        )

    def _offer_employers(self, text: str, offers: list[Offer]) -> None:
        if self._form.employer.text == text:
            self._form.employer.offer([Choice(one.id, one.name, one.detail) for one in offers])

    def _on_employer_left(self) -> None:
        employer = self._form.employer
        if employer.text and employer.value is None:
            plain = picking.readable_name(employer.text)
            if plain != employer.text:
                employer.set_text(plain)
                employer.doubt(_("已去掉注音、改成简体；名单里没有这个单位，先按这个名称记下"))
                self.employer_changed()
                return
            employer.doubt(_("名单里没有这个单位，先按所填的文字记下"))
        if employer.value is None:
            self.employer_changed()

    def _on_seat(self, seat: Seat, employer: bytes | None) -> None:
        if employer == self._form.employer.value:
            self._form.union.set_choice(seat.id or b"", seat.name)
            self._form.union.say(seat.sentence)

    def _on_union_wanted(self, text: str) -> None:
        employer = self._form.employer.value

        def answer(found: tuple[Seat, list[Offer]]) -> None:
            seat, offers = found
            usual = Choice(seat.id or b"", seat.name, seat.sentence or _("按单位所在地"))
            others = [Choice(one.id, one.name, one.detail) for one in offers]
            others = [one for one in others if one.name != usual.name]
            if self._form.union.text == text:
                self._form.union.offer([*others, usual] if others else [usual])

        self._session.ask(
            self._form,
            lambda workspace: (
                picking.usual_union(workspace, employer),
                picking.offered_unions(workspace, text),
            ),
            answer,
            key="signup.unions",
        )

    def _on_union_left(self) -> None:
        """A name that was not picked is no union: back to the usual one."""
        if self._form.union.value is None:
            self._form.union.set_choice(None, "")
            self.employer_changed()
