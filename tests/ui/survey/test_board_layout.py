"""Where tiles lie: sides run beside each other, floors wrap, only what shows is looked at."""

from organizer.domain.board import Board, Row, Shape, Side, Tile
from organizer.ui.survey.board_layout import Box, Measures, Plan, laid_out, street_height

ROOM = 400
MEASURES = Measures(
    tile=74, low=36, gap=8, least=60, most=168, letter=14, aside=52, road=26, room=ROOM
)


def tiles(*names: str, units: int = 1) -> tuple[Tile, ...]:
    return tuple(Tile(name.encode(), name, "building", tuple(range(units))) for name in names)


def street(odd: tuple[str, ...], even: tuple[str, ...], lanes: tuple[str, ...] = ()) -> Board:
    rows = ((Side.ODD, odd), (Side.EVEN, even), (Side.LANES, lanes))
    made = tuple(Row(key, "", None, tiles(*names)) for key, names in rows if names)
    return Board(Shape.STREET, b"w", (), made)


def stacked(*rows: tuple[str, int], shape: Shape = Shape.FLOORS) -> Board:
    made = (
        Row(name, name, name.encode(), tiles(*(f"{name}{n}" for n in range(count))))
        for name, count in rows
    )
    return Board(shape, b"t", (), tuple(made))


def apart(plan: Plan) -> bool:
    """Whether no two tiles of a line overlap."""
    return all(
        plan.boxes[at].x + plan.boxes[at].width <= plan.boxes[at + 1].x
        for line in plan.lines
        for at in range(line.first, line.end - 1)
    )


def test_no_house_stands_before_one_of_a_lower_number_across_the_road() -> None:
    odd, even = ("1号", "3号", "11号", "13号"), ("2号", "4号", "6号", "8号", "10号", "12号")
    plan = laid_out(street(odd, even), MEASURES)
    begins = {
        int(name.removesuffix("号")): box.x
        for name, box in zip((*odd, *even), plan.boxes, strict=True)
    }
    numbers = sorted(begins)
    assert [begins[n] for n in numbers] == sorted(begins.values())
    assert begins[11] >= begins[10] and apart(plan)
    assert plan.road is not None
    assert plan.boxes[0].y + 74 < plan.road.y < plan.boxes[len(odd)].y


def test_houses_with_more_units_are_wider_up_to_a_limit() -> None:
    few, many, huge = (
        laid_out(Board(Shape.STREET, b"w", (), (Row(Side.ODD, "", None, made),)), MEASURES)
        for made in (tiles("1号"), tiles("1号", units=8), tiles("1号", units=500))
    )
    assert few.boxes[0].width < many.boxes[0].width < huge.boxes[0].width == 168


def test_arrows_go_along_the_side_and_across_the_road_and_to_the_lanes() -> None:
    plan = laid_out(street(("1号", "3号"), ("2号", "4号"), ("前进里",)), MEASURES)
    assert [plan.along(0, 1), plan.along(1, 1), plan.along(0, -1)] == [1, 1, 0]
    assert [plan.across(1, 1), plan.across(3, -1), plan.across(0, -1)] == [3, 1, 0]
    assert plan.across(3, 1) == 4 and plan.across(4, 1) == 4
    assert (plan.edge(0, last=True), plan.edge(3, last=False)) == (1, 2)


def test_lanes_stay_in_view_while_the_houses_go_by() -> None:
    houses = tuple(f"{n}号" for n in range(1, 99, 2))
    lanes = tuple(f"前进{n}里" for n in range(8))
    plan = laid_out(street(houses, (), lanes), MEASURES)
    still = [line for line in plan.lines if line.still]
    assert len(still) > 1 and plan.height == street_height(street(houses, (), lanes), MEASURES)
    first, along = still[0].first, plan.width - ROOM
    box = plan.boxes[first]
    # Seen at the same spot, however far one has gone along.
    for gone in (0, along):
        assert plan.tile_at(box.x + gone + 1, box.y + 1, gone) == first
        seen = set(plan.visible(Box(gone, 0, ROOM, plan.height), gone))
        assert set(range(first, len(plan.boxes))) <= seen
    # Down from what one sees at the left leads to the left lane, and back up to what one sees.
    last = len(houses) - 1
    assert plan.across(last, 1, along) in range(first, still[0].end)
    assert plan.boxes[plan.across(first, -1, along)].x >= along - 168
    assert plan.along(still[0].end - 1, 1) == still[1].first


def test_a_long_floor_wraps_and_keeps_its_name_once() -> None:
    plan = laid_out(stacked(("2层", 9), ("1层", 2)), MEASURES)
    assert all(box.x + box.width <= ROOM for box in plan.boxes)
    assert len(plan.lines) > 2 and len(plan.labels) == len(plan.slabs) == 2
    # At the end of a line the next one goes on.
    end = plan.lines[0].end - 1
    assert plan.along(end, 1) == end + 1
    assert plan.boxes[9].y > plan.boxes[8].y and apart(plan)
    assert plan.height >= plan.slabs[-1].y + plan.slabs[-1].height


def test_only_what_shows_of_2000_houses_is_looked_at() -> None:
    odd = tuple(f"{n}号" for n in range(1, 2000, 2))
    even = tuple(f"{n}号" for n in range(2, 2001, 2))
    plan = laid_out(street(odd, even), MEASURES)
    view = Box(plan.width // 2, 0, 640, plan.height)
    seen = list(plan.visible(view))
    assert 10 < len(seen) < 40
    for at in seen:
        box = plan.boxes[at]
        assert box.x < view.x + view.width and box.x + box.width > view.x
    middle = plan.boxes[seen[3]]
    assert plan.tile_at(middle.x + 1, middle.y + 1) == seen[3]
    assert plan.tile_at(middle.x - 4, middle.y - 4) == -1


def test_a_page_goes_as_far_as_one_sees() -> None:
    plan = laid_out(stacked(*((f"{n}层", 3) for n in range(30)), shape=Shape.CLUSTER), MEASURES)
    down = plan.turned(1, 300)
    assert 250 <= plan.boxes[down].y - plan.boxes[1].y <= 350
    assert plan.turned(down, -300) == 1
    long = laid_out(street(tuple(f"{n}号" for n in range(1, 99, 2)), ()), MEASURES)
    assert long.boxes[long.turned(0, ROOM)].x > ROOM / 2


def test_an_empty_board_has_nowhere_to_go() -> None:
    plan = laid_out(Board(Shape.CLUSTER, b"", (), ()), MEASURES)
    assert [plan.along(-1, 1), plan.across(-1, 1), plan.turned(-1, 9)] == [-1, -1, -1]
    assert list(plan.visible(Box(0, 0, 100, 100))) == [] and plan.tile_at(1, 1) == -1
