"""Two records beside each other before they become one: every field, what comes along, what is refused."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from organizer import resources
from organizer.domain import masking
from organizer.domain.access import Permission
from organizer.domain.matching import Verdict
from organizer.errors import NotFound, UserError
from organizer.forms.signup_paper import LABELS
from organizer.i18n import _, listed
from organizer.services import duplicating, merging
from organizer.services.employers import listing
from organizer.services.unions import union_words
from organizer.services.workspace import Workspace
from organizer.store import employers, merge_cards, places
from organizer.store.driver import Connection
from organizer.store.undo import Undone

_HIDDEN = frozenset({"erased_on", "listed_members", "listed_on", "level"})
_NOTHING: frozenset[object] = frozenset({None, ""})
_WITH = {"id_number": ("paper_kind",)}
"""What goes with a field: a number without its kind of paper says nothing."""
_CODED = {
    "person": {
        "sex": "sex", "ethnic": "ethnic", "paper_kind": "paper_kind", "education": "education",
        "political": "political", "household_kind": "household_kind", "group_code": "group",
        "skill_level": "skill_level",
    },
    "employer": {
        "unit_type": "unit_type", "nature": "unit_nature", "econ_type": "econ_type",
        "industry": "industry",
    },
    "union_org": {"org_type": "union_type", "org_form": "union_form"},
}  # fmt: skip
_MASKED = {"id_number": masking.mask_resident_id, "phone": listing.masked_phones}
_TELLING = {
    "person": ("id_number", "born_on", "sex"),
    "employer": ("uscc", "registration_no", "legal_person"),
    "union_org": ("uscc", "national_code", "provincial_code", "local_code", "approval_no"),
}
"""Fields that make one record the fuller of two."""


@dataclass(frozen=True)
class FieldPair:
    """A field of both in words; numbers and telephones masked."""

    name: str
    title: str
    one: str
    other: str
    same: bool
    lacking: str
    """Which of the two says nothing: "one", "other" or ""."""


@dataclass(frozen=True)
class Side:
    """One of the two: its name, where it is, and what hangs on it in words."""

    id: bytes
    name: str
    where: str
    hanging: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Two records beside each other; `kept` is the one proposed to stay, "one" or "other"."""

    table: str
    verdict: Verdict
    one: Side
    other: Side
    fields: tuple[FieldPair, ...]
    kept: str

    def taken(self, kept: str) -> tuple[str, ...]:
        """The fields proposed to come from the one that goes: what the one that stays lacks."""
        return tuple(pair.name for pair in self.fields if not pair.same and pair.lacking == kept)

    def side(self, which: str) -> Side:
        """The one called "one" or "other"."""
        return self.one if which == "one" else self.other


def compare(workspace: Workspace, table: str, one: bytes, other: bytes) -> Comparison:
    """Two records beside each other; raises `NotFound` for one that is out of use or merged."""
    verdict = duplicating.judge(workspace, table, one, other)
    divisions = workspace.divisions

    def query(connection: Connection) -> Comparison:
        rows = (one, other)
        for row in rows:
            for code in merging.divisions_of(connection, table, row):
                workspace.require(Permission.REVIEW, code)
        found = [merge_cards.values(connection, table, row) for row in rows]
        if found[0] is None or found[1] is None:
            raise NotFound("record.unknown", value=listed(row.hex() for row in rows))
        both = (found[0], found[1])
        counts = [merge_cards.hanging(connection, table, row) for row in rows]
        codes = (min(merging.divisions_of(connection, table, row), default="") for row in rows)
        named = [divisions.get(code).name if code in divisions else "" for code in codes]
        sides = [
            Side(row, _text(values["name"]), _where(connection, table, row, name), _hanging(count))
            for row, values, count, name in zip(rows, both, counts, named, strict=True)
        ]
        fuller = [_fullness(table, *told) for told in zip(both, counts, strict=True)]
        kept = "other" if fuller[1] > fuller[0] else "one"
        fields = _pairs(workspace, table, *both)
        return Comparison(table, verdict, sides[0], sides[1], fields, kept)

    return workspace.database.read(query)


def plan(
    workspace: Workspace, table: str, duplicate: bytes, kept: bytes, take: Collection[str] = ()
) -> tuple[str, ...]:
    """What merging does, told beforehand; raises what `merging.merge` raises."""
    workspace.require(Permission.REVIEW)

    def query(connection: Connection) -> tuple[str, ...]:
        merging.check(connection, workspace, table, duplicate, kept)
        gone = merge_cards.values(connection, table, duplicate) or {}
        stays = merge_cards.values(connection, table, kept) or {}
        names = {"name": _text(gone.get("name")), "kept": _text(stays.get("name"))}
        said = [_("“{name}”并入“{kept}”，可以撤销。").format(**names)]
        if along := _hanging(merge_cards.hanging(connection, table, duplicate)):
            said.append(_("一起过去的有：{along}。").format(along=listed(along)))
        if titles := [titles_of(table).get(name, "") for name in take]:
            said.append(_("取另一条的：{titles}。").format(titles=listed(filter(None, titles))))
        if table == "person":
            said += _ended(connection, duplicate, kept)
        if table == "employer":
            said += _door(connection, duplicate, kept)
        return tuple(said)

    return workspace.database.read(query)


