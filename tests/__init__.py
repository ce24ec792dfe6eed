"""Tests. The folders mirror geo, layers, ui and pages; browser drives the app in Chromium."""
