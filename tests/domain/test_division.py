import pytest

from organizer import resources
from organizer.domain.division import Division, Divisions, level_of, pad_code, trim_code
from organizer.domain.location import locate
from organizer.errors import InvalidInput, NotFound


@pytest.fixture(scope="module")
def divisions():
    return Divisions.from_rows(resources.rows("divisions", "liaoning_2023.csv"))


@pytest.mark.parametrize(
    ("code", "padded", "level"),
    [
        ("21", "210000000000", "省"),
        ("2101", "210100000000", "市"),
        ("210106", "210106000000", "县"),
        ("210106001", "210106001000", "乡"),
        ("210106001200", "210106001200", "村"),
        ("210106001001~A1", "210106001001~A1", "村"),
    ],
)
def test_codes_are_padded_and_trimmed(code, padded, level):
    assert pad_code(code) == padded
    assert trim_code(padded) == code
    assert level_of(code) == level


@pytest.mark.parametrize(
    "code", ["", "2", "21010", "2101O6", "210106~", "210106~a", "２１", "21 01"]
)
def test_what_is_no_code_is_refused(code):
    with pytest.raises(InvalidInput) as refused:
        level_of(code)
    assert refused.value.code == "place.division_code"


def test_six_digits_with_zeros_mean_the_city():
    assert trim_code("210100") == "2101"
    assert trim_code(" 210106000000 ") == "210106"


def test_the_tree_is_found_from_both_ends(divisions):
    assert len(divisions) == 18_248
    assert divisions.path_names("210106003") == ("辽宁省", "沈阳市", "铁西区", "工人村街道")
    assert divisions.get("210106000000").name == "铁西区"
    counties = divisions.children("2101")
    assert len(counties) == 13
    assert counties[0] == Division("210102", "和平区", "县", "2101")
    assert [each.code for each in divisions.children("")] == ["21"]
    assert divisions.lies_within("210106001200", "2101")
    assert not divisions.lies_within("210106001200", "2103")


def test_an_unknown_code_is_not_found(divisions):
    with pytest.raises(NotFound):
        divisions.get("110101")
    assert "110101" not in divisions


@pytest.mark.parametrize(
    ("name", "within", "codes"),
    [
        ("沈阳", "", ["2101"]),
        ("沈阳市", "", ["2101"]),
        ("铁西", "", ["210106", "210303"]),
        ("铁西", "2101", ["210106"]),
        ("工人村", "210106", ["210106003"]),
        ("朝阳", "", ["2113"]),
        ("朝阳县", "", ["211321"]),
        ("宽甸县", "", ["210624"]),
        ("宽甸", "", ["210624"]),
        ("张士村", "210106", ["210106001200"]),
        ("张士", "210106", ["210106001200"]),
        ("十三里社区", "210213", ["210213014002"]),
        ("十三里", "2102", ["210213014002"]),
        ("新立村村民委员会", "210102", ["210102028208"]),
        ("新立村", "210102", ["210102028208"]),
        ("没有这个地方", "", []),
        ("", "", []),
    ],
)
def test_names_are_found_in_full_and_in_short(divisions, name, within, codes):
    assert [each.code for each in divisions.find_by_name(name, within)] == codes


def test_a_local_addition_stands_beside_the_others():
    rows = [
        {"code": "21", "name": "辽宁省", "parent_code": ""},
        {"code": "2101", "name": "沈阳市", "parent_code": "21"},
        {"code": "210106", "name": "铁西区", "parent_code": "2101"},
        {"code": "210106001", "name": "昆明湖街道", "parent_code": "210106"},
        {"code": "210106001000~A1", "name": "湖畔新城社区", "parent_code": "210106001"},
    ]
    divisions = Divisions.from_rows(rows)
    assert divisions.path_names("210106001000~A1")[-1] == "湖畔新城社区"
    match = locate("铁西区昆明湖街道湖畔新城社区3号", divisions, "210106001")
    assert (match.code, match.rest) == ("210106001000~A1", "3号")
    assert [each.code for each in divisions.find_by_name("湖畔新城")] == ["210106001000~A1"]


