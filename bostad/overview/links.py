"""Addresses that every page points to, in one place."""

from django.urls import NoReverseMatch, reverse


def rule_url(rule_id: str) -> str:
    """The place of a rule on the routine page."""
    try:
        return reverse("overview:rule", args=[rule_id])
    except NoReverseMatch:
        return f"/rutiner/regel/{rule_id}/"
