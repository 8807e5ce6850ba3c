"""What is asked about a gathering: the event, and what the committee allows for it."""

from datetime import date

from organizer.domain.dates import parse_date
from organizer.domain.gathering import Authority
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services import picking
from organizer.services.members import gathering
from organizer.services.members.gathering import GatheringCard, GatheringOrder
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm, Question
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import Choice, PickerField


class EventForm(ActForm):
    """A new gathering, or what is said of one. `made` is its id once it is saved."""

    draft_area = "gathering"

    def __init__(self, session: Session, *, new: bool) -> None:
        self._new = new
        self._card: GatheringCard | None = None
        self.made: bytes | None = None
        self.draft_name = "new" if new else "edit"
        self.name = Field("name", _("活动名称"), hint=_("如“工人村快递员集中入会”"))
        self.held_on = Field("held_on", _("日期"), hint=_("提前准备的写活动那天"))
        self.venue = Field("venue", _("地点"), hint=_("印在登记表上，可以空着"))
        self.union = PickerField(
            session.theme, "union", _("加入的工会"), hint=_("空着为所在社区的工会")
        )
        self.employer = PickerField(
            session.theme, "employer", _("工作单位"), hint=_("都是一个单位的才选；各人不同的空着")
        )
        self.oath_reader = Field("oath_reader", _("领誓人"), hint=_("可以空着"))
        fields = [
            self.name, self.held_on, self.venue, self.union, self.employer, self.oath_reader,
        ]  # fmt: skip
        super().__init__(session, _("新的集中入会") if new else _("修改活动"), fields)
        self.union.wanted.connect(self._on_union_wanted)
        self.employer.wanted.connect(self._on_employer_wanted)

    def begin(self, card: GatheringCard | None) -> None:
        """Ask about this gathering, or about a new one today."""
        self._card, self.made = card, None
        row = card.row if card else None
        self.name.set_text(row.name if row else "")
        self.held_on.set_text(row.held_on if row else self.session.workspace.today.isoformat())
        self.venue.set_text(row.venue if row else "")
        self.oath_reader.set_text(row.oath_reader if row else "")
        self.union.set_choice(row.union_org if row else None, row.union_name if row else "")
        self.employer.set_choice(row.employer if row else None, row.employer_name if row else "")
        self.start(row.name if row else _("先说清哪一次活动"), row.id if row else b"")

    def act(self) -> Question:
        """Save."""
        name, day, venue = self.name.text, self.held_on.text, self.venue.text
        union, employer, reader = self.union.value, self.employer.value, self.oath_reader.text
        for field in (self.union, self.employer):
            if field.text and field.value is None:
                problem = InvalidInput("gathering.pick_one", field=field.name, value=field.text)
                return lambda _workspace: _refuse(problem)
        card = self._card

        def save(workspace: Workspace) -> object:
            held_on = parse_date(day, field="held_on")
            order = GatheringOrder(name, held_on, venue, union, employer, reader)
            if card is None:
                self.made = gathering.hold(workspace, order)
            else:
                self.made = card.id
                gathering.edit(workspace, card.id, order)
            return self.made

        return save

    def said(self) -> str:
        """Done."""
        if self._new:
            return _("已建“{name}”，把名单粘贴进来就可以了。").format(name=self.name.text)
        return _("活动已修改。")

    def _on_union_wanted(self, text: str) -> None:
        self.session.ask(
            self,
            lambda workspace: picking.offered_unions(workspace, text),
            lambda found: self.union.offer([Choice(one.id, one.name, one.detail) for one in found]),
            key="gathering.union",
        )

    def _on_employer_wanted(self, text: str) -> None:
        self.session.ask(
            self,
            lambda workspace: picking.offered_employers(workspace, text),
            lambda found: self.employer.offer(
                [Choice(one.id, one.name, one.detail) for one in found]
            ),
            key="gathering.employer",
        )


class AuthorityForm(ActForm):
    """现场审批授权: the committee's decision on one gathering."""

    draft_area = "gathering"
    draft_name = "authority"

    def __init__(self, session: Session) -> None:
        self._card: GatheringCard | None = None
        self.number = Field("authority_no", _("授权文号"), hint=_("没有文号的写会议记录编号"))
        self.by = Field("authorised_by", _("由哪个委员会授权"))
        self.until = Field("authorised_until", _("到哪一天为止"), hint=_("这一天也算在内"))
        self.most = Field("authorised_most", _("最多多少人"))
        fields = [self.number, self.by, self.until, self.most]
        super().__init__(session, _("现场审批授权"), fields)

    def begin(self, card: GatheringCard) -> None:
        """Ask what is allowed for this gathering."""
        self._card = card
        given, row = card.authority, card.row
        usual = max(row.held_on, self.session.workspace.today.isoformat())
        self.number.set_text(given.number if given else "")
        self.by.set_text(given.granted_by if given else f"{row.union_name}{_('委员会')}")
        self.until.set_text(given.until.isoformat() if given else usual)
        self.most.set_text(str(given.most) if given else "")
        self.start(row.name, row.id)

    def act(self) -> Question:
        """Record it."""
        card, number, by = self._card, self.number.text, self.by.text
        until, most = self.until.text, self.most.text

        def allow(workspace: Workspace) -> object:
            day: date | None = parse_date(until, field="authorised_until")
            if day is None:
                raise InvalidInput("authority.no_day", field="authorised_until")
            if not most.isdecimal():
                raise InvalidInput("authority.nobody", field="authorised_most")
            given = Authority(number, by, day, int(most))
            return gathering.authorise(workspace, card.id, given) if card else None

        return allow

    def said(self) -> str:
        """Done."""
        return _("已记下授权，在人数和日期以内登记的当场就是会员。")


def _refuse(problem: InvalidInput) -> object:
    raise problem
