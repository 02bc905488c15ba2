"""What a measurement ran on."""
import importlib.metadata
import os
import platform
import subprocess
import time
from pathlib import Path


QUIET = 0.2  # other processes that run, at most


def description(biomatch, packages):
    """Versions and machine in Markdown."""
    project = Path(__file__).parent
    lines = [
        f"{output(biomatch, '--version')}, commit {commit(project)}",
        "".join(f"{name} {importlib.metadata.version(name)}, " for name in packages)
        + f"Python {platform.python_version()}",
        output("swift", "--version").splitlines()[0],
        f"{processor()}, {os.cpu_count()} logical processors, {system()}, "
        f"Linux {platform.release()}"]
    return "\n".join(f"- {line}" for line in lines) + "\n"


def others():
    """How many other processes run at this time, mean over a second.

    Not the load average: that still remembers the build before this.
    """
    running = []
    for _ in range(20):
        running.append(int(Path("/proc/loadavg").read_text().split()[3].split("/")[0]) - 1)
        time.sleep(0.05)
    return sum(running) / len(running)


def output(*command):
    return subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ).stdout.strip()


def commit(directory):
    try:
        return output("git", "-C", directory, "describe", "--always", "--dirty")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def system():
    return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
