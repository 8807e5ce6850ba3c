"""What an undone step is called in a sentence."""

from organizer.i18n import _
from organizer.services.undoing import TakenBack


def step_word(step: str) -> str:
    """The name of a kind of step, as `visit.record`; 这一步 for one without a name of its own."""
    return (_of_the_survey() | _of_unions() | _of_people()).get(step, _("这一步"))


def _of_the_survey() -> dict[str, str]:
    return {
        "visit.record": _("走访记录"),
        "visit.nobody": _("整层无人"),
        "visit.none": _("已走访无单位"),
        "visit.correct": _("更正走访"),
        "visit.take": _("读入走访"),
        "visit.elsewhere": _("其他走访"),
        "sheet.print": _("打印走访单"),
        "collect.read": _("读回采集表"),
        "photo.keep": _("加照片"),
        "photo.remove": _("去掉照片"),
        "fact.tell": _("补记"),
        "list.import": _("导入名单"),
        "round.open": _("开批次"),
        "round.close": _("结束批次"),
        "visit.unchanged": _("电话确认无变化"),
        "door.close": _("已尽责"),
        "grid.add": _("添加网格"),
        "grid.edit": _("修改网格"),
        "grid.hang": _("划入网格"),
        "grid.retire": _("停用网格"),
        "grid.relay": _("网格交接"),
        "drive.add": _("添加攻坚清单"),
        "drive.retire": _("停用攻坚清单"),
        "assignment.add": _("派任务"),
        "assignment.end": _("结束任务"),
        "place.add": _("添加地点"),
        "place.rename": _("地点改名"),
        "place.kind": _("改地点类型"),
        "place.move": _("移动地点"),
        "place.split": _("拆分地点"),
        "place.merge": _("合并地点"),
        "place.retire": _("停用地点"),
        "employer.merge": _("合并单位"),
        "pair.distinct": _("不是同一个"),
        "employer.add": _("新增单位"),
        "employer.edit": _("修改单位"),
        "spot_check.draw": _("抽取抽查"),
        "spot_check.answer": _("回访结果"),
        "office.rename": _("单位改名"),
        "office.screen_signature": _("屏幕签名的设置"),
    }


def _of_unions() -> dict[str, str]:
    return {
        "founding.begin": _("开始建会"),
        "founding.step": _("建会的一步"),
        "founding.candidate": _("建会名单"),
        "founding.meeting": _("选举大会"),
        "founding.finish": _("建成工会"),
        "founding.give_up": _("终止建会"),
        "union.add": _("建立工会"),
        "union.edit": _("修改工会"),
        "union.move": _("改上级工会"),
        "union.retire": _("撤销工会"),
        "union.cover": _("工会覆盖"),
        "union.uncover": _("结束覆盖"),
        "union.elect": _("换届"),
        "officer.add": _("登记工会干部"),
        "officer.edit": _("更正工会干部"),
        "officer.end": _("工会干部卸任"),
        "union_org.merge": _("合并工会"),
        "stock.unions": _("导入存量工会"),
    }


def _of_people() -> dict[str, str]:
    return {
        "signup.add": _("入会登记"),
        "signup.approve": _("入会审批"),
        "signup.see": _("审批前看过提示"),
        "gathering.hold": _("新建集中入会"),
        "gathering.edit": _("修改集中入会"),
        "gathering.authorise": _("现场审批授权"),
        "gathering.join": _("集中入会登记"),
        "member.refuse": _("不予批准"),
        "member.keep": _("保留会籍"),
        "member.resume": _("恢复会籍"),
        "member.leave": _("退会"),
        "member.expel": _("除名"),
        "member.die": _("死亡注销"),
        "member.file": _("除名备案"),
        "member.pay": _("会费交至"),
        "transfer.send": _("转出"),
        "transfer.confirm": _("转出接收"),
        "transfer.recall": _("撤回转出"),
        "transfer.receive": _("转入"),
        "transfer.bring": _("接转"),
        "transfer.settle": _("临时会员转入"),
        "consent.give": _("登记同意"),
        "consent.withdraw": _("撤回同意"),
        "consent.report": _("撤回同意报上级"),
        "person.edit": _("修改个人信息"),
        "person.merge": _("合并重复的人"),
        "paper.print": _("打印记录"),
        "paper.signed": _("材料签字"),
        "paper.stamped": _("材料盖章"),
        "paper.filed": _("材料归档"),
        "paper.unmark": _("撤回材料一步"),
        "member.tell": _("告知入会"),
        "stock.members": _("导入存量会员"),
        "batch.draft": _("生成批次"),
        "batch.drop": _("放弃批次"),
    }


def undone_sentence(done: TakenBack, *, again: bool = False) -> str:
    """已撤销：走访记录. With `again` it was brought back."""
    sentence = _("已恢复：{step}") if again else _("已撤销：{step}")
    told = sentence.format(step=step_word(done.step))
    if done.undone.kept:
        told += _("（{count} 处后来有改动，没有动）").format(count=len(done.undone.kept))
    return told
