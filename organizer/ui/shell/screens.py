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
        ScreenEntry("signup", _("入会"), "signup", _signup),
        ScreenEntry("places", _("地点和网格"), "survey", _places, "survey", _of_places()),
        ScreenEntry("papers", _("走访表"), "survey", _papers, "survey", _of_papers()),
        ScreenEntry("people", _("人员"), "signup", _people, "signup"),
        ScreenEntry("batches", _("上报"), "batches", _batches),
        ScreenEntry("reports", _("统计"), "reports", _reports, parts=_of_reports()),
        ScreenEntry("settings", _("设置"), "settings", lambda session: _settings(session, desk)),
    )


def _of_places() -> tuple[Part, ...]:
    return (
        Part("grids", _("网格")),
        Part("assignments", _("任务")),
    )


def _of_papers() -> tuple[Part, ...]:
    return (
        Part("sheets", _("打印走访表"), Permission.PRINT),
        Part("entry", _("照表录入"), Permission.SURVEY),
    )


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


def _people(session: Session) -> Screen:
    from organizer.ui.people.screen import PeopleScreen

    return PeopleScreen(session)


def _papers(session: Session) -> Screen:
    from organizer.ui.survey.paper_screen import PaperScreen

    return PaperScreen(session)


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
