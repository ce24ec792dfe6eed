"""Chuangtu (创图): the page script and the HTTP routes beside it, in one process."""

from __future__ import annotations

import sys

import streamlit as st

from geo import catalog
from geo.errors import DataError
from ui.routes import routes

try:
    catalog.check()
except DataError as error:
    # Half a catalogue would give wrong figures: say everything that is wrong, and stop.
    sys.exit(f"The data files have faults; the application did not start.\n{error}")

app = st.App("ui/main.py", routes=routes())
