"""What is printed and posted. One letter per dispatch; a day's letters are printed as one file."""

import pgtrigger
from django.db import models
from django.db.models import Q

from bostad import history
from bostad.casework.models import Case, Dispatch
from bostad.casework.triggers import final, never_deleted
from bostad.documents.models.document import Document, MadeByTheWorker
from bostad.documents.querysets import LetterQuerySet
from bostad.documents.states import LETTER_MOVES, LetterState
from bostad.organisation.models import Organisation, Staff


class PrintBatch(MadeByTheWorker):
    """One print file of several letters, with its posting list."""

    department = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    on = models.DateField("dag")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="utskriven av")
    letter_count = models.PositiveIntegerField(default=0)  # of the file, also when a letter is printed anew elsewhere

    class Meta:
        verbose_name, verbose_name_plural = "utskrift", "utskrifter"
        indexes = [models.Index(fields=["department", "-id"], name="batch_by_department")]

    def __str__(self) -> str:
        return f"Utskrift {self.pk}"


class PrintBatchFile(models.Model):
    """The bytes of a print file, in a table of their own: no list of letters fetches them by the way."""

    batch = models.OneToOneField(PrintBatch, models.PROTECT, primary_key=True, related_name="file")
    content = models.BinaryField()

    class Meta:
        triggers = [history.append_only(), history.no_truncate()]

    def __str__(self) -> str:
        return f"fil {self.batch_id}"


@history.tracked()
class Letter(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    dispatch = models.OneToOneField(Dispatch, models.PROTECT, related_name="letter")
    kind = models.CharField(max_length=40)
    title = models.CharField("brev", max_length=160)
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="letters", verbose_name="avsändare")
    recipient = models.JSONField("mottagare")  # {"name": …, "street": …, "postal_code": …, "city": …}
    state = models.CharField("läge", max_length=9, choices=LetterState, default=LetterState.DRAFTED)
    held_because = models.CharField("hålls därför att", max_length=300, blank=True)
    batch = models.ForeignKey(PrintBatch, models.PROTECT, null=True, related_name="letters")
    goes_by_post = models.BooleanField(default=True)  # else it is handed over, and struck when that is done
    queued_on = models.DateField(null=True)
    posted_on = models.DateField("postat", null=True)
    posted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", verbose_name="postat av")

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "brev", "brev"
        indexes = [models.Index(fields=["department", "state", "queued_on", "id"], name="letter_by_department")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="posted") | Q(posted_on__isnull=False), name="a_posted_letter_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="printed") | Q(batch__isnull=False), name="a_printed_letter_has_a_print_file"
            ),
            models.CheckConstraint(
                condition=Q(held_because="") | Q(state__in=["drafted", "cancelled"]), name="a_held_letter_is_not_sent"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="moves", field="state", transitions=LETTER_MOVES),
            final("as_it_was_written", "TRUE", ["case_id", "dispatch_id", "kind", "department_id", "goes_by_post"]),
            final("as_it_was_queued", "OLD.state <> 'drafted'", ["title", "recipient", "queued_on"]),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.title


class Enclosure(models.Model):
    """The documents of a letter, in the order in which they are printed."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="enclosures")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["letter", "position"], name="enclosure_in_order")]

    def __str__(self) -> str:
        return f"{self.letter_id}.{self.position}"
