"""A person who asks to be erased is gone: from every table, page, log, paper and file name."""

import csv
import shutil
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from organizer import crypto
from organizer.domain.signup import Typed
from organizer.errors import Conflict, NotFound
from organizer.paths import DataFolder
from organizer.registry import profile
from organizer.services import finding, undoing
from organizer.services.batches import exporting
from organizer.services.lists import importing
from organizer.services.members import erasing, signup
from organizer.services.members.printing import Printer
from organizer.services.members.signup import SignedUp, SignupOrder
from organizer.services.workspace import Workspace
from organizer.store import attachments, drafts
from organizer.store.drafts import Draft
from organizer.store.transaction import Write
from tests.support import made_up_office, offices, plain_pages
from tests.support.joiners import approve
from tests.support.offices import Template, exchange, writes_of

NAME = "麴夔翀"
"""No character of it is in the divisions or in any code list."""
PAIRS = (NAME[:2], NAME[1:])
FIRST, SECOND = list(made_up_office.people(2, seed=5))
ID, OLD_ID = FIRST["resident_id"], SECOND["resident_id"]
PHONE, NEW_PHONE, THIRD_PHONE = "19987650001", "19987650002", "19987650003"
POSITION, HOME = "样例钣金工", "样例无名路七号"
CARD = f"{NAME} {ID}".encode() * 9
"""Stands for a paper whose content can be read."""
WORDS = (*PAIRS, ID, PHONE, NEW_PHONE, THIRD_PHONE, POSITION, HOME)
TYPED = Typed(
    NAME,
    ID,
    PHONE,
    {
        "ethnic": "01", "education": "60", "political": "13", "household_kind": "1",
        "skill_level": "1",
    },
    {"address": HOME, "native_place": HOME},
    migrant=False,
)  # fmt: skip


@pytest.fixture
def other(office: Workspace, office_template: Template, tmp_path: Path) -> Workspace:
    """A second machine of the same office; closed by the test or with the folder."""
    offices.copy_office(office_template.root, tmp_path / "other")
    return offices.open_office(tmp_path / "other")


def join(workspace: Workspace, typed: Typed = TYPED, position: str = POSITION) -> SignedUp:
    return signup.sign_up(workspace, SignupOrder(typed, position=position, workplace="样例车间"))


def edit(workspace: Workspace, row: bytes, **fields: str) -> bytes:
    def body(write: Write) -> bytes:
        write.set("person", row, fields)
        return write.id

    return workspace.database.write(workspace.intent("person.edit"), body)


def erase(workspace: Workspace, row: bytes) -> erasing.Erased:
    return erasing.erase_person(workspace, row, "本人申请")


def leave_traces(workspace: Workspace, joined: SignedUp, outside: Path) -> None:
    """Everything in which a name comes to stand: papers, drafts, lists, batches."""
    outside.mkdir()
    Printer(workspace).print_signup(joined.membership, outside / f"{NAME}的入会材料.pdf")
    digest = attachments.put(workspace.database, CARD)
    workspace.database.write(
        workspace.intent("paper.keep"),
        lambda w: attachments.name(w, digest, "text/plain", len(CARD), "样例", joined.person),
    )
    draft = Draft({"name": NAME, "phone": PHONE})
    workspace.database.local(lambda c: drafts.keep(c, b"d" * 16, "signup", draft, workspace.now))
    listed = outside / f"{NAME}交来的名单.csv"
    with listed.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["序号", "单位名称", "地址", "联系电话"])
        table.writerow(["1", "样例钣金商行", "沈阳市铁西区兴工街1号", "02499990001"])
        table.writerow(["2", "样例机修商行", "沈阳市铁西区兴工街2号", "02499990002"])
    assert importing.import_list(workspace, listed).added == 2
    approve(workspace, [joined.membership])
    (union,) = exporting.unions_to_report(workspace)
    (chosen,) = profile.bundled()
    (sealed,) = exporting.export_batch(workspace, union, chosen, outside)
    assert sealed.rows == 1


def traces(folder: DataFolder, state: Path, words: tuple[str, ...] = WORDS) -> dict[str, list[str]]:
    texts = plain_pages.everything(folder, state)
    found = {word: plain_pages.where(texts, word) for word in words}
    return {word: places for word, places in found.items() if places}


