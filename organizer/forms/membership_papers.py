"""Papers of what becomes of a membership: leaving, kept, expelled (reconstructed from the rules).

会籍管理办法 art. 16-23 and 工会章程 第六、七条 say what has to be decided and told, not how it looks.
"""

from dataclasses import dataclass
from datetime import date

from organizer.forms.fonts import FontSet
from organizer.forms.official_sheet import OfficialSheet, drawn
from organizer.forms.page import FormCode
from organizer.forms.printable import check_printable
from organizer.forms.transfer_letter import month_words
from organizer.i18n import show_date

LEAVING, KEPT, EXPELLED = "leaving", "kept", "expulsion"
FORM_IDS = {LEAVING: "HJ-02", KEPT: "HJ-03", EXPELLED: "HJ-04"}
VERSION = 1
_TITLES = {LEAVING: "退会申请书和决定", KEPT: "保留会籍登记表", EXPELLED: "除名备案表"}
_LABELS = {
    "name": "姓名",
    "id_number": "身份证号",
    "union_name": "工会名称",
    "workplace": "工作单位",
    "reason": "原因",
    "words": "事由",
    "paper_no": "文号",
}


@dataclass(frozen=True)
class ChangePaper:
    """A member and what is done about the membership; empty texts are left for handwriting."""

    name: str
    sex: str
    born_on: date | None
    id_number: str
    card_no: str
    union_name: str
    above: str
    workplace: str
    joined_on: date | None
    reason: str
    words: str
    paper_no: str
    on: date | None
    paid_until: str
    operator: str
    short_id: str


def change_paper(kind: str, data: ChangePaper, fonts: FontSet) -> bytes:
    """One of the papers as PDF; raises `InvalidInput` for a character that no font has."""
    check_printable({name: getattr(data, name) for name in _LABELS}, fonts, _LABELS)
    draw = {LEAVING: _leaving, KEPT: _kept, EXPELLED: _expelled}[kind]
    code = FormCode(FORM_IDS[kind], VERSION, data.short_id)
    return drawn(_TITLES[kind], data.union_name, code, fonts, "A4", lambda flow: draw(flow, data))


def _who(flow: OfficialSheet, data: ChangePaper) -> None:
    flow.facts(
        (
            (("姓名", data.name), ("性别", data.sex)),
            (("出生日期", _day(data.born_on)), ("身份证号", data.id_number)),
            (("会员证号", data.card_no), ("入会日期", _day(data.joined_on))),
            (("工会名称", data.union_name), ("工作单位", data.workplace)),
        )
    )


def _leaving(flow: OfficialSheet, data: ChangePaper) -> None:
    _who(flow, data)
    flow.heading("一、退会申请")
    reason = data.words or "＿" * 30
    flow.note(
        f"{data.union_name or '＿' * 12}：本人自愿要求退出工会，原因：{reason}。"
        "会员证一并交回。退会以后可以重新申请入会。"
    )
    flow.note("退会和撤回个人信息处理同意是两件事；要撤回同意的，另填撤回同意书。")
    flow.signatures(("申请人（签名）：", "工会小组（签名）："))
    flow.heading("二、退会决定")
    flow.note(
        f"根据《中国工会章程》第六条，经本会研究，同意{data.name or '＿' * 4}退会，"
        f"自 {_day(data.on)} 起终止会籍，收回会员证。会费已交至{month_words(data.paid_until)}。"
    )
    flow.facts(((("文号", data.paper_no), ("经办人", data.operator)),))
    flow.signatures(("基层工会委员会（盖章）：",))


def _kept(flow: OfficialSheet, data: ChangePaper) -> None:
    _who(flow, data)
    flow.facts(
        (
            (("保留原因", data.reason), ("起始日期", _day(data.on))),
            (("会费交至", month_words(data.paid_until)), ("文号", data.paper_no)),
        )
    )
    flow.note(
        "保留会籍期间不交会费，没有选举权、被选举权和表决权，不计入会员数"
        "（《工会会员会籍管理办法》第十六条、第二十一条）。重新就业的，请到新单位工会接转会籍。"
    )
    if data.words:
        flow.note(f"备注：{data.words}")
    flow.signatures(("会员（签名）：", "基层工会委员会（盖章）："))


def _expelled(flow: OfficialSheet, data: ChangePaper) -> None:
    _who(flow, data)
    flow.facts(
        (
            (("决定文号", data.paper_no), ("决定日期", _day(data.on))),
            (("原因", data.reason),),
            (("事实和依据", data.words or "　\n　\n　"),),
        )
    )
    flow.note(
        "根据《中国工会章程》第七条、《工会会员会籍管理办法》第二十三条，经工会小组讨论，基层工会委员会决定，"
        "开除该会员会籍，现报上一级工会备案。"
    )
    flow.signatures(("工会小组讨论意见：", "基层工会委员会（盖章）："))
    flow.heading("上一级工会备案")
    flow.facts(((("上一级工会", data.above), ("备案号", "")),))
    flow.signatures(("上一级工会（盖章）：",))


def _day(day: date | None) -> str:
    return show_date(day) if day else "＿＿＿＿年＿＿月＿＿日"
