"""Names of units, compared: what is left when company form and place names are taken away.

沈阳市样禾五金（辽宁）有限责任公司 and 样禾五金有限公司 fold to the same 样禾五金; they are candidates for
a person to compare, not proof. A branch keeps its branch words, so that it differs from its parent.
"""

import re
import unicodedata

CITIES = (
    "沈阳", "大连", "鞍山", "抚顺", "本溪", "丹东", "锦州", "营口", "阜新", "辽阳", "盘锦", "铁岭",
    "朝阳", "葫芦岛",
)  # fmt: skip
"""The 14 prefectures of Liaoning without 市."""

_PLACE = rf"(?:辽宁省?|(?:{'|'.join(CITIES)})市?)"
_FORM = r"(?:股份有限公司|有限责任公司|有限公司|股份公司|责任公司|总公司|公司|有限合伙|普通合伙)"
# 朝阳街 and 大连路 are streets: the place belongs to the name.
_LEADING_PLACES = re.compile(rf"^{_PLACE}++(?![街路巷里]|$)")
_BRACKETED_PLACE = re.compile(rf"\(({_PLACE})\)")
_FORM_WORD = re.compile(rf"(?<!分){_FORM}")
_NOT_WORD = re.compile(r"[\W_]+")
_GENERIC = re.compile(
    rf"(?<!分){_FORM}|分公司|集团|商店|商行|超市|便利店|经销处|经销部|经营部|门市部|销售部|服务部|服务中心|饭店|餐馆"
    r"|餐厅|酒店|宾馆|药房|药店|工作室|合作社|个体工商户|分店|门店|总店"
)

# 沈阳市, 铁西区, 工人村街道 in front; not the 市 of 市场 or the 区 of 区域.
_AREA = re.compile(
    r"[^\W\d_]{1,6}?(?:省|自治州|市(?![场政民])|自治县|县|街道|开发区|新区|区(?![域块])|镇|乡(?!村)|社区|村(?![镇街]))"
)
_MOST_AREAS = 4
_LEAST_WORD = 2


def inner_words(name: str) -> tuple[str, ...]:
    """What is left of a name from each point at which people begin to type it, without company form.

    Behind each place it begins with and behind brackets: 沈阳市铁西区样禾五金有限公司（工人村店） →
    铁西区样禾五金工人村店, 样禾五金工人村店, 工人村店. The name from its beginning is not among them.
    """
    plain = "".join(unicodedata.normalize("NFKC", name).lower().split())
    starts: list[int] = []
    here = 0
    while (area := _AREA.match(plain, here)) and len(starts) < _MOST_AREAS:
        here = area.end()
        starts.append(here)
    starts += [bracket.end() for bracket in re.finditer(r"[()]", plain)]
    folded = (_NOT_WORD.sub("", _FORM_WORD.sub("", plain[start:])) for start in starts)
    return tuple(dict.fromkeys(word for word in folded if len(word) >= _LEAST_WORD))


def fold_name(name: str) -> str:
    """A unit's name for comparing: half width, lower case, without company form, place, brackets.

    Never empty unless the name is: where nothing else stands (沈阳公司), the words stay.
    """
    plain = unicodedata.normalize("NFKC", name).lower()
    core = _LEADING_PLACES.sub("", _NOT_WORD.sub("", _BRACKETED_PLACE.sub("", plain)))
    core = _FORM_WORD.sub("", core)
    return core or _NOT_WORD.sub("", plain)


def significant_words(name: str) -> tuple[str, ...]:
    """The words of a unit's name worth searching for; generic ones only if nothing else stands.

    辽宁样禾五金商店（集团）有限公司 → ("样禾五金",); 公司 → ("公司",).
    """
    plain = unicodedata.normalize("NFKC", name).lower()
    plain = _BRACKETED_PLACE.sub(" ", plain).strip()
    core = _GENERIC.sub(" ", _LEADING_PLACES.sub("", plain))
    words = tuple(dict.fromkeys(word for word in _NOT_WORD.split(core) if word))
    return words or tuple(word for word in _NOT_WORD.split(plain) if word)


_GLOSS = re.compile(r"[（(][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńň\s'’]+[）)]")


def without_glosses(name: str) -> str:
    """Without the pinyin that some pages set behind a character: 轉(zhuǎn)發 → 轉發.

    Brackets with anything but letters stay: they belong to the name.
    """
    return _GLOSS.sub("", name) if any(ord(letter) > 127 for letter in name) else name


_BRANCH = re.compile(
    r"分公司|分店|分部|分社|分院|分校|营业部|门市部|办事处|(?:第?[一二三四五六七八九十百\d]+)(?=[店部厂站园号])"
)


def bare_name(name: str) -> str:
    """`fold_name` without any place in front: 沈阳市铁西区样禾五金有限公司 and 样禾五金公司 are alike.

    Never empty unless the name is.
    """
    folded = fold_name(name)
    here = 0
    for _area in range(_MOST_AREAS):
        area = _AREA.match(folded, here)
        if area is None:
            break
        here = area.end()
    rest = folded[here:]
    return rest if len(rest) >= _LEAST_WORD else folded


def branch_words(name: str) -> tuple[str, ...]:
    """What makes a unit one branch of several, in order: 样禾超市（第二分店） → ("第二", "分店")."""
    return tuple(_BRANCH.findall(unicodedata.normalize("NFKC", name)))