def test_nothing_of_an_erased_person_is_left(
    office: Workspace, other: Workspace, tmp_path: Path
) -> None:
    joined = join(office)
    exchange(office.database, other.database)
    edit(office, joined.person, phone=NEW_PHONE)
    edit(other, joined.person, phone=THIRD_PHONE)
    exchange(office.database, other.database)
    leave_traces(office, joined, tmp_path / "outside")
    stays = join(office, Typed("另一样例", OLD_ID, "19987650009", TYPED.coded), "样例焊工")
    folder = office.database.folder
    office.close()
    packed = zlib.compress(CARD, 6)
    assert packed in plain_pages.everything(folder)["attachments.db pages"]
    before = traces(folder, tmp_path / "state")
    assert before.keys() == set(WORDS)
    everywhere = {Path(name).name for places in before.values() for name in places}
    assert {"office.db pages", "office.db cells", "attachments.db cells"} <= everywhere

    again = offices.open_office(folder.root)
    done = erase(again, joined.person)
    assert (done.records, done.attachments) == (1, 2)
    assert any(name.endswith(f"{NAME}的入会材料.pdf") for name in done.handed_out)
    assert traces_while_open(again, tmp_path) == {}
    assert finding.find(again, NAME) == finding.find(again, PHONE) == []
    assert finding.find(again, "另一样例") != []
    assert offices.findings(again) == []
    assert again.database.read(lambda c: c.execute("SELECT * FROM conflict").fetchall()) == []
    again.close()
    assert packed not in plain_pages.everything(folder)["attachments.db pages"]
    assert traces(folder, tmp_path / "state") == {}
    assert traces(folder, tmp_path / "state", ("另一样例", OLD_ID)) != {}
    assert stays.person != joined.person
    other.close()


def traces_while_open(workspace: Workspace, tmp_path: Path) -> dict[str, list[str]]:
    """The same on a copy of the files as they lie on the disk at this moment."""
    root = workspace.database.folder.root
    offices.copy_office(root, tmp_path / "snapshot")
    return traces(DataFolder(tmp_path / "snapshot"), tmp_path / "state")


def test_an_erasure_reaches_the_other_machines_papers_drafts_and_file_names(
    office: Workspace, other: Workspace, tmp_path: Path
) -> None:
    joined = join(office)
    exchange(office.database, other.database)
    leave_traces(other, joined, tmp_path / "outside")
    erase(office, joined.person)
    exchange(office.database, other.database)
    assert offices.findings(office) == offices.findings(other) == []
    for workspace in (office, other):
        workspace.close()
        assert traces(workspace.database.folder, tmp_path / "state") == {}


def test_what_arrives_late_is_erased_on_arrival(
    office: Workspace, other: Workspace, tmp_path: Path
) -> None:
    joined = join(office)
    exchange(office.database, other.database)
    # The other machine goes on working with the person, who is erased here meanwhile.
    edit(other, joined.person, phone=THIRD_PHONE)
    leave_traces(other, joined, tmp_path / "outside")
    erase(office, joined.person)
    late = writes_of(other.database)
    for write in late:
        office.database.receive([write])
    assert office.database.receive(late) == 0
    assert finding.find(office, NAME) == []
    assert offices.findings(office) == []
    office.close()
    assert traces(office.database.folder, tmp_path / "state") == {}
    other.close()


def test_an_old_backup_is_erased_again(office: Workspace, other: Workspace, tmp_path: Path) -> None:
    joined = join(office)
    leave_traces(office, joined, tmp_path / "outside")
    folder = office.database.folder
    office.close()
    offices.copy_office(folder.root, tmp_path / "backup")
    office = offices.open_office(folder.root)
    erase(office, joined.person)
    exchange(office.database, other.database)
    office.close()
    shutil.rmtree(folder.root)
    offices.copy_office(tmp_path / "backup", folder.root)
    restored = offices.open_office(folder.root)
    assert finding.find(restored, NAME) != []
    exchange(restored.database, other.database)
    assert finding.find(restored, NAME) == []
    assert offices.findings(restored) == []
    restored.close()
    assert traces(folder, tmp_path / "state") == {}
    other.close()


