"""The HTTP server round the pages: connections, headers, addresses."""
