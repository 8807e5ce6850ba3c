"""What came of an imported list, in words: equal causes together with their rows, refused first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from organizer import resources
from organizer.i18n import _, listed
from organizer.services.importing import Imported
from organizer.services.proofing import note_sentence

_MOST_ROWS = 30


@dataclass(frozen=True)
class Cause:
    """One cause: what became of the rows, which rows, and why."""

    became: str
    where: str
    why: str


def sentence(result: Imported) -> str:
    """The import in one sentence."""
    return _("新增 {added} 家，已有 {known} 家，{refused} 行有误没有导入。").format(
        added=result.added, known=result.known, refused=result.refused
    )


def causes(result: Imported) -> list[Cause]:
    """Every cause once: rows left out, cells left out, remarks; in this order."""
    titles = resources.toml("texts", "fields.toml")["employer"]
    told = [
        (
            _("未导入") if report.refused else _("这一项未导入"),
            _("{field}：{sentence}").format(
                field=titles.get(report.field, report.field), sentence=report.error.sentence()
            ),
            report.sheet,
            report.row,
        )
        for report in sorted(result.reports, key=lambda report: not report.refused)
    ]
    told += [
        (_("请留意"), note_sentence(remark.note), remark.sheet, remark.row)
        for remark in result.notes
    ]
    return _grouped(told)


def _grouped(told: Iterable[tuple[str, str, str, int]]) -> list[Cause]:
    rows: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for became, why, sheet, row in told:
        rows[became, why, sheet].append(row)
    return [
        Cause(became, _where(sheet, numbers), why) for (became, why, sheet), numbers in rows.items()
    ]


def _where(sheet: str, numbers: list[int]) -> str:
    shown = _("{sheet} 第 {rows} 行").format(
        sheet=sheet, rows=listed(map(str, numbers[:_MOST_ROWS]))
    )
    more = len(numbers) - _MOST_ROWS
    return shown + _("等共 {count} 行").format(count=len(numbers)) if more > 0 else shown
