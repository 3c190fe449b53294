"""Words of the routine page."""

from django import template

from bostad.casework.conditions import Condition
from bostad.overview.routines import sentence

register = template.Library()


@register.filter
def rule_sentence(found: Condition) -> str:
    """The sentence of a condition, where there is no case to tell it of."""
    return sentence(found)
