"""The files that set bostad up elsewhere say what settings.py reads, hold no secret and no address of this machine."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tools.set_up import npm

PROJECT = Path(__file__).resolve().parent.parent
OF_THE_PROJECT = ("web", "worker", "beat", "migrate")
PLACEHOLDERS = (
    "localhost",
    "127.0.0.1",
    "example.org",
    "example.com",
    "pypi.org",
    "files.pythonhosted.org",
    "registry.npmjs.org",
)


def text(name: str) -> str:
    return (PROJECT / name).read_text()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text("docker-compose.yml"))
    return found


def test_web_worker_beat_database_and_broker_are_services(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {*OF_THE_PROJECT, "postgres", "redis"}
    assert {compose["services"][name]["image"] for name in OF_THE_PROJECT} == {"bostad"}


def test_each_service_that_stays_says_whether_it_is_well(compose: dict[str, Any]) -> None:
    without = [name for name, service in compose["services"].items() if "healthcheck" not in service]
    assert without == ["migrate"]


def test_nothing_serves_before_the_database_is_migrated(compose: dict[str, Any]) -> None:
    for name in ("web", "worker", "beat"):
        assert compose["services"][name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert compose["services"]["migrate"]["restart"] == "no"


def test_what_must_last_lies_in_volumes(compose: dict[str, Any]) -> None:
    mounted = [mount.split(":")[0] for name in ("postgres", "beat") for mount in compose["services"][name]["volumes"]]
    assert sorted(mounted) == sorted(compose["volumes"]) == ["beat", "postgres"]


def test_the_database_sorts_in_swedish(compose: dict[str, Any]) -> None:
    arguments = compose["services"]["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert {"--locale-provider=icu", "--icu-locale=sv-SE"} <= set(arguments)


def test_no_secret_has_a_default(compose: dict[str, Any]) -> None:
    references = re.findall(r"\$\{(\w+)(:?[-?+])?([^}]*)\}", text("docker-compose.yml"))
    secrets = {name: sign for name, sign, _ in references if re.search("PASSWORD|SECRET|KEY|TOKEN", name)}
    assert secrets == {"SECRET_KEY": ":?", "POSTGRES_PASSWORD": ":?", "REDIS_PASSWORD": ":?"}
    for name, service in compose["services"].items():
        for variable, value in service["environment"].items():
            if re.search("PASSWORD|SECRET|AUTH|_URL", variable):
                assert ":?" in value, f"{name}: {variable} is written out"


def test_the_pages_are_not_served_to_the_network_without_a_proxy(compose: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8000:8000"]}


def settings_variables() -> set[str]:
    """The first argument of each env(...) and env.kind(...) in settings.py."""
    found = set()
    for node in ast.walk(ast.parse(text("bostad/settings.py"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            asked = node.func.value if isinstance(node.func, ast.Attribute) else node.func
            if isinstance(asked, ast.Name) and asked.id == "env":
                found.add(str(node.args[0].value))
    return found


def test_the_example_names_each_variable_that_the_settings_read_and_explains_it() -> None:
    lines = text(".env.example").splitlines()
    explained = {}
    for before, line in zip(["", *lines], lines, strict=False):
        if named := re.fullmatch(r"#([A-Z_]+)=.*", line):
            explained[named[1]] = before.startswith("# ")
    compose_only = {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}
    assert set(explained) - compose_only == settings_variables()
    assert all(explained.values()), [name for name, said in explained.items() if not said]


def test_the_compose_file_passes_on_only_what_the_settings_read(compose: dict[str, Any]) -> None:
    assert set(compose["x-app"]["environment"]) <= settings_variables()


def stages() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in text("Dockerfile").splitlines():
        if started := re.fullmatch(r"FROM \S+ AS (\S+)", line):
            found[started[1]] = []
        elif found:
            found[list(found)[-1]].append(line)
    return found


def test_what_runs_in_the_image_is_no_root_and_has_no_tools() -> None:
    last = stages()["run"]
    users = [line.split()[1] for line in last if line.startswith("USER ")]
    assert users and users[-1] not in ("root", "0")
    copied = {word for line in last if line.startswith("COPY ") for word in line.split()[1:-1]}
    assert not {".", "tools", "tests"} & copied
    assert "npm " not in "\n".join(last) and "pip " not in "\n".join(last)


def test_no_development_package_is_in_the_image() -> None:
    assert "requirements-dev" not in text("Dockerfile")
    assert "--require-hashes -r requirements.txt" in text("Dockerfile")


def test_every_app_is_in_the_image(settings: Any) -> None:
    copied = {line.split()[-1] for line in stages()["run"] if line.startswith("COPY ")}
    ours = {name.split(".")[0] for name in settings.INSTALLED_APPS if (PROJECT / name.split(".")[0]).is_dir()}
    assert ours <= copied


# --- nothing of this machine -----------------------------------------------------------------------------------------


def committed() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        path = PROJECT / name
        if path.is_file() and not path.is_symlink():
            yield name, path.read_bytes().decode(errors="ignore")


def registry_hosts() -> set[str]:
    """The hosts that pip and npm of this machine ask, but for those that everybody's ask."""
    program, environment = npm()
    answers = [
        subprocess.run(
            [str(PROJECT / ".venv/bin/python"), "-m", "pip", "config", "list"], capture_output=True, text=True
        ),
        subprocess.run(
            [program, "config", "get", "registry"], capture_output=True, text=True, env=environment, cwd="/"
        ),
    ]
    addresses = (address for answer in answers for address in re.findall(r"https?://[^\s'\",]+", answer.stdout))
    return {host for address in addresses if (host := urlsplit(address).hostname) and host not in PLACEHOLDERS}


def test_no_address_of_this_machine_is_committed() -> None:
    traces = registry_hosts()
    if len(PROJECT.parts) > 2:  # a project directly below / would be looked for in vain: in an image, say
        traces.add(f"{PROJECT}/")
    found = [(name, trace) for name, content in committed() for trace in traces if trace in content]
    assert not found


def test_locked_requirements_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        content = text(name)
        assert "://" not in content and "--index-url" not in content and "--find-links" not in content
        pinned = [line for line in content.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert len(pinned) > 50 and all(line.endswith("\\") for line in pinned), (
            "each with its hashes on the next lines"
        )
    assert "resolved" not in text("package-lock.json")


def asked_for(locked: str) -> set[str]:
    """The packages in a locked file that are there because pyproject.toml asks for them itself."""
    blocks = re.split(r"\n(?=\S)", locked)
    return {block.split("==")[0].split("[")[0] for block in blocks if "bostad (pyproject.toml)" in block}


def test_what_is_locked_is_what_the_project_asks_for() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[\[<>=!~ ;]", requirement)[0] for requirement in requirements}

    wanted, for_development = names(project["dependencies"]), names(project["optional-dependencies"]["dev"])
    assert asked_for(text("requirements.txt")) == wanted, "make lock"
    assert asked_for(text("requirements-dev.txt")) == wanted | for_development, "make lock"
