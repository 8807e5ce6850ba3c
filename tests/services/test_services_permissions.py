"""Every service asks whether the account may; who may not, may not, and not elsewhere."""

import ast
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from organizer.domain.access import Role
from organizer.domain.signup import Typed
from organizer.errors import NotAllowed
from organizer.services import finding, undoing
from organizer.services.batches import exporting
from organizer.services.lists import importing
from organizer.services.members import erasing, signup
from organizer.services.members.signup import SignupOrder
from organizer.services.office import checking
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store.accounts import Account
from tests.support.command_line import LISTED_ON, ROUND_STARTS, sample
from tests.support.joiners import approve

SERVICES = Path(finding.__file__).parent
MODULES = {file.stem: file for file in sorted(SERVICES.rglob("[!_]*.py"))}
Function = tuple[str, str]


def parsed() -> dict[str, ast.Module]:
    return {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in MODULES.items()}


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions by name, and methods as `Class.method`."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def imported(tree: ast.Module) -> dict[str, str]:
    """What other service modules are called in a module, and single functions taken from them."""
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "organizer.services"
        ):
            origin = str(node.module).rpartition(".")[2]
            for alias in node.names:
                whole = alias.name in MODULES
                known[alias.asname or alias.name] = (
                    alias.name if whole else f"{origin}.{alias.name}"
                )
    return known


def calls(module: str, tree: ast.Module, body: ast.FunctionDef) -> Iterator[Function]:
    known = imported(tree)
    for node in ast.walk(body):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name):
            other, _dot, name = known.get(called.id, f"{module}.{called.id}").partition(".")
            yield other, name
        elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            yield known.get(called.value.id, "?"), called.attr


def names(body: ast.FunctionDef, attribute: str) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr == attribute for node in ast.walk(body)
    )


def takes_workspace(name: str, body: ast.FunctionDef, tree: ast.Module) -> bool:
    """Whether a function is handed a workspace, or is a method of a class that holds one."""
    arguments = [*body.args.posonlyargs, *body.args.args, *body.args.kwonlyargs]
    if any("Workspace" in ast.unparse(a.annotation) for a in arguments if a.annotation):
        return True
    owner = name.partition(".")[0]
    makers = dict(functions(tree))
    init = makers.get(f"{owner}.__init__") if "." in name else None
    return init is not None and takes_workspace("", init, tree)


def silent(trees: Mapping[str, ast.Module]) -> list[str]:
    """Public functions that work on a workspace's data and never ask for a permission."""
    bodies = {(m, name): body for m, tree in trees.items() for name, body in functions(tree)}
    called = {key: set(calls(key[0], trees[key[0]], body)) for key, body in bodies.items()}

    def reach(attribute: str) -> set[Function]:
        """The functions that name an attribute, or call a service function that does."""
        found = {key for key, body in bodies.items() if names(body, attribute)}
        while more := {key for key in bodies if key not in found and found & called[key]}:
            found |= more
        return found

    # What never comes to the database (a code list, closing a previewer) gives nothing away.
    asking, working = reach("require"), reach("database")
    return [
        f"{module}.{name}"
        for (module, name), body in bodies.items()
        if not any(part.startswith("_") for part in name.split("."))
        and not name.startswith("Workspace.")
        and takes_workspace(name, body, trees[module])
        and (module, name) in working - asking
    ]


def test_every_service_asks_for_a_permission() -> None:
    trees = parsed()
    public = [
        f"{module}.{name}"
        for module, tree in trees.items()
        for name, body in functions(tree)
        if takes_workspace(name, body, tree)
    ]
    assert {"recording.record_visit", "printing.Printer.print_signup"} <= set(public)
    assert silent(trees) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def act(workspace: Workspace) -> None:\n    workspace.database.read(len)", ["new.act"]),
        ("def act(workspace: Workspace) -> None:\n    workspace.require(1)", []),
        (
            "def act(workspace: Workspace) -> None:\n    _other(workspace)\n"
            "def _other(workspace: Workspace) -> None:\n    workspace.require(1)",
            [],
        ),
        (
            "from organizer.services import finding\n"
            "def act(workspace: Workspace) -> None:\n    finding.find(workspace, '')",
            [],
        ),
        (
            "class Maker:\n    def __init__(self, workspace: Workspace) -> None:\n        pass\n"
            "    def make(self) -> None:\n        self._workspace.database.read(len)",
            ["new.Maker.make"],
        ),
    ],
)
def test_the_check_notices_a_service_that_does_not_ask(source: str, found: list[str]) -> None:
    assert silent({**parsed(), "new": ast.parse(source)}) == found


