#!/usr/bin/env python3
"""Makes NotoSansCJKjp-Rest.otf: what BIZ UDPGothic lacks, out of Noto Sans CJK JP.

Every kanji of Noto (Unicode's URO, extensions A to G, compatibility) that BIZ UDPGothic has not,
every variation sequence that BIZ UDPGothic does not draw, and letters and signs of other scripts
that stand before U+2C00. Debian: fonts-noto-cjk, python3-fonttools.

    /usr/bin/python3 rest.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
"""
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

KANJI = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
LETTERS = ((0x00A0, 0x10FF), (0x1E00, 0x2BFF))


def within(c, ranges):
    return any(first <= c <= last for first, last in ranges)


def sequences(font):
    for table in font["cmap"].tables:
        if table.format == 14:
            return {
                (base, selector): glyph
                for selector, pairs in table.uvsDict.items()
                for base, glyph in pairs
            }
    return {}


main = TTFont("BIZUDPGothic-Regular.ttf")
noto = TTFont(sys.argv[1], fontNumber=0)
have, drawn = set(main.getBestCmap()), sequences(main)
wanted = {c for c in set(noto.getBestCmap()) - have if within(c, KANJI + LETTERS)}
for (base, selector), glyph in sequences(noto).items():
    more = (base, selector) not in drawn and 0xE0100 <= selector <= 0xE01EF
    # A sequence that looks like its base in Noto needs no glyph of its own there.
    if more and glyph is not None:
        wanted |= {base, selector}

options = subset.Options()
options.layout_features = []
options.hinting = False
options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
options.drop_tables += ["BASE", "vhea", "vmtx", "VORG"]
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=wanted)
subsetter.subset(noto)
subset.save_font(noto, "NotoSansCJKjp-Rest.otf", options)
