import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer import resources
from organizer.domain.pinyin import MOST_VARIANTS, PinyinTable

TABLE = PinyinTable.from_rows(
    resources.rows("pinyin", "readings.csv"),
    resources.rows("pinyin", "surnames.csv"),
    resources.rows("pinyin", "phrases.csv"),
)


@pytest.mark.parametrize(
    ("name", "initials", "full"),
    [
        ("张国华", "zgh", "zhangguohua"),
        ("盖国华", "ggh", "geguohua"),
        ("朴志勇", "pzy", "piaozhiyong"),
        ("解晓东", "xxd", "xiexiaodong"),
        ("曾佳琪", "zjq", "zengjiaqi"),
        ("翟海涛", "zht", "zhaihaitao"),
        ("查雅雯", "zyw", "zhayawen"),
        ("区文博", "owb", "ouwenbo"),
        ("覃秀英", "qxy", "qinxiuying"),
        ("单淑琴", "ssq", "shanshuqin"),
        ("尉迟春雷", "yccl", "yuchichunlei"),
        ("仇立新", "qlx", "qiulixin"),
        ("冼思远", "xsy", "xiansiyuan"),
        ("万俟明", "mqm", "moqiming"),
        ("冮桂荣", "ggr", "gangguirong"),
        ("李䶮", "ly", "liyan"),
        ("张𠮷", "zj", "zhangji"),
    ],
)
def test_a_person_is_found_first_by_the_reading_of_the_surname(
    name: str, initials: str, full: str
) -> None:
    assert TABLE.initials(name, person=True)[0] == initials
    assert TABLE.full(name, person=True)[0] == full
    assert initials in TABLE.initials(name)
    assert full in TABLE.full(name)


@pytest.mark.parametrize(
    ("name", "other"), [("盖国华", "gaiguohua"), ("曾佳琪", "cengjiaqi"), ("单淑琴", "danshuqin")]
)
def test_who_reads_the_character_the_common_way_finds_the_person_too(name: str, other: str) -> None:
    assert other in TABLE.full(name, person=True)


@pytest.mark.parametrize(
    ("unit", "initials"),
    [
        ("工商银行", "gsyh"),
        ("重庆小面馆", "cqxmg"),
        ("大连重工", "dlzg"),
        ("朝阳便民理发店", "cybmlfd"),
        ("长兴街3号A座", "cxj3haz"),
        ("ＡＢ超市", "abcs"),
        ("阿依古丽·买买提", "ayglmmt"),
    ],
)
def test_units_and_places_are_found_by_the_usual_reading(unit: str, initials: str) -> None:
    assert TABLE.initials(unit)[0] == initials


@pytest.mark.parametrize("text", ["", "  ", "·", "？！"])
def test_what_cannot_be_read_has_no_pinyin(text: str) -> None:
    assert TABLE.initials(text) == ()
    assert TABLE.full(text) == ()


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=8))
def test_variants_are_few_distinct_typeable_and_agree(text: str) -> None:
    initials, full = TABLE.initials(text), TABLE.full(text)
    for variants in (initials, full):
        assert len(variants) == len(set(variants)) <= MOST_VARIANTS
        assert all(line.isascii() and line.isalnum() for line in variants)
    # Of a character read in very many ways the rarest is found by its initial only.
    assert {line[0] for line in full} <= {line[0] for line in initials}


def test_the_table_reads_the_basic_block_and_extension_a() -> None:
    rows = list(resources.rows("pinyin", "readings.csv"))
    chars = "".join(row["chars"] for row in rows)
    assert len(chars) == len(set(chars))
    basic = sum("\u4e00" <= char <= "\u9fa5" for char in chars)
    extension = sum("\u3400" <= char <= "\u4dbf" for char in chars)
    assert basic > 20_800
    assert extension > 5_700
