"""The fields of a sign-up, in the order of the work; what is typed as an order, and as a draft."""

import itertools
import re
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.domain.signup import Typed
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.members.signup import SignupOrder
from organizer.ui.theme import Theme
from organizer.ui.widgets.codefield import CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import PickerField
from organizer.ui.widgets.plain import column, label, restyle
from organizer.ui.widgets.reflow import Cell, Reflow

CODED = ("ethnic", "education", "political", "household_kind", "group_code")
LISTS = {"group_code": "group"}
_GROUPS = {"id_number": (6, 8, 4), "phone": (3, 4, 4)}


def grouped(name: str, text: str) -> str:
    """A whole number in groups that the eye can compare: 219900 19950817 3226, 138 0024 5678."""
    sizes = _GROUPS.get(name, ())
    if len(text) != sum(sizes) or not text.isalnum():
        return text
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return " ".join(text[start : start + size] for start, size in zip(starts, sizes, strict=True))


def ungrouped(name: str, text: str) -> str:
    """The number behind our own grouping; anything else as it is."""
    sizes = _GROUPS.get(name, ())
    pattern = " ".join(f"([0-9X]{{{size}}})" for size in sizes)
    found = re.fullmatch(pattern, text) if sizes else None
    return "".join(found.groups()) if found else text


class SignupForm(QWidget):
    """Fields by name. `later` means that the id number is handed in later (证件后补)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.later = False
        self.id_number = Field("id_number", _("居民身份证号"))
        self.born_on = Field("born_on", _("出生日期"), hint=_("如 1995-8-17"))
        self.sex = CodeField(theme, "sex", _("性别"))
        self.name = Field("name", _("姓名"))
        self.phone = Field("phone", _("手机号码"))
        hint = _("拼音首字母、简称、信用代码后几位均可")
        self.employer = PickerField(theme, "employer", _("工作单位"), hint=hint)
        self.union = PickerField(theme, "union", _("加入工会"))
        self.coded = {
            "ethnic": CodeField(theme, "ethnic", _("民族")),
            "education": CodeField(theme, "education", _("学历")),
            "political": CodeField(theme, "political", _("政治面貌")),
            "household_kind": CodeField(theme, "household_kind", _("户籍类型")),
            "group_code": CodeField(theme, "group_code", _("群体")),
        }
        self.migrant = CodeField(theme, "migrant", _("农民工"))
        self.position = Field("position", _("岗位（工种）"))
        self.employer.onward = self.coded["ethnic"]
        self.banner = label("", "warn")
        self.banner.hide()
        self.rows = self._lay_out(theme)
        column(self.banner, self.rows, into=QVBoxLayout(self))
        for before, after in itertools.pairwise(self.fields):
            self.setTabOrder(before.line, after.line)
        self.set_later(False)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in the order in which Enter walks."""
        return (
            self.id_number, self.born_on, self.sex, self.name, self.phone, self.employer,
            self.union, *self.coded.values(), self.migrant, self.position,
        )  # fmt: skip

    def field(self, name: str) -> Field | None:
        """The field of this name."""
        return next((one for one in self.fields if one.name == name), None)

    @property
    def first(self) -> Field:
        """Where a person begins."""
        return self.born_on if self.later else self.id_number

    def set_later(self, later: bool) -> None:
        """With or without an id number; without one birth date and sex are asked for."""
        self.later = later
        self.id_number.setVisible(not later)
        self.born_on.setVisible(later)
        self.sex.setVisible(later)
        self.rows.lay_out()

    def order(self) -> SignupOrder:
        """What is typed, as a sign-up."""
        coded = {name: field.value for name, field in self.coded.items() if field.value}
        if self.later and self.sex.value:
            coded["sex"] = self.sex.value
        typed = Typed(
            self.name.text,
            "" if self.later else ungrouped("id_number", self.id_number.text),
            ungrouped("phone", self.phone.text),
            coded,
            migrant={"1": True, "2": False}.get(self.migrant.value),
            born_on=self.born_on.text if self.later else "",
        )
        return SignupOrder(
            typed,
            employer=self.employer.value,
            union_org=self.union.value or None,
            position=self.position.text,
            workplace=self.employer.text,
        )

    def state(self) -> dict[str, str]:
        """What is typed, for the draft; the union follows from the employer unless it was picked."""
        values = {
            field.name: field.value or field.text if isinstance(field, CodeField) else field.text
            for field in self.fields
        }
        values["id_number"] = ungrouped("id_number", self.id_number.text)
        values["phone"] = ungrouped("phone", self.phone.text)
        values["employer_id"] = self.employer.value.hex() if self.employer.value else ""
        values["union_id"] = self.union.value.hex() if self.union.value else ""
        values["later"] = "1" if self.later else ""
        if not values["employer"]:
            values["union"] = values["union_id"] = ""
        return values

    def restore(self, values: Mapping[str, str]) -> None:
        """Fill in a draft."""
        self.set_later(bool(values.get("later")))
        for field in self.fields:
            text = values.get(field.name, "")
            if isinstance(field, CodeField):
                field.set_code(text)
                if text and not field.value:
                    field.set_text(text)
            elif isinstance(field, PickerField):
                row = values.get(f"{field.name}_id", "")
                field.set_choice(bytes.fromhex(row) if row else None, text)
            else:
                field.set_text(grouped(field.name, text))

    def clear(self, *, keep_employer: bool = False) -> None:
        """Empty the form for the next person."""
        kept = ("employer", "employer_id", "union", "union_id") if keep_employer else ()
        state = self.state()
        self.restore({name: state[name] for name in kept})
        for field in self.fields:
            field.clear_error()
        self.tell("")

    def refuse(self, error: InvalidInput) -> None:
        """Show an error at its field and go there."""
        field = self.field(error.field)
        if field is not None:
            field.refuse(error)
            field.line.setFocus(Qt.FocusReason.TabFocusReason)

    def tell(self, sentence: str, kind: str = "warn") -> None:
        """A sentence about the person, above the fields; "" for none."""
        self.banner.setText(sentence)
        self.banner.setVisible(bool(sentence))
        restyle(self.banner, "kind", kind)

    def _lay_out(self, theme: Theme) -> Reflow:
        coded = [Cell(field, 3, 168) for field in self.coded.values()]
        rows = [
            [
                Cell(self.id_number, 5, 230), Cell(self.born_on, 3, 150), Cell(self.sex, 2, 80),
                Cell(self.name, 3, 150), Cell(self.phone, 4, 170),
            ],
            [Cell(self.employer, 1, 260), Cell(self.union, 1, 260)],
            coded[:3],
            [*coded[3:], Cell(self.migrant, 2, 100), Cell(self.position, 3, 150)],
        ]  # fmt: skip
        return Reflow(theme, rows)
