"""Workspaces: what somebody brought and made of it, kept under a link that only they know."""
