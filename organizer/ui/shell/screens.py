"""The screens of the rail, in its order."""

from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.shell.rail import Part, ScreenEntry


def entries(desk: Desk) -> tuple[ScreenEntry, ...]:
    """Every screen that exists; each is imported and built when first shown."""
    return (
        ScreenEntry("today", _("今日"), "today", _today),
        ScreenEntry("survey", _("排查"), "survey", _survey),
        ScreenEntry("employers", _("单位"), "employers", _employers),
        ScreenEntry("unions", _("工会"), "unions", _unions),
        ScreenEntry("members", _("会员"), "members", _members, parts=_of_members()),
        ScreenEntry("signup", _("入会"), "signup", _signup),
        ScreenEntry("foundings", _("建会"), "unions", _foundings, "unions"),
        ScreenEntry("places", _("地点和网格"), "survey", _places, "survey", _of_places()),
        ScreenEntry("papers", _("走访表"), "survey", _papers, "survey", _of_papers()),
        ScreenEntry(
            "paper_trail", _("纸质材料"), "signup", _paper_trail, "signup", _of_paper_trail()
        ),
        ScreenEntry(
            "duplicates", _("重复记录"), "employers", _duplicates, "employers", _of_duplicates()
        ),
        ScreenEntry("gatherings", _("集中入会"), "signup", _gatherings, "signup", _of_gatherings()),
        ScreenEntry("stock", _("存量导入"), "members", _stock, "members", _of_stock()),
        ScreenEntry("people", _("人员"), "members", _people, "members"),
        ScreenEntry("batches", _("上报"), "batches", _batches),
        ScreenEntry("reports", _("统计"), "reports", _reports, parts=_of_reports()),
        ScreenEntry("settings", _("设置"), "settings", lambda session: _settings(session, desk)),
    )


def _of_places() -> tuple[Part, ...]:
    return (
        Part("grids", _("网格")),
        Part("assignments", _("任务")),
    )


def _of_duplicates() -> tuple[Part, ...]:
    return (
        Part("list", _("重复记录"), Permission.REVIEW),
        Part("done", _("撤销合并"), Permission.REVIEW),
    )


def _of_papers() -> tuple[Part, ...]:
    return (
        Part("sheets", _("打印走访表"), Permission.PRINT),
        Part("entry", _("照表录入"), Permission.SURVEY),
    )


def _of_paper_trail() -> tuple[Part, ...]:
    return (
        Part("scan", _("扫码登记签字、盖章、归档"), Permission.SIGN_UP),
        Part("missing", _("缺什么纸质材料")),
        Part("untold", _("已批准未告知")),
    )


def _of_members() -> tuple[Part, ...]:
    return (
        Part("transfers", _("等回执的转出")),
        Part("dues", _("会费")),
        Part("groups", _("八大群体人数")),
        Part("new_forms", _("新就业形态人数")),
    )


def _of_stock() -> tuple[Part, ...]:
    return (
        Part("members", _("导入存量会员名单"), Permission.IMPORT),
        Part("unions", _("导入存量工会名单"), Permission.IMPORT),
    )


def _of_gatherings() -> tuple[Part, ...]:
    return (Part("events", _("集中入会"), Permission.SIGN_UP),)


def _of_reports() -> tuple[Part, ...]:
    return (
        Part("week", _("周报")),
        Part("compare", _("本轮对上轮")),
        Part("spot", _("抽查"), Permission.REVIEW),
    )


def _today(session: Session) -> Screen:
    from organizer.ui.today.screen import TodayScreen

    return TodayScreen(session)


def _survey(session: Session) -> Screen:
    from organizer.ui.survey.screen import SurveyScreen

    return SurveyScreen(session)


def _employers(session: Session) -> Screen:
    from organizer.ui.employers.screen import EmployersScreen

    return EmployersScreen(session)


def _paper_trail(session: Session) -> Screen:
    from organizer.ui.signup.paper_trail import PaperTrailScreen

    return PaperTrailScreen(session)


def _unions(session: Session) -> Screen:
    from organizer.ui.unions.screen import UnionsScreen

    return UnionsScreen(session)


def _members(session: Session) -> Screen:
    from organizer.ui.members.screen import MembersScreen

    return MembersScreen(session)


def _duplicates(session: Session) -> Screen:
    from organizer.ui.duplicates.screen import DuplicatesScreen

    return DuplicatesScreen(session)


def _gatherings(session: Session) -> Screen:
    from organizer.ui.signup.gathering_screen import GatheringsScreen

    return GatheringsScreen(session)


def _stock(session: Session) -> Screen:
    from organizer.ui.signup.stock import StockScreen

    return StockScreen(session)


def _people(session: Session) -> Screen:
    from organizer.ui.people.screen import PeopleScreen

    return PeopleScreen(session)


def _papers(session: Session) -> Screen:
    from organizer.ui.survey.paper_screen import PaperScreen

    return PaperScreen(session)


def _foundings(session: Session) -> Screen:
    from organizer.ui.unions.founding_page import FoundingsScreen

    return FoundingsScreen(session)


def _places(session: Session) -> Screen:
    from organizer.ui.places.screen import PlacesScreen

    return PlacesScreen(session)


def _batches(session: Session) -> Screen:
    from organizer.ui.batches.screen import BatchesScreen

    return BatchesScreen(session)


def _reports(session: Session) -> Screen:
    from organizer.ui.reports.screen import ReportsScreen

    return ReportsScreen(session)


def _settings(session: Session, desk: Desk) -> Screen:
    from organizer.ui.settings.screen import SettingsScreen

    return SettingsScreen(session, desk)


def _signup(session: Session) -> Screen:
    from organizer.ui.signup.screen import SignupScreen

    return SignupScreen(session)
