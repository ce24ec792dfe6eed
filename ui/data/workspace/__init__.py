"""数据, of a workspace: its page, what its holder may do, and how two versions become one."""
