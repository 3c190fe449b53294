"""Who has to answer in a question of responsibility. The case is the asking department's until it is settled."""

from collections.abc import Iterator

from bostad.casework.deadlines import Addressee, DeadlineKind, Planned
from referrals.deadlines.shared import once, owner, working_days
from referrals.facts import QuestionFacts
from referrals.states import QuestionState

S = QuestionState


def _answer(facts: QuestionFacts) -> Iterator[Planned]:
    """One for each asked department, so that each sees its own."""
    if facts.state == S.ASKED and facts.asked_on and facts.consent_holds:
        due = working_days(facts.asked_on, facts, "referrals.answer_question_days")
        for organisation in facts.asked_ids:
            if organisation not in facts.answered_ids:
                to = Addressee(organisation, dict(facts.queues).get(organisation), watcher_unit_id=facts.unit_id)
                yield Planned(due, due, to, occurrence=organisation)


def _settle(facts: QuestionFacts) -> Iterator[Planned]:
    if facts.state == S.ASKED and facts.asked_on and set(facts.asked_ids) <= set(facts.answered_ids):
        yield from once(working_days(facts.asked_on, facts, "referrals.group_days"), owner(facts))
    if facts.state == S.LIFTED and facts.lifted_on:
        yield from once(working_days(facts.lifted_on, facts, "referrals.group_days"), owner(facts))


def _drop(facts: QuestionFacts) -> Iterator[Planned]:
    if facts.state in (S.ASKED, S.LIFTED) and facts.consent_revoked_on:
        yield from once(facts.consent_revoked_on, owner(facts))


DEADLINES = (
    DeadlineKind(
        "question_answer", "question", "Svara på ansvarsfrågan", "R-1-24",
        "En annan förvaltning frågar vem som ansvarar.", _answer, step="answer",
    ),
    DeadlineKind(
        "question_settle", "question", "Registrera vem som ansvarar, eller lyft frågan", "R-1-25",
        "Ärendet får inte stå utan ansvarig.", _settle, step="settle",
    ),
    DeadlineKind(
        "question_drop", "question", "Ta tillbaka ansvarsfrågan", "R-1-24",
        "Samtycket är återkallat: inget mer får berättas.", _drop, step="drop", acts=True,
    ),
)  # fmt: skip
