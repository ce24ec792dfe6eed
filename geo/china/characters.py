"""Characters of place names in one form: half width, simplified, without anything between them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from opencc import OpenCC

TRADITIONAL: Final = (
    "亞佈來侖倉個們倫偉傢僕儀兒兗內兩冊凱別則剋剛劍動務勝勸勻匯區卽厤叢吳呂員啓啟單噹嚮囌國圍"
    "園圖團垻堯場塗墊墰墾壇壘壜壩壯壺壽夢夾婁孫宮寧審寬寶將尋岡峯島峽崍崑崗崙嵐嶗嶧嶺嶼嶽巒巖"
    "師帶幹庫廂廈廕廠廣廬張強彆彌彙彥彿後從復徵恆愛慄慶慼憑應懞懷戶揚撫敘於旂昇晉暉曆曏會朮東"
    "枴柺査棗棲楊業極榦榮樂樅樑樓樹樺橋橫檯權欒欽歷歸沖涇涼淥淩淶渦渾湞湯準溝溫溮滄滎滙滿漢漣"
    "漵潁潛潤潯澗澠澤澱濛濟濰濱瀋瀏瀘瀰瀾灘灣灤為烏無煙煩燈營爐爲爾猶獅獨獲獻琿瑤瑪環瓊甌甕甦"
    "甯畢當疇疊發監盤盧眞矇硯碩碭確礄礦祿禪禮稅稜稱穀積穫窪窯競箇節範簡糰紅納紮細紹結絳綏經綜"
    "綠維綵綿緑縉縣績織罈罎羅羣義習聖聞聯聶肅脩脫膠臘臥臨臺興舊舘荊莊華菴菸萊萬葉蒼蓋蓮蔭蕪蕭"
    "薊薌薑薩藍藴藺蘄蘆蘇蘊蘭蘿術衕衚衛衝裏裡複覺觀託訥許詔誌誼調諸諾謀謙謝謨譙譜讓讚豐貝貞貢"
    "貴費賀資賈賓賚賢賽贊贛趙車軍載輝輪輿農迴連週進遊運達遙遜遠遷遼邁邊郟郵鄆鄉鄒鄖鄧鄭鄰鄲鄴"
    "鈡鉅鉛銀銅鋒鋼錢錦錫錯鍾鎣鎭鎮鏡鐘鐵鑲長門開間閔閘閣閤閩閬閶閻關陘陝陞陰陳陸陽隨隴雙雜雞"
    "離雲電霑靈靜鞏韆韓響頂項順頗頭額類風颱餘館饒馬駐騰驊驛髮鬆鬍鬥鬱魚魯鮁鮮鯉鳩鳳鳴鴨鶴鷄鷹"
    "鹹鹼鹽麗麥麯麴黃點黨齊龍"
)
SIMPLIFIED: Final = (
    "亚布来仑仓个们伦伟家仆仪儿兖内两册凯别则克刚剑动务胜劝匀汇区即历丛吴吕员启启单当向苏国围"
    "园图团坝尧场涂垫坛垦坛垒坛坝壮壶寿梦夹娄孙宫宁审宽宝将寻冈峰岛峡崃昆岗仑岚崂峄岭屿岳峦岩"
    "师带干库厢厦荫厂广庐张强别弥汇彦佛后从复征恒爱栗庆戚凭应蒙怀户扬抚叙于旗升晋晖历向会术东"
    "拐拐查枣栖杨业极干荣乐枞梁楼树桦桥横台权栾钦历归冲泾凉渌凌涞涡浑浈汤准沟温浉沧荥汇满汉涟"
    "溆颍潜润浔涧渑泽淀蒙济潍滨沈浏泸弥澜滩湾滦为乌无烟烦灯营炉为尔犹狮独获献珲瑶玛环琼瓯瓮苏"
    "宁毕当畴叠发监盘卢真蒙砚硕砀确硚矿禄禅礼税棱称谷积获洼窑竞个节范简团红纳扎细绍结绛绥经综"
    "绿维彩绵绿缙县绩织坛坛罗群义习圣闻联聂肃修脱胶腊卧临台兴旧馆荆庄华庵烟莱万叶苍盖莲荫芜萧"
    "蓟芗姜萨蓝蕴蔺蕲芦苏蕴兰萝术同胡卫冲里里复觉观托讷许诏志谊调诸诺谋谦谢谟谯谱让赞丰贝贞贡"
    "贵费贺资贾宾赉贤赛赞赣赵车军载辉轮舆农回连周进游运达遥逊远迁辽迈边郏邮郓乡邹郧邓郑邻郸邺"
    "钟巨铅银铜锋钢钱锦锡错钟蓥镇镇镜钟铁镶长门开间闵闸阁合闽阆阊阎关陉陕升阴陈陆阳随陇双杂鸡"
    "离云电沾灵静巩千韩响顶项顺颇头额类风台余馆饶马驻腾骅驿发松胡斗郁鱼鲁鲅鲜鲤鸠凤鸣鸭鹤鸡鹰"
    "咸碱盐丽麦曲曲黄点党齐龙"
)
"""Traditional characters and what each is in the names of China's units.

Taken from OpenCC's table of characters (Apache-2.0), those alone that simplify to a character of
a unit's name and are in no name themselves (乾县 keeps its 乾).
"""

_TABLE: Final = str.maketrans(TRADITIONAL, SIMPLIFIED)
_BETWEEN: Final = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return a text as names are compared: 全角 as ASCII, simplified, letters and digits alone.

    Examples
    --------
    >>> plain("湖北省－武漢市　洪山區１号")
    '湖北省武汉市洪山区1号'
    """
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_TABLE)


HAN: Final = range(0x3400, 0xA000)
"""Chinese characters in general use."""


@cache
def _simplified() -> dict[int, str]:
    """Return what each traditional character is in simplified writing."""
    every = list(map(chr, HAN))
    simple = OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {ord(one): other for one, other in zip(every, simple, strict=True) if one != other}


@cache
def _any_traditional() -> re.Pattern[str]:
    """Return what finds a traditional character: most texts have none."""
    return re.compile(f"[{''.join(map(chr, _simplified()))}]")


def simplified(text: str) -> str:
    """Return a text in simplified characters, whatever it is about.

    Names of units are compared by `plain`, which leaves the characters that such names keep.

    Examples
    --------
    >>> simplified("松山文創園區")
    '松山文创园区'
    """
    if text.isascii() or not _any_traditional().search(text):
        return text
    return text.translate(_simplified())
