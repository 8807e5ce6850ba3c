"""What came of a file of visits: row by row what stayed out, and what should be looked at."""

from collections.abc import Iterator

from organizer.cli.output import Outcome
from organizer.errors import InvalidInput, UserError
from organizer.i18n import _
from organizer.services.employers import fact_checking
from organizer.services.survey.visit_taking import Taken


def visits_taken(result: Taken) -> Outcome:
    """The sentence, the facts and the lines of a file of visits."""
    sentence = _(
        "读入 {taken} 次走访，已有 {known} 次，{refused} 行有误未读入；改好再读一次，不会重复。"
    )
    return Outcome(
        "visits.taken",
        sentence.format(taken=result.taken, known=result.known, refused=len(result.problems)),
        {
            "taken": result.taken,
            "known": result.known,
            "run": result.run.hex(),
            "rows": [
                {
                    "sheet": problem.sheet,
                    "row": problem.number,
                    "code": problem.error.code,
                    "sentence": problem.error.sentence(),
                }
                for problem in result.problems
            ],
        },
        tuple(_lines(result)),
        exit_code=1 if result.problems and not result.taken + result.known else 0,
    )


def _lines(result: Taken) -> Iterator[str]:
    for problem in result.problems:
        yield _("[未读入] {sheet} 第 {row} 行　{sentence}").format(
            sheet=problem.sheet, row=problem.number, sentence=_said(problem.error)
        )
    for doubt in result.doubts:
        title = fact_checking.titles().get(doubt.field, doubt.field)
        yield _("[请核对] {sheet} 第 {row} 行　{field}：{sentence}").format(
            sheet=doubt.sheet, row=doubt.number, field=title, sentence=doubt.sentence
        )


def _said(error: UserError) -> str:
    title = fact_checking.titles().get(error.field) if isinstance(error, InvalidInput) else None
    if title is None:
        return error.sentence()
    return _("{field}：{sentence}").format(field=title, sentence=error.sentence())
