"""What the fields of a union are called, what is due with it and what it lacks, in words."""

from datetime import date

from organizer.domain.union_record import Due, Reminder
from organizer.i18n import _, show_date


def field_titles() -> dict[str, str]:
    """Every field that can be typed, in the order it is shown."""
    return {
        "name": _("工会全称"),
        "short_name": _("简称"),
        "org_type": _("工会类型"),
        "org_form": _("工会形式"),
        "founded_on": _("建会日期"),
        "approval_no": _("批复文号"),
        "term_from": _("本届开始"),
        "term_years": _("任期（年）"),
        "term_until": _("本届届满"),
        "chairman": _("主席"),
        "phone": _("联系电话"),
        "audit_committee": _("经审会"),
        "women_committee": _("女职工委员会"),
        "uscc": _("统一社会信用代码"),
        "certificate_no": _("法人资格证书"),
        "certificate_until": _("证书有效期至"),
        "local_code": _("本级编号"),
        "provincial_code": _("省总编号"),
        "national_code": _("全总编号"),
    }


def due_words() -> dict[Due, str]:
    """What a union should do soon."""
    return {
        Due.RE_ELECT: _("任期届满，准备换届"),
        Due.RENEW: _("法人资格证书快到期"),
        Due.RENEW_NOW: _("法人资格证书该换领了"),
        Due.REGISTER: _("建会后办法人登记"),
    }


def due_sentence(reminder: Reminder, today: date) -> str:
    """What is due and how long there is, with where it is written."""
    days = (reminder.by - today).days
    when = _("还有 {days} 天").format(days=days) if days >= 0 else _("过了 {days} 天")
    told = {
        Due.RE_ELECT: _(
            "本届 {day} 届满（{when}），请准备换届；延期须经上级工会批准，不超过半年（中国工会章程）"
        ),
        Due.RENEW: _(
            "法人资格证书 {day} 到期（{when}），到期前30日内换领（基层工会法人登记管理办法）"
        ),
        Due.RENEW_NOW: _(
            "法人资格证书 {day} 到期（{when}），现在就可以换领（基层工会法人登记管理办法）"
        ),
        Due.REGISTER: _("建会后宜在60日内办法人登记，到 {day}（{when}）；这是提醒，不是期限"),
    }
    return told[reminder.due].format(day=show_date(reminder.by), when=when.format(days=abs(days)))


def gap_words() -> dict[str, str]:
    """What the record of a union can lack, by the keys of `union_record.missing`."""
    return {**field_titles(), "units": _("至少两家成员单位")}


def yes_no() -> dict[str, str]:
    """Whether there is a committee."""
    return {"yes": _("有"), "no": _("无")}


def engaged_words() -> dict[str, str]:
    """Whether an officer does nothing else."""
    return {"full": _("专职"), "part": _("兼职")}
