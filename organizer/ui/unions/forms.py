"""What can be done with a union itself: made, edited, put under another, closed."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from organizer.domain.union_record import CODED, COMMITTEES
from organizer.i18n import _
from organizer.services import picking
from organizer.services.employers import listing
from organizer.services.unions import keeping, union_words
from organizer.services.unions.keeping import UnionOrder
from organizer.services.unions.union_card import UnionCard
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm, Question
from organizer.ui.widgets.codefield import Code, CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import Choice, PickerField
from organizer.ui.widgets.reflow import Cell, Reflow

_LEAST = 200
_NEW = (
    ("name",),
    ("division", "org_type"),
    ("org_form", "founded_on"),
    ("approval_no", "phone"),
    ("term_from", "term_years"),
)
_ALL = (
    ("name",),
    ("short_name", "org_type"),
    ("org_form", "phone"),
    ("founded_on", "approval_no"),
    ("term_from", "term_until"),
    ("term_years", "uscc"),
    ("audit_committee", "women_committee"),
    ("certificate_no", "certificate_until"),
    ("local_code", "provincial_code"),
    ("national_code",),
)


def codes_of(session: Session, name: str) -> list[Code]:
    """What a field of a code list offers."""
    return [
        Code(one.code, one.label, one.brief, one.letters, one.first)
        for one in picking.code_offers(session.workspace, name)
    ]


def words_of(session: Session, words: Mapping[str, str]) -> list[Code]:
    """What a field of a few words offers."""
    pinyin = session.workspace.database.pinyin
    return [
        Code(code, word, "", (*pinyin.initials(word), *pinyin.full(word)))
        for code, word in words.items()
    ]


class UnionForm(ActForm):
    """An act on the union in view."""

    draft_area = "unions"

    def __init__(self, session: Session, title: str, fields: Sequence[Field] = ()) -> None:
        super().__init__(session, title, fields)
        self.card: UnionCard | None = None

    @property
    def union(self) -> bytes:
        """The union in view."""
        return self.card.id if self.card else b""

    def begin(self, card: UnionCard) -> None:
        """Ask about this union."""
        self.card = card
        for field in self.fields:
            field.set_text("")
        self.fill(card)
        self.start(card.name, card.id)

    def fill(self, card: UnionCard) -> None:
        """What stands in the fields at first."""


class _RecordForm(UnionForm):
    """Fields of the record, two in a row."""

    rows: Sequence[Sequence[str]] = ()

    def __init__(self, session: Session, title: str) -> None:
        titles = {**union_words.field_titles(), "division": _("所在区划")}
        hints = {
            "founded_on": _("如 2026-03-07，照批复填写"),
            "term_from": _("如 2026-03-07"),
            "term_years": _("3 或 5，届满日期自动算出"),
            "uscc": _("81 开头，18 位"),
        }
        self.by_name: dict[str, Field] = {}
        for name in (name for row in self.rows for name in row):
            if name in (*CODED, *COMMITTEES, "division"):
                self.by_name[name] = CodeField(session.theme, name, titles[name])
            else:
                self.by_name[name] = Field(name, titles[name], hint=hints.get(name, ""))
        self._before: dict[str, str] = {}
        self._theme = session.theme
        super().__init__(session, title, tuple(self.by_name.values()))
        for name, field in self.by_name.items():
            if isinstance(field, CodeField) and name != "division":
                known = codes_of(session, CODED[name]) if name in CODED else None
                field.set_codes(known or words_of(session, union_words.yes_no()))

    def laid_out(self) -> Sequence[QWidget]:
        """Two in a row."""
        cells = [[Cell(self.by_name[name], 1, _LEAST) for name in row] for row in self.rows]
        return (Reflow(self._theme, cells),)

    def typed(self) -> dict[str, str]:
        """What differs from how the form was opened."""
        now = {name: _value(field) for name, field in self.by_name.items() if name != "division"}
        return {name: text for name, text in now.items() if text != self._before.get(name, "")}


class NewForm(_RecordForm):
    """新建工会: below the union of its division, or the one in view."""

    draft_name = "new"
    rows = _NEW

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("新建工会"))
        session.ask(self, listing.divisions_below, self._on_divisions)

    def begin_new(self) -> None:
        """Begin with empty fields."""
        self.card = None
        self._before = {}
        for field in self.fields:
            field.set_text("")
            if isinstance(field, CodeField):
                field.value = ""
        self.start(_("它的上级先定为所在区划的工会，以后可以改"))

    def act(self) -> Question:
        """Make it."""
        order = UnionOrder(self.typed(), _value(self.by_name["division"]))
        return lambda workspace: keeping.add(workspace, order)

    def said(self) -> str:
        """Done."""
        return _("已建立“{name}”。").format(name=self.by_name["name"].text)

    def _on_divisions(self, found: list[tuple[str, str]]) -> None:
        field = self.by_name["division"]
        if isinstance(field, CodeField):
            office = self.session.workspace.office
            own = {office.division_code: _("{name}（本级）").format(name=office.name)}
            field.set_codes(words_of(self.session, {**own, **dict(found)}))


class EditForm(_RecordForm):
    """修改: the whole record."""

    draft_name = "edit"
    rows = _ALL

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("修改"))

    def fill(self, card: UnionCard) -> None:
        """The record as it is; of the phone only that there is one."""
        self._before = dict(card.typed)
        for name, field in self.by_name.items():
            text = card.typed.get(name, "")
            if isinstance(field, CodeField):
                field.set_code(text)
            else:
                field.set_text(text)
        phone = next((one.text for one in card.lines if one.name == "phone"), "")
        hint = _("现有 {phone}，留空不改；要清空请填“无”。").format(phone=phone) if phone else ""
        self.by_name["phone"].say(hint)

    def typed(self) -> dict[str, str]:
        """What differs; 无 empties the phone."""
        found = super().typed()
        if found.get("phone") == _("无"):
            found["phone"] = ""
        return found

    def act(self) -> Question:
        """Save it."""
        union, typed = self.union, self.typed()
        return lambda workspace: keeping.edit(workspace, union, typed)


class UnderForm(UnionForm):
    """改上级: put below another union."""

    draft_name = "under"

    def __init__(self, session: Session) -> None:
        self.goal = union_picker(session, "parent", _("上级工会"))
        super().__init__(session, _("改上级工会"), [self.goal])
        offer_unions(self, self.goal)

    def fill(self, card: UnionCard) -> None:
        """Nothing is picked yet."""
        self.goal.set_choice(None, "")

    def confirm(self) -> None:
        """Only once a union is picked."""
        if self.goal.value is None:
            self.goal.say(_("请从列表里选一个工会。"))
            self.goal.setFocus()
            return
        super().confirm()

    def act(self) -> Question:
        """Put it there."""
        union, parent = self.union, self.goal.value
        return lambda workspace: keeping.put_under(workspace, union, parent)

    def said(self) -> str:
        """Done."""
        return _("上级工会已改为“{name}”。").format(name=self.goal.text)


class CloseForm(UnionForm):
    """撤销."""

    draft_name = "close"

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("撤销工会"))

    def plan(self) -> Question | None:
        """Tell what it means."""
        told = _(
            "撤销后不再出现在列表里，经过还在，可以撤销这一步。还有会员、覆盖单位或下级工会的，"
            "先接转、另定覆盖、调整上级（工会法第十三条：会籍可以继续保留）。"
        )
        return lambda _workspace: told

    def act(self) -> Question:
        """Close it."""
        union = self.union
        return lambda workspace: keeping.close(workspace, union)

    def said(self) -> str:
        """Done."""
        return _("“{name}”已撤销。").format(name=self.card.name if self.card else "")


def union_picker(session: Session, name: str, title: str) -> PickerField:
    """A field in which a union is picked."""
    return PickerField(session.theme, name, title, hint=_("工会名称或拼音首字母"))


def offer_unions(form: ActForm, field: PickerField) -> None:
    """Let a union be looked up while somebody types."""

    def found(offers: list[picking.Offer]) -> None:
        field.offer([Choice(one.id, one.name, one.detail) for one in offers])
        field.say("" if offers or not field.text else _("没有找到，请换几个字试试。"))

    def ask(text: str) -> None:
        form.session.ask(
            form, lambda w: picking.offered_unions(w, text), found, key=f"unions.{field.name}"
        )

    field.wanted.connect(ask)


def _value(field: Field) -> str:
    return str(field.value or "") if isinstance(field, CodeField) else field.text
