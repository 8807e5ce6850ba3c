"""A screen of many forms leaves much behind; the program keeps it, a test gives it up."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def tidied() -> Iterator[None]:
    """Widgets are given up here, in the window's thread, not in whichever thread tidies next."""
    yield
    gc.collect()
