"""Live data: the catalogue, the districts' figures and the layouts as OGC API - Features."""
