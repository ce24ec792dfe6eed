"""The county-level units of China: codes, outlines, names in Pinyin."""
