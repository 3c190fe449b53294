"""The demo's day: web, worker and beat read the same row, so that a day can be moved and all follow."""

from datetime import date

from bostad.organisation.models import DemoDay


def demo_day() -> date | None:
    """The day that the demo has been set to, or None for the real one."""
    return DemoDay.objects.values_list("day", flat=True).first()


def move_to(day: date) -> None:
    DemoDay.objects.update_or_create(id=1, defaults={"day": day})
