"""What comes of a visit card: the outcome and the answers, as the service and the draft want them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from organizer.domain.visit import Channel
from organizer.services.survey.door_card import Past
from organizer.services.survey.visiting import VisitOrder
from organizer.ui.survey.answers import USUAL_SOURCE
from organizer.ui.survey.questions import CHANNEL, COMPANIONS, MET, REMARK, SOURCE

SOURCE_OF = "source "
"""Before a field in a draft: where its answer was learnt."""


@dataclass(frozen=True)
class Decision:
    """What was found at a door: the outcome's digit, the answers, where they were learnt.

    `about` are the answers about the visit itself, `corrects` the wrong visit it stands for.
    """

    employer: bytes
    outcome: str
    answers: Mapping[str, str]
    sources: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    corrects: bytes | None = None

    def order(self) -> VisitOrder:
        """The visit to be recorded."""
        said = {name: self.about.get(name, "") for name in (REMARK, MET, COMPANIONS, CHANNEL)}
        return VisitOrder(
            self.employer,
            self.outcome,
            self.answers,
            self.about.get(SOURCE) or USUAL_SOURCE,
            remark=said[REMARK],
            person_met=said[MET],
            corrects=self.corrects,
            companions=said[COMPANIONS],
            channel=said[CHANNEL],
            sources=self.sources,
        )


def as_typed(past: Past) -> dict[str, str]:
    """A visit to put right as if it had just been typed."""
    typed = {**past.facts, **{SOURCE_OF + name: said for name, said in past.sources.items()}}
    about = {
        MET: past.person_met,
        COMPANIONS: past.companions,
        CHANNEL: past.channel if past.channel != Channel.DOOR else "",
        REMARK: past.remark,
    }
    return typed | {name: text for name, text in about.items() if text}
