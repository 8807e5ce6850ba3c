"""What came of an imported list, in words: what was left out and what to do, then what to look at."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from organizer import resources
from organizer.i18n import _, listed
from organizer.services.lists.importing import Imported, RowReport
from organizer.services.notes import note_sentence

_MOST_ROWS = 30
Spot = tuple[str, int]
"""Sheet and row."""


@dataclass(frozen=True)
class Cause:
    """One cause: which rows, and why."""

    where: str
    why: str


@dataclass(frozen=True)
class Part:
    """What became of some rows, what is to be done about it, and every cause once."""

    title: str
    advice: str
    causes: tuple[Cause, ...]

    def text(self) -> str:
        """All of it as lines to be copied."""
        lines = (_("{where}　{why}").format(where=one.where, why=one.why) for one in self.causes)
        return "\n".join((self.title, self.advice, *lines))


def sentence(result: Imported) -> str:
    """The import in one sentence."""
    return _("新增 {added} 家，已有 {known} 家，{refused} 行有误没有导入。").format(
        added=result.added, known=result.known, refused=result.refused
    )


def parts(result: Imported) -> list[Part]:
    """Rows left out, cells left out, remarks; in this order, each only where there is something."""
    refused = [report for report in result.reports if report.refused]
    cells = [report for report in result.reports if not report.refused]
    out = {(report.sheet, report.row) for report in refused}
    # What is wrong with a row that did not go in is told once.
    notes = [one for one in result.notes if (one.sheet, one.row) not in out]
    told = {one.sheet for one in result.reports} | {one.sheet for one in notes}
    several = len(told) > 1
    remarks: defaultdict[str, list[tuple[Spot, str]]] = defaultdict(list)
    for one in notes:
        remarks[one.note.code].append(((one.sheet, one.row), note_sentence(one.note)))
    found = (
        Part(
            _("{count} 行未导入：{where}").format(
                count=result.refused, where=_where(sorted(out), several)
            ),
            _("请在原来的表格里照下面的提示改好、保存，再导入一次这个文件；已经导入的不会重复。"),
            _grouped(refused, several),
        ),
        Part(
            _("{count} 格没有采用，这些单位已经导入").format(count=len(cells)),
            _("可以先不管；要补的，在“单位”里打开这一家填上。"),
            _grouped(cells, several),
        ),
        Part(
            _("已经导入，但写法改动过或没看懂的 {count} 处").format(count=len(notes)),
            _("不用现在处理：走访时顺便核对，不对的在单位卡片里改。"),
            tuple(_alike(found, several) for found in remarks.values()),
        ),
    )
    return [part for part in found if part.causes]


def stock_parts(result: Imported) -> list[Part]:
    """What came, or would come, of a list of the registry: rows to be settled, cells left out, remarks."""
    refused = [report for report in result.reports if report.refused]
    cells = [report for report in result.reports if not report.refused]
    out = {(report.sheet, report.row) for report in refused}
    notes = [one for one in result.notes if (one.sheet, one.row) not in out]
    told = {one.sheet for one in result.reports} | {one.sheet for one in notes}
    several = len(told) > 1
    remarks: defaultdict[str, list[tuple[Spot, str]]] = defaultdict(list)
    for one in notes:
        remarks[one.note.code].append(((one.sheet, one.row), note_sentence(one.note)))
    found = (
        Part(
            _("{count} 行要人处理，不导入：{where}").format(
                count=result.refused, where=_where(sorted(out), several)
            ),
            _("请照下面的提示在原来的表格里改好，再导入一次这个文件；已经导入的不会重复。"),
            _grouped(refused, several, "stock"),
        ),
        Part(
            _("{count} 格不采用，这些行照样导入").format(count=len(cells)),
            _("可以先不管，以后在会员或工会的页面里补。"),
            _grouped(cells, several, "stock"),
        ),
        Part(
            _("请留意的 {count} 处").format(count=len(notes)),
            _("这里已有的记录都没有改动；不一样的请核对后在页面里改。"),
            tuple(_alike(found, several) for found in remarks.values()),
        ),
    )
    return [part for part in found if part.causes]


def _grouped(
    reports: Iterable[RowReport], several: bool, area: str = "employer"
) -> tuple[Cause, ...]:
    """Equal sentences once, with all their rows; `area` says whose fields they are."""
    titles = resources.toml("texts", "fields.toml")[area]
    rows: defaultdict[str, list[Spot]] = defaultdict(list)
    for report in reports:
        field, said = titles.get(report.field, report.field), report.error.sentence()
        why = said if said.startswith(field) else _("{field}：{sentence}").format(
            field=field, sentence=said
        )  # fmt: skip
        rows[why].append((report.sheet, report.row))
    return tuple(Cause(_where(spots, several), why) for why, spots in rows.items())


def _alike(found: list[tuple[Spot, str]], several: bool) -> Cause:
    """Remarks of one kind: the first in full stands for all."""
    sentences = list(dict.fromkeys(said for _spot, said in found))
    why = sentences[0]
    if len(sentences) > 1:
        why = _("例如：{sentence}（同样的共 {count} 处）").format(sentence=why, count=len(found))
    return Cause(_where([spot for spot, _said in found], several), why)


def _where(spots: Iterable[Spot], several: bool) -> str:
    """第 3、4 行; of several sheets with their names."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for sheet, row in dict.fromkeys(spots):
        rows[sheet].append(row)
    return _("；").join(_rows(sheet if several else "", numbers) for sheet, numbers in rows.items())


def _rows(sheet: str, numbers: list[int]) -> str:
    text = _("第 {rows} 行") if len(numbers) <= _MOST_ROWS else _("第 {rows} 等共 {count} 行")
    shown = text.format(rows=listed(map(str, numbers[:_MOST_ROWS])), count=len(numbers))
    return f"{sheet} {shown}" if sheet else shown
