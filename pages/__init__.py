"""One module per page: reads widgets, calls geo, hands the result to layers."""
