"""The words people put above a column, from `codelists/header_synonyms.csv`, and how to compare."""

import functools
import re
import unicodedata
from collections.abc import Mapping

from organizer import resources

# Remarks in brackets that do not change what a column is; any other bracket is part of its name.
_REMARK = re.compile(
    r"[(\[【](?:\*|必填|选填|必填项|可空|人|名|个|家|全称|营业执照.*|以.*为准|\d+位|手机|座机"
    r"|下拉.*|请.*|按.*|如.*|例.*|格式.*|精确.*|年月日|年/月/日|y{2,4}.*|单位[::].*|是/否|有/无|填.*|盖章)[)\]】]"
)
_NUMBERING = re.compile(r"^(?:\d+|[一二三四五六七八九十]+)[.、]")
_SAYS_NOTHING = re.compile(
    r"(?:用人单位|单位|企业|公司|个人|本人|人员|登记|主体)?(?:基本)?(?:情况|信息|资料|概况)"
    r"|用人单位|单位|企业"
)
_SOMEBODY_ELSE = re.compile(
    r"工会|主席|上级|配偶|家庭|家属|子女|父母|紧急|监护|经办|采集|填表|填报|录入|审核|排查|走访"
    r"|包保|网格|责任|陪同|负责干部|介绍人|女|农民工|派遣|会员"
)
_VAGUE = frozenset(
    ("名称", "人数", "总人数", "单位", "企业", "性质", "说明", "区", "县", "镇", "乡", "村")
)
_LAST_LEVEL_ONLY = 1000
_AMONG_WHICH = re.compile(r"^其中[::,、]?")


@functools.cache
def header_synonyms(list_name: str) -> Mapping[str, tuple[str, ...]]:
    """Field → labels, best first, for `read_list`; lists: `employer`, `person`, `union`."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in resources.rows("codelists", "header_synonyms.csv"):
        if row["list"] == list_name:
            entry = (int(row["priority"]), row["label"])
            found.setdefault(row["field"], []).append(entry)
    return {
        field: tuple(label for _, label in sorted(entries, key=lambda entry: entry[0]))
        for field, entries in found.items()
    }


@functools.lru_cache(maxsize=4096)
def plain(label: str) -> str:
    """A label without what varies: width, spaces, line breaks, marks, numbering, remarks."""
    text = "".join(unicodedata.normalize("NFKC", label).split()).casefold()
    text = _REMARK.sub("", text).strip("*:,.;、。★※#")
    return _AMONG_WHICH.sub("", _NUMBERING.sub("", text))


class Labels:
    """Finds the field a header names."""

    def __init__(self, fields: Mapping[str, tuple[str, ...]]) -> None:
        self._known = {
            _plain_path(label): (field, rank)
            for field, labels in fields.items()
            for rank, label in enumerate(labels)
        }

    def field(self, header: str) -> tuple[str, int] | None:
        """Field and rank (smaller is surer) of a header whose levels are joined by /.

        The whole header counts first, then without headings that say nothing (基本情况), then its
        last levels alone, unless the heading above speaks of somebody else (工会主席/电话).
        """
        levels = _plain_path(header).split("/")
        telling = [level for level in levels[:-1] if not _SAYS_NOTHING.fullmatch(level)]
        for path in ("/".join(levels), "/".join([*telling, levels[-1]])):
            if path in self._known:
                return self._known[path]
        for start in range(1, len(telling) + 1):
            path = "/".join([*telling, levels[-1]][start:])
            about_another = any(_SOMEBODY_ELSE.search(level) for level in telling[:start])
            if path in self._known and path not in _VAGUE and not about_another:
                field, rank = self._known[path]
                return field, rank + _LAST_LEVEL_ONLY
        return None


def _plain_path(label: str) -> str:
    return "/".join(plain(part) for part in label.split("/"))
