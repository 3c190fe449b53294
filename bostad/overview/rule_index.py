"""Every rule id with the places in the code that enforce it and the tests that prove it, read from the source itself."""

import ast
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from bostad.casework.conditions import declared

RULE = re.compile(r"\b(?:R-\d-\d+|(?:JB|FB) \d+:\d+(?: [a-z](?![a-zåäö]))?|FL \d+)\b")


@dataclass
class RuleEntry:
    rule: str
    enforced: list[str] = field(default_factory=list)  # "contracts/rules/registration.py:41 the_orderer_has_confirmed"
    proved: list[str] = field(default_factory=list)  # "tests/contracts/test_order.py::test_…"


def index(root: Path | None = None) -> list[RuleEntry]:
    """Sorted by id, seeds first, then the paragraphs of the law."""
    root = root or settings.BASE_DIR
    found: dict[str, RuleEntry] = defaultdict(lambda: RuleEntry(""))
    for package in _packages(root):
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                _read_code(path, root, found)
    for path in sorted((root / "tests").rglob("test_*.py")):
        _read_tests(path, root, found)
    for rule, entry in found.items():
        entry.rule = rule
    return sorted(found.values(), key=lambda entry: _order(entry.rule))


def _packages(root: Path) -> list[str]:
    """Those of the installed apps that are the house's own."""
    tops = {app.split(".")[0] for app in settings.INSTALLED_APPS}
    return sorted(top for top in tops if (root / top).is_dir())


def _order(rule: str) -> tuple:
    return (not rule.startswith("R-"), [int(n) for n in re.findall(r"\d+", rule)], rule)


def _read_code(path: Path, root: Path, found: dict[str, RuleEntry]) -> None:
    """Each place where a rule stands as a value (not in a docstring), with the name of what it stands on."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = _docstrings(tree)
    for name, node in _named(tree):
        for value in ast.walk(node):
            if not isinstance(value, ast.Constant) or not isinstance(value.value, str) or id(value) in docstrings:
                continue
            for rule in RULE.findall(value.value):
                place = f"{path.relative_to(root)}:{value.lineno} {name}"
                if place not in found[rule].enforced:
                    found[rule].enforced.append(place)


def _named(tree: ast.Module):
    """The smallest named things of a module: functions (with their decorators), methods, and module-level values."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef):
                    yield f"{node.name}.{part.name}", part
                else:
                    yield node.name, part
        elif isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            yield getattr(node.targets[0], "id", "module"), node


def _docstrings(tree: ast.Module) -> set[int]:
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }


def _read_tests(path: Path, root: Path, found: dict[str, RuleEntry]) -> None:
    """The tests that carry `@pytest.mark.rule(…)`, by themselves or by their module's `pytestmark`.

    `@pytest.mark.rules_in("referrals.rules")` stands on a test that has a case for each condition of those modules.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    everywhere = [
        rule
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "pytestmark"
        for rule in _marked(node.value)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for rule in dict.fromkeys([*everywhere, *(r for d in node.decorator_list for r in _marked(d))]):
                found[rule].proved.append(f"{path.relative_to(root)}::{node.name}")


def _marked(expression: ast.expr) -> list[str]:
    return [
        rule
        for call in ast.walk(expression)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        for argument in call.args
        if isinstance(argument, ast.Constant)
        for rule in _meant(call.func.attr, argument.value)
    ]


def _meant(mark: str, argument: str) -> list[str]:
    if mark == "rules_in":
        return [made.rule for made, module in declared() if module.startswith(f"{argument}.")]
    return [argument] if mark == "rule" else []
