"""Qt's model tester, kept on a model for as long as it lives; what it finds fails the test."""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QWidget

from organizer import ui

_WARN = QAbstractItemModelTester.FailureReportingMode.Warning


def watch(model: QAbstractItemModel) -> None:
    """Put a tester on a model: it warns, and a warning from Qt fails the test that runs."""
    # A child of the model: without a parent it would be gone with the end of this line.
    QAbstractItemModelTester(model, _WARN, model)


def watch_all(root: QWidget) -> set[str]:
    """Put a tester on every model of ours below `root` that has none; the names of their classes."""
    views = (view.model() for view in root.findChildren(QAbstractItemView))
    found = {*root.findChildren(QAbstractItemModel), *filter(None, views)}
    ours = [model for model in found if is_ours(type(model))]
    for model in ours:
        if not model.findChildren(QAbstractItemModelTester):
            watch(model)
    return {type(model).__name__ for model in ours}


def our_models() -> set[str]:
    """The names of all classes of models the window has."""
    found, waiting = set(), [QAbstractItemModel]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if is_ours(kind):
            found.add(kind.__name__)
    return found


def is_ours(kind: type) -> bool:
    """Whether a class is one of the window's own."""
    return kind.__module__.startswith(f"{ui.__name__}.")
