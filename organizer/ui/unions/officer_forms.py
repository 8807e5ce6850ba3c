"""Officers by keyboard: taken down, corrected, out of office; a whole committee at re-election."""

from organizer.domain.dates import parse_date
from organizer.i18n import _
from organizer.services.finding import Found
from organizer.services.unions import officers, union_words
from organizer.services.unions.officers import ReElection
from organizer.services.unions.union_card import Officer, UnionCard
from organizer.ui.session import Session
from organizer.ui.unions.forms import UnionForm, codes_of, words_of
from organizer.ui.widgets.act_form import Question
from organizer.ui.widgets.codefield import CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import Choice, PickerField


class OfficerForm(UnionForm):
    """登记干部; begun with an officer it corrects what is written."""

    draft_name = "officer"

    def __init__(self, session: Session) -> None:
        theme = session.theme
        self.post = CodeField(theme, "post", _("职务"))
        hint = _("输入姓名或拼音，从会员里选；不是会员的照写，按 Esc 收起名单")
        self.name = PickerField(theme, "name", _("姓名"), hint=hint)
        self.engaged = CodeField(theme, "engaged", _("专职还是兼职"))
        self.since = Field("since_on", _("任职日期"), hint=_("如 2026-03-07，默认今天"))
        self.until = Field("until_on", _("卸任日期"), hint=_("还在任就空着"))
        fields = [self.post, self.name, self.engaged, self.since, self.until]
        super().__init__(session, _("登记工会干部"), fields)
        self._officer: Officer | None = None
        self.post.set_codes(codes_of(session, "officer_post"))
        self.engaged.set_codes(words_of(session, union_words.engaged_words()))
        self.name.wanted.connect(self._on_wanted)

    def begin_with(self, card: UnionCard, officer: Officer | None) -> None:
        """Take down somebody new, or correct this one."""
        self._officer = officer
        self.begin(card)

    def fill(self, card: UnionCard) -> None:
        """What is written of the officer."""
        one = self._officer
        words = {word: code for code, word in union_words.engaged_words().items()}
        self.post.set_choice("", "")
        self.engaged.set_code(words.get(one.engaged, "") if one else "")
        self.name.set_choice(one.person if one else None, one.name if one else "")
        self.since.set_text(one.since_on if one else self.session.workspace.today.isoformat())
        self.until.set_text(one.until_on if one else "")
        if one is not None:
            codes = self.session.workspace.codes("officer_post")
            self.post.set_code(next((e.code for e in codes.entries if e.brief == one.post), ""))

    def act(self) -> Question:
        """Save it."""
        union, one, person = self.union, self._officer, self.name.value
        typed = {
            "name": self.name.text,
            "post": self.post.value or self.post.text,
            "engaged": self.engaged.value or self.engaged.text,
            "since_on": self.since.text,
            "until_on": self.until.text,
        }
        if one is None:
            return lambda workspace: officers.appoint(workspace, union, typed, person)
        return lambda workspace: officers.amend(workspace, one.id, typed, person)

    def said(self) -> str:
        """Done."""
        return _("已登记{post}{name}。").format(post=self.post.text, name=self.name.text)

    def _on_wanted(self, text: str) -> None:
        self.session.ask(
            self, lambda w: officers.offered(w, text), self._on_found, key="unions.officer"
        )

    def _on_found(self, found: list[Found]) -> None:
        self.name.offer([Choice(one.id, one.name, one.detail) for one in found])


class OfficerEndForm(UnionForm):
    """卸任."""

    draft_name = "officer-end"

    def __init__(self, session: Session) -> None:
        self.day = Field("on", _("卸任日期"), hint=_("如 2026-03-07"))
        super().__init__(session, _("卸任"), [self.day])
        self._officer: Officer | None = None

    def begin_with(self, card: UnionCard, officer: Officer) -> None:
        """Ask when this officer left."""
        self._officer = officer
        self.begin(card)

    def fill(self, card: UnionCard) -> None:
        """Today, unless told."""
        self.day.set_text(self.session.workspace.today.isoformat())

    def plan(self) -> Question | None:
        """Tell who it is about."""
        one = self._officer
        if one is None:
            return None
        told = _("{post} {name}（{since} 起）卸任，名单里留下经过。").format(
            post=one.post, name=one.name, since=one.since_on or "—"
        )
        return lambda _workspace: told

    def act(self) -> Question:
        """End it."""
        row, text = self._officer.id if self._officer else b"", self.day.text
        return lambda workspace: officers.end(workspace, row, parse_date(text, field="on"))

    def said(self) -> str:
        """Done."""
        return _("{name}已卸任。").format(name=self._officer.name if self._officer else "")


class ReElectForm(UnionForm):
    """换届: the new term and everybody who was elected."""

    draft_name = "elect"

    def __init__(self, session: Session) -> None:
        self.day = Field("term_from", _("新一届开始"), hint=_("选举结果批准的日期，如 2026-03-07"))
        self.years = CodeField(session.theme, "term_years", _("任期"))
        told = _("写成“主席 王样 委员 李样、赵样”；也可以从表格里粘贴")
        self.names = Field("officers", _("新一届名单"), hint=told)
        super().__init__(session, _("换届"), [self.day, self.years, self.names])
        years = {"3": _("三年"), "5": _("五年")}
        self.years.set_codes(words_of(session, years))

    def fill(self, card: UnionCard) -> None:
        """Those who serve now, to be overwritten."""
        self.years.set_code("")
        self.day.set_text(self.session.workspace.today.isoformat())
        self.names.set_text(card.elected)

    def plan(self) -> Question | None:
        """Tell what happens to those who served."""
        told = _(
            "原来在任的都到这一天为止，名单里的从这一天开始任职。每届三年或五年（工会法第十六条）；"
            "选举结果报上级工会批准。"
        )
        return lambda _workspace: told

    def act(self) -> Question:
        """Do it."""
        union = self.union
        order = ReElection(self.day.text, self.years.value or self.years.text, self.names.text)
        return lambda workspace: officers.re_elect(workspace, union, order)

    def said(self) -> str:
        """Done."""
        return _("换届已登记，届满日期已算好。")
