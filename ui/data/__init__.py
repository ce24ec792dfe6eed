"""数据: what changed in the tables of facts, and which figures moved by it."""
