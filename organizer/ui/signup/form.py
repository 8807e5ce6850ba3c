"""The fields of a sign-up, in the order of the work; what is typed as an order, and as a draft."""

import itertools
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.domain.dates import parse_date
from organizer.domain.signup import TEXTS, Typed
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.members.signup import SignupOrder
from organizer.services.members.transferring import Letter
from organizer.ui.signup.consent_part import ConsentPart
from organizer.ui.theme import Theme
from organizer.ui.widgets.codefield import CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import PickerField
from organizer.ui.widgets.plain import column, label, restyle
from organizer.ui.widgets.reflow import Cell, Reflow

CODED = ("ethnic", "education", "political", "household_kind", "group_code")
LISTS = {"group_code": "group"}
HERE, LETTER = "here", "letter"
"""Ways of a transfer: from a union of this file, or with the letter of one that is not."""
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
    """Fields by name. `later` means that the id number is handed in later (证件后补); `transfer` is
    `HERE` or `LETTER` when somebody does not join but is transferred."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.later = False
        self.transfer = ""
        self.joining = True
        """Whether an application is filled in; else a record that is here already."""
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
        self.platform = Field("platform", _("平台企业"))
        self.station = Field("station", _("站点（网点、车队）"))
        self.engagement = CodeField(theme, "engagement", _("用工方式"))
        self.native_place = Field("native_place", _("籍贯"))
        hint = _("名字在别的系统里写法不同的才填")
        self.original_writing = Field("original_writing", _("原系统写法"), hint=hint)
        self.applied_on = Field("applied_on", _("申请日期"), hint=_("不填就是今天"))
        self.from_union = Field("from_union", _("从哪个工会转来"), hint=_("照介绍信写全称"))
        self.letter_no = Field("letter_no", _("介绍信号"))
        self.paid_until = Field("paid_until", _("会费交至"), hint=_("如 2026-10"))
        self.consents = ConsentPart(theme)
        self.employer.onward = self.coded["ethnic"]
        self.banner = label("", "warn")
        self.banner.hide()
        self.rows = self._lay_out(theme)
        column(self.banner, self.rows, self.consents, into=QVBoxLayout(self))
        for before, after in itertools.pairwise(self.fields):
            self.setTabOrder(before.line, after.line)
        self.set_later(False)
        self.coded["group_code"].chosen.connect(lambda _choice: self.settle())

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in the order in which Enter walks."""
        return (
            self.from_union, self.letter_no, self.paid_until, self.id_number, self.born_on,
            self.sex, self.name, self.phone, self.employer, self.union, *self.coded.values(),
            self.migrant, self.position, self.platform, self.station, self.engagement,
            self.native_place, self.original_writing, self.applied_on,
        )  # fmt: skip

    @property
    def texts(self) -> dict[str, Field]:
        """The fields that are written in free words."""
        return {field.name: field for field in self.fields if field.name in TEXTS}

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
        self.settle()

    def set_transfer(self, way: str) -> None:
        """Somebody joins (""), or is transferred."""
        self.transfer = way
        self.settle()

    def settle(self) -> None:
        """Show the fields that this person needs."""
        later, way = self.later, self.transfer
        group = bool(self.coded["group_code"].value)
        shown = {
            self.id_number: not later,
            self.born_on: later,
            self.sex: later,
            self.platform: group or bool(self.platform.text),
            self.station: group or later or bool(self.station.text),
            self.engagement: group or bool(self.engagement.text),
            self.from_union: way == LETTER,
            self.letter_no: bool(way),
            self.paid_until: bool(way),
            self.applied_on: self.joining and not way,
        }
        for field, visible in shown.items():
            field.setVisible(visible)
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
            {name: field.text for name, field in self.texts.items()},
            migrant={"1": True, "2": False}.get(self.migrant.value),
            born_on=self.born_on.text if self.later else "",
        )
        return SignupOrder(
            typed,
            employer=self.employer.value,
            union_org=self.union.value or None,
            position=self.position.text,
            workplace=self.employer.text,
            engagement=self.engagement.value or "",
            applied_on=self._applied_on(),
            agreed=self.consents.agreed,
            signature=self.consents.signature,
        )

    def letter(self) -> Letter:
        """What a transfer is done with."""
        return Letter(number=self.letter_no.text, paid_until=self.paid_until.text)

    def check_day(self) -> None:
        """Raises `InvalidInput` for an application's day that is none."""
        parse_date(self.applied_on.text, field="applied_on")

    def _applied_on(self) -> date | None:
        with suppress(InvalidInput):
            return parse_date(self.applied_on.text, field="applied_on")
        return None

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
        values["transfer"] = self.transfer if self.transfer == LETTER else ""
        values["declined"] = " ".join(sorted(self.consents.declined))
        if not values["employer"]:
            values["union"] = values["union_id"] = ""
        return values

    def restore(self, values: Mapping[str, str]) -> None:
        """Fill in a draft."""
        self.transfer = values.get("transfer", "")
        self.consents.decline(values.get("declined", "").split())
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
        self.set_later(bool(values.get("later")))

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
                Cell(self.from_union, 4, 240), Cell(self.letter_no, 2, 130),
                Cell(self.paid_until, 2, 120),
            ],
            [
                Cell(self.id_number, 5, 230), Cell(self.born_on, 3, 150), Cell(self.sex, 2, 80),
                Cell(self.name, 3, 150), Cell(self.phone, 4, 170),
            ],
            [Cell(self.employer, 1, 260), Cell(self.union, 1, 260)],
            coded[:3],
            [*coded[3:], Cell(self.migrant, 2, 100), Cell(self.position, 3, 150)],
            [
                Cell(self.platform, 3, 150), Cell(self.station, 3, 150),
                Cell(self.engagement, 3, 150),
            ],
            [
                Cell(self.native_place, 3, 180), Cell(self.original_writing, 3, 180),
                Cell(self.applied_on, 2, 120),
            ],
        ]  # fmt: skip
        return Reflow(theme, rows)
