"""The sections of a card: lamps with what they lack, own fields, facts, visits, edits."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _, listed
from organizer.services.employers.card import Change, LampLine, OwnField, Visit
from organizer.services.employers.fact_lines import FactLine
from organizer.ui.theme import Theme
from organizer.ui.widgets.lamps import Lamps, light_word
from organizer.ui.widgets.pairs import TITLE_WIDTH, pairs, told
from organizer.ui.widgets.plain import column, holder, label, restyle, row


def lamp_rows(theme: Theme, lines: Sequence[LampLine]) -> QWidget:
    """Each lamp with its name and what it still needs; without a round a sentence instead."""
    if not lines:
        return label(_("还没有排查批次。开了批次，四清才有“本批次”可比。"), "mut")
    rows = []
    for line in lines:
        lamp = Lamps(theme)
        lamp.show_lamps((line.lamp,))
        lamp.setFixedWidth(theme.px(20))
        said = light_word(line.lamp.light)
        if line.missing:
            said = _("{word}：还缺 {fields}").format(word=said, fields=listed(line.missing))
        name = label(line.lamp.rule.name)
        name.setFixedWidth(theme.px(172))
        name.setWordWrap(True)
        text = told(said)
        if not line.missing:
            restyle(text, "kind", "mut")
        made = row(lamp, name, text, gap=8)
        made.setStretch(2, 1)
        made.setAlignment(text, Qt.AlignmentFlag.AlignTop)
        made.setAlignment(lamp, Qt.AlignmentFlag.AlignTop)
        made.setAlignment(name, Qt.AlignmentFlag.AlignTop)
        rows.append(made)
    return holder(column(*rows, gap=6))


def own_rows(
    theme: Theme,
    fields: Iterable[OwnField],
    phone: QWidget,
    more: Iterable[tuple[str, QWidget, str]] = (),
) -> QWidget:
    """The employer's own fields that say something; the phone with its 显示; `more` rows below."""
    own = (
        (field.title, phone if field.name == "phone" else told(field.text), "")
        for field in fields
        if field.text
    )
    return pairs(theme, (*own, *more))


def fact_rows(theme: Theme, facts: Iterable[FactLine], chair: QWidget | None = None) -> QWidget:
    """What is known, each with who said it and when; `chair` takes the place of a masked number."""
    return pairs(theme, (_fact_row(fact, chair) for fact in facts))


def _fact_row(fact: FactLine, chair: QWidget | None) -> tuple[str, QWidget, str]:
    text = chair if chair is not None and fact.name == "chair_phone" else told(fact.text)
    if fact.difference:
        text = holder(column(text, label(fact.difference, "doubt"), gap=2))
    remark = _("{source} · {day}").format(source=fact.source, day=fact.on)
    if fact.pending:
        remark = _("待确认 · {remark}").format(remark=remark)
    return fact.title, text, remark


def time_line(
    theme: Theme, visits: Sequence[Visit], act: Callable[[Visit], Sequence[QWidget]]
) -> QWidget:
    """All visits, newest first; none is ever overwritten. `act` makes what stands below each."""
    if not visits:
        return label(_("还没有走访过。"), "mut")
    rows = []
    for visit in visits:
        day = label(visit.on)
        day.setFixedWidth(theme.px(TITLE_WIDTH))
        outcome = label(visit.outcome, "chip")
        who = label(_shown_who(visit), "mut")
        head = row(day, outcome, who, gap=8)
        head.setStretch(2, 1)
        head.setAlignment(outcome, Qt.AlignmentFlag.AlignTop)
        parts: list[QWidget] = [told(text) for text in (visit.learnt, visit.remark) if text]
        for part in parts:
            restyle(part, "kind", "mut")
        if visit.corrects:
            parts.append(label(visit.corrects, "doubt"))
        parts += act(visit)
        below = column(*parts, gap=4)
        below.setContentsMargins(theme.px(TITLE_WIDTH) + 8, 0, 0, 0)
        rows.append(column(head, below, gap=4))
    return holder(column(*rows, gap=12))


def change_rows(theme: Theme, changes: Sequence[Change]) -> QWidget:
    """Who edited which fields when."""
    made = QWidget()
    lines = [
        _("{at}　{who}　{what}").format(at=change.at, who=change.who, what=change.what)
        for change in changes
    ]
    column(*(label(line, "mut") for line in lines), into=QVBoxLayout(made), gap=4)
    return made


def _shown_who(visit: Visit) -> str:
    met = _("见到 {name}").format(name=visit.met) if visit.met else ""
    along = _("陪同 {names}").format(names=visit.companions) if visit.companions else ""
    return " · ".join(filter(None, (visit.channel, visit.who, along, met, visit.round_name)))
