"""Where a sheet of paper is, and how far a letter has come."""

from django.db import models


class OriginalState(models.TextChoices):
    MADE = "made", "Utfärdat"
    PRINTED = "printed", "Utskrivet"
    SIGNED_FOR_MUNICIPALITY = "signed_for_municipality", "Undertecknat för kommunen"
    SENT = "sent", "Skickat till utföraren"
    AT_PROVIDER = "at_provider", "Hos utföraren"
    SIGNED = "signed", "Undertecknat av hyresgästen"
    WITH_TENANT = "with_tenant", "Hos hyresgästen"
    ON_ITS_WAY = "on_its_way", "Skickat åter"
    ARCHIVED = "archived", "I arkivet"
    LOST = "lost", "Saknas"
    RECALLED = "recalled", "Återkallat, ska förstöras"
    VOID = "void", "Ogiltigt"


_S = OriginalState
INVALID = frozenset({_S.RECALLED, _S.VOID})  # the paper may still exist; it is no contract any more
OUT = (_S.SENT, _S.AT_PROVIDER, _S.SIGNED, _S.WITH_TENANT, _S.ON_ITS_WAY)  # not in the municipality's own hands
ORIGINAL_MOVES: list[tuple[str, str]] = [
    (_S.MADE, _S.PRINTED),
    (_S.PRINTED, _S.SIGNED_FOR_MUNICIPALITY),
    (_S.PRINTED, _S.SENT),  # the electricity annex is not signed
    (_S.PRINTED, _S.WITH_TENANT),
    (_S.SIGNED_FOR_MUNICIPALITY, _S.SENT),
    (_S.SIGNED_FOR_MUNICIPALITY, _S.SIGNED),  # signed together at the municipality's own desk
    (_S.SENT, _S.AT_PROVIDER),
    (_S.AT_PROVIDER, _S.SIGNED),
    (_S.AT_PROVIDER, _S.WITH_TENANT),
    (_S.AT_PROVIDER, _S.ON_ITS_WAY),
    (_S.AT_PROVIDER, _S.ARCHIVED),
    (_S.SIGNED, _S.WITH_TENANT),
    (_S.SIGNED, _S.ON_ITS_WAY),
    (_S.SIGNED, _S.ARCHIVED),
    (_S.WITH_TENANT, _S.ON_ITS_WAY),
    (_S.WITH_TENANT, _S.ARCHIVED),
    (_S.ON_ITS_WAY, _S.ARCHIVED),
    *((_S.ARCHIVED, state) for state in OUT),  # filed by mistake: the paper is not here
    *((state, _S.LOST) for state in (*OUT, _S.ARCHIVED)),
    (_S.LOST, _S.ARCHIVED),  # and found again
    *((state, _S.RECALLED) for state in OUT),
    *((state, _S.VOID) for state in _S if state not in (_S.ARCHIVED, _S.VOID)),
]


class LetterState(models.TextChoices):
    DRAFTED = "drafted", "Utkast"
    QUEUED = "queued", "I utskriftskön"
    PRINTED = "printed", "Utskrivet"
    POSTED = "posted", "Postat"
    CANCELLED = "cancelled", "Struket"


_L = LetterState
LETTER_MOVES: list[tuple[str, str]] = [
    (_L.DRAFTED, _L.QUEUED),
    (_L.QUEUED, _L.PRINTED),
    (_L.PRINTED, _L.POSTED),
    (_L.PRINTED, _L.QUEUED),  # the printer jammed: print again, before anything is posted
    (_L.DRAFTED, _L.CANCELLED),
    (_L.QUEUED, _L.CANCELLED),
    (_L.PRINTED, _L.CANCELLED),
]


class FileState(models.TextChoices):
    WAITING = "waiting", "Framställs"
    READY = "ready", "Klar"
    FAILED = "failed", "Kunde inte framställas"