def test_the_same_id_number_under_another_record_is_erased_when_it_arrives(
    office: Workspace, other: Workspace, tmp_path: Path
) -> None:
    """Two machines signed the person up; here the number was corrected before the erasure."""
    there = join(other, replace(TYPED, id_number=OLD_ID, phone=THIRD_PHONE))
    here = join(office, replace(TYPED, id_number=OLD_ID))
    edit(office, here.person, id_number=ID)
    erase(office, here.person)
    exchange(office.database, other.database)
    exchange(office.database, other.database)
    for workspace in (office, other):
        said = workspace.database.read(
            lambda c: c.execute(
                "SELECT erased_on IS NOT NULL, name, id_number FROM person WHERE id = ?",
                (there.person,),
            ).fetchone()
        )
        assert said == (1, None, None)
        assert offices.findings(workspace) == []
        workspace.close()
        assert traces(workspace.database.folder, tmp_path / "state", (*WORDS, OLD_ID)) == {}


def test_who_joins_anew_after_the_erasure_stays(office: Workspace, other: Workspace) -> None:
    first = join(office)
    erase(office, first.person)
    second = join(office)
    assert second.person != first.person
    exchange(office.database, other.database)
    exchange(office.database, other.database)
    for workspace in (office, other):
        assert [hit.id for hit in finding.find(workspace, NAME)] == [second.person]
        assert offices.findings(workspace) == []
    other.close()


def test_an_erasure_cannot_be_undone_and_no_older_undo_brings_values_back(
    office: Workspace, tmp_path: Path
) -> None:
    joined = join(office)
    edited = edit(office, joined.person, phone=NEW_PHONE)
    later = edit(office, joined.person, phone=THIRD_PHONE)
    erase(office, joined.person)
    erasure = writes_of(office.database)[-1]
    assert erasure.name == "person.erase"
    with pytest.raises(Conflict) as refused:
        undoing.take_back(office, erasure.id)
    assert "不能撤销" in refused.value.sentence()
    for target in (later, edited):
        undoing.take_back(office, target)
    signed_up = next(w.id for w in writes_of(office.database) if w.name == "signup.add")
    undoing.take_back(office, signed_up)
    with pytest.raises(NotFound):
        erase(office, joined.person)
    assert finding.find(office, NAME) == finding.find(office, NEW_PHONE) == []
    assert offices.findings(office) == []
    office.close()
    assert traces(office.database.folder, tmp_path / "state") == {}


def test_a_paper_shared_with_somebody_else_stays_theirs(office: Workspace) -> None:
    joined = join(office)
    stays = join(office, Typed("另一样例", OLD_ID, "19987650009", TYPED.coded))
    both = attachments.put(office.database, b"a group photo")
    own = attachments.put(office.database, b"a card")
    for digest, persons in ((both, (joined.person, stays.person)), (own, (joined.person,))):
        for person in persons:
            office.database.write(
                office.intent("paper.keep"),
                lambda w, d=digest, p=person: attachments.name(w, d, "image/png", 13, "样例", p),
            )
    assert erase(office, joined.person).attachments == 1
    assert attachments.get(office.database, both) == b"a group photo"
    assert attachments.get(office.database, own) is None
    assert erase(office, stays.person).attachments == 1
    assert attachments.get(office.database, both) is None
    assert offices.findings(office) == []


def test_a_duplicate_of_the_person_is_erased_with_all_papers(office: Workspace) -> None:
    joined = join(office)
    twin = office.database.write(
        office.intent("person.add"), lambda w: w.insert("person", {"name": NAME, "phone": PHONE})
    )
    office.database.write(
        office.intent("person.merge"),
        lambda w: w.set("person", twin, {"merged_into": joined.person}),
    )
    digest = attachments.put(office.database, b"a card")
    for person in (joined.person, twin):
        office.database.write(
            office.intent("paper.keep"),
            lambda w, p=person: attachments.name(w, digest, "image/png", 6, "样例", p),
        )
    done = erase(office, joined.person)
    assert (done.records, done.attachments) == (2, 1)
    assert attachments.get(office.database, digest) is None
    assert finding.find(office, NAME) == []
    assert offices.findings(office) == []


def test_digests_that_are_left_cannot_be_tried_out(office: Workspace) -> None:
    """Id numbers are few: a digest without its salt must not tell whose it was."""
    joined = join(office)
    erase(office, joined.person)
    salts = office.database.read(
        lambda c: c.execute(
            "SELECT count(*) FROM change WHERE salt IS NOT NULL AND row = ? AND field IN"
            " ('', 'name', 'id_number', 'phone')",
            (joined.person,),
        ).fetchone()[0]
    )
    assert salts == 0
    (id_hash,) = office.database.read(lambda c: c.execute("SELECT id_hash FROM erasure").fetchone())
    assert id_hash not in {crypto.digest(ID.encode()), crypto.salted_digest(b"", ID.encode())}
