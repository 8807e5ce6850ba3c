"""Who holds a post in a union (工会干部), since when and until when.

Posts follow 工会基层组织选举工作条例 (总工发〔2016〕27号), 工会女职工委员会工作条例 and, for the organiser
(组织员), 工会法 art. 11. Re-election (换届) ends what all before held on the day the new term begins.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from organizer.domain.codelist import CodeList
from organizer.domain.dates import parse_date
from organizer.domain.person_name import parse_name
from organizer.errors import InvalidInput

CHAIRMAN, ORGANISER = "1", "9"
"""Codes of `officer_post.csv` that the rules speak of."""

LEADING = frozenset({CHAIRMAN, ORGANISER})
"""Posts of which a union has one at a time."""

ENGAGED = {"专职": "full", "兼职": "part", "full": "full", "part": "part"}
"""Whether somebody does nothing else (专职) or works beside it (兼职)."""

FIELDS = ("name", "post", "engaged", "since_on", "until_on")
"""What can be typed about an officer."""

_BETWEEN = re.compile(r"[\s、，,；;：:]+")


@dataclass(frozen=True)
class Elected:
    """Somebody and the post (code) a meeting elected them to."""

    post: str
    name: str


def read_officer(
    typed: Mapping[str, str],
    before: Mapping[str, str],
    today: date,
    posts: CodeList,
    pua: Mapping[str, str],
) -> dict[str, str | None]:
    """The fields typed, as stored; `before` is what the record says already.

    Raises `InvalidInput` at the first field that is wrong, also where two days do not go together.
    """
    values: dict[str, str | None] = {}
    if "name" in typed:
        values["name"] = parse_name(typed["name"], pua=pua).name
    if "post" in typed:
        if not typed["post"].strip():
            raise InvalidInput("officer.no_post", field="post")
        values["post"] = posts.code_of(typed["post"], field="post").code
    if "engaged" in typed:
        values["engaged"] = _engaged(typed["engaged"])
    for field in ("since_on", "until_on"):
        if field in typed:
            day = parse_date(typed[field], field=field) if typed[field].strip() else None
            values[field] = day.isoformat() if day else None
    _check_days({**before, **values}, today)
    return values


def _check_days(whole: Mapping[str, str | None], today: date) -> None:
    """Raises `InvalidInput` for a post held from tomorrow on, or one that ends before it began."""
    begins, ends = whole.get("since_on"), whole.get("until_on")
    for field, day in (("since_on", begins), ("until_on", ends)):
        if day and day > today.isoformat():
            raise InvalidInput("officer.future_day", field=field, day=day)
    if begins and ends and ends < begins:
        raise InvalidInput("officer.backwards", field="until_on", begins=begins, ends=ends)


def read_elected(text: str, posts: CodeList, pua: Mapping[str, str]) -> list[Elected]:
    """Who was elected to what, as people write it: 主席 甲样 委员 乙样、丙样.

    A post stands before those who hold it. Raises `InvalidInput` at `officers` for a name without a
    post, somebody twice in one post and a second chairman.
    """
    found = list(_elected(text, posts, pua))
    if not found:
        raise InvalidInput("officer.nobody", field="officers")
    for place, one in enumerate(found):
        if one in found[:place]:
            raise InvalidInput("officer.twice_elected", field="officers", name=one.name)
    for post in LEADING:
        names = [one.name for one in found if one.post == post]
        if len(names) > 1:
            told = {"post": posts.entry(post).brief, "name": names[0], "other": names[1]}
            raise InvalidInput("officer.two_leading", field="officers", **told)
    return found


def _elected(text: str, posts: CodeList, pua: Mapping[str, str]) -> Iterator[Elected]:
    known = {word: one.code for one in posts.entries for word in (one.label, one.brief)}
    post = ""
    for word in filter(None, _BETWEEN.split(text)):
        if word in known:
            post = known[word]
            continue
        if not post:
            raise InvalidInput("officer.name_first", field="officers", name=word)
        try:
            name = parse_name(word, pua=pua).name
        except InvalidInput as error:
            raise InvalidInput(error.code, field="officers", **error.facts) from error
        yield Elected(post, name)


def _engaged(text: str) -> str | None:
    word = text.strip()
    if word and word not in ENGAGED:
        raise InvalidInput("officer.engaged", field="engaged", value=word)
    return ENGAGED.get(word)
