"""集聚: where sites cluster, how sure that is, and what districts specialise in."""
