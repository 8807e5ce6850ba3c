"""The words of `organizer duplicate`."""

from organizer.cli import duplicates
from organizer.cli.grammar import Parser, command, count, verbs
from organizer.i18n import _

_MOST_LISTED = 100


def words(noun: Parser) -> None:
    """Duplicates: found, compared, merged, or found not to be one."""
    known = verbs(noun)
    listed = command(known, "list", duplicates.show_all, _("列出可能重复的单位、人、工会"))
    listed.add_argument("--kind", choices=list(duplicates.kinds()), help=_("只列这一类"))
    listed.add_argument("--strict", action="store_true", help=_("只列很可能同一个的"))
    listed.add_argument(
        "--limit", type=count, default=_MOST_LISTED, metavar=_("条数"), help=_("最多列几对")
    )
    shown = command(known, "show", duplicates.show, _("两条并排对比，说明为什么像"))
    merged = command(known, "merge", duplicates.merge, _("把重复的一条并入保留的一条，可撤销"))
    apart = command(known, "distinct", duplicates.distinct, _("记下两条不是同一个，以后不再提示"))
    for made, kinds in (
        (shown, duplicates.kinds()),
        (merged, duplicates.mergeable()),
        (apart, duplicates.kinds()),
    ):
        made.add_argument("kind", choices=list(kinds), metavar="|".join(kinds))
        made.add_argument("duplicate", metavar=_("重复的编号"))
        made.add_argument("kept", metavar=_("保留的编号"))
    merged.add_argument(
        "--take",
        nargs="*",
        default=None,
        metavar=_("字段"),
        help=_("取重复那条的这些字段；不写就只补保留那条空着的"),
    )
