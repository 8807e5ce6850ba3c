"""What an act on a place would do, in words, before it is done; the same checks, nothing written."""

from dataclasses import dataclass

from organizer.domain.place import Kind
from organizer.i18n import _
from organizer.services import merging
from organizer.services.places import placing, splitting
from organizer.services.places.place_words import kind_word, weight_words
from organizer.services.places.splitting import SplitOrder
from organizer.services.workspace import Workspace
from organizer.store import assignments, grids, place_cards, places, rounds
from organizer.store.driver import Connection
from organizer.store.place_cards import PlaceState, Weight


@dataclass(frozen=True)
class Plan:
    """Sentences that say what will happen, the most important first."""

    sentences: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.sentences)


def rename_plan(workspace: Workspace, place: bytes, name: str) -> Plan:
    """What a new name does; raises what `placing.rename` raises."""
    found = placing.in_use(workspace, place)

    def query(connection: Connection) -> Plan:
        placing.check_rename(connection, found, name)
        along = _along(connection, found)
        said = _("“{name}”改名为“{new}”。").format(name=found.name, new=name.strip())
        kept = _("{along}照旧；以后的名单写旧名也认得。").format(along=along or _("记录"))
        return Plan((said, kept))

    return workspace.database.read(query)


def kind_plan(workspace: Workspace, place: bytes, kind: Kind) -> Plan:
    """What another kind does; raises what `placing.change_kind` raises."""
    found = placing.in_use(workspace, place)

    def query(connection: Connection) -> Plan:
        placing.check_kind(connection, found, kind)
        said = _("“{name}”由{old}改为{new}。").format(
            name=found.name, old=kind_word(found.kind), new=kind_word(kind)
        )
        along = _along(connection, found)
        return Plan((said, _("{along}照旧。").format(along=along)) if along else (said,))

    return workspace.database.read(query)


def move_plan(workspace: Workspace, place: bytes, parent: bytes) -> Plan:
    """What moving does; raises what `placing.move` raises."""
    found, above = placing.in_use(workspace, place), placing.in_use(workspace, parent)

    def query(connection: Connection) -> Plan:
        placing.check_move(connection, found, above)
        said = [_moved(connection, found, above.name)]
        if found.division_code != above.division_code:
            names = (_division(connection, one.id) for one in (found, above))
            said.append(_("所在区划由“{old}”改为“{new}”。").format(**_pair(*names)))
        if found.grid and not above.division_code.startswith(_grid_code(connection, found.grid)):
            told = _("原来的网格不在那里，移过去以后请另划网格。")
            said.append(told)
        return Plan(tuple(said))

    return workspace.database.read(query)


def split_plan(workspace: Workspace, order: SplitOrder) -> Plan:
    """What splitting does; raises what `splitting.split` raises."""
    found = placing.in_use(workspace, order.place)

    def query(connection: Connection) -> Plan:
        splitting.check_split(connection, found, order)
        whole = _weight(connection, found.id)
        going = sum(place_cards.weights(connection, order.chosen, None).values(), Weight())
        rest = whole - going
        new, none = order.name.strip(), _("没有单位")
        said = [
            _("把 {going} 移到新的“{new}”。").format(going=weight_words(going) or none, new=new),
            _("“{name}”留下 {rest}。").format(name=found.name, rest=weight_words(rest) or none),
        ]
        if found.grid:
            said.append(_("两处都在原来的网格里。"))
        if _assigned(connection, found):
            said.append(_("“{name}”的任务不变；“{new}”要另派。").format(name=found.name, new=new))
        return Plan(tuple(said))

    return workspace.database.read(query)


def merge_plan(workspace: Workspace, duplicate: bytes, kept: bytes) -> Plan:
    """What merging does; raises what `merging.merge_places` raises."""
    gone, stays = placing.in_use(workspace, duplicate), placing.in_use(workspace, kept)

    def query(connection: Connection) -> Plan:
        merging.check_merge(connection, gone, stays)
        names = {"name": gone.name, "kept": stays.name}
        along = _along(connection, gone)
        said = [_("“{name}”并入“{kept}”。").format(**names)]
        if along:
            said.append(_("{along}从此算在“{kept}”。").format(along=along, kept=stays.name))
        same = len(merging.twins(connection, gone.id, stays.id)) - 1
        if same:
            said.append(_("两边都有的 {count} 处合成一处。").format(count=same))
        if gone.grid and gone.grid != stays.grid:
            told = (
                _("网格以“{kept}”的为准。") if stays.grid else _("“{kept}”随之划入“{name}”的网格。")
            )
            said.append(told.format(**names))
        if _assigned(connection, gone):
            said.append(_("派出的任务跟着到“{kept}”。").format(**names))
        said.append(_("以后写“{name}”的名单都认作“{kept}”；可以撤销。").format(**names))
        return Plan(tuple(said))

    return workspace.database.read(query)


def retire_plan(workspace: Workspace, place: bytes) -> Plan:
    """What taking out of use does; raises what `placing.retire` raises."""
    found = placing.in_use(workspace, place)

    def query(connection: Connection) -> Plan:
        placing.check_retire(connection, found)
        said = [_("“{name}”停用，排查里不再出现；可以撤销。").format(name=found.name)]
        if who := _assigned(connection, found):
            said.append(
                _("它还派给{who}，任务会显示“地点已停用”，请到网格页结束或改派。").format(who=who)
            )
        return Plan(tuple(said))

    return workspace.database.read(query)


def _moved(connection: Connection, found: PlaceState, to: str) -> str:
    along = _along(connection, found)
    if not along:
        return _("把“{name}”移到“{to}”下面。").format(name=found.name, to=to)
    said = _("把“{name}”连同 {along} 移到“{to}”下面。")
    return said.format(name=found.name, along=along, to=to)


def _pair(old: str, new: str) -> dict[str, str]:
    return {"old": old, "new": new}


def _weight(connection: Connection, row: bytes) -> Weight:
    return place_cards.weights(connection, [row], None)[row]


def _along(connection: Connection, found: PlaceState) -> str:
    """What goes along with a place: what stands below it, not itself."""
    weight = _weight(connection, found.id)
    own = Weight(0, found.kind == "building", found.kind == "door")
    return weight_words(weight - own)


def _assigned(connection: Connection, found: PlaceState) -> str:
    """Who has the place to go through; "" for nobody."""
    current = rounds.current(connection, found.division_code)
    given = assignments.open_for(connection, current.id, place=found.id) if current else []
    return given[0].assignee if given else ""


def _division(connection: Connection, row: bytes) -> str:
    return next((p.name for p in places.above(connection, row) if p.kind == "division"), "")


def _grid_code(connection: Connection, grid: bytes) -> str:
    found = grids.grid_by_id(connection, grid)
    return (found.fields["division_code"] if found else "") or ""
