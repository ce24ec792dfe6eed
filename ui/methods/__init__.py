"""方法: what each indicator is, worked through with the numbers of a place."""
