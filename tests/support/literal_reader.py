"""A platform's importer as its behaviour is known, taken literally; it shares nothing with us.

Reads the .xlsx container with the standard library only. Columns by position, data from row 5,
the last row never read, labels looked up by name, every oddity refused.
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_HEAD_ROWS = 4

_SEX = {"男性": "1", "女性": "2"}
_ETHNIC = {"汉族": "01", "蒙古族": "02", "回族": "03", "维吾尔族": "05", "朝鲜族": "10"}
_ETHNIC |= {"满族": "11", "锡伯族": "38"}
_EMPLOYMENT = {"在岗": "1", "待(下)岗": "2", "失业": "3", "退休": "4"}
_PAPER = {"身份证": "01"}
_EDUCATION = {"硕士研究生毕业": "14", "大学本科毕业": "21", "大学专科毕业": "31"}
_EDUCATION |= {"中等专科毕业": "41", "技工学校毕业": "47", "普通高中毕业": "61", "初中毕业": "71"}
_SKILL = {"职业资格一级(高级技师)": "1", "职业资格五级(初级)": "5"}
_HOUSEHOLD = {"非农业家庭户口": "1", "农业家庭户口": "2"}
_CHANGE = {"入会": "1", "转入": "2", "保留": "3", "转出": "4", "除名": "5", "退会": "6"}
_REASON = {"劳动(工作)关系发生变化": "1", "失业": "3", "个人要求退会": "5"}
_POLITICAL = {"中共党员": "01", "共青团员": "03", "群众": "13"}
_YES_NO = {"是": "1", "否": "0"}


class FileRefusedError(Exception):
    """The whole file is turned away."""


class RowRefusedError(Exception):
    """One row is turned away."""


@dataclass(frozen=True)
class ReadMember:
    name: str
    sex: str
    born: str
    ethnic: str
    employment: str
    paper: str
    id_number: str
    education: str
    skill: str
    mobile: str
    household: str
    household_place: str
    change: str
    changed: str
    reason: str
    political: str
    employer: str
    native_place: str
    migrant: str


def read_members(path: Path) -> list[ReadMember]:
    with zipfile.ZipFile(path) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        shared = _shared_strings(archive)
    rows = {int(row.get("r", "0")): row for row in sheet.iterfind("m:sheetData/m:row", _NS)}
    last = max(rows)
    for merge in sheet.iterfind("m:mergeCells/m:mergeCell", _NS):
        numbers = [int(number) for number in re.findall(r"[0-9]+", merge.get("ref", ""))]
        if max(numbers) > _HEAD_ROWS and numbers != [last, last]:
            raise FileRefusedError(f"merged cells {merge.get('ref')}")
    return [_member(_texts(rows[number], shared)) for number in range(_HEAD_ROWS + 1, last)]


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(item.itertext()) for item in root.iterfind("m:si", _NS)]


def _texts(row: ElementTree.Element, shared: list[str]) -> list[str]:
    texts = [""] * 20
    for cell in row.iterfind("m:c", _NS):
        letters = re.match(r"[A-Z]+", cell.get("r", ""))
        if len(cell) == 0:
            continue
        index, inline = cell.find("m:v", _NS), cell.find("m:is", _NS)
        if cell.get("t") not in ("s", "inlineStr") or letters is None:
            raise RowRefusedError(f"{cell.get('r')} is not text")
        raw = "".join(inline.itertext()) if inline is not None else shared[int(index.text)]
        texts[ord(letters[0]) - ord("A")] = re.sub(
            "_x([0-9A-F]{4})_", lambda escape: chr(int(escape[1], 16)), raw
        )
    return texts


def _member(cells: list[str]) -> ReadMember:
    (_, name, sex, born, ethnic, employment, paper, number, education, skill, mobile) = cells[:11]
    (household, place, change, changed, reason, political, employer, native, migrant) = cells[11:]
    if not _is_id(number):
        raise RowRefusedError(f"id {number!r}")
    if not mobile or len(mobile) > 11:
        raise RowRefusedError(f"mobile {mobile!r}")
    if not re.fullmatch("[0-9]{8}", born):
        born = number[6:14]
    return ReadMember(
        name=name,
        sex=_code(_SEX, sex),
        born=born,
        ethnic=_code(_ETHNIC, ethnic),
        employment=_code(_EMPLOYMENT, employment),
        paper=_code(_PAPER, paper),
        id_number=number,
        education=_code(_EDUCATION, education),
        skill=_code(_SKILL, skill),
        mobile=mobile,
        household=_code(_HOUSEHOLD, household),
        household_place=place,
        change=_code(_CHANGE, change),
        changed=changed,
        reason=_code(_REASON, reason),
        political=_code(_POLITICAL, political),
        employer=employer,
        native_place=native,
        migrant=_code(_YES_NO, migrant),
    )


def _code(table: dict[str, str], label: str) -> str:
    if label and label not in table:
        raise RowRefusedError(f"label {label!r}")
    return table.get(label, "")


def _is_id(number: str) -> bool:
    if not re.fullmatch("[0-9]{17}[0-9X]", number):
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, number[:17], strict=True))
    return "10X98765432"[total % 11] == number[17]
