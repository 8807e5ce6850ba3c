"""The screens of the rail, in its order."""

from organizer.i18n import _
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.shell.rail import ScreenEntry


def entries(desk: Desk) -> tuple[ScreenEntry, ...]:
    """Every screen that exists; each is imported and built when first shown."""
    return (
        ScreenEntry("today", _("今日"), "today", _today),
        ScreenEntry("survey", _("排查"), "survey", _survey),
        ScreenEntry("employers", _("单位"), "employers", _employers),
        ScreenEntry("signup", _("入会"), "signup", _signup),
        ScreenEntry("places", _("地点和网格"), "survey", _places, on_rail=False),
        ScreenEntry("papers", _("走访表"), "survey", _papers, on_rail=False),
        ScreenEntry("people", _("人员"), "signup", _people, on_rail=False),
        ScreenEntry("batches", _("上报"), "batches", _batches),
        ScreenEntry("reports", _("统计"), "reports", _reports),
        ScreenEntry("settings", _("设置"), "settings", lambda session: _settings(session, desk)),
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
