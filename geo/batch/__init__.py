"""Points of many Parquet files by district: on this machine, or on a cluster."""
