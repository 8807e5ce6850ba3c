"""What the platform would refuse, lose or alter is said before."""

import re
import tomllib
from datetime import date
from typing import Any

import msgspec
import pytest

from organizer import resources
from organizer.registry.precheck import Finding, precheck
from organizer.registry.profile import Profile
from tests.registry.synthetic import MakeMember, resident_id


def texts() -> dict[str, Any]:
    return tomllib.loads(resources.path("texts", "errors.toml").read_text("utf-8"))


def said(finding: Finding) -> str:
    area, name = finding.code.split(".")
    sentence: str = texts()[area][name]
    return sentence.format_map(finding.facts)


def test_a_sound_member_has_no_findings(ref_20col: Profile, make_member: MakeMember) -> None:
    assert precheck(ref_20col, make_member()) == ()


CASES: list[tuple[dict[str, Any], str, str, str, str]] = [
    ({"id_number": ""}, "id_missing", "id_number", "block", "暂不能录入省平台"),
    ({"id_number": "219900197102020010"}, "id_invalid", "id_number", "block", "对照证件"),
    ({"id_number": "21990019710202001x"}, "id_invalid", "id_number", "block", "对照证件"),
    (
        {"paper_kind": "护照", "id_number": "E1"},
        "paper_not_accepted",
        "paper_kind",
        "block",
        "护照",
    ),
    ({"paper_kind": ""}, "missing", "paper_kind", "block", "有效证件类别"),
    ({"mobile": ""}, "mobile_missing", "mobile", "block", "手机"),
    ({"mobile": "139000000001"}, "too_long", "mobile", "block", "11"),
    ({"mobile": "02412345678"}, "mobile_doubtful", "mobile", "warn", "02412345678"),
    ({"mobile": "16600000001"}, "mobile_may_drop", "mobile", "warn", "16 开头"),
    ({"mobile": "17700000001"}, "mobile_may_drop", "mobile", "warn", "17 开头"),
    ({"mobile": "19900000001"}, "mobile_may_drop", "mobile", "warn", "19 开头"),
    ({"name": "长" * 51}, "too_long", "name", "block", "51"),
    ({"name": "示例\u200b人"}, "hidden_character", "name", "block", "U+200B"),
    ({"employer": "示例\n单位"}, "hidden_character", "employer", "block", "U+000A"),
    ({"name": "示\ud842例"}, "character_lost", "name", "block", "U+D842"),
    ({"name": "示\ue863例"}, "private_character", "name", "warn", "U+E863"),
    ({"name": "王?"}, "name_worn", "name", "warn", "生僻字"),
    ({"ethnic": ""}, "missing", "ethnic", "block", "民族"),
    ({"ethnic": "满州族"}, "label_unknown", "ethnic", "block", "满州族"),
    ({"education": "大本"}, "label_dropped", "education", "warn", "大本"),
    ({"employment_state": ""}, "default_used", "employment_state", "warn", "在岗"),
    ({"migrant": None}, "missing", "migrant", "block", "是否农民工"),
    ({"change_on": None}, "left_to_platform", "change_on", "warn", "导入当天"),
    ({"born_on": date(1971, 2, 3)}, "born_differs", "born_on", "warn", "19710202"),
    ({"change_reason": "失业"}, "reason_mismatch", "change_reason", "block", "不填"),
    ({"change_kind": "退会"}, "reason_missing", "change_reason", "block", "个人要求退会"),
]


@pytest.mark.parametrize(
    ("changes", "code", "field", "severity", "word"), CASES, ids=[f"{c[1]}-{c[2]}" for c in CASES]
)
def test_a_finding_names_field_weight_and_what_to_do(
    ref_20col: Profile,
    make_member: MakeMember,
    changes: dict[str, Any],
    code: str,
    field: str,
    severity: str,
    word: str,
) -> None:
    found = {
        (finding.code, finding.field): finding
        for finding in precheck(ref_20col, make_member(**changes))
    }
    finding = found[f"batch.{code}", field]
    assert finding.severity == severity
    assert word in said(finding)


@pytest.mark.parametrize(
    ("kind", "reason", "right"),
    [
        ("入会", "", True),
        ("转入", "劳动(工作)关系发生变化", True),
        ("转入", "所在企业破产", False),
        ("转出", "劳动(工作)关系发生变化", True),
        ("转出", "所在企业破产", True),
        ("转出", "", False),
        ("保留", "", True),
        ("保留", "退休", True),
        ("保留", "在本单位下岗后待岗", True),
        ("保留", "失业", True),
        ("保留", "所在企业破产", True),
        ("保留", "个人要求退会", False),
        ("除名", "因犯罪被开除会籍", True),
        ("除名", "个人要求退会", False),
        ("退会", "个人要求退会", True),
        ("退会", "自动退会", True),
        ("退会", "因犯罪被开除会籍", False),
    ],
)
def test_reasons_go_with_their_kind_of_change(
    ref_20col: Profile, make_member: MakeMember, kind: str, reason: str, right: bool
) -> None:
    found = precheck(ref_20col, make_member(change_kind=kind, change_reason=reason))
    assert (found == ()) is right


@pytest.mark.parametrize("name", ["𠮷", "䶮", "㐂"])
def test_a_platform_that_stores_gbk_cannot_hold_rare_names(
    ref_20col: Profile, make_member: MakeMember, name: str
) -> None:
    old = msgspec.structs.replace(ref_20col, encoding="gbk")
    (finding,) = precheck(old, make_member(name=f"王{name}"))
    assert (finding.code, finding.severity) == ("batch.character_lost", "block")
    assert name in said(finding)
    assert precheck(ref_20col, make_member(name=f"王{name}")) == ()


def test_a_birthday_that_is_no_day_makes_the_id_wrong(
    ref_20col: Profile, make_member: MakeMember
) -> None:
    real = resident_id(date(1990, 2, 28), 1)
    body = real[:12] + "31" + real[14:17]
    wrong = next(body + end for end in "0123456789X" if _passes(body + end))
    codes = [finding.code for finding in precheck(ref_20col, make_member(id_number=wrong))]
    assert codes == ["batch.id_invalid"]


def _passes(number: str) -> bool:
    values = [10 if sign == "X" else int(sign) for sign in number]
    weights = [2 ** (17 - place) for place in range(18)]
    return sum(v * w for v, w in zip(values, weights, strict=True)) % 11 == 1


def test_formulas_and_signs_are_no_finding(ref_20col: Profile, make_member: MakeMember) -> None:
    for sign in "=+-@":
        assert precheck(ref_20col, make_member(employer=f"{sign}示例")) == ()


def test_every_code_has_a_sentence_that_says_what_to_do() -> None:
    sources = "".join(
        path.read_text("utf-8")
        for path in resources.path().parent.joinpath("organizer", "registry").glob("*.py")
    )
    codes = set(re.findall(r'"registry\.([a-z_]+)"', sources))
    findings = set(re.findall(r'_found\(\s*"([a-z_]+)"', sources)) | {
        "id_missing",
        "mobile_missing",
        "missing",
    }
    assert codes and findings
    sentences = texts()
    assert codes <= set(sentences["registry"])
    assert findings <= set(sentences["batch"])
    own = [sentences["registry"][code] for code in codes]
    own += [sentences["batch"][code] for code in findings]
    assert all(re.search("请|不会", text) and text.endswith("。") for text in own)
