"""What is said of a founding: hints with their article, states of steps, papers by name."""

from collections.abc import Iterable

from organizer.domain.founding import Hint, State
from organizer.i18n import _, show_date
from organizer.services.workspace import Workspace


def sentences(workspace: Workspace, hints: Iterable[Hint]) -> list[str]:
    """Hints in words."""
    return [_sentence(workspace, hint) for hint in hints]


def _sentence(workspace: Workspace, hint: Hint) -> str:
    facts = dict(hint.facts)
    if "need" in facts:
        facts["need"] = workspace.codes("founding_stage").label(str(facts["need"]))
    if "reason" in facts:
        facts["reason"] = workspace.codes("barred_reason").label(str(facts["reason"]))
    if "day" in facts:
        facts["day"] = show_date(facts["day"])  # type: ignore[arg-type]
    known = {**_of_steps(), **_of_people(), **_of_kinds()}
    return known[hint.key].format(**facts)


def _of_steps() -> dict[str, str]:
    return {
        "before": _("“{need}”还没有记，一般先办它（{article}）；先办了的请补记。"),
        "day_before": _("这一天早于“{need}”的日子 {day}，请核对。"),
        "shown": _("候选人公示 {days} 天，一般不少于 {usual} 天。"),
    }


def _of_kinds() -> dict[str, str]:
    return {
        "should_committee": _(
            "会员 {members} 人，满25人应当建立基层工会委员会，不只选组织员（工会法第十一条）。"
        ),
        "should_own": _(
            "会员 {members} 人，满25人应当建立自己的基层工会委员会（工会法第十一条）。"
        ),
        "may_all": _(
            "会员 {members} 人，不足25人：可以单独建会，也可以联合建会或选举组织员（工会法第十一条）。"
        ),
        "joint_alone": _("联合建会要两个以上单位，请添上别的单位（工会法第十一条）。"),
    }


def _of_people() -> dict[str, str]:
    return {
        "barred": _(
            "{name}是{reason}，不作为委员候选人（工会法第十条、工会基层组织选举工作条例）。"
        ),
        "barred_chair": _(
            "{name}是{reason}，不作为主席、副主席候选人（企业工会主席产生办法（试行））。"
        ),
        "no_member": _("{name}还不是会员，候选人应当是会员（中国工会章程第三条）。"),
        "group_size": _("筹备组一般 {low} 至 {high} 人，现有 {count} 人。"),
        "no_leader": _("筹备组还没有定组长。"),
        "no_chair": _("候选人里没有主席或组织员。"),
        "no_audit": _("建会时同步设立经费审查委员会（中国工会章程），还没有它的候选人。"),
        "women_committee": _(
            "女会员 {women} 人，满10人应当建立女职工委员会（工会女职工委员会工作条例第十一条）。"
        ),
        "women_member": _(
            "女会员 {women} 人，不足10人，设女职工委员（工会女职工委员会工作条例第十一条）。"
        ),
        "no_votes": _("还没有记选举票数，按候选人名单记入工会。"),
        "too_few": _("选举没有到会三分之二的记录，请核对（工会基层组织选举工作条例）。"),
        "no_approval": _("还没有批复文号，批下来以后请补上（工会法第十二条）。"),
        "not_told": _("“{need}”还没有记，请补记。"),
    }


def state_word(state: State) -> str:
    """What stands beside a step."""
    return {
        State.DONE: _("已办"),
        State.LACKING: _("缺材料"),
        State.NEXT: _("下一步"),
        State.LATE: _("已过期"),
        State.MISSED: _("漏了"),
        State.WAITING: _("还没到"),
    }[state]
