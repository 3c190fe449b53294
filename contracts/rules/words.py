"""What the rules of the routine say things with."""

from __future__ import annotations

from decimal import Decimal

SEED = "Linköping, rad "


def in_order(*days) -> bool:
    """Every day is known and none comes before the one to its left."""
    return None not in days and list(days) == sorted(days)


def kr(amount: Decimal) -> str:
    whole = f"{amount:,.2f}".removesuffix(".00").replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return f"{whole}\N{NO-BREAK SPACE}kr"
