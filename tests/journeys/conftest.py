"""The same machines as for the command line."""

from tests.cli.conftest import (  # noqa: F401
    nobody,
    office_line,
    sample_office,
    survey_line,
)
