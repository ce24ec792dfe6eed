"""What a view is handed out as: maps on paper, documents and slides."""
