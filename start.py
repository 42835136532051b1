#!/usr/bin/env python3.11
"""Start Pilcrow by a double click: make its environment when needed, then serve the page."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PIP = ENVIRONMENT / ("Scripts/pip.exe" if os.name == "nt" else "bin/pip")  # comes in last
REQUIREMENTS = ROOT / "requirements.txt"
INSTALLED = ENVIRONMENT / "requirements.sha256"  # written when everything is in place
SUPPORTED = (3, 11)


def install() -> None:
    """Make .venv hold exactly what requirements.txt names; does nothing when it already does."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if INSTALLED.exists() and INSTALLED.read_text(encoding="utf-8") == wanted:
        return
    if not PIP.exists():
        print("Making Pilcrow's environment in .venv ...", flush=True)
        venv.create(ENVIRONMENT, with_pip=True)
    print("Installing what Pilcrow needs; the first time this takes some minutes ...", flush=True)
    # Python compiles what it imports; to compile all that comes takes as long again.
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    subprocess.run([*pip, "-r", REQUIREMENTS], check=True)
    INSTALLED.write_text(wanted, encoding="utf-8")


def serve() -> int:
    """Serve the page until it is stopped; return the server's exit code."""
    return subprocess.call([PYTHON, "-m", "streamlit", "run", "app.py"], cwd=ROOT)


def main() -> int:
    """Install, then serve unless told otherwise; return the exit code."""
    if sys.version_info[:2] != SUPPORTED:
        print(
            f"Pilcrow needs Python 3.11 and this is {sys.version_info[0]}.{sys.version_info[1]}. "
            "Install Python 3.11 from python.org and start this file with it.",
            file=sys.stderr,
        )
        return 2
    try:
        install()
    except subprocess.CalledProcessError:
        print(
            "Pilcrow's requirements could not be installed; pip's own words stand above. "
            "Behind a proxy, set HTTPS_PROXY to its address and start again.",
            file=sys.stderr,
        )
        return 1
    if "--install-only" in sys.argv[1:]:
        return 0
    try:
        return serve()
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    code = main()
    if code and sys.stdin and sys.stdin.isatty() and os.name == "nt":
        input("Press Enter to close.")  # a double-clicked window would vanish with the message
    sys.exit(code)
