"""How places are called in sentences: kinds, counts, where they stand."""

from organizer.domain.place import KINDS, Kind
from organizer.i18n import _, listed
from organizer.store.place_cards import Weight


def kind_words() -> dict[Kind, str]:
    """The kinds of places in Chinese, from the division down to the door."""
    words = (
        _("区划"),
        _("街路巷"),
        _("路口"),
        _("楼宇商圈"),
        _("村民组"),
        _("站点"),
        _("楼号门牌"),
        _("楼层"),
        _("门"),
    )
    return dict(zip(KINDS, words, strict=True))


def kind_word(kind: Kind) -> str:
    """One kind in Chinese."""
    return kind_words()[kind]


def weight_words(weight: Weight) -> str:
    """What goes along with a place: 12 个门牌、37 户; "" for nothing."""
    parts = (
        (weight.houses, _("{count} 个门牌")),
        (weight.doors, _("{count} 个门")),
        (weight.units, _("{count} 户")),
    )
    return listed(words.format(count=count) for count, words in parts if count)
