"""What a platform would say to a member's row, said before the file leaves the house.

Nothing is changed here: a finding blocks the row or warns, and a person decides.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from stdnum.cn.ric import calc_check_digit

from organizer import resources
from organizer.registry.profile import Column, Profile
from organizer.registry.row import RegistryMember, platform_text

Severity = Literal["block", "warn"]

_WORN_NAME = re.compile(r"[?？*＊□�]")
"""What old systems put where they had no glyph for a character."""


@dataclass(frozen=True)
class Finding:
    """One thing to know about a row. `field` is the member's field, `code` names the sentence."""

    code: str
    field: str
    severity: Severity
    facts: Mapping[str, str]

    def sentence(self) -> str:
        """The Chinese sentence for the person: what the platform would do and what to do now."""
        return resources.sentence("errors", self.code, self.facts)


def precheck(profile: Profile, member: RegistryMember) -> tuple[Finding, ...]:
    """Everything about the row that would make the platform refuse, lose or alter it."""
    rules: tuple[Callable[[Profile, RegistryMember], Iterator[Finding]], ...] = (
        _empty_cells,
        _unknown_labels,
        _unfit_texts,
        _id_number,
        _mobile,
        _change,
    )
    return tuple(finding for rule in rules for finding in rule(profile, member))


def _found(
    code: str, column: Column, severity: Severity = "block", /, **facts: str
) -> Iterator[Finding]:
    yield Finding(f"batch.{code}", column.source, severity, {"header": column.header, **facts})


def _empty_cells(profile: Profile, member: RegistryMember) -> Iterator[Finding]:
    own_sentence = {"id_number": "id_missing", "mobile": "mobile_missing"}
    for column in profile.columns:
        text = platform_text(profile, column, member)
        if column.default and getattr(member, column.source) in (None, ""):
            yield from _found("default_used", column, "warn", default=text)
        elif text == "" and column.required:
            yield from _found(own_sentence.get(column.source, "missing"), column)
        elif text == "" and column.when_empty:
            yield from _found("left_to_platform", column, "warn", filled=column.when_empty)


def _unknown_labels(profile: Profile, member: RegistryMember) -> Iterator[Finding]:
    """Labels are looked up by name, so one the platform does not know is lost or refused."""
    for column in profile.columns:
        text = platform_text(profile, column, member)
        if column.kind != "label" or not text or text in profile.labels[column.labels].accepted:
            continue
        if column.source == "paper_kind":
            accepted = "、".join(profile.labels[column.labels].accepted)
            yield from _found("paper_not_accepted", column, label=text, accepted=accepted)
        elif column.required:
            yield from _found("label_unknown", column, label=text)
        else:
            yield from _found("label_dropped", column, "warn", label=text)


def _unfit_texts(profile: Profile, member: RegistryMember) -> Iterator[Finding]:
    for column in profile.columns:
        text = platform_text(profile, column, member)
        if column.max_length is not None and len(text) > column.max_length:
            length, most = str(len(text)), str(column.max_length)
            yield from _found("too_long", column, length=length, most=most)
        if hidden := [char for char in text if _is_hidden(char)]:
            yield from _found("hidden_character", column, characters=_listed(hidden))
        if lost := [char for char in text if not _fits(char, profile.encoding)]:
            yield from _found("character_lost", column, characters=_listed(lost))
        if private := [char for char in text if unicodedata.category(char) == "Co"]:
            yield from _found("private_character", column, "warn", characters=_listed(private))
        if column.source == "name" and _WORN_NAME.search(text):
            yield from _found("name_worn", column, "warn")


def _is_hidden(char: str) -> bool:
    """Controls, line breaks and zero-width signs: unseen by people, seen by a comparison."""
    return unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")


def _fits(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _listed(characters: list[str]) -> str:
    """Characters with their code points; what cannot be shown is named by its code point only."""
    shown = dict.fromkeys(characters)
    return "、".join(f"{char if char.isprintable() else ''}(U+{ord(char):04X})" for char in shown)


def _id_number(profile: Profile, member: RegistryMember) -> Iterator[Finding]:
    """The platform checks the number as GB 11643 and takes the birthday from it."""
    column = profile.column("id_number")
    number = member.id_number
    if column is None or not number or _paper_refused(profile, member):
        return
    born_on = _birthday(number)
    if born_on is None:
        yield from _found("id_invalid", column)
        return
    born = profile.column("born_on")
    if born is not None and member.born_on not in (None, born_on):
        yield from _found("born_differs", born, "warn", by_id=f"{born_on:%Y%m%d}")


def _paper_refused(profile: Profile, member: RegistryMember) -> bool:
    column = profile.column("paper_kind")
    if column is None:
        return False
    return platform_text(profile, column, member) not in profile.labels[column.labels].accepted


def _birthday(number: str) -> date | None:
    """The birthday in a resident id number; None when the number is none (GB 11643-1999)."""
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number) or calc_check_digit(number) != number[-1]:
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _mobile(profile: Profile, member: RegistryMember) -> Iterator[Finding]:
    column = profile.column("mobile")
    if column is None or not member.mobile:
        return
    if not re.fullmatch(r"1[3-9][0-9]{9}", member.mobile):
        yield from _found("mobile_doubtful", column, "warn", mobile=member.mobile)
    elif profile.kept_mobile_prefixes and not member.mobile.startswith(
        profile.kept_mobile_prefixes
    ):
        yield from _found("mobile_may_drop", column, "warn", prefix=member.mobile[:2])


def _change(profile: Profile, member: RegistryMember) -> Iterator[Finding]:
    """A kind of change and its reason belong together (code set 会籍变化 of the registry)."""
    kind_column, column = profile.column("change_kind"), profile.column("change_reason")
    if kind_column is None or column is None:
        return
    kind = platform_text(profile, kind_column, member)
    reason = platform_text(profile, column, member)
    reasons = profile.change_reasons.get(kind)
    if reasons is None or reason in reasons:
        return
    fitting = "、".join(f"“{fit}”" if fit else "不填" for fit in reasons)
    if reason:
        yield from _found("reason_mismatch", column, kind=kind, reason=reason, fitting=fitting)
    else:
        yield from _found("reason_missing", column, kind=kind, fitting=fitting)
