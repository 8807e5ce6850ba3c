from datetime import date

import pytest

from organizer.errors import NotFound
from organizer.forms.texts import text_in_force, text_versions


@pytest.mark.parametrize(
    ("day", "version", "phrase"),
    [
        (date(2010, 6, 1), 1, "富强、民主、文明、和谐"),
        (date(2016, 6, 1), 2, "全面建成小康社会"),
        (date(2026, 11, 20), 3, "全面建设社会主义现代化国家"),
    ],
)
def test_the_sentence_follows_the_day(day: date, version: int, phrase: str) -> None:
    text = text_in_force(day)
    assert text.version == version
    assert phrase in text.body
    assert text.body.startswith("我自愿加入中华全国总工会，遵守工会章程，执行工会决议")


def test_the_present_sentence_waits_for_the_office_to_confirm_it() -> None:
    assert not text_in_force(date(2026, 11, 20)).confirmed
    assert text_in_force(date(2010, 6, 1)).confirmed


def test_before_the_first_version_there_is_none() -> None:
    with pytest.raises(NotFound) as caught:
        text_in_force(date(1990, 1, 1))
    assert caught.value.code == "form.no_text"


@pytest.mark.parametrize("text_id", ["application", "notice"])
def test_versions_count_up_and_say_where_they_are_from(text_id: str) -> None:
    versions = text_versions(text_id)
    assert [text.version for text in versions] == list(range(1, len(versions) + 1))
    assert [text.valid_from for text in versions] == sorted(text.valid_from for text in versions)
    assert all(text.text_id == text_id and text.origin for text in versions)
    assert {text.mark for text in versions} <= {"official", "vendor", "reconstructed"}
