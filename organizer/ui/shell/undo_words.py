"""What an undone step is called in a sentence."""

from organizer.i18n import _
from organizer.services.undoing import TakenBack


def step_word(step: str) -> str:
    """The name of a kind of step, as `visit.record`; 这一步 for one without a name of its own."""
    return (_of_the_survey() | _of_people()).get(step, _("这一步"))


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
        "record.merge": _("合并记录"),
        "employer.add": _("新增单位"),
        "employer.edit": _("修改单位"),
        "spot_check.draw": _("抽取抽查"),
        "spot_check.answer": _("回访结果"),
        "office.rename": _("单位改名"),
    }


def _of_people() -> dict[str, str]:
    return {
        "signup.add": _("入会登记"),
        "signup.approve": _("入会审批"),
        "union.add": _("建立工会"),
        "union.edit": _("修改工会"),
        "union.move": _("改上级工会"),
        "union.retire": _("撤销工会"),
        "union.cover": _("工会覆盖"),
        "union.uncover": _("结束覆盖"),
        "member.refuse": _("不予批准"),
        "member.keep": _("保留会籍"),
        "member.resume": _("恢复会籍"),
        "member.leave": _("退会"),
        "member.expel": _("除名"),
        "member.die": _("死亡注销"),
        "member.file": _("除名备案"),
        "transfer.send": _("转出"),
        "transfer.confirm": _("转出接收"),
        "transfer.recall": _("撤回转出"),
        "transfer.receive": _("转入"),
        "transfer.bring": _("接转"),
        "transfer.settle": _("临时会员转入"),
        "person.edit": _("修改个人信息"),
        "paper.print": _("打印记录"),
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
