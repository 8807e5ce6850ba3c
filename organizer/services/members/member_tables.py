"""Tables about members as papers (.pdf) and workbooks (.xlsx): rosters, arrears, groups, an employer's numbers."""

from collections.abc import Sequence
from pathlib import Path

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.domain.dues import LAPSE_MONTHS
from organizer.domain.member_groups import FEW, Tally, told_to_employer
from organizer.errors import InvalidInput
from organizer.forms.fonts import FontSet
from organizer.forms.member_roster import Roster, roster_sheet
from organizer.forms.member_tables import TablePaper, table_paper
from organizer.i18n import _, show_date
from organizer.services.members import dues_keeping, member_counts, roster_lines
from organizer.services.members.dues_keeping import Behind
from organizer.services.members.member_counts import BY_UNION, Counts, UnitCounts
from organizer.services.workspace import Workspace, refuse_taken, write_new
from organizer.sheets.table_book import TableBook, table_book
from organizer.store.audit import Entry

PDF, BOOK = ".pdf", ".xlsx"


def counts_file(workspace: Workspace, by: str = BY_UNION, kind: str = PDF) -> bytes:
    """Members by group and by union or place."""
    workspace.require(Permission.PRINT)
    table = member_counts.counts(workspace, by)
    title, day = _("会员分群体统计表"), show_date(workspace.today)
    first = _("工会") if by == BY_UNION else _("社区、街道")
    notes = (_counted_note(), _twice_note())
    heads = [first, *count_columns(table)]
    if kind == BOOK:
        rows = [_count_cells(table, line) for line in (*table.lines, table.total)]
        widths = [30.0, *(8.0 for _head in heads[1:])]
        said = _("{office}　{day}").format(office=workspace.office.name, day=day)
        columns = list(zip(heads, widths, strict=True))
        return table_book(TableBook(title, said, columns, rows, notes, totals=True))
    rows = [_count_cells(table, line) for line in (*table.lines, table.total)]
    shares = [46.0, *(12.5 for _head in heads[1:])]
    paper = TablePaper(
        "HJ-08",
        title,
        workspace.office.name,
        (((_("口径"), _("计入会员数的")), (_("统计日期"), day)),),
        [(head, share, at > 0) for at, (head, share) in enumerate(zip(heads, shares, strict=True))],
        [[str(cell) for cell in row] for row in rows],
        notes,
        (_("制表人（签名）："), _("审核人（签名）：")),
        across=True,
    )
    return table_paper(paper, FontSet())


def count_columns(table: Counts) -> list[str]:
    """The headings of the table behind the first."""
    heads = [_("会员"), _("女"), _("农民工")]
    for kind in table.kinds:
        heads += [kind, *(group.label for group in table.groups if group.kind == kind)]
    return heads


def count_numbers(table: Counts, line: Tally) -> list[int]:
    """The numbers of a line, in the order of the headings."""
    cells = [line.members, line.women, line.migrant]
    for kind in table.kinds:
        cells.append(line.of_kind(table.groups, kind))
        cells += [line.of(group) for group in table.groups if group.kind == kind]
    return cells


def unit_file(workspace: Workspace, employer: bytes, kind: str = PDF) -> bytes:
    """单位会员人数表: what an employer may have, numbers only; who joined is not its business."""
    workspace.require(Permission.PRINT)
    told = member_counts.unit_counts(workspace, employer)
    entry = Entry("employer.member_numbers", workspace.account.id, told.employer, kind)
    workspace.database.record(entry)
    title, day = _("单位会员人数表"), show_date(workspace.today)
    rows = unit_rows(told)
    notes = (
        _("本表只有人数，没有姓名。少于 {few} 人的写“<{few}”，免得看出是谁。").format(few=FEW),
        _counted_note(),
    )
    if kind == BOOK:
        said = _("{unit}　{day}").format(unit=told.name, day=day)
        columns = [(_("项目"), 28.0), (_("人数"), 12.0)]
        return table_book(TableBook(title, said, columns, rows, notes))
    paper = TablePaper(
        "HJ-09",
        title,
        workspace.office.name,
        (((_("单位名称"), told.name), (_("统计日期"), day)),),
        [(_("项目"), 100, False), (_("人数"), 40, True)],
        rows,
        notes,
        (_("工会（盖章）："),),
    )
    return table_paper(paper, FontSet())


