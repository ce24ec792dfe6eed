"""A real nginx with the configuration that docs/deploy.md gives, on ports of its own."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scripts import app_server

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
WHOLE = """daemon off; pid nginx.pid; error_log error.log; events {{}}
http {{ access_log off; client_body_temp_path body; proxy_temp_path proxy;
fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
{servers} }}
"""


@contextmanager
def serving(app: str, folder: Path) -> Iterator[str]:
    """Serve the app of an address through nginx; yield the address there."""
    program, openssl = shutil.which("nginx"), shutil.which("openssl")
    assert program is not None
    assert openssl is not None
    subject = ["-subj", "/CN=localhost", "-days", "2", "-keyout", "key.pem", "-out", "chain.pem"]
    make = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject]
    subprocess.run(make, cwd=folder, check=True, capture_output=True)
    plain, safe = app_server.free_port(), app_server.free_port()
    servers = CONFIGURATION.read_text("utf-8")
    for written, here in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{safe} ssl;",
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl;\n": "",
        "/etc/ssl/chuangtu/fullchain.pem": str(folder / "chain.pem"),
        "/etc/ssl/chuangtu/key.pem": str(folder / "key.pem"),
        "127.0.0.1:8501": urlsplit(app).netloc,
    }.items():
        assert written in servers, written
        servers = servers.replace(written, here)
    (folder / "nginx.conf").write_text(WHOLE.format(servers=servers), "utf-8")
    address = f"https://127.0.0.1:{safe}{urlsplit(app).path}"
    command = [program, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        try:
            _wait(process, address)
            yield address
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    """Ask for the health page until it answers; its certificate is nobody's."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    for _ in range(200):
        assert process.poll() is None, "nginx ended"
        try:
            with urllib.request.urlopen(  # noqa: S310 - https
                address + app_server.HEALTH, timeout=5, context=trusting
            ):
                return
        except (urllib.error.URLError, ConnectionError):
            try:
                process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
    raise RuntimeError("nginx did not serve")
