"""What is typed about a union becomes its record, or a sentence at the field (domain: 4.3).

A committee serves three or five years (工会法 第十六条); re-election may be put off for half a year at
most, with leave from above. The certificate of a legal person is valid for the term and renewed
within the 30 days before it ends (基层工会法人登记管理办法, 总工办发〔2020〕20号, art. 26-27).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from organizer.domain.codelist import CodeList
from organizer.domain.dates import parse_date
from organizer.domain.phone import parse_phones
from organizer.domain.union_org import BASE, JOINT, TERMS, Term, parse_union_uscc
from organizer.errors import InvalidInput

TEXTS = (
    "name", "short_name", "local_code", "provincial_code", "national_code", "approval_no",
    "chairman", "certificate_no",
)  # fmt: skip
DAYS = ("founded_on", "term_from", "term_until", "certificate_until")
COMMITTEES = ("audit_committee", "women_committee")
CODED: Mapping[str, str] = {"org_type": "union_type", "org_form": "union_form"}
"""Fields that hold a code, and the list it is of."""
FIELDS = (*TEXTS, *CODED, "uscc", "phone", *DAYS, *COMMITTEES)
"""What can be typed about a union; `term_years` stands for `term_until`."""

_MOST_LETTERS = 60
_RENEW_FROM, _RENEW_AGAIN = timedelta(60), timedelta(30)
_ELECT_FROM = timedelta(183)
_REGISTER_WITHIN = timedelta(60)
_REMIND_UNTIL = timedelta(365)
_WOMEN_FOR_COMMITTEE = 10
"""From so many women members on a committee of theirs is due (女职工委员会工作条例 第十一条)."""
_FEWEST_JOINED = 2


def read_union(
    typed: Mapping[str, str],
    before: Mapping[str, str],
    today: date,
    codes: Mapping[str, CodeList],
) -> dict[str, str | None]:
    """The fields typed, as stored; None empties one. `before` is what the record says already, `codes`
    are the lists of `CODED` by field.

    Raises `InvalidInput` at the first field that is wrong, also where two do not go together.
    """
    readers: dict[str, Callable[[str], str]] = {
        **dict.fromkeys(TEXTS, str.strip),
        **{name: _code(codes[name], name) for name in CODED},
        "uscc": parse_union_uscc,
        "phone": _phone,
        **{name: _day(name) for name in DAYS},
        **{name: _yes_no(name) for name in COMMITTEES},
    }
    values: dict[str, str | None] = {
        name: readers[name](typed[name]) if typed[name].strip() else None
        for name in FIELDS
        if name in typed
    }
    if years := typed.get("term_years", "").strip():
        values["term_until"] = _term_end(values.get("term_from") or before.get("term_from"), years)
    _check({**before, **values}, today, values)
    return values


def _check(whole: Mapping[str, str | None], today: date, typed: Mapping[str, str | None]) -> None:
    name = (whole.get("name") or "").strip()
    if not name or len(name) > _MOST_LETTERS:
        raise InvalidInput("union.bad_name", field="name", most=_MOST_LETTERS)
    founded, now = whole.get("founded_on"), today.isoformat()
    if founded and founded > now:
        raise InvalidInput("union.not_founded_yet", field="founded_on", day=founded)
    begins, ends = whole.get("term_from"), whole.get("term_until")
    if ends and not begins and "term_until" in typed:
        # Of a term taken from the registry (存量) only the end may be known.
        raise InvalidInput("union.no_term_start", field="term_from")
    if begins and ends and ends <= begins:
        raise InvalidInput("union.term_backwards", field="term_until", begins=begins, ends=ends)
    expires = whole.get("certificate_until")
    if founded and expires and expires <= founded:
        raise InvalidInput("union.certificate_early", field="certificate_until", day=expires)


def _term_end(begins: str | None, years: str) -> str:
    if not begins:
        raise InvalidInput("union.no_term_start", field="term_from")
    if not years.isdecimal() or int(years) not in TERMS:
        raise InvalidInput("union.wrong_term", field="term_years", years=years)
    return Term(date.fromisoformat(begins), int(years)).ends_on.isoformat()


def _code(codes: CodeList, name: str) -> Callable[[str], str]:
    return lambda text: text if text in codes else codes.code_of(text, field=name).code


def _day(name: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        day = parse_date(text, field=name)
        return day.isoformat() if day else ""

    return read


def _phone(text: str) -> str:
    found = parse_phones(text)
    return "、".join((*found.mobiles, *found.landlines))


def _yes_no(name: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        known = {"有": "yes", "是": "yes", "yes": "yes", "无": "no", "否": "no", "no": "no"}
        if text.strip() not in known:
            raise InvalidInput("union.yes_or_no", field=name, value=text)
        return known[text.strip()]

    return read


class Due(StrEnum):
    """What a union should do soon."""

    RE_ELECT = "re_elect"
    RENEW = "renew"
    RENEW_NOW = "renew_now"
    REGISTER = "register"


@dataclass(frozen=True)
class Reminder:
    """Something due, and the day by which."""

    due: Due
    by: date


def reminders(record: Mapping[str, str], today: date) -> list[Reminder]:
    """What is due: 换届 half a year before the term ends, the certificate 60 and again 30 days before
    it ends, registration as a legal person within 60 days of founding, for a year. A reminder, never
    an error."""
    found = []
    if (ends := _known(record, "term_until")) and today >= ends - _ELECT_FROM:
        found.append(Reminder(Due.RE_ELECT, ends))
    if expires := _known(record, "certificate_until"):
        if today >= expires - _RENEW_FROM:
            again = today >= expires - _RENEW_AGAIN
            found.append(Reminder(Due.RENEW_NOW if again else Due.RENEW, expires))
    elif not record.get("certificate_no") and (founded := _known(record, "founded_on")):
        by = founded + _REGISTER_WITHIN
        found += [Reminder(Due.REGISTER, by)] if today <= founded + _REMIND_UNTIL else []
    return found


def missing(record: Mapping[str, str], *, chaired: bool, women: int, units: int) -> list[str]:
    """What the record of a base union (基层工会) still lacks, by field; "units" where a joint union
    covers fewer than two (工会法 第十一条). `women` are its women members, `units` those it covers."""
    if record.get("org_type") not in BASE:
        return []
    wanted = ["founded_on", "approval_no", "term_until", "phone", "audit_committee"]
    found = [name for name in wanted if not record.get(name)]
    if not chaired and not record.get("chairman"):
        found.append("chairman")
    due = women >= _WOMEN_FOR_COMMITTEE and record.get("women_committee") != "yes"
    if due or not record.get("women_committee"):
        found.append("women_committee")
    if record.get("certificate_no"):
        found += [name for name in ("uscc", "certificate_until") if not record.get(name)]
    if record.get("org_type") == JOINT and units < _FEWEST_JOINED:
        found.append("units")
    return found


def _known(record: Mapping[str, str], name: str) -> date | None:
    text = record.get(name)
    return date.fromisoformat(text) if text else None
