"""How the names of divisions are written: full, short, formerly, and by a zone that lies in one."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

Level = Literal["省", "市", "县", "乡", "村"]
Way = Literal["full", "short", "former", "zone"]

_SHORTEST_STEM = 2
_PEOPLES = "(?:满族|蒙古族|回族|朝鲜族|锡伯族|各族)*"
_TAILS: dict[Level, re.Pattern[str]] = {
    "省": re.compile("省$"),
    "市": re.compile("市$"),
    "县": re.compile(f"(?:新区|区|市|县|{_PEOPLES}自治县)$"),
    "乡": re.compile(f"(?:街道办事处|街道办|街道|办事处|镇|{_PEOPLES}(?:民族)?乡)$"),
    "村": re.compile(
        "(?:社区|村)?(?:(?:村民|居民)委员会|[村居]委会)$|(?:社区|村)$"
    ),
}  # fmt: skip
_BRACKET = re.compile("[(（].*$")
_URBAN = ("社区", "居委会", "社区居委会", "社区居民委员会", "居民委员会", "委")
_RURAL = ("村", "村委会", "村民委员会", "村村委会", "村村民委员会")
_PREFECTURE_STEMS = frozenset({"抚顺", "本溪", "阜新", "辽阳", "铁岭", "朝阳"})
_CUSTOMARY = {"211324": ("喀左县", "喀左"), "210921": ("阜蒙县", "阜蒙")}
# Names that went out of use, with the division that has the area today.
_FORMER = {
    "东陵区": "210112", "浑南新区": "210112", "新城子区": "210113", "辽中县": "210115",
    "金州新区": "210213", "普兰店市": "210214", "北宁市": "210782", "大洼县": "211104",
    "铁法市": "211281",
}  # fmt: skip
# Zones have no county code of their own; listed are those that lie in one county as a whole.
_ZONES = {
    "张士经济技术开发区": "210106", "张士开发区": "210106", "辉山经济技术开发区": "210113",
    "辉山开发区": "210113", "经济技术开发区": "210213", "开发区": "210213", "保税区": "210213",
}  # fmt: skip

NAMESAKES_ELSEWHERE: Mapping[str, str] = {
    "和平区": "天津市和平区", "铁西区": "四平市铁西区", "铁东区": "四平市铁东区",
    "海州区": "连云港市海州区",
}  # fmt: skip
"""Districts of other provinces with the name of one here: the name alone tells neither."""


def stem(name: str, level: Level) -> str:
    """The name without what says its level: 铁西区 → 铁西, 新立村村民委员会 → 新立."""
    bare = _BRACKET.sub("", name)
    cut = _TAILS[level].sub("", bare)
    if len(cut) < _SHORTEST_STEM:
        return bare
    return cut


def full_forms(name: str, level: Level) -> tuple[str, ...]:
    """The spellings of a name that say its level, itself first."""
    root = stem(name, level)
    if level == "村":
        tail = name[len(root) :]
        urban = _URBAN if "社区" in tail or "居" in tail else ()
        rural = _RURAL if "村" in tail else ()
        return (name, *(root + each for each in (*urban, *rural)))
    if level == "乡" and name.endswith("街道"):
        return (name, f"{name}办事处", f"{name}办", f"{root}办事处")
    if level == "乡" and name.endswith("乡"):
        return (name, f"{root}乡")
    if level == "县" and name.endswith("自治县") and root not in _PREFECTURE_STEMS:
        return (name, f"{root}县", f"{root}自治县")
    if level == "县" and name.endswith("自治县"):
        return (name, f"{root}县")
    return (name,)


def written_forms(code: str, name: str, level: Level) -> dict[str, Way]:
    """The spellings that are looked for in an address line.

    Short forms only from the county up: 前进里3巷 is not in 前进社区, nor 兴工街 in 兴工街道.
    """
    forms: dict[str, Way] = dict.fromkeys((*full_forms(name, level), *_CUSTOMARY.get(code, ())),
                                          "full")  # fmt: skip
    root = stem(name, level)
    if level in {"省", "市"} or (level == "县" and root not in _PREFECTURE_STEMS):
        forms.setdefault(root, "short")
    return forms


def other_names(scope: str) -> Iterable[tuple[str, str, Way]]:
    """Former names and zones as (text, code, way) to be looked for within `scope`."""
    for text, code in _FORMER.items():
        if scope in {"", code[:2], code[:4]}:
            yield text, code, "former"
    for text, code in _ZONES.items():
        if scope == code[:4]:
            yield text, code, "zone"
