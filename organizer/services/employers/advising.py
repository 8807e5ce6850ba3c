"""The advice on a unit's card: what it may or should do now, from what is known of it."""

import functools
from collections.abc import Mapping, Sequence

from organizer import resources
from organizer.domain import advice
from organizer.domain.advice import Advice, AdviceRule, Known
from organizer.i18n import _


@functools.cache
def _rules() -> tuple[AdviceRule, ...]:
    return advice.read_rules(resources.toml("rules", "advice.toml"))


def advise(
    known: Mapping[str, str], members: int, women: int = 0, nearby: str = ""
) -> Sequence[Advice]:
    """What is said of a unit whose facts are `known`, with members (and women among them) of its own.

    What the unit says of its members counts where more have joined than are recorded here.
    """
    counts = {
        "members": max(members, _count(known, "member_count") or 0),
        "women": women,
        "staff": _count(known, "staff_total"),
        "new_forms": _count(known, "staff_new_form"),
    }
    union = known.get("union_name") or known.get("covering_union") or _("工会名称未填")
    return advice.advise(_rules(), Known(known.get("union_state", ""), counts, union, nearby))


def _count(known: Mapping[str, str], name: str) -> int | None:
    text = known.get(name, "")
    return int(text) if text.isdecimal() else None
