"""Logs never hold personal data, whatever form it comes in."""

import logging
from datetime import date
from pathlib import Path

import pytest

from organizer import log
from organizer.errors import Conflict, InvalidInput

PERSONAL = (
    # ids: plain, with x, lower case, grouped, 15 digits, full width, a letter misread
    "219900199003071234", "21990019761201455X", "21990019761201455x", "219900 19900307 1234",
    "219900-19900307-1234", "219900900307123", "２１９９００１９９００３０７１２３４", "21990O199003071234",
    # passes and passports
    "H12345678", "E12345678", "83012345", "军字第1234567号",
    # codes of units, also with letters that do not belong there
    "91219900100000403E", "91219900I00000403E", "912199007OOO023635",
    # phones
    "19900823557", "199 0082 3557", "199-0082-3557", "+8619900823557", "024-99990001", "(024)99990001",
    "99990001",
    # days of birth
    "1990-03-07", "1990年3月7日", "1990.3.7", "19900307", "1990/03/07",
    # names: Chinese, of one character apart, with a dot, rare, private use, in full width
    "翟海涛", "李 红", "阿依古丽·买买提热合曼", "张𠮷", "王㛃", "刘\ue5e5", "ＷＡＮＧ　红",
    # units, addresses, files
    "沈阳样禾供应链管理有限公司", "兴工街20号3门", "翟海涛入会申请.pdf",
)  # fmt: skip


@pytest.mark.parametrize("text", PERSONAL)
def test_no_part_of_a_personal_text_is_left(text: str) -> None:
    shown = log.redact(f"value='{text}'")
    for part in text.replace("-", " ").split():
        if len(part) > 2 and not part.endswith(".pdf"):
            assert part not in shown, shown
    assert not any(letter > "\x7f" for letter in shown)
    assert sum(letter.isdigit() for letter in shown) <= 3  # the area of a land line may stay


@pytest.mark.parametrize(
    "text",
    [
        "store.damaged", "record.not_one count=3", 'File "organizer/store/undo.py", line 142, in run',
        "sqlcipher3.dbapi2.OperationalError: no such column: sheet", "exit 70 after 12345 ms",
        "DatabaseDamaged", "PySide6.QtCore 6.11.1",
    ],
)  # fmt: skip
def test_what_a_repairer_needs_is_left(text: str) -> None:
    assert log.redact(text) == text


def test_of_facts_only_their_shape_is_kept() -> None:
    error = Conflict(
        "signup.already_member", name="翟海涛", other="ALI HASSAN", file=Path("/home/zhang/Zhang.xlsx"),
        day=date(1990, 3, 7), count=3, flag=True, nothing=None,
    )  # fmt: skip
    line = log.facts_line(error.code, error.facts)
    assert line.startswith("signup.already_member name=<str 3> other=<str 10>")
    assert line.endswith("count=3 flag=True nothing=None")
    for leak in ("ALI", "Zhang", "1990", "翟"):
        assert leak not in line


def test_the_file_of_a_log_holds_nothing_personal(tmp_path: Path) -> None:
    handler = log.start(tmp_path)
    try:
        for text in PERSONAL:
            log.area("cli").info("refused %s", text)
        try:
            raise InvalidInput("id.check_digit", field="id_number", value=PERSONAL[0])
        except InvalidInput:
            log.area("cli").exception("bug at 翟海涛 219900199003071234")
    finally:
        log.stop(handler)
    written = (tmp_path / "organizer.log").read_text("utf-8")
    assert written.isascii()
    assert "Traceback" in written and "id.check_digit" in written
    assert not any(text in written for text in PERSONAL if text.isascii() and len(text) > 8)
    assert len(written.splitlines()) > len(PERSONAL)
    # The time of each line is the machine's, not a person's, and stays.
    assert written[:4].isdigit() and written[4] == "-"


def test_after_stop_nothing_is_written(tmp_path: Path) -> None:
    log.stop(log.start(tmp_path))
    log.area("cli").info("late")
    assert not (tmp_path / "organizer.log").exists()


def test_a_log_that_cannot_be_written_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    nowhere = log.start(tmp_path / "file" / "log")
    (tmp_path / "organizer.log").mkdir()
    refused = log.start(tmp_path)
    try:
        log.area("cli").error("lost")
    finally:
        log.stop(refused)
        log.stop(nowhere)
    assert capsys.readouterr().err == ""
    assert isinstance(nowhere, logging.Handler)


def test_the_log_is_bounded(tmp_path: Path) -> None:
    handler = log.start(tmp_path)
    try:
        for _ in range(60):
            log.area("cli").info("x" * 100_000)
    finally:
        log.stop(handler)
    files = sorted(file.name for file in tmp_path.iterdir())
    assert files == ["organizer.log", *(f"organizer.log.{n}" for n in (1, 2, 3))]
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 4_100_000
