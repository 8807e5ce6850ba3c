"""Machines on which the command line is driven as a person would."""

from pathlib import Path

import pytest

from tests.support.command_line import CommandLine, sampled
from tests.support.offices import Template, copy_office


@pytest.fixture
def nobody(tmp_path: Path) -> CommandLine:
    """A machine without an office."""
    return CommandLine(tmp_path / "nobody")


@pytest.fixture
def office_line(office_template: Template, tmp_path: Path) -> CommandLine:
    """A machine with an office as just made."""
    copy_office(office_template.root, tmp_path / "machine" / "data")
    return CommandLine(tmp_path / "machine")


@pytest.fixture(scope="session")
def sample_office(office_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office with the sample's first list and an open round, to be copied."""
    home = tmp_path_factory.mktemp("sample_office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORGANIZER_STATE", str(home / "state"))
        return sampled(office_template, home)


@pytest.fixture
def survey_line(sample_office: Path, tmp_path: Path) -> CommandLine:
    """A machine with the sample's first list and an open round."""
    copy_office(sample_office, tmp_path / "machine" / "data")
    return CommandLine(tmp_path / "machine")
