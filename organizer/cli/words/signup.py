"""The words of `organizer signup`."""

from organizer.cli import approvals, membership
from organizer.cli.grammar import Parser, command, count, day, path, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """Applications."""
    known = verbs(noun)
    add = command(known, "add", membership.signup_add, _("登记一人入会，待审批"))
    add.add_argument(
        "--from",
        dest="answers",
        type=path,
        metavar=_("文件"),
        help=_("从文件读取，每行一项，如 id-number=…、phone=…；- 为标准输入。别人看不到"),
    )
    add.add_argument("--name", default="", help=_("姓名"))
    add.add_argument(
        "--id-number", default="", help=_("身份证号，可后补；多人共用的电脑上请用 --from")
    )
    add.add_argument("--phone", default="", help=_("手机号码；多人共用的电脑上请用 --from"))
    add.add_argument("--unit", help=_("工作单位：编号，或能唯一找到它的文字"))
    add.add_argument("--union", help=_("加入的工会全称，默认所在社区的工会"))
    add.add_argument("--migrant", choices=["yes", "no"], metavar="yes|no", help=_("是否农民工"))
    add.add_argument("--position", default="", help=_("岗位"))
    for name, label in membership.coded_answers().items():
        add.add_argument(f"--{name.replace('_', '-')}", default="", help=label)
    complete = command(known, "complete", membership.signup_complete, _("补录证件号（证件后补）"))
    complete.add_argument("id", metavar=_("会籍编号"))
    complete.add_argument("--id-number", required=True, help=_("身份证号"))
    approve = command(known, "approve", approvals.approve, _("批准待审批的入会申请"))
    approve.add_argument("ids", nargs="*", metavar=_("会籍编号"))
    approve.add_argument("--all", action="store_true", help=_("批准全部待审批的申请"))
    approve.add_argument("--committee", default="", help=_("审批的委员会，默认本工会委员会"))
    approve.add_argument("--met-on", type=day, metavar=_("日期"), help=_("会议日期，默认今天"))
    approve.add_argument("--number", default="", help=_("文号"))
    look = command(known, "look", approvals.look, _("看审批前须看的提示，看过的记下"))
    look.add_argument("ids", nargs="+", metavar=_("会籍编号"))
    lists = command(known, "lists", approvals.lists, _("列出审批名单"))
    lists.add_argument("--most", type=count, default=20, help=_("最多列多少份"))
    printed = command(known, "list-print", approvals.list_print, _("打印一份审批名单"))
    printed.add_argument("id", metavar=_("名单编号"))
    printed.add_argument("--out", type=path, required=True, metavar=_("文件"), help=_("存到哪里"))
