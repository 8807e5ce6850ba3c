"""Offices of any size, made through the program's own write path, for benchmarks and tests."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import write_worksheet

from organizer import crypto, resources
from organizer.crypto import Cost
from organizer.paths import DataFolder
from organizer.services.lists import importing
from organizer.services.lists.importing import Imported
from organizer.services.office import opening
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store import members, migrations
from organizer.store.database import Database
from organizer.store.transaction import Write
from tests.support import made_up_office

ACCOUNT, PASSWORD = "演示账号", "made-up-office"
LISTED_ON = date(2026, 1, 5)
TOWN = made_up_office.COMMUNITIES[0][:9]
HEADER = (
    "序号", "单位名称", "统一社会信用代码", "法定代表人（负责人）", "联系电话", "住所（经营场所）",
    "县（市、区）", "街道（乡镇）", "社区（村）", "行业", "职工人数", "女职工数", "农民工",
)  # fmt: skip
_CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
_PEOPLE_A_WRITE = 200


@dataclass(frozen=True)
class Size:
    """How many units and members an office has."""

    units: int
    members: int

    def __str__(self) -> str:
        return f"{self.units:,} units and {self.members:,} members"


DISTRICT = Size(20_000, 300_000)


def open_or_make(root: Path, size: Size) -> Workspace:
    """The office of this size under `root`, made when it is not there yet; a round is open."""
    folder = folder_of(root, size)
    if folder.keyring.exists():
        return opening.unlock(folder, ACCOUNT, PASSWORD)
    workspace = new_office(folder)
    import_units(workspace, market_list(root, size.units))
    add_members(workspace, size.members)
    recording.open_round(workspace, "样例批次", LISTED_ON, None)
    return workspace


def folder_of(root: Path, size: Size) -> DataFolder:
    """Where the office of this size lies; another schema means another office."""
    schema = crypto.digest(migrations.schema().encode()).hex()[:8]
    return DataFolder((root / f"office-{size.units}-{size.members}-{schema}").resolve())


def new_office(folder: DataFolder) -> Workspace:
    """The empty office of a street, its key cheap to derive."""
    wanted = opening.NewOffice("工人村街道总工会（样例）", TOWN, ACCOUNT, PASSWORD)
    sheet = folder.root.with_name(f"{folder.root.name}.pdf")
    sheet.parent.mkdir(parents=True, exist_ok=True)
    return opening.new_office(folder, wanted, sheet=sheet, cost=_CHEAP).workspace


def market_list(root: Path, units: int, seed: int = 1) -> Path:
    """A workbook of so many units, as a market supervision office hands it over."""
    path = root / f"units-{units}-{seed}.xlsx"
    if not path.exists():
        write_worksheet(_listed(units, seed), str(path), sheet_name="名单")
    return path


def import_units(workspace: Workspace, path: Path) -> Imported:
    """Take over such a list."""
    return importing.import_list(workspace, path, as_of=LISTED_ON)


def add_members(workspace: Workspace, count: int) -> None:
    """Add so many people, each a member of the union of the unit's community."""

    def steps(database: Database) -> Generator[None, None, None]:
        seats = database.write_step(workspace.intent("signup.add"), _seats)
        people = made_up_office.people(count, employers=len(seats))
        while some := list(islice(people, _PEOPLE_A_WRITE)):
            database.write_step(workspace.intent("signup.add"), lambda w: _join(w, some, seats))
            yield

    workspace.database.run(steps).result()


def _listed(units: int, seed: int) -> Iterator[dict[str, Any]]:
    rows = resources.rows("divisions", "liaoning_2023.csv")
    names = {row["code"]: row["name"] for row in rows if row["code"].startswith(TOWN[:6])}
    trades = {row["code"]: row["label"] for row in resources.rows("codelists", "industry.csv")}
    for number, unit in enumerate(made_up_office.units(units, seed), start=1):
        row = (
            number, unit["name"], unit["uscc"], unit["legal_person"], unit["phone"],
            unit["address"], names[TOWN[:6]], names[TOWN], names[unit["community"]],
            trades[unit["industry"]], unit["staff"], unit["women"], unit["rural"],
        )  # fmt: skip
        yield dict(zip(HEADER, row, strict=True))


_Seat = tuple[bytes, str, bytes]


def _seats(write: Write) -> list[_Seat]:
    """Id and name of every unit, and the union of its community."""
    unions = {
        code: members.ensure_fallback_union(write, code, code)
        for code in made_up_office.COMMUNITIES
    }
    rows = write.connection.execute(
        "SELECT e.id, e.name, p.division_code FROM employer e"
        " JOIN occupancy o ON o.employer = e.id JOIN place p ON p.id = o.place ORDER BY e.n"
    )
    return [(employer, name, unions[code]) for employer, name, code in rows]


def _join(write: Write, people: list[dict[str, Any]], seats: list[_Seat]) -> None:
    for person in people:
        employer, name, union = seats[person["employer"]]
        row = write.insert(
            "person",
            {
                "name": person["name"], "sex": person["sex"], "born_on": person["birth"],
                "ethnic": person["ethnic"], "paper_kind": "111", "phone": person["phone"],
                "id_number": person["resident_id"], "education": "61", "political": "13",
            },
        )  # fmt: skip
        membership = write.insert(
            "membership",
            {
                "person": row, "union_org": union, "employer": employer, "state": "temporary",
                "workplace": name, "employment_state": "1", "channel": "field",
                "applied_on": "2026-02-02", "joined_on": "2026-02-09", "change_kind": "1",
                "change_on": "2026-02-02",
            },
        )  # fmt: skip
        step = {"membership": membership, "person": row, "to_state": "temporary"}
        write.insert("membership_step", {**step, "from_state": "pending", "on_day": "2026-02-09"})
