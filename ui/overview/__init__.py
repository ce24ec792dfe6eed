"""总览: what the page has of its own."""