@pytest.mark.parametrize(
    ("text", "home", "code", "rest"),
    [
        ("辽宁省沈阳市铁西区工人村街道兴工街", None, "210106003", "兴工街"),
        ("沈阳铁西区兴工街16号", None, "210106", "兴工街16号"),
        ("沈阳铁西建设中路", None, "210106", "建设中路"),
        ("鞍山市铁西区", "210106", "210303", ""),
        ("铁西区兴工街16号", "210106", "210106", "兴工街16号"),
        ("铁西区兴工街16号", "210303001", "210303", "兴工街16号"),
        ("铁西区工人村街道兴工街", None, "210106003", "兴工街"),
        ("和平区南五马路", "2101", "210102", "南五马路"),
        ("和平区南五马路", None, "", "南五马路"),
        ("和平区南五马路", "2102", "", "南五马路"),
        ("朝阳市双塔区", None, "211302", ""),
        ("朝阳双塔区", None, "211302", ""),
        ("朝阳县柳城街道", None, "211321001", ""),
        ("海城西柳镇宏基工业园", None, "210381112", "宏基工业园"),
        ("工人村街道办事处兴工街", "210106", "210106003", "兴工街"),
        ("张士村委会", "210106", "210106001200", ""),
        ("庄河市昌盛街道高屯委", None, "210283004001", ""),
        ("大连市 金州区 大连市金州区十三里", None, "210213", "十三里"),
        ("大连开发区金达街28号", None, "210213", "金达街28号"),
        ("沈阳经济技术开发区七号街", None, "210106401", "七号街"),
        ("岫岩县", None, "210323", ""),
        ("喀左县", None, "211324", ""),
        # What begins like a division and is none.
        ("沈阳路12号", None, "", "沈阳路12号"),
        ("大连北路与兴凯路交口", None, "", "大连北路与兴凯路交口"),
        ("朝阳市场二楼", None, "", "朝阳市场二楼"),
        ("太平洋大厦", "210904", "", "太平洋大厦"),
        ("阜新市太平洋大街3号", None, "2109", "太平洋大街3号"),
        ("沈阳市府大路1号", None, "2101", "市府大路1号"),
        ("兴工街16号", "210106", "", "兴工街16号"),
        ("前进里3巷", "210106", "", "前进里3巷"),
        ("", None, "", ""),
    ],
)
def test_a_line_is_located(divisions, text, home, code, rest):
    match = locate(text, divisions, home)
    assert (match.code, match.rest) == (code, rest)
    assert text[match.end :] == rest
    assert match.path == (tuple(each.code for each in divisions.path(code)) if code else ())


@pytest.mark.parametrize("home", [None, "2102", "21"])
def test_a_shared_name_is_reported_and_not_guessed(divisions, home):
    match = locate("铁西区兴工街16号", divisions, home)
    assert match.code == ""
    assert match.contested
    [note] = match.notes
    assert note.code == "address.ambiguous_division"
    assert note.facts["name"] == "铁西区"
    assert "沈阳市铁西区" in str(note.facts["candidates"])
    assert "鞍山市铁西区" in str(note.facts["candidates"])


@pytest.mark.parametrize(
    ("text", "code", "note"),
    [
        ("铁西区兴工街", "210106", "address.chosen_by_home"),
        ("沈阳市东陵区创新路", "210112", "address.former_name"),
        ("沈阳市浑南新区新络街8号", "210112", "address.former_name"),
        ("大连市开发区辽宁街21号", "210213", "address.zone"),
        ("盘锦市兴隆台区大洼县兴隆三百", "2111", "address.division_conflict"),
        ("天津市和平区南京路", "", "address.elsewhere"),
        ("北京朝阳区三里屯", "", "address.elsewhere"),
        ("长春市宽城区", "", "address.elsewhere"),
    ],
)
def test_what_was_understood_beyond_the_letter_is_told(divisions, text, code, note):
    match = locate(text, divisions, "210106")
    assert match.code == code
    assert note in [each.code for each in match.notes]
