"""How the parts of an address are written below the division: one pattern for each.

The patterns are tried in an order that `address` sets, on text without blanks, in half width.
"""

import re

_WORD = r"[^\W\d_]"
_HANZI_NUMBER = "(?:[零〇一二两三四五六七八九十百]{1,5})"
_NUMBER = rf"(?:[0-9]{{1,6}}|{_HANZI_NUMBER})"
_STEM = "[甲乙丙丁戊己庚辛壬癸]"
# 铁西街道 is no street, 地下通道 no road, 马路湾 and 路口 no address on a road.
_ROAD = r"(?:大街(?!道)|大道|公路|街(?!道|坊|心|路(?!口))|路(?![口桥灯基湾街])|(?<![街通隧管地行步])道(?![义口班街路])|巷(?!口)|胡同)"
_ROAD_AFTER = rf"(?:[东西南北中前后]{{0,2}}{_HANZI_NUMBER}?[0-9]{{0,2}}{_ROAD})"
# A weak ending is an ending only before a number, a bracket, another word for a building, or the end.
_GENERIC = (
    "(?:大?写字[楼间]|国际大厦|大厦|广场|购物中心|购物广场|中心|大楼|公寓|工业园区?|产业园区?|园区|商[场城]|小区"
    "|大?酒店|宾馆|院内)"
)
_UNIT_AHEAD = (
    rf"(?=$|[,;()、。/]|[0-9]|-[0-9]|[A-Z][0-9]*[-座栋区号]|[A-Z][0-9]|[东西南北中][座区]|地下|负[一二三]"
    rf"|[东西南北]?{_HANZI_NUMBER}(?:[层楼期区栋座号门组队]|单元|村民组))"
)

ELEMENT = re.compile(f"{_WORD}+|[0-9]+|.", re.DOTALL)
"""What is taken as one piece when nothing else fits."""

BLANK = re.compile(r"[\s,。、.:;·|'‘’“”\"!?*=<>《》+-]+")

STREET = re.compile(
    rf"{_WORD}{{2,8}}?里(?={_NUMBER}[巷号栋幢#-])"
    rf"|(?!铁路(?![大街路]))(?:{_WORD}{{1,12}}?[0-9]{{0,3}}|[A-Z]?[0-9]{{1,4}}号?){_ROAD}"
    rf"(?:[一二三四五六七八九十0-9]{{1,2}}段)?"
    # 营口 counts 渤海大街西 and 渤海大街东 separately.
    rf"(?:[东西南北](?={_NUMBER}(?:[-甲乙丙丁][0-9]*)?号(?!楼)))?"
)
CROSSING = re.compile(
    rf"(?:{_WORD}{{1,12}}?[0-9]{{0,2}}(?:街|路|道|巷|线)[东西南北]?侧?)[与和及、,/&]?"
    rf"(?:{_WORD}{{1,12}}?[0-9]{{0,2}}(?:街|路|道|巷|线)[东西南北]?侧?)的?"
    "(?:(?:交汇|交会|交叉|交界|相交|交接|十字|交)(?:处|路口|口|点)?|路口|口)"
)
FLOOR = re.compile(
    rf"[东西南北]?(?:地下|负|-|B)?第?{_NUMBER}(?:[-~至]{_NUMBER})?(?:层楼?|楼(?![门栋])|F(?![A-Za-z]))"
    r"|B[0-9](?![-0-9座区栋号A-Za-z])|地下室|地下(?=$|[,;(])|顶[层楼]|夹层|阁楼"
)
_AFTER_NUMBER = "(?:楼|地块?(?![下铁])|院(?!内)|公馆|公建|门市房?|网点|厂房|库房?|馆)"
_DOOR_WORD = "(?:室|房间|房(?!产)|户|门(?![市诊店口前])|商?铺|档口|摊位?|柜台?|窗口)"
NUMBERED_BUILDING = re.compile(
    rf"[A-Z]{{0,4}}-?{_NUMBER}(?:-[0-9]{{1,5}}|(?:{_STEM}|[A-Z])(?:-?[0-9]{{1,4}})?)?"
    rf"(?:号?[-~至]{_NUMBER})?(?:号|#|№)(?!{_ROAD}|线|{_DOOR_WORD})"
    rf"(?:(?:[副附之-]{_NUMBER}|{_STEM}[0-9]{{0,3}})号?(?![层楼室]))?{_AFTER_NUMBER}?"
    rf"|(?:{_NUMBER}(?:-[0-9]{{1,3}})?{_STEM}?|[A-Z][0-9]{{0,2}}|[东西南北中主副])(?:栋|幢|座(?!落))楼?"
)
BARE_NUMBER = re.compile(
    rf"[0-9]{{1,5}}(?:(?=-[0-9]+-[0-9])|{_STEM}[0-9]{{0,2}}|-[0-9]{{1,4}})?"
    r"(?![0-9室层楼F米年#段路街巷道号栋幢座/甲乙丙丁戊己庚辛壬癸]|单元|公里)(?!-[0-9]+(?!-?[0-9]))"
)
"""A house number without 号, understood only directly after a street."""

