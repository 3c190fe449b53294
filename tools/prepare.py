"""What `run` does in Django before it serves: migrations, static files, demo data. One process, so that it is quick.

`python -m tools.prepare static` only collects the static files, for an image.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from tools.project import PROJECT, VAR, fingerprint, is_current, say

# what the packages of the front end bring and no page uses
UNUSED = ["*.map", "*.ts", "scss", "*.json", "*.md", "opsz*", "standard*", "*italic*", "v2", "*.tailwind.css"]


def static_fingerprint(project: Path) -> str:
    """What the collected files are made from: our own files, and the locked packages that bring the others."""
    named = ["package-lock.json", "requirements.txt", "bostad/settings.py", "tools/prepare.py"]
    folders = [folder for pattern in ("static", "*/static", "bostad/*/static") for folder in project.glob(pattern)]
    own = sorted(path for folder in folders if folder.parent != VAR for path in folder.rglob("*") if path.is_file())
    contents = [path.read_bytes() for path in [*own, *(project / name for name in named)]]
    return fingerprint(*(str(path) for path in own), *contents)


def collect_static(var: Path) -> None:
    """Copies, compresses and names the static files by their content; skipped while they are the same."""
    target = Path(settings.STATIC_ROOT)
    stamp, mark = var / "static.stamp", fingerprint(str(target), static_fingerprint(PROJECT))
    if is_current(stamp, mark) and target.is_dir():
        return
    say("Collecting the static files.")
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    var.mkdir(exist_ok=True)
    stamp.write_text(mark)


def main(words: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bostad.settings")
    django.setup()
    if words == ["static"]:
        collect_static(VAR)
        return
    call_command("migrate", interactive=False, verbosity=0)
    call_command("replan", verbosity=0)
    collect_static(VAR)
    call_command("demo")


if __name__ == "__main__":
    main(sys.argv[1:])
