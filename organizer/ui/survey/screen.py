"""排查: place tree, street, visit card; every door is one key when nobody opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from organizer.domain.access import Permission
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.survey import drives, rounds, walking
from organizer.services.survey.drives import Drive
from organizer.services.survey.rounds import RoundOrder
from organizer.services.survey.walking import Door, Tree, Way
from organizer.services.workspace import Workspace
from organizer.ui.actions import Action
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.survey.board_acts import BoardActs
from organizer.ui.survey.door_acts import DoorActs
from organizer.ui.survey.doors import outcome_words
from organizer.ui.survey.recording import Recording
from organizer.ui.survey.round_start import RoundStart
from organizer.ui.survey.standing import Standing, StandingKeeper, recalled
from organizer.ui.survey.street import Street
from organizer.ui.survey.tidying import tidying
from organizer.ui.survey.ways_out import ways_out
from organizer.ui.widgets.place_finder import Finder

_REST_MS = 250
"""Visits follow each other; tree and street are read again when nobody presses a key."""
_NO_LIMIT = 16_777_215
_ROOM = 960
"""From this width on (pixels at 100 %) the tree stands beside the street."""


@dataclass(frozen=True)
class Picked:
    """Doors picked out on another screen, to be walked as a list of their own."""

    name: str
    employers: tuple[bytes, ...]


class SurveyScreen(Screen):
    """The street from left to right: which, where, what."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        theme = session.theme
        self._tree: Tree | None = None
        self._walk: bytes | Picked | None = None
        self._wish: bytes | None = None
        self._onward = False
        self._choosing = True
        self._opening = False
        self._at = b""
        self._keeper = StandingKeeper(session, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._reload)
        self.finder = Finder(theme)
        self._tidying = tidying(self.finder, self.go.emit, lambda: self._walk)
        self.street = Street(theme)
        self.recording = Recording(session, self.street)
        self._acts = DoorActs(session, self.street, self.recording)
        self._board_acts = BoardActs(session, self.finder, self.street, self.recording)
        self.card = self.recording.card
        self.new_unit = self.recording.new_unit
        self.start = RoundStart(
            theme,
            rounds.season_name(session.workspace.today),
            session.workspace.today,
        )
        self._pages = QStackedWidget()
        self.finder.lead_to(*ways_out(self.go.emit, self._on_print, session.workspace.account.role))
        self._lay_out()
        self._connect()

    def actions_table(self) -> Sequence[Action]:
        """Outcomes while writing, a new unit, finding a street."""
        outcomes = (self._outcome_action(*one) for one in outcome_words().items())
        return (
            Action(
                "survey.met",
                _("保存为已访"),
                self._on_main,
                "Ctrl+Return",
                permission=Permission.SURVEY,
            ),
            *outcomes,
            Action(
                "survey.new",
                _("新增单位"),
                self.recording.on_new,
                "Ctrl+N",
                permission=Permission.SURVEY,
            ),
            *self._board_acts.actions(),
            *self._acts.actions(),
            Action("survey.find", _("查找街路"), self._on_find, "Ctrl+F", "search"),
            Action(
                "survey.print",
                _("打印走访单"),
                self._on_print,
                "Ctrl+P",
                permission=Permission.PRINT,
            ),
            Action(
                "survey.entry",
                _("照表录入"),
                lambda: self.go.emit("papers", "entry"),
                "Ctrl+T",
                permission=Permission.SURVEY,
            ),
            self._tidying,
        )

    def _on_print(self) -> None:
        """Sheets for the street in view."""
        way = self.street.way
        known = isinstance(self._walk, bytes) and self._walk and way is not None
        self.go.emit("papers", (self._walk, way.name) if known and way else "sheets")

    def _outcome_action(self, digit: str, word: str) -> Action:
        return Action(
            f"survey.outcome.{digit}",
            _("走访结果：{word}").format(word=word),
            lambda: self.recording.on_digit(digit),
            f"Ctrl+{digit}",
            permission=Permission.SURVEY,
        )

    def arrive(self, record: object = None) -> None:
        """Come back to the last door, or to a place, a unit or picked doors."""
        if isinstance(record, bytes):
            self.session.ask(
                self,
                lambda workspace: walking.locate(workspace, record),
                lambda found: self._open(*found, onward=found[1] is None),
                key="survey.locate",
            )
        elif isinstance(record, tuple) and record[0] == "correct":
            self._on_correct(*record[1:])
        elif record == "elsewhere":
            self._reload_way()
            self.recording.on_other()
        elif record == "round":
            self.session.ask(
                self,
                lambda w: (rounds.proposed_name(w), rounds.current_round(w) is None),
                lambda found: self._on_next_round(*found),
                key="survey.round",
            )
        elif isinstance(record, Picked):
            self._open(record, None, onward=True)
        elif isinstance(record, tuple) and len(record) == 2:
            self._open(Picked(str(record[0]), tuple(record[1])), None, onward=True)
        elif record is None:
            # Meanwhile another screen may have changed what stands here.
            self._reload_way()
        self._reload_tree()

    def _on_correct(self, employer: bytes, visit: bytes) -> None:
        """Stand at a unit and put a visit to it right."""

        def found(at: tuple[bytes, bytes | None]) -> None:
            self._open(*at, onward=False)
            self.recording.correct(employer, visit)

        self.session.ask(
            self, lambda workspace: walking.locate(workspace, employer), found, key="survey.locate"
        )

    def leave(self) -> None:
        """Keep what is typed, and where one stands."""
        self.recording.keep()
        self._board_acts.form.keep()
        self._keeper.flush()

    def _open(self, walk: bytes | Picked, employer: bytes | None, *, onward: bool) -> None:
        self._walk, self._wish, self._onward = walk, employer, onward
        self._choosing = False
        self.recording.clear()
        self._arrange()
        self._reload_way()

    def _reload(self) -> None:
        if self.isVisible():
            self._reload_tree()
            self._reload_way()

    def _reload_tree(self) -> None:
        wanted = self.finder.units.wanted

        def look(workspace: Workspace) -> tuple[Tree, Standing | None, list[Drive]]:
            found = drives.drives_here(workspace)
            return walking.tree(workspace, wanted), recalled(workspace), found

        self.session.ask(self, look, lambda found: self._on_tree(*found), key="survey.tree")

    def _on_tree(self, tree: Tree, before: Standing | None, found: Sequence[Drive]) -> None:
        # Behind the page that opens a round nothing takes the cursor.
        fresh = (self._tree is None or self._pages.currentIndex() == 0) and not self._opening
        self._tree = tree
        self._pages.setCurrentIndex(1 if tree.current and not self._opening else 0)
        self.finder.show_nodes(tree.nodes)
        self.finder.units.show_drives(found)
        if tree.current is None:
            self.start.setFocus()
        elif self._walk is None and before and any(n.id == before.walk for n in tree.nodes):
            self._at = before.at
            self._open(before.walk, before.employer, onward=True)
        elif self._walk is None and tree.last_walk is not None:
            self._open(tree.last_walk, tree.last, onward=True)
        elif fresh and self._walk is None:
            if not self.finder.search.hasFocus():
                self.finder.focus_search()
        elif fresh and self.street.way is not None:
            self._focus_street()
        if isinstance(self._walk, bytes):
            self.finder.select(self._walk)

    def _reload_way(self) -> None:
        walk, wanted = self._walk, self.finder.units.wanted
        if isinstance(walk, Picked):
            self.session.ask(
                self,
                lambda workspace: walking.chosen(workspace, walk.name, walk.employers),
                self._on_way,
                key="survey.way",
            )
        elif walk is not None:
            self.session.ask(
                self,
                lambda workspace: walking.way(workspace, walk, wanted, groups=True),
                self._on_way,
                key="survey.way",
            )

    def _on_way(self, way: Way) -> None:
        fresh = self.street.way is None or self.street.way.id != way.id or self._onward
        standing = self.street.door
        wish = self._wish or (standing.employer if standing else None)
        onward, self._onward, self._wish = self._onward, False, None
        at, self._at = self._at, b""
        filtered = isinstance(self._walk, bytes) and bool(self.finder.units.words)
        today = self.session.workspace.today
        self.street.show_way(way, wish, today, onward=onward, at=at, filtered=filtered)
        self._show_lamps()
        if isinstance(self._walk, bytes):
            self.finder.select(self._walk)
        walking_now = self._pages.currentIndex() == 1
        if fresh and walking_now and not self.recording.adding:
            self._focus_street()

    def _focus_street(self) -> None:
        self.street.focus_first()

    def _show_lamps(self) -> None:
        """Those that were not known at once."""
        way = self.street.way
        doors = (
            [door.employer for door in way.doors if door.employer not in way.lamps] if way else []
        )
        if doors:
            self.session.ask(
                self,
                lambda workspace: walking.lamps(workspace, doors),
                self.street.model.show_lamps,
                key="survey.lamps",
            )

    def _on_stood(self, door: Door | None) -> None:
        walk = self._walk
        if door is not None and isinstance(walk, bytes) and self.street.way is not None:
            self._keeper.note(Standing(walk, self.street.at, door.employer))

    def _on_main(self) -> None:
        """Ctrl+Enter does what the page in view is for."""
        if self._pages.currentIndex() == 0:
            self.start.begin()
        else:
            self.recording.on_main()

    def _on_next_round(self, name: str, first: bool) -> None:
        self.start.ask(name, self.session.workspace.today, first=first)
        self._opening = True
        self._pages.setCurrentIndex(0)
        self.start.setFocus()

    def _leave_round(self) -> None:
        self._opening = False
        self._pages.setCurrentIndex(1)
        self._focus_street()

    def _on_round(self, order: RoundOrder) -> None:
        def failed(error: BaseException) -> None:
            if isinstance(error, InvalidInput):
                self.start.refuse(error)
            else:
                self.session.notices.present(error)

        def opened(_round: bytes) -> None:
            self._opening = False
            self._reload_tree()

        self.session.change(
            self, lambda w, _job: rounds.open_round(w, order), opened, failed=failed
        )

    def _on_onward(self) -> None:
        self._onward = True

    def _on_wish(self, employer: bytes) -> None:
        self._wish = employer

    def _on_stale(self, employer: bytes) -> None:
        """A unit in view is gone, or one with another: the doors are shown as they are now."""
        self._wish = employer or None
        self._reload_tree()
        self._reload_way()

    def _on_touched(self) -> None:
        if self.isVisible():
            self._rest.start()

    def _on_find(self) -> None:
        self._choosing = True
        self._arrange()
        self.finder.focus_search()

    def _on_back(self) -> None:
        self._choosing = True
        self._arrange()
        self.finder.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tree and street share their place when there is room for one."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme = self.session.theme
        wide = self.width() >= theme.px(_ROOM)
        self.finder.setVisible(wide or self._choosing)
        self.street.setVisible(wide or not self._choosing)
        self.street.be_narrow(not wide)
        self.finder.setMinimumWidth(theme.px(220))
        self.finder.setMaximumWidth(theme.px(220) if wide else _NO_LIMIT)
        self.recording.setFixedWidth(theme.px(360))

    def _lay_out(self) -> None:
        work = QWidget()
        panes = QHBoxLayout(work)
        panes.setContentsMargins(20, 16, 20, 16)
        panes.setSpacing(16)
        panes.addWidget(self.finder)
        panes.addWidget(self.street, 1)
        panes.addWidget(self.recording)
        self._pages.addWidget(self.start)
        self._pages.addWidget(work)
        self._pages.setCurrentIndex(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._arrange()

    def _connect(self) -> None:
        self.finder.opened.connect(lambda walk: self._open(walk, None, onward=True))
        self.finder.units.changed.connect(self._reload)
        self._board_acts.walked.connect(
            lambda name, doors: self._open(Picked(name, doors), None, onward=True)
        )
        self._board_acts.onward.connect(self._on_onward)
        self.street.back.connect(self._on_back)
        self.street.stood.connect(self._on_stood)
        self.recording.far.connect(self._show_lamps)
        self.recording.wish.connect(self._on_wish)
        self.recording.stale.connect(self._on_stale)
        self.recording.say.connect(self.say)
        self.recording.offer.connect(self.offer)
        self.start.wanted.connect(self._on_round)
        self.start.left.connect(self._leave_round)
        self.session.theme.changed.connect(self._arrange)
        self.session.touched.connect(self._on_touched)
