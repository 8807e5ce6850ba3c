"""The words of `organizer member`."""

from organizer.cli import standing
from organizer.cli.grammar import Parser, command, day, verbs
from organizer.domain.member import Act
from organizer.i18n import _


def words(noun: Parser) -> None:
    """What becomes of members."""
    known = verbs(noun)
    helps = {
        Act.REFUSE: _("不予批准入会申请，写明原因"),
        Act.KEEP: _("保留会籍：下岗、失业、破产、退休、服兵役"),
        Act.RESUME: _("恢复保留的会籍"),
        Act.LEAVE: _("退会：本人要求，或连续六个月不交会费不参加活动"),
        Act.EXPEL: _("除名，写明决定的文号；还要报上一级备案"),
        Act.DIE: _("死亡注销"),
    }
    for act, told in helps.items():
        made = command(known, act.value, standing.change, told)
        made.set_defaults(act=act.value)
        made.add_argument("ids", nargs="+", metavar=_("会籍编号"))
        made.add_argument("--reason", default="", help=_("原因，只有一种时不用写"))
        made.add_argument("--words", default="", help=_("原因，用自己的话"))
        made.add_argument("--paper-no", default="", help=_("决定或批文的文号"))
        made.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))
    command(known, "unfiled", standing.unfiled, _("列出还没有报上一级备案的除名"))
    filed = command(known, "file", standing.file, _("记下除名已报上一级备案"))
    filed.add_argument("id", metavar=_("会籍编号"))
    filed.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))
