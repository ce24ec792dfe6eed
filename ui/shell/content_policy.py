"""From where a page may load what: the Content-Security-Policy of Streamlit's shell and of maps."""

from __future__ import annotations

from urllib.parse import urlsplit

from layers import assets
from layers.ground import basemaps


def policy() -> str:
    """Return the policy.

    Streamlit's charts make code from text ('unsafe-eval'), and components load theirs from blobs.
    Hosts are named only where the app itself offers them: tiles of base maps, and the public CDN
    while the map's scripts are not installed.
    """
    hosts = " ".join(sorted(_tiles()))
    scripts = "" if assets.links().local else f" {_host(assets.CDN)}"
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:{scripts}",
            f"style-src 'self' 'unsafe-inline'{scripts}",
            f"img-src 'self' data: blob: {hosts}".rstrip(),
            "font-src 'self' data:",
            f"connect-src 'self'{scripts}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def _tiles() -> set[str]:
    return {
        _host(each.url.replace("{s}", subdomain))
        for each in basemaps.basemaps().values()
        for subdomain in each.subdomains or ("",)
    }


def _host(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
