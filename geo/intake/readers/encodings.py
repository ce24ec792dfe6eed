"""In which encoding text is written.

What UTF-8 decodes without a fault is UTF-8: other text of some length never does. Else Chinese
text without a mark is GB18030, of which GBK and GB2312 are parts. A file with a few broken
characters, which databases leave where they cut a field, is read with these replaced.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from geo.intake import words

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""How a text may begin; the longer mark before the shorter that it begins with."""

KNOWN: Final = ("utf-8", "gb18030", "gbk", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
"""What may be asked for."""

LIKELY: Final = ("utf-8", "gb18030")
"""What text without a mark is taken for, the first that fits."""

MARK: Final = "\ufeff"

BROKEN: Final = "\N{REPLACEMENT CHARACTER}"

MOST_BROKEN: Final = 0.01
"""Share of characters that may be broken before the text is taken for another encoding."""

CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOST_CONTROLS: Final = 0.01
"""Share of bytes that no text has before a file is taken for none."""

SAMPLE: Final = 4096


def decode(file: str, content: bytes, encoding: str | None) -> tuple[str, str]:
    """Return a text and its encoding.

    Parameters
    ----------
    file
        Name of the file.
    content
        Its bytes.
    encoding
        As asked; None to find out.

    Raises
    ------
    RefusedFileError
        Where the text is in no encoding that is known, or not in the one asked for.
    """
    asked = encoding.lower() if encoding else _marked(content)
    if asked and asked not in KNOWN:
        words.refuse("unknown_encoding", file=file, encoding=asked, known=", ".join(KNOWN))
    likely = (asked,) if asked else LIKELY
    for each in likely:
        try:
            return content.decode(each).removeprefix(MARK), each
        except UnicodeDecodeError:
            continue
    texts = {each: content.decode(each, "replace") for each in likely}
    used = min(likely, key=lambda each: texts[each].count(BROKEN))
    if texts[used].count(BROKEN) > MOST_BROKEN * len(texts[used]):
        if not encoding and len(CONTROLS.findall(content)) > MOST_CONTROLS * len(content):
            words.refuse("not_text", file=file)
        words.refuse("wrong_encoding", file=file, encoding=used, known=", ".join(KNOWN))
    return texts[used].removeprefix(MARK), used


def _marked(content: bytes) -> str | None:
    """Return the encoding that a text shows by its first bytes, or by its zeros."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    # A table in UTF-16 without a mark: its separators and digits are half zeros.
    start = content[:SAMPLE]
    for side, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        if start[side::2].count(0) > len(start) / 20 and not start[1 - side :: 2].count(0):
            return encoding
    return None