PART_OF_PARK = re.compile(rf"(?:[A-Z][0-9]?|{_NUMBER})(?:区|期)(?!政)")
DOOR = re.compile(
    rf"-?(?:(?:{_NUMBER}|[A-Z][0-9]?)号?(?:单元|门洞))?-?"
    rf"(?:[A-Z]{{0,2}}-?[0-9]{{1,5}}[A-Z]?(?:[-/、~][A-Z]?[0-9]{{1,5}}[A-Z]?)*"
    rf"(?:号?{_DOOR_WORD})?(?![0-9米年层楼路街巷道弄号#组队社平F]|公里|胡同|单元|门洞))"
    rf"|-?(?:{_NUMBER}|[A-Z][0-9]?)号?(?:单元|门洞)|{_HANZI_NUMBER}号?{_DOOR_WORD}"
)
VILLAGE_GROUP = re.compile(
    rf"第?{_WORD}{{0,8}}?{_NUMBER}(?:村民小?组|居民小?组|组(?![织装长团合员])|队(?![伍员长]))"
    rf"|{_WORD}{{1,8}}?(?:村民小?组|居民小?组)"
    rf"|{_WORD}{{1,7}}?(?:(?<!新)村(?!民|委)|屯|窝棚|自然屯)(?!{_ROAD_AFTER}){_UNIT_AHEAD}"
)
TOWER = re.compile(
    rf"{_WORD}{{0,18}}?(?:"
    "(?:大?写字[楼间]|大厦|广场|商[场城]|市场|大楼|公寓|公馆|小区|家园|花园|新村|酒店|宾馆|饭店|百货|购物中心|综合体"
    "|工业园区?|产业园区?|科技园区?|软件园区?|创业园区?|物流园区?|园区|开发区|高新区|工业区|保税区|经济区|新区"
    rf"|(?<={_WORD}{_WORD})新城)(?!区?{_ROAD_AFTER}|林|商|大道)"
    rf"|(?:(?<=.)(?:园|城|汇|国际|座|苑|府|湾|里|银座|都会|天地)|中心){_UNIT_AHEAD}"
    rf"|(?:国际|中心|城|园)(?={_GENERIC}))"
    rf"(?:{_GENERIC}(?!{_ROAD_AFTER}))*"
)
STATION = re.compile(
    rf"{_WORD}{{1,12}}?(?:站点|配送站|快递站|驿站|服务站|分拨中心|转运中心){_UNIT_AHEAD}"
)
NAMED_BUILDING = re.compile(
    rf"{_WORD}{{0,8}}?(?:地下|过街)通道|{_WORD}{{1,18}}?(?:院内|大院|厂区|厂院|[综办教家宿]\w{{0,2}}楼|医院|学校|[中小]学|幼儿园|火?车站|仓库|车间"
    rf"|平房|门市房?|楼|厂|馆|库){_UNIT_AHEAD}"
)
NAMED_BY_UNIT = re.compile(
    rf"{_WORD}{{2,12}}?(?<!第)(?=[0-9]+(?:号楼|#楼|栋|座|层|楼|室|单元|F)|[A-Z][0-9]?[座区栋])"
)
"""A name that only the floor, block or room after it shows to be a building."""

_BESIDE = (
    "(?:斜?对[面过]|旁边?|附近|隔壁|[东西南北左右内外前后两]侧|门前|门口|后身|楼上|楼下|路口|道口|交叉口|交汇处"
    "|[中东西南北]段|尽头|之间)"
)
BESIDE = re.compile(
    rf"{_BESIDE}(?:[0-9]+米)?处?|[向往]?[东西南北]行?[0-9]+米处?|[东西南北]{{1,2}}角"
)
LANDMARK = re.compile(rf"\w{{0,20}}?{_BESIDE}(?:[0-9]+米)?处?")
SAYS_WHERE = re.compile(rf"{_BESIDE}|院内|^原|交[叉汇口]|[0-9]米")

CONTACT = re.compile(
    r"(?:联系)?(?:电话|手机|[Tt][Ee][Ll])?[::]?(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|[2-8][0-9]{6,7})(?![0-9])"
    r"|(?:邮政编码|邮编)[::]?[0-9]{6}(?![0-9])"
    "|(?:人事[部科处]|人力资源部|招聘[处部]|行政部|财务[部科]|收发室|传达室|前台|综合部)(?=$|[,;()0-9])"
    r"|(?:联系人|联系电话|电话|手机)[::]?"
)
POSTCODE = re.compile("1[12][0-9]{4}")

UNKNOWN_DIVISION = re.compile(
    "[\u4e00-\u9fff]{2,4}(?<![新园发业保商小社校厂城景济])[区县](?=[\u4e00-\u9fff]{2})"
    "|[\u4e00-\u9fff]{2,8}?(?:街道(?:办事处)?|社区(?:居委会)?|[村居]委会)"
    rf"|[\u4e00-\u9fff]{{2,5}}?(?:镇|乡)(?!{_ROAD_AFTER})"
)
SECOND_STREET = re.compile(rf"{_WORD}{{2,10}}?{_ROAD}[东西南北]?[0-9]")
LOOKS_LIKE_ADDRESS = re.compile("[街路巷道号楼座层室园城区市村镇]|广场|大厦")
CROSSES = re.compile("交[汇会叉界接口]|相交|十字")
