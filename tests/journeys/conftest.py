"""The same machines as for the command line, and the same program as for the window."""

from tests.cli.conftest import (  # noqa: F401
    nobody,
    office_line,
    sample_office,
    survey_line,
)
from tests.ui.conftest import chinese, listed_template, qtbot  # noqa: F401
from tests.ui.shell.conftest import driver, office_driver  # noqa: F401
