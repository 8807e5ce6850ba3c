"""People who join: names with rare characters, one person twice, one without an id."""

from random import Random

from made_up_codes import mobile, person_id
from made_up_words import Names

HEADER = (
    "姓名", "性别", "民族", "证件类别", "证件号码", "手机号码", "学历", "政治面貌", "户籍类型",
    "是否农民工", "就业状况", "群体", "工作单位", "岗位", "入会日期", "备注",
)  # fmt: skip

_MEN = (
    "盖国华", "朴志勇", "解晓东", "翟海涛", "区文博", "尉迟春雷", "仇立新", "冼思远", "万俟明", "李䶮",
    "张𠮷", "刘堃", "陈喆", "那德福",
)  # fmt: skip
_WOMEN = (
    "曾佳琪", "查雅雯", "覃秀英", "单淑琴", "冮桂荣", "佟玉兰", "欧阳雪莹", "王㛃", "赵珺",
    "阿依古丽·买买提热合曼",
)  # fmt: skip
_ETHNIC = {"朴": "朝鲜", "佟": "满", "那": "满族", "阿": "维吾尔族", "尉": "汉族"}
_GROUPS = ("", "", "外卖员", "快递小哥", "货车司机", "网约车", "保安", "", "护工", "中介")
_JOBS = ("店员", "操作工", "骑手", "收银员", "维修工", "会计", "司机", "厨师", "文员", "保洁")


def rows(random: Random, employers: list[str]) -> list[list[str]]:
    """Thirty-two rows in the order of `HEADER`; employers are names of the list of units."""
    names = Names(random)
    people = [_person(name, True, random, employers) for name in _MEN]
    people += [_person(name, False, random, employers) for name in _WOMEN]
    people += [_person(names.person(), place % 2 == 0, random, employers) for place in range(6)]
    nameless = _person("孙长林", True, random, employers)
    nameless[3:5] = ["", ""]
    nameless[-1] = "身份证未带，后补"
    again = [*people[3]]
    again[5], again[-1] = mobile(random), "同一人再次登记"
    return [*people, nameless, again]


def _person(name: str, male: bool, random: Random, employers: list[str]) -> list[str]:
    household = random.choice(("城镇", "农村", "非农"))
    return [
        name, "男" if male else "女", _ETHNIC.get(name[0], random.choice(("汉", "汉族", "满族"))),
        "身份证", person_id(random, male=male), mobile(random),
        random.choice(("高中", "大专", "初中", "本科", "中专", "技校")),
        random.choice(("群众", "群众", "党员", "团员")), household,
        "是" if household == "农村" else "否", random.choice(("在职", "在岗")), random.choice(_GROUPS), random.choice(employers),
        random.choice(_JOBS), f"2026-11-{random.randint(2, 20):02d}", "",
    ]  # fmt: skip