def unit_rows(told: UnitCounts) -> list[tuple[str, str]]:
    """Item and number; of a breakdown small numbers are not told."""
    rows = [
        (_("职工总数"), told.staff or _("未知")),
        (_("会员"), str(told.members)),
        (_("其中：女会员"), told_to_employer(told.tally.women)),
        (_("其中：农民工"), told_to_employer(told.tally.migrant)),
    ]
    for kind in dict.fromkeys(group.kind for group in told.groups):
        whole = told.tally.of_kind(told.groups, kind)
        if not whole:
            continue
        rows.append((kind, told_to_employer(whole)))
        rows += [
            (_("　{group}").format(group=group.label), told_to_employer(count))
            for group in told.groups
            if group.kind == kind and (count := told.tally.of(group))
        ]
    return rows


def behind_file(workspace: Workspace, union: bytes | None = None, kind: str = PDF) -> bytes:
    """会费欠缴名单: who has paid nothing for six months or more."""
    workspace.require(Permission.PRINT)
    found = dues_keeping.behind(workspace, union)
    title, day = _("会费欠缴名单"), show_date(workspace.today)
    heads = (
        (_("序号"), 10.0), (_("姓名"), 26.0), (_("工会"), 46.0), (_("工作单位"), 46.0),
        (_("会费交至"), 20.0), (_("欠缴月数"), 18.0), (_("提醒和处理"), 34.0),
    )  # fmt: skip
    rows = [(str(at), *_behind_cells(one), "") for at, one in enumerate(found, start=1)]
    notes = (
        _(
            "连续 {months} 个月不交会费、不参加组织生活，经教育拒不改正的，才视为自动退会"
            "（《中国工会章程》第六条、《工会会员会籍管理办法》第二十二条）。本名单只供提醒，不等于退会。"
        ).format(months=LAPSE_MONTHS),
        _("没有登记过会费的，不在本名单上。"),
    )
    if kind == BOOK:
        columns = [(head, share / 2) for head, share in heads]
        said = _("{office}　{day}").format(office=workspace.office.name, day=day)
        return table_book(TableBook(title, said, columns, rows, notes))
    paper = TablePaper(
        "HJ-07",
        title,
        workspace.office.name,
        (((_("人数"), str(len(found))), (_("统计日期"), day)),),
        [(head, share, at in (0, 4, 5)) for at, (head, share) in enumerate(heads)],
        rows,
        notes,
        (_("制表人（签名）："), _("工会小组（签名）：")),
        across=True,
    )
    return table_paper(paper, FontSet())


def roster_file(workspace: Workspace, union: bytes, *, masked: bool) -> bytes:
    """会员花名册 of a union: whole for the archive, or masked for posting; the whole is in the audit."""
    workspace.require(Permission.PRINT)
    if not masked:
        entry = Entry("union.roster", workspace.account.id, union, "id_number phone")
        workspace.database.record(entry)
    found = roster_lines.read(workspace, union, masked=masked)
    roster = Roster(
        found.union_name,
        workspace.office.name,
        workspace.today,
        masked,
        found.lines,
        found.women,
        found.migrant,
        found.new_form,
        ids.short_id(union),
    )
    return roster_sheet(roster, FontSet())


def write(out: Path, made: bytes) -> Path:
    """Put a table into a new file; raises `Conflict`, `DeviceMissing`."""
    refuse_taken(out)
    write_new(out, made)
    return out


def kind_of(out: Path) -> str:
    """By its ending what a file is to be; raises `InvalidInput` for another."""
    kind = out.suffix.lower()
    if kind not in (PDF, BOOK):
        raise InvalidInput("member.file_kind", field="out", name=out.name)
    return kind


def _count_cells(table: Counts, line: Tally) -> list[str | int]:
    return [line.name, *count_numbers(table, line)]


def _behind_cells(one: Behind) -> Sequence[str]:
    return one.name, one.union_name, one.workplace, one.paid_until, str(one.months)


def _counted_note() -> str:
    return _(
        "会员数含正式、临时和转出待接的会员，不含保留会籍的（《工会会员会籍管理办法》第十六条）。"
    )


def _twice_note() -> str:
    return _("八大群体和新就业形态是两张表，同一个人在两张表里各算一次，不能相加。")
