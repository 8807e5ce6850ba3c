"""The report of an import: equal causes stand together with their rows, refused rows first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from organizer.cli.output import Outcome
from organizer.cli.wording import field_label, note_sentence
from organizer.i18n import _, listed
from organizer.services.lists.importing import Imported

_MOST_ROWS = 30


def imported(result: Imported) -> Outcome:
    """What came of a list, cause by cause and in sum; as facts row by row."""
    sentence = _(
        "新增 {added} 个单位，已有 {known} 个，{refused} 行有误未导入；新增事实 {facts} 条。"
    )
    return Outcome(
        "list.imported",
        sentence.format(
            added=result.added, known=result.known, refused=result.refused, facts=result.new_facts
        ),
        _facts(result),
        tuple(report_lines(result)),
        exit_code=1 if result.refused and not result.added + result.known else 0,
    )


def _facts(result: Imported) -> dict[str, object]:
    return {
        "added": result.added,
        "known": result.known,
        "refused": result.refused,
        "new_facts": result.new_facts,
        "resumed": result.resumed,
        "run": result.run.hex(),
        "rows": row_facts(result),
    }


def row_facts(result: Imported) -> list[dict[str, object]]:
    """What is to be told row by row."""
    return [
        {
            "sheet": report.sheet,
            "row": report.row,
            "field": report.field,
            "code": report.error.code,
            "sentence": report.error.sentence(),
            "refused": report.refused,
        }
        for report in result.reports
    ]


def report_lines(result: Imported, titles: Mapping[str, str] | None = None) -> Iterator[str]:
    """What came of a list, cause by cause; `titles` are what its fields are called."""
    titles = titles or {}
    refused = [report for report in result.reports if report.refused]
    left_out = [report for report in result.reports if not report.refused]
    for reports, title in ((refused, _("未导入")), (left_out, _("这一项未导入"))):
        yield from _grouped(
            (
                (
                    title,
                    _("{field}：{sentence}").format(
                        field=titles.get(report.field) or field_label(report.field),
                        sentence=report.error.sentence(),
                    ),
                ),
                (report.sheet, report.row),
            )
            for report in reports
        )
    yield from _grouped(
        ((_("请留意"), note_sentence(remark.note)), (remark.sheet, remark.row))
        for remark in result.notes
    )
    yield from _grouped(
        ((_("不是数据"), reason.label), (sheet, row)) for sheet, row, reason in result.skipped
    )


def _grouped(entries: Iterable[tuple[tuple[str, str], tuple[str, int]]]) -> Iterator[str]:
    rows: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for (title, sentence), (sheet, row) in entries:
        rows[title, sentence, sheet].append(row)
    for (title, sentence, sheet), numbers in rows.items():
        shown = listed(map(str, numbers[:_MOST_ROWS]))
        more = _("等 {count} 行").format(count=len(numbers)) if len(numbers) > _MOST_ROWS else ""
        yield _("[{title}] {sheet} 第 {rows} 行{more}　{sentence}").format(
            title=title, sheet=sheet, rows=shown, more=more, sentence=sentence
        )
