"""A page that hosts the map frame as Streamlit does: the component's own front end, its messages.

Serves streamlit-folium's build, our static files, Leaflet and one document from a port of this
machine, and gives the frame the arguments that ``st_folium`` computed.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import streamlit
import streamlit_folium

from layers import assets

if TYPE_CHECKING:
    from collections.abc import Iterator

    import folium

BUILD = Path(streamlit_folium.__file__).with_name("frontend") / "build"
STREAMLIT = Path(streamlit.__file__).with_name("static") / "static"
COMPONENT = "/component/streamlit_folium.st_folium/"
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
    ".woff2": "font/woff2",
}

HOST = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<style>body{margin:0;background:%(ground)s}iframe{border:0;display:block;width:100%%;height:%(height)spx}</style>
<iframe id="frame" src="%(component)sindex.html"></iframe>
<script>
const frame = document.getElementById("frame");
window.value = null; window.values = 0; window.args = null;
window.send = (args) => {
  window.args = args;
  const message = {type: "streamlit:render", args, disabled: false, theme: null, dfs: []};
  frame.contentWindow.postMessage(message, "*");
};
window.addEventListener("message", (e) => {
  const {type, height, value} = e.data;
  if (type === "streamlit:componentReady" && window.first) window.send(window.first);
  if (type === "streamlit:setFrameHeight" && height) frame.style.height = height + "px";
  if (type === "streamlit:setComponentValue") { window.value = value; window.values += 1; }
});
fetch("/args.json").then((r) => r.json()).then((args) => {
  window.first = args;
  window.send(args);
});
</script>"""


def frame_arguments(
    atlas: folium.Map, group: folium.FeatureGroup, *, key: str = "map", height: int = 740
) -> dict[str, Any]:
    """What st_folium would send to the frame."""
    with mock.patch.object(streamlit_folium, "_component_func") as sent:
        streamlit_folium.st_folium(
            atlas,
            key=key,
            height=height,
            use_container_width=True,
            feature_group_to_add=group,
            returned_objects=["last_object_clicked_tooltip"],
        )
    arguments = dict(sent.call_args.kwargs)
    arguments.pop("on_change")
    arguments["default"] = {"last_object_clicked_tooltip": None}
    return arguments


class _Handler(BaseHTTPRequestHandler):
    served: dict[str, bytes]

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        body = self.served.get(path)
        if body is None:
            file = _file(path)
            body = file.read_bytes() if file and file.is_file() else None
        if body is None:
            self.send_error(404)
            return
        self.send_response(200)
        kind = TYPES.get(Path(path).suffix, "text/html")
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet: the tests report what matters."""


def _file(path: str) -> Path | None:
    if path.startswith(COMPONENT):
        return BUILD / path.removeprefix(COMPONENT)
    if path.startswith("/static/"):
        return STREAMLIT / path.removeprefix("/static/")
    for name, folder in assets.mounts().items():
        if path.startswith(f"/assets/{name}/"):
            return folder / path.removeprefix(f"/assets/{name}/")
    return None


@contextmanager
def served(
    arguments: dict[str, Any],
    documents: dict[str, bytes],
    *,
    ground: str = "#FBFAF6",
    height: int = 740,
) -> Iterator[str]:
    """Serve the host page; gives its address."""
    page = HOST % {"component": COMPONENT, "ground": ground, "height": height}
    content = {
        "/": page.encode(),
        "/args.json": json.dumps(arguments).encode(),
        **{f"/assets/map/{name}": body for name, body in documents.items()},
    }
    handler = type("Handler", (_Handler,), {"served": content})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