def refusal(workspace: Workspace, table: str, duplicate: bytes, kept: bytes) -> str:
    """Why the two cannot be merged this way, and what to do; "" when they can."""
    try:
        plan(workspace, table, duplicate, kept)
    except UserError as error:
        return error.sentence()
    return ""


def with_companions(take: Collection[str]) -> tuple[str, ...]:
    """The chosen fields with those that go with them."""
    more = (name for field in take for name in (field, *_WITH.get(field, ())))
    return tuple(dict.fromkeys(more))


def kept_words(undone: Undone) -> tuple[str, ...]:
    """What an undo left as it is because it was changed since, in words."""
    words = []
    for table, _row, field in undone.kept:
        if (table, field) == ("membership", "retired_on"):
            words.append(_("随合并撤回的申请（证件号相同，一人只有一份会籍）"))
        elif table in _CODED:
            words.append(titles_of(table).get(field, field))
    return tuple(dict.fromkeys(words))


def undone_sentence(undone: Undone) -> str:
    """That a step was taken back, and what stays because it was changed since."""
    kept = kept_words(undone)
    if not kept:
        return _("已撤销。")
    return _("已撤销。后来改过的没有动：{titles}。").format(titles=listed(kept))


def titles_of(table: str) -> Mapping[str, str]:
    """What the fields of a kind of record are called."""
    if table == "employer":
        return dict(resources.toml("texts", "fields.toml")["employer"])
    if table == "union_org":
        return {**union_words.field_titles(), "division_code": _("区划代码")}
    own = {
        "original_writing": _("原系统写法"), "paper_kind": _("证件类别"), "group_code": _("群体"),
        "migrant": _("农民工"), "platform": _("平台"), "station": _("站点"),
        "id_number": _("证件号码"),
    }  # fmt: skip
    return {**LABELS, **own}


def _pairs(
    workspace: Workspace, table: str, one: Mapping[str, object], other: Mapping[str, object]
) -> tuple[FieldPair, ...]:
    """Every field at least one of them has."""
    titles = titles_of(table)
    found = []
    for name in one:
        ours, theirs = one[name], other[name]
        if name in _HIDDEN or name not in titles or {ours, theirs} <= _NOTHING:
            continue
        ours_told, theirs_told = (shown(workspace, table, name, value) for value in (ours, theirs))
        lacking = "one" if ours in _NOTHING else "other" if theirs in _NOTHING else ""
        found.append(FieldPair(name, titles[name], ours_told, theirs_told, ours == theirs, lacking))
    return tuple(found)


def shown(workspace: Workspace, table: str, name: str, value: object) -> str:
    """A value as people read it: codes as their labels, numbers and telephones masked."""
    text = _text(value)
    if not text:
        return ""
    if name == "migrant":
        return _("是") if value else _("否")
    if name in _MASKED and table != "union_org":
        return _MASKED[name](text)
    if codes := _CODED[table].get(name):
        return listing.label(workspace, codes, text)
    if name.endswith("_committee"):
        return union_words.yes_no().get(text, text)
    return text


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _fullness(
    table: str, values: Mapping[str, object], counts: Mapping[str, int]
) -> tuple[int, int, int]:
    telling = sum(bool(values[name]) for name in _TELLING[table])
    return telling, counts.get("membership", 0), sum(counts.values())


def _where(connection: Connection, table: str, row: bytes, division: str) -> str:
    if table != "employer":
        return division
    unit = employers.employer_by_id(connection, row)
    door = places.full_name(connection, unit.place) if unit else ""
    return " ".join(filter(None, (division, door)))


def _hanging(counts: Mapping[str, int]) -> tuple[str, ...]:
    words = {
        "membership": _("会籍 {count} 份"),
        "visit": _("走访 {count} 次"),
        "fact": _("情况 {count} 条"),
        "coverage": _("覆盖 {count} 条"),
        "occupancy": _("门牌 {count} 处"),
        "paper": _("材料 {count} 份"),
        "consent": _("同意书 {count} 份"),
        "attachment": _("照片和附件 {count} 份"),
        "officer": _("任职 {count} 条"),
        "candidate": _("候选 {count} 次"),
        "transfer": _("接转 {count} 次"),
        "batch_item": _("上报 {count} 次"),
        "founding": _("建会 {count} 次"),
        "union_org": _("下级工会 {count} 个"),
        "gathering": _("集中入会 {count} 场"),
        "approval_list": _("审批名单 {count} 份"),
        "batch": _("报送批次 {count} 个"),
    }
    return tuple(words[name].format(count=count) for name, count in counts.items() if count)


def _ended(connection: Connection, duplicate: bytes, kept: bytes) -> list[str]:
    active = merging.active_of(connection, duplicate, kept)
    told = _("会籍只留“{union}”的一份，另一份（“{other}”）随合并撤回。")
    return [told.format(union=active[0].union_name, other=one.union_name) for one in active[1:]]


def _door(connection: Connection, duplicate: bytes, kept: bytes) -> Sequence[str]:
    gone, stays = (employers.employer_by_id(connection, row) for row in (duplicate, kept))
    if gone is None or stays is None or stays.place is not None or gone.place is None:
        return ()
    door = places.full_name(connection, gone.place)
    return (_("门牌随之记为“{door}”。").format(door=door),)