# Roles at work


def acting(office: Workspace, role: str, division: str = "") -> Workspace:
    account = Account(office.account.id, "某人", role, division)
    return Workspace(office.database, account, office.office)


@pytest.fixture
def listed(office: Workspace) -> Workspace:
    importing.import_list(office, sample("01_*.xlsx"), as_of=LISTED_ON)
    recording.open_round(office, "样例批次", ROUND_STARTS, None)
    return office


def a_unit(office: Workspace) -> bytes:
    (unit,) = [hit.id for hit in finding.find(office, "yhgyl") if hit.table == "employer"]
    return unit


ACTS: dict[str, tuple[Callable[[Workspace], object], set[Role]]] = {
    "look": (lambda w: finding.find(w, "沈阳"), set(Role)),
    "visit": (
        lambda w: recording.record_visit(w, VisitOrder(a_unit(w), "2")),
        {Role.COLLECTOR, Role.REVIEWER, Role.ADMINISTRATOR},
    ),
    "sign up": (
        lambda w: signup.sign_up(w, SignupOrder(Typed("样例", phone="19900838865"))),
        {Role.COLLECTOR, Role.REVIEWER, Role.ADMINISTRATOR},
    ),
    "approve": (
        lambda w: approve(
            w,
            [signup.sign_up(w, SignupOrder(Typed("样例", phone="19900838865"))).membership],
        ),
        {Role.REVIEWER, Role.ADMINISTRATOR},
    ),
    "import": (
        lambda w: importing.import_list(w, sample("02_*.xls")),
        {Role.REVIEWER, Role.ADMINISTRATOR},
    ),
    "round": (
        lambda w: recording.open_round(w, f"又一批 {w.account.role}", ROUND_STARTS, None),
        {Role.REVIEWER, Role.ADMINISTRATOR},
    ),
    "export": (lambda w: exporting.unions_to_report(w), {Role.EXPORTER, Role.ADMINISTRATOR}),
    "check": (lambda w: checking.check(w), {Role.ADMINISTRATOR}),
}


def test_a_role_may_do_its_own_work_only(listed: Workspace) -> None:
    for act, (do, allowed) in ACTS.items():
        for role in Role:
            try:
                do(acting(listed, role))
                done = True
            except NotAllowed as refused:
                assert "没有这项权限" in refused.sentence()
                done = False
            assert done == (role in allowed), (act, role)


def test_an_account_works_in_its_own_division_only(listed: Workspace) -> None:
    here, elsewhere = acting(listed, Role.COLLECTOR, "210106003"), acting(
        listed, Role.COLLECTOR, "210181106"
    )  # fmt: skip
    unit = a_unit(listed)
    recording.record_visit(here, VisitOrder(unit, "2"))
    assert [hit for hit in finding.find(elsewhere, "yhgyl") if hit.table == "employer"] == []
    for act in (
        lambda: recording.record_visit(elsewhere, VisitOrder(unit, "2")),
        lambda: signup.sign_up(
            elsewhere, SignupOrder(Typed("样例", phone="19900838865"), employer=unit)
        ),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert "区划" in refused.value.sentence()
    assert recording.visit_count(listed, unit) == 1


def test_the_work_of_others_is_taken_back_by_the_administrator_only(listed: Workspace) -> None:
    done = recording.record_visit(listed, VisitOrder(a_unit(listed), "2"))
    (write,) = listed.database.read(
        lambda c: c.execute("SELECT id FROM writes ORDER BY n DESC LIMIT 1").fetchone()
    )
    other = Workspace(
        listed.database, Account(done.visit, "别人", Role.COLLECTOR, ""), listed.office
    )
    with pytest.raises(NotAllowed):
        undoing.take_back(other, write)
    assert undoing.take_back(listed, write).kept == ()


def test_who_may_not_erase_erases_nobody(listed: Workspace) -> None:
    made = signup.sign_up(listed, SignupOrder(Typed("样例", phone="19900838865")))
    for role in (Role.COLLECTOR, Role.EXPORTER, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            erasing.erase_person(acting(listed, role), made.person, "本人要求")
    assert [hit.table for hit in finding.find(listed, "8865")] == ["person"]
