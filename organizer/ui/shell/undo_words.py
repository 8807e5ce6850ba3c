"""What an undone step is called in a sentence."""

from organizer.i18n import _
from organizer.services.undoing import TakenBack


def step_word(step: str) -> str:
    """The name of a kind of step, as `visit.record`; 这一步 for one without a name of its own."""
    words = {
        "visit.record": _("走访记录"),
        "visit.nobody": _("整层无人"),
        "visit.none": _("已走访无单位"),
        "list.import": _("导入名单"),
        "round.open": _("开批次"),
        "door.close": _("已尽责"),
        "grid.add": _("添加网格"),
        "grid.edit": _("修改网格"),
        "grid.hang": _("划入网格"),
        "grid.retire": _("停用网格"),
        "signup.add": _("入会登记"),
        "signup.approve": _("入会审批"),
        "place.add": _("添加地点"),
        "place.rename": _("地点改名"),
        "place.retire": _("停用地点"),
        "record.merge": _("合并记录"),
        "employer.add": _("新增单位"),
        "employer.edit": _("修改单位"),
        "person.edit": _("修改个人信息"),
        "paper.print": _("打印记录"),
        "batch.draft": _("生成批次"),
        "batch.drop": _("放弃批次"),
        "office.rename": _("单位改名"),
    }
    return words.get(step, _("这一步"))


def undone_sentence(done: TakenBack, *, again: bool = False) -> str:
    """已撤销：走访记录. With `again` it was brought back."""
    sentence = _("已恢复：{step}") if again else _("已撤销：{step}")
    told = sentence.format(step=step_word(done.step))
    if done.undone.kept:
        told += _("（{count} 处后来有改动，没有动）").format(count=len(done.undone.kept))
    return told
