import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bostad.casework.graph import Kind, kinds


class Command(BaseCommand):
    help = "Every kind's graph: its states, and the steps with source, target, label, roles and rule ids."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        graphs = [graph(kind) for kind in kinds()]
        if options["format"] == "json":
            self.stdout.write(json.dumps(graphs, ensure_ascii=False, indent=2))
            return
        for found in graphs:
            self.stdout.write(f"{found['kind']}: {found['label']}")
            for step in found["steps"]:
                sources = ", ".join(source or "(new)" for source in step["source"])
                self.stdout.write(
                    f"  {step['name']}: {sources} -> {step['target'] or '(stays)'}  {' '.join(step['rules'])}"
                )


def graph(kind: Kind) -> dict[str, Any]:
    """The routine as data: what the database and the drawing are made from."""
    return {
        "kind": kind.key,
        "label": kind.label,
        "states": [
            {"state": state.value, "label": state.label, "is_open": state.value not in kind.closed}
            for state in kind.states
        ],
        "steps": [
            {
                "name": step.name,
                "label": step.label,
                "source": list(step.sources),
                "target": step.target,
                "by": [f"{by.side.value}:{by.role.value}" if by.role else by.side.value for by in step.by],
                "rules": list(step.all_rules),
                "undo": step.undo,
            }
            for step in kind.steps.values()
        ],
    }
