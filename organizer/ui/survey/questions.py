"""What is asked at a door: first what the lamps need, then, folded away, the rest of the form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from organizer.domain.fact import CIVIC, GROUPS
from organizer.domain.visit import CHANNELS, Target
from organizer.i18n import _
from organizer.services.employers import fact_checking
from organizer.services.workspace import Workspace

REMARK, MET, COMPANIONS, CHANNEL, SOURCE = (
    "remark", "person_met", "companions", "channel", "source",
)  # fmt: skip
ABOUT_VISIT = (MET, COMPANIONS, CHANNEL, SOURCE, REMARK)
"""Answers about the visit itself, not about the unit."""

Option = tuple[str, str]
_OWN, _WITH_UNION, _WITHOUT = frozenset("1"), frozenset("12"), frozenset(("", *"34567"))
_FOLDED: Mapping[str, tuple[str, ...]] = {
    "staff": (
        "staff_dispatched", "staff_sent_out", "staff_flexible", "party_members",
        "contracts_signed", "staff_insured",
    ),
    "groups": GROUPS,
    "union": (
        "covering_union", "approval_no", "union_uscc", "preparatory_on", "chair", "chair_phone",
        "chair_term_ends_on", "member_women", "dues_state",
    ),
    "civic": (*CIVIC, "congress_held_on", "contract_ends_on", "mutual_aid_members"),
    "progress": ("publicity_on", "publicity_way", "founding_stage", "intended_members"),
    "unit": (
        "three_new", "platform", "labels", "party_org", "also_at", "branch", "employer_needs",
    ),
}  # fmt: skip
"""Blocks C to F of the form without what the lamps need."""


@dataclass(frozen=True)
class Question:
    """One thing asked at a door. `options` are code and word, chosen by their digit.

    Asked only while the union state is one of `states` (empty: always).
    """

    field: str
    title: str
    options: tuple[Option, ...] = ()
    hint: str = ""
    states: frozenset[str] = frozenset()
    told: Callable[[str], str] | None = None
    """What is told beside what is typed: the day that +7 is."""

    def asked(self, union_state: str) -> bool:
        """Whether it is asked of a unit with this union state."""
        return not self.states or union_state in self.states


@dataclass(frozen=True)
class Block:
    """Questions that are folded away under a title."""

    key: str
    title: str
    questions: tuple[Question, ...]


class Asking:
    """Makes questions: their titles, and the lists they choose from."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._titles = fact_checking.titles()

    def core(self) -> tuple[Question, ...]:
        """What the lamps need, in the order of a talk at the door.

        Who has a union tells its name and members; who has none tells whether they want one.
        """
        ask = self._ask
        return (
            ask("union_state"),
            ask("union_name", states=_WITH_UNION),
            ask("union_founded_on", hint=_("如 2024-05-01"), states=_OWN),
            ask("member_count", states=_WITH_UNION),
            ask("registered_members", states=_WITH_UNION),
            ask("staff_total"),
            ask("staff_women"),
            ask("staff_migrant"),
            ask("staff_new_form"),
            ask("employer_willing", states=_WITHOUT),
            ask("staff_willing", states=_WITHOUT),
            ask("no_union_reason", states=_WITHOUT),
            ask("responsible"),
            ask("next_visit_on", hint=_("+30 或 2026-12-05")),
            ask("grid"),
            Question("promise", _("这次答应的事")),
            Question(
                "promised_on", _("什么时候办"), hint=_("+7 或 2026-12-05"), told=self._day_told
            ),
            Question(REMARK, _("本次备注")),
        )

    def blocks(self) -> tuple[Block, ...]:
        """The rest of the form."""
        titles = {
            "staff": _("职工构成"),
            "groups": _("八大群体和新就业形态"),
            "union": _("工会组织"),
            "civic": _("民主管理和服务"),
            "progress": _("宣传和办理"),
            "unit": _("单位情况和需求"),
        }
        rest = (
            Block(key, titles[key], tuple(self._ask(field) for field in fields))
            for key, fields in _FOLDED.items()
        )
        return (*rest, Block("visit", _("这次走访"), self._about_visit()))

    def source_word(self, code: str) -> str:
        """The short word of a source."""
        return self._workspace.codes("fact_source").entry(code).brief

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources an answer may have, the usual one first.

        Whoever does not see other departments' figures gives none: it would be gone from sight.
        """
        own = ("spoken", "seen", "paper", "roster")
        return (*own, "insurance", "tax") if self._workspace.sees_departments else own

    def _about_visit(self) -> tuple[Question, ...]:
        ways = tuple((way, fact_checking.channel_word(way)) for way in CHANNELS[Target.UNIT])
        words = tuple((code, self.source_word(code)) for code in self.sources)
        return (
            Question(MET, _("接待人")),
            Question(COMPANIONS, _("陪同人"), hint=_("下一户沿用")),
            Question(CHANNEL, _("方式"), ways, ways[0][1]),
            Question(SOURCE, _("来源"), words, words[0][1]),
        )

    def _ask(self, field: str, *, hint: str = "", states: frozenset[str] = frozenset()) -> Question:
        options = fact_checking.options(self._workspace, field)
        if not hint and options:
            hint = _("按数字选")
        if not hint and field.endswith("_on"):
            hint = _("如 2026-12-05")
        told = self._day_told if field.endswith("_on") else None
        return Question(field, self._titles[field], tuple(options), hint, states, told)

    def _day_told(self, text: str) -> str:
        day = fact_checking.day_ahead(text, self._workspace.today)
        return f"✓ {day:%m-%d}" if day else ""
