"""Checking what was told of a unit before it becomes facts; and saying what looks odd in it."""

import functools
from collections.abc import Mapping
from datetime import date, timedelta

from organizer import resources
from organizer.domain.access import Permission
from organizer.domain.answers import parse_yes_no
from organizer.domain.fact import (
    CIVIC,
    CODED,
    FIELDS,
    HEAD_COUNTS,
    LONGEST_TEXT,
    PAST_DAYS,
    PHONES,
    WILLING,
    YES_NO,
    larger_than_whole,
    uncommonly_many,
)
from organizer.domain.identifiers import half_width
from organizer.domain.phone import parse_phones
from organizer.domain.union_org import parse_union_uscc
from organizer.domain.visit import Channel
from organizer.errors import InvalidInput
from organizer.i18n import _, listed
from organizer.services.workspace import Workspace, check_source

_MOST_DIGITS = 6


def titles() -> Mapping[str, str]:
    """What the fields are called, by field."""
    texts: Mapping[str, str] = resources.toml("texts", "fields.toml")["fact"]
    return texts


@functools.cache
def fields_by_title() -> Mapping[str, str]:
    """The fields by what people call them, older wordings included."""
    texts = resources.toml("texts", "fields.toml")
    named = {title: name for name, title in texts["fact"].items() if name in FIELDS}
    return {**texts["also"], **named}


def options(workspace: Workspace, field: str) -> list[tuple[str, str]]:
    """The answers a field offers, code and word; none where something is typed."""
    if field in CODED:
        return [(entry.code, entry.brief) for entry in workspace.codes(field).short_list()]
    if field in WILLING:
        return [("yes", _("愿意")), ("no", _("暂不愿意"))]
    if field in YES_NO:
        return [("yes", _("有")), ("no", _("没有"))] if field in CIVIC else _yes_or_no()
    return []


def _yes_or_no() -> list[tuple[str, str]]:
    return [("yes", _("是")), ("no", _("否"))]


def headings() -> Mapping[str, str]:
    """What a visit itself says in a list: field by heading."""
    texts: Mapping[str, str] = resources.toml("texts", "fields.toml")["visit"]
    return texts


def source_heading(title: str) -> str:
    """The heading of the column that names where a field was learnt."""
    return _("{title}来源").format(title=title)


def channel_word(channel: str) -> str:
    """The word of a way to visit."""
    return _channels().get(channel, channel)


def channel_of(text: str) -> str:
    """The way a word means; the word itself when it means none."""
    return next((key for key, word in _channels().items() if word == text), text)


def _channels() -> Mapping[str, str]:
    return {
        Channel.DOOR: _("上门"),
        Channel.PHONE: _("电话"),
        Channel.HOME: _("入户"),
        Channel.ONLINE: _("网上"),
    }


def checked_facts(workspace: Workspace, typed: Mapping[str, str]) -> dict[str, str]:
    """Facts with fields, numbers, days and codes checked; raises `InvalidInput` at the field."""
    workspace.require(Permission.LOOK)
    observed: dict[str, str] = {}
    for name, value in typed.items():
        if name not in FIELDS:
            raise InvalidInput("visit.unknown_fact", field=name, name=name)
        text = _checked(workspace, name, value)
        if text:
            observed[name] = text
    return observed


def checked_sources(
    facts: Mapping[str, str], source: str, sources: Mapping[str, str]
) -> dict[str, str]:
    """The source of each fact: its own or the one given for all; raises `InvalidInput`."""
    found = {name: sources.get(name) or source for name in facts}
    for one in {source, *found.values()}:
        check_source(one)
    return found


def doubts(
    answered: Mapping[str, str], known: Mapping[str, str], *, saved: bool = False
) -> dict[str, str]:
    """What looks like a slip in head counts, as sentences by field. It is asked about, not refused.

    `saved`: it was taken as told, so nobody is asked to save once more.
    """
    named = titles()
    then = _("已照此记下，写错了请更正。") if saved else _("写错了请改；没写错，再保存一次就行。")
    told = {
        name: _("{count} 人很少见。").format(count=f"{int(answered[name]):,}")
        for name in uncommonly_many(answered)
    }
    for name, whole in larger_than_whole(answered, known).items():
        count = answered.get(whole) or known[whole]
        told[name] = _("比{whole}（{count}）还多。").format(whole=named[whole], count=count)
    return {name: sentence + then for name, sentence in told.items()}


def _checked(workspace: Workspace, name: str, value: str) -> str:
    text = value.strip()
    if name in HEAD_COUNTS:
        return _count(name, text)
    if not text:
        return ""
    if name.endswith("_on"):
        return _day(name, text, workspace.today)
    if name in CODED:
        return _code(workspace, name, text)
    if name in YES_NO:
        return _yes_no(name, text)
    if name == "union_uscc":
        return _union_code(text)
    if name in PHONES:
        found = parse_phones(text)
        return listed((*found.mobiles, *found.landlines))
    if len(text) > LONGEST_TEXT:
        raise InvalidInput("visit.long_text", field=name, most=LONGEST_TEXT)
    return text


def _count(name: str, text: str) -> str:
    digits = half_width(text).removesuffix(_("人")).strip()
    if not (digits.isascii() and digits.isdigit()):
        raise InvalidInput("visit.not_a_number", field=name, value=text)
    if len(digits.lstrip("0")) > _MOST_DIGITS:
        raise InvalidInput("visit.too_many", field=name, value=text)
    return str(int(digits))


def _yes_no(name: str, text: str) -> str:
    if name in WILLING:
        text = text.replace(_("暂不"), _("不")).replace(_("愿意"), "").strip() or "yes"
    answer = parse_yes_no(text, field=name)
    return "" if answer is None else "yes" if answer else "no"


def _code(workspace: Workspace, name: str, text: str) -> str:
    codes = workspace.codes(name)
    if text in codes:
        return text
    match = codes.code_of(text, field=name)
    if match.kind == "ask":
        raise InvalidInput("employer.ask", field=name, value=text)
    return match.code


def day_ahead(text: str, today: date) -> date | None:
    """The day that +30 is, thirty days from today; None for what is written otherwise."""
    ahead = text.removeprefix("+")
    counted = text.startswith("+") and ahead.isascii() and ahead.isdigit() and len(ahead) <= 3
    return today + timedelta(days=int(ahead)) if counted else None


def _day(name: str, text: str, today: date) -> str:
    """A day as stored; +30 is thirty days from today."""
    day = day_ahead(text, today)
    if day is None:
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise InvalidInput("visit.not_a_date", field=name, value=text) from error
    if name in PAST_DAYS and day > today:
        raise InvalidInput("visit.fact_ahead", field=name, day=day, today=today)
    return day.isoformat()


def _union_code(text: str) -> str:
    try:
        return parse_union_uscc(text)
    except InvalidInput as error:
        raise InvalidInput(error.code, field="union_uscc", **error.facts) from error
