"""数据, first part: a reader's own list, from a file to a map, in four steps."""
