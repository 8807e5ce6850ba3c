"""Where an address line lies: the divisions it begins with, read from left to right.

A name that several divisions share is told apart by the division named before it, by the ones named
after it, or by the division of the office (`home`); otherwise it is reported and never guessed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from organizer.domain.division import EVERY_TOWN, Divisions, Spelling, trim_code
from organizer.domain.division_name import NAMESAKES_ELSEWHERE
from organizer.domain.note import Note

_BLANK = re.compile(r"[\s,，]*")
_ROAD = "[东西南北中前后]{0,2}[一二三四五六七八九十0-9]{0,2}大?(?:街(?!道)|路|巷|道(?!义)|里(?!庄|堡)|胡同|马路)"
# 沈阳路, 大连商场, 朝阳小学 name no division although they begin like one.
_NAMED_AFTER = re.compile(
    f"{_ROAD}|(?:国际|中心)?(?:广场|大厦|大酒店|大学|大桥|桥|商[场城厦店]|市场|市政|酒店|宾馆|饭店|百货"
    "|火车站|站|港(?!务)|机场|医院|银行|公园|花园|小区|新村|家园|村|屯|河|湾|小学|中学|学校|[省市县区](?!府))"
)
# After 市 these make another word: 沈阳市府大路, 朝阳市场.
_NOT_A_CITY = re.compile("[府场民郊](?!区)|政府")
_LEADS_ON = re.compile(
    "(?![^0-9]大[街道路])[\u4e00-\u9fff]{2,7}?(?:大街|大道|街|路|巷|胡同|开发区|园区|经济区|工业[园区]|产业园|新区)"
)
_MUNICIPALITIES = "北京|天津|上海|重庆"
_PROVINCES = (
    "河北|山西|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃"
    "|青海|台湾"
)
_REGIONS = "内蒙古|广西|西藏|宁夏|新疆"
_ELSEWHERE = re.compile(
    f"(?:{_MUNICIPALITIES})(?:市(?![场府])|(?=[\u4e00-\u9fff]{{2,3}}区))"
    f"|(?:{_PROVINCES})(?:省|(?=[\u4e00-\u9fff]{{2,4}}[市县]))"
    f"|(?:{_REGIONS})(?:[\u4e00-\u9fff]{{0,3}}自治区|(?=[\u4e00-\u9fff]{{2,5}}[市县盟州]))"
)
_OTHER_CITY = re.compile(
    "[\u4e00-\u9fff]{2,3}(?<![超夜早门城都菜集材具车花鸟贸大])市(?![场府民郊])"
    "(?=[\u4e00-\u9fff]{2,8}?(?:区|县|街|路|道|镇|乡))"
)
# A name shared within one city at least must have this much of its code in common with `home`.
_CITY = 4


@dataclass(frozen=True, slots=True)
class DivisionMatch:
    """The deepest division that is certain ("" for none), the path to it, and what follows.

    `end` is where the rest begins in the text; `elsewhere` is true for a place outside the divisions
    known, `contested` when the names fit several divisions or contradict each other. Notes: `address.ambiguous_division`, `chosen_by_home`, `former_name`, `zone`,
    `division_conflict`, `elsewhere`.
    """

    code: str
    path: tuple[str, ...]
    end: int
    rest: str
    elsewhere: bool = False
    contested: bool = False
    notes: tuple[Note, ...] = ()


@dataclass
class _Walk:
    """The walk along one line; `open` are the divisions that the text so far may mean."""

    text: str
    divisions: Divisions
    home: str
    position: int = 0
    open: tuple[str, ...] = ("",)
    named: str = ""
    elsewhere: bool = False
    contested: bool = False
    # Set while a name may also mean another division; cleared when what follows decides.
    doubt: Note | None = None
    namesake: bool = False
    notes: list[Note] = field(default_factory=list)

    @property
    def certain(self) -> str:
        if self.namesake:
            return ""
        return self.open[0] if len(self.open) == 1 else _shared(self.open)


def locate(text: str, divisions: Divisions, home: str | None = None) -> DivisionMatch:
    """The divisions with which an address line begins; never fails, an unknown line is all rest."""
    walk = _Walk(text, divisions, trim_code(home) if home else "")
    while not walk.elsewhere and _step(walk):
        walk.position = _after_blank(text, walk.position)
    if walk.doubt:
        walk.notes.append(walk.doubt)
    code = walk.certain
    return DivisionMatch(
        code=code,
        path=tuple(division.code for division in divisions.path(code)) if code else (),
        end=walk.position,
        rest=text[walk.position :],
        elsewhere=walk.elsewhere,
        contested=walk.contested or walk.doubt is not None,
        notes=tuple(walk.notes),
    )


def _after_blank(text: str, start: int) -> int:
    found = _BLANK.match(text, start)
    return found.end() if found else start


def _shared(codes: Iterable[str]) -> str:
    """The longest code that all lie in."""
    codes = tuple(codes)
    return next(
        (codes[0][:length] for length in (9, 6, 4, 2)
         if len({code[:length] for code in codes}) == 1 and len(codes[0]) > length),
        "",
    )  # fmt: skip


def _step(walk: _Walk) -> bool:
    """Read one more division; false when the text goes on with something else."""
    if walk.open == ("",) and _read_elsewhere(walk):
        return True
    for text, spellings in _readings(walk):
        if codes := _accepted(walk, text, spellings):
            _advance(walk, text, codes)
            return True
    return walk.named != "" and _read_again(walk)


def _read_elsewhere(walk: _Walk) -> bool:
    found = _ELSEWHERE.match(walk.text, walk.position)
    if not found and not any(True for _ in walk.divisions.spellings("").at(walk.text, 0)):
        found = _OTHER_CITY.match(walk.text, walk.position)
    if found:
        walk.elsewhere = True
        walk.notes.append(Note("address.elsewhere", {"name": found[0]}))
    return found is not None


def _readings(walk: _Walk) -> Iterator[tuple[str, tuple[Spelling, ...]]]:
    """What may stand here, by the scopes in which it is looked for."""
    at_start = walk.open == ("",)
    scopes = list(walk.open)
    if at_start and walk.home:
        scopes += [walk.home[:length] for length in (9, 6, 4) if len(walk.home) >= length]
    if len(walk.open) == 1 and len(walk.open[0]) < _CITY:
        scopes.append(EVERY_TOWN)
    seen: dict[str, dict[str, Spelling]] = {}
    for scope in dict.fromkeys(scopes):
        for text, spellings in walk.divisions.spellings(scope).at(walk.text, walk.position):
            known = seen.setdefault(text, {})
            known.update({each.code: each for each in spellings if each.code not in known})
    for text in sorted(seen, key=len, reverse=True):
        yield text, tuple(seen[text].values())


def _accepted(walk: _Walk, text: str, spellings: tuple[Spelling, ...]) -> tuple[Spelling, ...]:
    """Those readings of `text` that what follows does not speak against."""
    end = walk.position + len(text)
    if text.endswith("市") and _NOT_A_CITY.match(walk.text, end):
        return ()
    fits = tuple(
        each for each in spellings if each.way != "short" or _short_form_fits(walk, each, end)
    )
    if text[-1] not in "省市区县" and _NAMED_AFTER.match(walk.text, end):
        return ()
    return fits


def _short_form_fits(walk: _Walk, spelling: Spelling, end: int) -> bool:
    """太平洋大街 is not in 太平区: the short form of a county needs a city and something after it."""
    code, following = spelling.code, _after_blank(walk.text, end)
    below = walk.divisions.spellings(code).at(walk.text, following)
    leads_on = any(each.way == "full" for _, found in below for each in found)
    if len(code) < _CITY:
        return True
    if len(code) == _CITY:
        # 朝阳 begins more names of streets and shops than addresses.
        return code != "2113" or leads_on or walk.home.startswith(code)
    at_end = following == len(walk.text)
    city_known = walk.certain == code[:_CITY] or walk.home.startswith(code[:_CITY])
    return leads_on or (city_known and (at_end or bool(_LEADS_ON.match(walk.text, following))))


def _advance(walk: _Walk, text: str, spellings: tuple[Spelling, ...]) -> None:
    at_start = walk.open == ("",)
    nearest = _nearest(tuple(each.code for each in spellings), walk)
    namesake = NAMESAKES_ELSEWHERE.get(text, "") if at_start else ""
    near_home = walk.home.startswith(nearest[0][:_CITY])
    walk.position += len(text)
    walk.named = text
    walk.open = nearest
    walk.namesake = bool(namesake) and not near_home
    if len(nearest) > 1 or walk.namesake:
        walk.doubt = _doubt(walk, text, nearest, namesake)
        return
    walk.doubt = None
    if len(spellings) > 1 or namesake:
        chosen = {"name": text, "chosen": _full_name(walk, nearest[0])}
        walk.notes.append(Note("address.chosen_by_home", chosen))
    way = next(each.way for each in spellings if each.code == nearest[0])
    if way in {"former", "zone"}:
        code = "address.former_name" if way == "former" else "address.zone"
        facts = {"written": text, "name": walk.divisions.get(nearest[0]).name}
        walk.notes.append(Note(code, facts))


def _nearest(codes: tuple[str, ...], walk: _Walk) -> tuple[str, ...]:
    """The codes that share most with home, if that is at least the city; else all."""
    for length in (12, 9, 6, _CITY):
        if len(walk.home) >= length:
            near = tuple(code for code in codes if code.startswith(walk.home[:length]))
            if near:
                return near
    return codes


def _full_name(walk: _Walk, code: str) -> str:
    return "".join(walk.divisions.path_names(code)[1:])


def _doubt(walk: _Walk, text: str, codes: tuple[str, ...], namesake: str) -> Note:
    names = [_full_name(walk, code) for code in codes]
    if namesake:
        names.append(namesake)
    return Note("address.ambiguous_division", {"name": text, "candidates": "、".join(names)})


def _read_again(walk: _Walk) -> bool:
    """A division named twice (大连市 金州区 大连市金州新区), or one that contradicts the first."""
    here = walk.certain
    if len(here) < _CITY:
        return False
    for scope in ("", here[:_CITY]):
        for text, spellings in walk.divisions.spellings(scope).at(walk.text, walk.position):
            full = tuple(each for each in spellings if each.way in {"full", "former"})
            if not full or text[-1] not in "省市区县" or not _accepted(walk, text, full):
                continue
            same = [each.code for each in full
                    if here.startswith(each.code) or each.code.startswith(here)]  # fmt: skip
            if not same:
                _contradict(walk, text, full)
            walk.position += len(text)
            return True
    return False


def _contradict(walk: _Walk, text: str, spellings: tuple[Spelling, ...]) -> None:
    names = {"first": _full_name(walk, walk.certain), "second": text}
    walk.notes.append(Note("address.division_conflict", names))
    walk.contested = True
    shared = _shared((walk.certain, spellings[0].code))
    walk.open = (shared,)
