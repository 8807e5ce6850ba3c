"""The whole program is killed while somebody signs a person up, and started again."""

import json
from pathlib import Path

from organizer.paths import DataFolder
from tests.support.offices import PASSWORD, Template, copy_office, raw
from tests.support.running_program import program

ID_NUMBER, NAME, HALF_A_PHONE = "219900199508173226", "Li", "1380"


def draft_is_kept(folder: Path) -> bool:
    """Whether the half-typed telephone has reached the file."""
    connection = raw(DataFolder(folder))
    try:
        found = connection.execute("SELECT fields FROM draft WHERE screen = 'signup'").fetchone()
    finally:
        connection.close()
    return found is not None and json.loads(found[0])["values"]["phone"] == HALF_A_PHONE


def test_a_killed_program_opens_again_at_the_same_field_with_the_same_text(
    office_template: Template, tmp_path: Path
) -> None:
    folder = tmp_path / "office"
    copy_office(office_template.root, folder)
    with program(folder) as first:
        first.enter(PASSWORD, "password")
        first.until(lambda seen: "这里还没有单位" in seen.read)
        first.do(press="Key_6", **{"with": "AltModifier"})
        first.enter(ID_NUMBER, "id_number")
        first.enter(NAME, "name")
        first.stands_at("phone")
        first.do(type=HALF_A_PHONE)
        first.until(lambda seen: draft_is_kept(folder))
        first.kill()
    with program(folder) as second:
        second.enter(PASSWORD, "password")
        seen = second.until(lambda seen: "已恢复上次没有保存的内容" in seen.read)
        seen = second.stands_at("phone")
        assert seen.typed == HALF_A_PHONE
        assert NAME in seen.read.splitlines() and "219900 19950817 3226" in seen.read
        # The cursor stands behind what was typed: one goes on where one was.
        assert second.do(type="0245678").typed == f"{HALF_A_PHONE}0245678"
