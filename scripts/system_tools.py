"""What the tests need from the system: Chromium, a Chinese font, GDAL, PostGIS, nginx, offices.

``python scripts/system_tools.py`` says what is missing; ``--install`` installs it with apt-get
where that is possible without a password; ``--bench`` adds the benchmarks' load generator, wrk.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The shell draws, scripts and prints as Chromium does, and has no window round it to paint.
SHELL = "chromium-headless-shell"
CHROMIUM_NAMES = (
    SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Works as root and without a GPU; nothing is asked of any other host; letters are as wide in the
# shell as with a window round it.
CHROMIUM_FLAGS = (
    "--font-render-hinting=none",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DEBIAN_POSTGRES = Path("/usr/lib/postgresql")  # not on the path: there may be several versions
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def chromium() -> str | None:
    """Path of a Chromium or Chrome; the environment variable CHROMIUM goes first."""
    names = (os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES)
    return next((path for name in names if name and (path := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Whether Chinese text can be drawn (macOS always can)."""
    if sys.platform == "darwin":
        return True
    patterns = ("**/NotoSansCJK*", "**/NotoSansSC*", "**/SourceHanSans*", "**/wqy-*")
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return any(
        next(folder.glob(pattern), None) is not None for folder in folders for pattern in patterns
    )


def postgres() -> Path | None:
    """Folder of PostgreSQL's programs, of the newest version that has PostGIS."""
    versions = sorted(DEBIAN_POSTGRES.glob("[0-9]*"), key=lambda each: -int(each.name))
    on_path = shutil.which("initdb")
    folders = [version / "bin" for version in versions]
    folders += [Path(on_path).resolve().parent] if on_path else []
    return next(filter(has_postgis, folders), None)


def has_postgis(programs: Path) -> bool:
    """Whether the PostgreSQL of these programs can load PostGIS."""
    config = shutil.which("pg_config", path=str(programs))
    if config is None:
        return False
    told = subprocess.run([config, "--sharedir"], capture_output=True, text=True, check=False)
    return (Path(told.stdout.strip()) / "extension" / "postgis.control").exists()


def has_office(part: str) -> bool:
    """Whether LibreOffice is there with a part of it: a library of its Writer or its Impress."""
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parent / part).exists()


def missing_packages(*, bench: bool = False) -> list[str]:
    """Debian packages for what is not there, what the benchmarks need at the end.

    Parameters
    ----------
    bench
        Whether what the benchmarks need besides is asked for.
    """
    present = {
        SHELL: chromium() is not None,
        "fonts-noto-cjk": has_chinese_font(),
        "gdal-bin": shutil.which("ogrinfo") is not None,
        "postgresql-postgis": postgres() is not None,
        "nginx-light": shutil.which("nginx") is not None,
        "iproute2": shutil.which("ip") is not None,
        "libreoffice-writer-nogui": has_office("libswlo.so"),
        "libreoffice-impress-nogui": has_office("libsdlo.so"),
        "poppler-utils": shutil.which("pdftotext") is not None,
        "wrk": not bench or shutil.which("wrk") is not None,
    }
    return [package for package, there in present.items() if not there]


def apt_command() -> list[str] | None:
    """Apt-get as this user may call it without a password; None when that is not possible."""
    apt = shutil.which("apt-get")
    if apt is None:
        return None
    environment = ["env", "DEBIAN_FRONTEND=noninteractive", apt]
    if os.geteuid() == 0:
        return environment
    sudo = shutil.which("sudo")
    if sudo and run([sudo, "-n", "true"], quiet=True):
        return [sudo, "-n", *environment]
    return None


def run(command: list[str], *, quiet: bool = False) -> bool:
    """Run a command without standard input; whether it succeeded."""
    output = subprocess.DEVNULL if quiet else None
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
    )
    return done.returncode == 0


def main(arguments: list[str]) -> int:
    """Report, and with ``--install`` mend, what is missing.

    Parameters
    ----------
    arguments
        Command-line arguments.

    Returns
    -------
    int
        Exit status: 0 when nothing is missing (any more), 1 otherwise.
    """
    bench = "--bench" in arguments
    packages = missing_packages(bench=bench)
    if packages and "--install" in arguments and (apt := apt_command()):
        print(f"Installing {', '.join(packages)} ...", flush=True)
        # Old package lists may name files that are gone; a failed update still leaves a cache.
        run([*apt, "update", "-qq"])
        run([*apt, "install", "-y", "-qq", "--no-install-recommends", *packages])
        packages = missing_packages(bench=bench)
    if not packages:
        return 0
    print(
        "The tests need programs that are not installed. On Debian and Ubuntu:\n"
        f"    apt-get install {' '.join(packages)}\n"
        "Elsewhere install Chromium or Chrome (or set CHROMIUM to its path), a Chinese font\n"
        "such as Noto Sans CJK, GDAL's command-line tools (ogrinfo), PostgreSQL with PostGIS,\n"
        "LibreOffice with Writer and Impress, and poppler's pdftotext.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
