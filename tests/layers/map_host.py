"""A page that hosts a map as the app's pages do, without Streamlit.

Serves our static files, Leaflet and one document from a port of this machine, and hands the map
what `layers.transport.message` would send.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from layers import assets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.transport.message import Shown

TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}

HOST = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<style>body{{margin:0}}</style><div id="place"></div>
{scripts}
<script type="module">
window.clicks = []; // every click that the map told of
Object.defineProperties(window, {{
  leaflet: {{ get: () => chuangtu.maps()[0].map }},
  tree: {{ get: () => document.querySelector(".ct-map").shadowRoot }},
}});
const sheet = async (address) => new CSSStyleSheet().replace(await (await fetch(address)).text());
const sheets = await Promise.all({styles}.map(sheet));
window.send = (message) => {{
  window.leave = chuangtu.show(place, message, sheets, (clicked) => window.clicks.push(clicked));
}};
window.send({message});
</script>"""


def message(shown: Shown) -> dict[str, object]:
    """What `chuangtu.show` is called with."""
    return {part: json.loads(text) for part, text in asdict(shown).items()}


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
    for name, folder in assets.mounts().items():
        if path.startswith(f"/assets/{name}/"):
            return folder / path.removeprefix(f"/assets/{name}/")
    return None


@contextmanager
def served(shown: Shown, documents: dict[str, bytes]) -> Iterator[str]:
    """Serve the host page; gives its address."""
    links = assets.links()
    page = HOST.format(
        scripts="".join(f'<script src="{address}"></script>' for _, address in links.js),
        styles=json.dumps([address for _, address in links.css]),
        message=json.dumps(message(shown)).replace("<", "\\u003c"),
    )
    content = {
        "/": page.encode(),
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
