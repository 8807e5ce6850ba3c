"""The advice on a unit's card: what it may or should do now, from what is known of it."""

import functools
from collections.abc import Mapping, Sequence

from organizer import resources
from organizer.domain import advice, union_org
from organizer.domain.advice import Advice, AdviceRule, Known
from organizer.i18n import _
from organizer.services.unions import covering
from organizer.services.unions.covering import Covered


@functools.cache
def _rules() -> tuple[AdviceRule, ...]:
    return advice.read_rules(resources.toml("rules", "advice.toml"))


def advise(
    known: Mapping[str, str],
    members: int,
    women: int = 0,
    nearby: str = "",
    covered: Covered | None = None,
) -> Sequence[Advice]:
    """What is said of a unit whose facts are `known`, with members (and women among them) of its own.

    What the unit says of its members counts where more have joined than are recorded here. A union
    that is on record as covering it says more of its state than what was heard at its door.
    """
    counts = {
        "members": max(members, _count(known, "member_count") or 0),
        "women": women,
        "staff": _count(known, "staff_total"),
        "new_forms": _count(known, "staff_new_form"),
        "three_new": _count(known, "staff_total") if known.get("three_new") == "yes" else None,
    }
    union = known.get("union_name") or known.get("covering_union") or _("工会名称未填")
    state = known.get("union_state", "")
    if covered is not None and covered.since_on:
        state = union_org.OWN if covered.kind == covering.OWN else union_org.COVERED
        union = covered.union_name
    nearby = "" if nearby == union else nearby
    return advice.advise(_rules(), Known(state, counts, union, nearby))


def _count(known: Mapping[str, str], name: str) -> int | None:
    text = known.get(name, "")
    return int(text) if text.isdecimal() else None
