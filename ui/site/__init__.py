"""A site's page."""
