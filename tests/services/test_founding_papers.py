"""The papers of a founding: filled and blank, with what was told on them and the code in the footer."""

from datetime import timedelta
from pathlib import Path

import pytest

from organizer.domain import ids
from organizer.domain.founding import Figures, Kind
from organizer.domain.signup import Typed
from organizer.errors import Conflict, InvalidInput
from organizer.forms.proof import page_texts
from organizer.services.members import erasing, signup
from organizer.services.members.signup import SignupOrder
from organizer.services.unions import founding, founding_card, founding_papers, founding_votes
from organizer.services.unions.founding import FoundingOrder, StepOrder
from organizer.services.unions.founding_votes import CandidateOrder, MeetingOrder
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.store.transaction import Write
from tests.support.joiners import WITH_ID, approve

UNIT = "样例五金商行"
LONG = "沈阳市铁西区工人村街道兴工北街样例综合商业管理服务有限责任公司第二分公司样例分部"
NAME = WITH_ID[0][0]


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.split()) for page in page_texts(pdf))


@pytest.fixture
def begun(office: Workspace) -> bytes:
    def body(write: Write) -> bytes:
        values = {"name": UNIT, "legal_person": "黄样", "founded_on": "2019-05-06"}
        return write.insert("employer", values)

    unit = office.database.write(office.intent("employer.add"), body)
    made = signup.sign_up(office, SignupOrder(Typed(*WITH_ID[0]), employer=unit))
    approve(office, [made.membership])
    return founding.begin(office, FoundingOrder([unit])).founding


def test_every_paper_carries_what_was_told_and_leads_back_to_the_founding(
    office: Workspace, begun: bytes, tmp_path: Path
) -> None:
    today = office.today
    for name, role in ((NAME, "21"), ("李样", "22"), (NAME, "1"), ("孙样", "3"), ("周样", "4")):
        founding_votes.put(office, begun, CandidateOrder(name, role, "店员"))
    founding.tell(office, begun, StepOrder("3", today - timedelta(9)))
    founding.tell(office, begun, StepOrder("4", today - timedelta(8), paper_no="样工〔2026〕3号"))
    lines = [one for one in founding_card.card(office, begun).candidates if one.body != "group"]
    votes = dict(zip((one.id for one in lines), (16, 9, 15), strict=True))
    figures = Figures(20, 17, 2, 17, 17, 1)
    order = MeetingOrder(figures, today, votes=votes, term_years=3, venue="样例会议室")
    founding_votes.hold(office, begun, order)
    told = {form: text_of(founding_papers.make(office, begun, form).pdf)
            for form in founding_papers.FORMS}  # fmt: skip
    short = ids.short_id(begun)
    for number, form in enumerate(founding_papers.FORMS, 1):
        assert f"JH-0{number}v1·{short}" in told[form], form
        assert UNIT in told[form], form
    assert NAME in told["founding_group"] and "组长" in told["founding_group"]
    request = told["founding_request"]
    assert all(word in request for word in ("2019年5月6日", "黄样", f"由{NAME}、李样等2人", "妥否"))
    assert "样工〔2026〕3号" in told["founding_consent"]
    assert all(word in told["founding_candidates"] for word in ("公示", "主席", "孙样", "1976.12"))
    report = told["founding_report"]
    assert all(word in report for word in ("样例会议室", "三分之二为14人", "实到17人，符合规定"))
    # Nine of twenty are not more than half of those who should attend.
    assert "即11票以上" in report and f"{NAME}（主席）" in report and "孙样（" not in report
    approval = told["founding_approval"]
    assert f"同意{NAME}等1名同志" in approval and "任期3年" in approval
    steps = {one.code: one for one in founding_card.card(office, begun).steps}
    assert all(printed for _form, printed in steps["3"].papers)

    out = tmp_path / "请示.pdf"
    made = founding_papers.write_paper(office, begun, "founding_request", out)
    assert out.read_bytes() == made.pdf
    with pytest.raises(Conflict):
        founding_papers.write_paper(office, begun, "founding_request", out)
    with pytest.raises(InvalidInput):
        founding_papers.make(office, begun, "founding_song")

    # Who was erased stands on no paper any more.
    (person,) = office.database.read(lambda c: members.people_with_id_number(c, WITH_ID[0][1]))
    erasing.erase_person(office, person.id, "本人要求")
    again = [text_of(founding_papers.make(office, begun, f).pdf) for f in founding_papers.FORMS]
    assert not any(NAME in one for one in again)


@pytest.mark.parametrize("kind", list(Kind))
def test_blank_papers_are_nobodys_and_fit_one_page(office: Workspace, kind: Kind) -> None:
    for form in founding_papers.FORMS:
        made = founding_papers.blank(office, form, kind)
        assert len(page_texts(made.pdf)) == 1 and made.short_id == ""
        assert "样例" not in text_of(made.pdf)


def test_a_long_name_breaks_no_letter(office: Workspace) -> None:
    def body(write: Write) -> list[bytes]:
        return [write.insert("employer", {"name": f"{LONG}{n}"}) for n in "甲乙丙丁"]

    units = office.database.write(office.intent("employer.add"), body)
    name = f"{LONG}联合工会委员会"
    row = founding.begin(office, FoundingOrder(units, Kind.JOINT, name)).founding
    for form in founding_papers.FORMS:
        text = text_of(founding_papers.make(office, row, form).pdf)
        assert name in text and "〓" not in text, form
    assert f"{LONG}丁" in text_of(founding_papers.make(office, row, "founding_request").pdf)
