#!/usr/bin/env python3
"""Writes variants.txt from ja-itaiji's JSON: variants.py ja-itaiji.json > variants.txt

Every line is one group of kanji that count as the same when a name is looked for.
The first character stands for the group. See README.md beside this file.
"""

import json
import sys
import unicodedata

# Groups that people's names need. Two kanji of JIS level 1 are one group only if they stand here:
# the source's chains would also join 岸 to 広, 元 to 円 and 沢 to 途, which no reader takes for one.
HAND = """
斎斉齋齊 辺邊邉 高髙 崎﨑嵜碕 沢澤 島嶋嶌 吉𠮷 浜濱濵 広廣 桜櫻 恵惠 徳德 真眞 竜龍 国國 関關
曽曾 祐祐 富冨 槙槇 桑桒 館舘 淵渕 仙仚 柳栁桺 土圡 瀬瀨 隆隆 栄榮 静靜 郎郞 緑綠 清淸 黒黑 横橫
寿壽 松枩 峰峯 鉄鐵 弥彌 万萬 与與 刈苅 剣劔劍 坂阪 岩巌巖 州洲 庄荘莊 条條 桧檜 桝枡 滝瀧 藪薮籔
梅楳 柏栢 秋穐 頴穎 野埜 園薗 涌湧 兎菟兔 篭籠 磯礒 遥遙 尭堯 凜凛 亘亙 壷壺 諌諫 蛎蠣 迩邇 船舩
蔵藏 実實 円圓 奥奧 塩鹽 氷冰 宝寳寶 総總 経經 縁緣 勲勳 薫薰 栖棲 鴬鶯 灌潅 靭靱 鴎鷗
祢禰 楢楢 侭儘 溝溝 桐桐 檪櫟 桶桶 葛葛 辻辻 芦蘆 函凾 篠篠 頼賴 難難 羽羽 豊豐 児兒 亀龜
""".split()


def plain(c):
    n = unicodedata.normalize("NFKC", c)
    return n if len(n) == 1 else c


def is_kanji(c):
    return len(c) == 1 and unicodedata.name(c, "").startswith("CJK ")


def rank(c):
    """Characters of JIS level 1 first, then level 2, then the rest, each by code point."""
    try:
        raw = c.encode("euc_jp")
        return (0 if len(raw) == 2 and raw[0] < 0xD0 else 1, ord(c))
    except UnicodeEncodeError:
        return (2, ord(c))


def find(parent, c):
    while parent.setdefault(c, c) != c:
        c = parent[c]
    return c


def attach(table):
    """Pairs: the hand groups, then each rarer kanji with the one common kanji nearest to it."""
    by_hand = {c for g in HAND for c in g}
    for g in HAND:
        yield from ((g[0], c) for c in g[1:])
    for k, vs in table.items():
        if rank(k)[0] == 0 or k in by_hand:
            continue
        common = [v for v in vs if rank(v)[0] == 0]
        if common:
            yield common[0], k
        else:
            yield from ((k, v) for v in vs if v not in by_hand and not any(rank(w)[0] == 0 for w in table.get(v, [])))


def main():
    table = {}
    for k, vs in json.load(open(sys.argv[1], encoding="utf-8")).items():
        if is_kanji(plain(k)):
            seen = table.setdefault(plain(k), [])
            seen += [plain(v) for v in vs if is_kanji(plain(v)) and plain(v) != plain(k)]
    parent = {}
    for a, b in attach(table):
        if a != b:
            parent[find(parent, b)] = find(parent, a)
    groups = {}
    for c in list(parent):
        groups.setdefault(find(parent, c), []).append(c)
    lines = ["".join(sorted(g, key=rank)) for g in groups.values() if len(g) > 1]
    sys.stdout.write("\n".join(sorted(lines, key=lambda l: rank(l[0]))) + "\n")


main()
