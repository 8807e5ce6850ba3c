"""Lists of made-up people as they are pasted at a gathering."""

from datetime import date

from stdnum.cn import ric

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "样甲乙丙丁戊己庚辛"
HEADINGS = ("序号", "姓名", "身份证号", "手机号码", "所属平台")


def made_id(number: int, born_on: date = date(1990, 1, 1), *, woman: bool = False) -> str:
    """A valid id number of nobody: area 219900, its sequence from `number` (below 400)."""
    sequence = 2 * number + (0 if woman else 1)
    body = f"219900{born_on:%Y%m%d}{sequence:03d}"
    return body + ric.calc_check_digit(body + "0")


def made_phone(number: int) -> str:
    """A telephone number of nobody."""
    return f"199{number:08d}"


def ordinary(count: int, first: int = 1) -> list[tuple[str, str, str]]:
    """So many people with name, id number and telephone, each another."""
    return [
        (
            _SURNAMES[n % len(_SURNAMES)] + "样" + _GIVEN[n // len(_SURNAMES) % len(_GIVEN)],
            made_id(n, date(1985 + n % 15, 1 + n % 12, 1 + n % 28)),
            made_phone(n),
        )
        for n in range(first, first + count)
    ]


def pasted(people: list[tuple[str, str, str]], platform: str = "样例快递站") -> str:
    """The people as cells copied from a spreadsheet, headings above them."""
    rows = [(str(n), *person, platform) for n, person in enumerate(people, 1)]
    return "\n".join("\t".join(cells) for cells in (HEADINGS, *rows)) + "\n"
