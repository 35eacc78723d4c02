#!/usr/bin/env python3
"""Writes src/Kindred/Ids/canonical-forms.txt: what the canonical composition of text (Unicode NFC) needs to know of characters.

usage: bench/unicode_canonical.py > src/Kindred/Ids/canonical-forms.txt

The data come from Python's unicodedata, that is, from the Unicode Character Database (Unicode License v3).
Lines:  CODE=FIRST[+SECOND]   a canonical decomposition, one step
        CODE!FIRST[+SECOND]   the same, of a character that is never composed again (UAX #15, composition exclusions)
        FIRST-LAST:CLASS      characters with a combining class that is not zero
"""
import sys, unicodedata

print(f"# Unicode {unicodedata.unidata_version}")
classes = []
for code in range(0x110000):
    letter = chr(code)
    if 0xD800 <= code < 0xE000 or 0xAC00 <= code < 0xD7A4:
        continue
    parts = unicodedata.decomposition(letter)
    if parts and not parts.startswith("<"):
        again = unicodedata.normalize("NFC", letter) == letter
        print(f"{code:X}{'=' if again else '!'}{'+'.join(f'{int(part, 16):X}' for part in parts.split())}")
    kind = unicodedata.combining(letter)
    if kind and classes and classes[-1][1] == code - 1 and classes[-1][2] == kind:
        classes[-1][1] = code
    elif kind:
        classes.append([code, code, kind])
for first, last, kind in classes:
    print(f"{first:X}-{last:X}:{kind}")
