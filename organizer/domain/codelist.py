"""Code lists: what a code means, and which code a written word means.

A list is data (`resources/codelists/<name>.csv`), named after the standard it follows or, for our
own lists, after the month it was fixed. Codes never change; an entry no longer offered is retired
and keeps its label. What people write besides the label stands in one table of synonyms; where the
word leaves a choice ("民主党派", "有限公司"), a person has to confirm.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from organizer.errors import InvalidInput

TITLES: Mapping[str, str] = {
    "province": "省份",
    "sex": "性别",
    "ethnic": "民族",
    "education": "学历",
    "political": "政治面貌",
    "employment_state": "就业状况",
    "paper_kind": "证件类别",
    "household_kind": "户籍类型",
    "skill_level": "技能等级",
    "membership_change": "会籍变化类型",
    "membership_reason": "会籍变化原因",
    "membership_state": "会籍状态",
    "union_type": "工会类型",
    "union_form": "工会形式",
    "coverage_kind": "覆盖方式",
    "officer_post": "工会职务",
    "econ_type": "经济类型",
    "unit_nature": "单位性质",
    "unit_type": "单位类型",
    "industry": "行业",
    "engagement": "用工形式",
    "group": "群体",
    "operating_state": "经营状态",
    "union_state": "建会状态",
    "no_union_reason": "未建会原因",
    "visit_outcome": "走访结果",
    "fact_source": "数据来源",
    "founding_stage": "办理阶段",
    "founding_kind": "建会形式",
    "candidate_role": "拟任职务",
    "barred_reason": "不得作为候选人的身份",
    "dues_state": "经费",
    "publicity_way": "宣传方式",
    "paper_form": "材料",
    "told_way": "告知方式",
}
"""Every list there is, with its name for people."""

Kind = Literal["exact", "synonym", "ask"]

_FIXED = frozenset({"code", "label", "short", "order", "parent", "version", "retired", "same_as"})
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of a list.

    `order` is the place in the short list (None: only in the full one); `parent` the code above it
    in a hierarchy; `same_as` the code of the same thing in the sister list of the same file
    (八大群体 and 新就业形态); `more` the columns only this list has.
    """

    code: str
    label: str
    short: str = ""
    order: int | None = None
    parent: str = ""
    version: str = ""
    retired: str = ""
    same_as: str = ""
    more: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def brief(self) -> str:
        """The short label where there is one, else the label."""
        return self.short or self.label


@dataclass(frozen=True, slots=True)
class Match:
    """What a written word means.

    `exact`: it is the label, short label or standard code; `synonym`: a known way of writing it;
    `ask`: a person has to confirm or choose among `candidates`, `code` being only the first of them.
    """

    code: str
    kind: Kind
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class CodeList:
    """One code list with the words that stand for its codes.

    `synonyms` maps a written word to its codes and whether a person must confirm.
    """

    name: str
    version: str
    entries: tuple[Entry, ...]
    synonyms: Mapping[str, tuple[tuple[str, ...], bool]] = field(default_factory=dict)

    @classmethod
    def from_rows(
        cls,
        name: str,
        rows: Iterable[Mapping[str, str]],
        synonyms: Iterable[Mapping[str, str]] = (),
    ) -> "CodeList":
        """Build a list from the rows of `<name>.csv` and of `synonyms.csv` (all lists' rows)."""
        entries = tuple(_entry(row) for row in rows)
        words: dict[str, tuple[tuple[str, ...], bool]] = {}
        for row in synonyms:
            if row["list"] == name:
                codes, ask = words.get(_key(row["written"]), ((), False))
                words[_key(row["written"])] = ((*codes, row["code"]), ask or row["ask"] == "1")
        versions = [entry.version for entry in entries]
        return cls(name, max(versions, default=""), entries, words)

    @property
    def title(self) -> str:
        """The list's name for people."""
        return TITLES.get(self.name, self.name)

    @cached_property
    def _by_code(self) -> Mapping[str, Entry]:
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def _by_text(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for entry in self.entries:
            for text in {_key(entry.label), _key(entry.brief)}:
                found[text] = (*found.get(text, ()), entry.code)
        return found

    @property
    def is_standard(self) -> bool:
        """Whether a published standard numbers it, so that a bare code can be trusted."""
        return self.version.startswith(("GB", "GA"))

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def entry(self, code: str) -> Entry:
        """The entry of a code, retired ones included; `codelist.no_code` if there is none."""
        try:
            return self._by_code[code]
        except KeyError:
            raise self._invalid("codelist.no_code", code, self.name) from None

    def label(self, code: str) -> str:
        """The official label of a code; `codelist.no_code` if there is none."""
        return self.entry(code).label

    def short_list(self) -> tuple[Entry, ...]:
        """What the screen offers first, in order; the whole list where none is marked."""
        offered = [entry for entry in self.entries if not entry.retired]
        first = [entry for entry in offered if entry.order is not None]
        return tuple(sorted(first, key=lambda entry: entry.order or 0)) or tuple(offered)

    def offered(self) -> tuple[Entry, ...]:
        """All entries that may be chosen today: the short list first, then the rest."""
        first = self.short_list()
        chosen = {entry.code for entry in first}
        rest = (item for item in self.entries if item.code not in chosen and not item.retired)
        return (*first, *rest)

    def ancestors(self, code: str) -> tuple[Entry, ...]:
        """The entries above a code, nearest first (industry: 小类 → 中类 → 大类 → 门类)."""
        above: list[Entry] = []
        parent = self.entry(code).parent
        while parent:
            above.append(self.entry(parent))
            parent = above[-1].parent
        return tuple(above)

    def children(self, code: str) -> tuple[Entry, ...]:
        """The entries directly below a code; with "" those at the top."""
        return tuple(entry for entry in self.entries if entry.parent == code)

    def code_of(self, text: str, *, field: str = "") -> Match:
        """The code a person's word means.

        Width, spaces and capitals do not matter. Raises `codelist.unknown` with the value and the
        list's title when the word is not known; `field` names where to show it (default: the
        list's name).
        """
        key = _key(text)
        if codes := self._by_text.get(key):
            return self._match_labels(codes)
        if key in self.synonyms:
            codes, ask = self.synonyms[key]
            return Match(codes[0], "ask" if ask else "synonym", codes)
        code = next((entry.code for entry in self.entries if entry.code.casefold() == key), "")
        if code:
            return Match(code, "exact" if self.is_standard else "ask", (code,))
        raise self._invalid("codelist.unknown", text, field or self.name)

    def _match_labels(self, codes: tuple[str, ...]) -> Match:
        # One label at several levels (房地产业 is K and 70) means the widest; two separate
        # entries of one label are a choice for a person.
        first = codes[0]
        for code in codes[1:]:
            entry = self._by_code[code]
            lineage = {entry.same_as, *(above.code for above in self.ancestors(code))}
            if first not in lineage:
                return Match(first, "ask", codes)
        return Match(first, "exact", (first,))

    def _invalid(self, problem: str, value: str, field: str) -> InvalidInput:
        return InvalidInput(problem, field=field, value=value, list=self.title)


def _key(text: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _entry(row: Mapping[str, str]) -> Entry:
    order = row.get("order") or ""
    return Entry(
        code=row["code"],
        label=row["label"],
        short=row.get("short") or "",
        order=int(order) if order else None,
        parent=row.get("parent") or "",
        version=row.get("version") or "",
        retired=row.get("retired") or "",
        same_as=row.get("same_as") or "",
        more={name: value for name, value in row.items() if name not in _FIXED},
    )
