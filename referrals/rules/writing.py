"""Writing, approving and signing a referral (R-1-26 to R-1-31, R-1-38 to R-1-47), and its registration (R-1-33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad import dates, words
from bostad.casework.conditions import condition
from referrals.content import SECTIONS
from referrals.rules import HELSINGBORG
from referrals.settings_keys import DEBT_LIMIT
from referrals.states import LeaseForm, Purpose

if TYPE_CHECKING:
    from referrals.facts import ReferralFacts

OF_OWN_GROUPS = frozenset({"household", "need"})
_LABELS = {section.key: section.label for section in SECTIONS}


def _named(keys: tuple[str, ...]) -> str:
    return ", ".join(_LABELS.get(key, key).lower() for key in keys)


@condition("R-1-28", "En remiss kräver ett beslut om stöd till bostadsanskaffning.", source=HELSINGBORG + "313")
def a_decision_on_support_exists(facts: ReferralFacts) -> bool:
    return facts.is_own or facts.is_granted


@condition("R-1-1", "Välj kommunalt kontrakt eller hyresgaranti.", source=HELSINGBORG + "77–86", field="lease_form")
def the_form_is_chosen(facts: ReferralFacts) -> bool:
    return facts.lease_form in LeaseForm.values


@condition(
    "R-1-26",
    "Motivera valet av form: skuldbilden och förmågan att klara ett förstahandskontrakt utan insatser.",
    source=HELSINGBORG + "306–309",
    meet_at="write",
    field="form_motivation",
)
def the_choice_of_form_is_motivated(facts: ReferralFacts) -> bool:
    return facts.is_own or facts.form_has_motivation


@condition(
    "R-1-27",
    "Den som har skulder kan få hyresgaranti bara efter en dialog med FF, förd innan remissen skrevs.",
    source=HELSINGBORG + "310–312",
    meet_at="choose_form",
    field="debt_dialogue_on",
)
def a_guarantee_needs_no_debts_or_a_dialogue(facts: ReferralFacts) -> bool:
    if facts.lease_form != LeaseForm.GUARANTEE or facts.debt_total == 0:
        return True
    if facts.debt_total is None:
        return False
    before = facts.debt_dialogue_on is not None and facts.debt_dialogue_on <= (facts.opened_on or facts.today)
    return before and facts.debt_dialogue_is_named


@condition(
    "R-1-27",
    lambda facts: (
        f"Skulderna är högre än {words.kr(facts.setting(DEBT_LIMIT.key))}, som är gränsen för hyresgaranti. "
        "En dialog med FF räcker inte då: välj kommunalt kontrakt."
    ),
    source=HELSINGBORG + "310–312",
    meet_at="write",
    field="debt_total",
    plainly="Skulderna är högre än gränsen för hyresgaranti.",
)
def the_debts_are_low_enough_for_a_guarantee(facts: ReferralFacts) -> bool:
    limit = facts.setting(DEBT_LIMIT.key)
    return facts.lease_form != LeaseForm.GUARANTEE or limit is None or (facts.debt_total or 0) <= limit


@condition(
    "R-1-38",
    lambda facts: f"I remissen saknas: {_named(facts.missing)}.",
    source=HELSINGBORG + "334–346",
    meet_at="write",
    plainly="Det som alltid ska finnas i remissen saknas.",
)
def the_mandatory_content_is_there(facts: ReferralFacts) -> bool:
    """R-1-38 to R-1-43. Of its own target groups the property department keeps what a home is found by."""
    missing = set(facts.missing) & OF_OWN_GROUPS if facts.is_own else set(facts.missing)
    return not missing


@condition(
    "R-1-42",
    "Skuldbilden är kontrollerad för länge sedan. Kontrollera den igen.",
    source=HELSINGBORG + "341–344",
    meet_at="write",
    field="checked_on",
)
def the_debt_picture_is_fresh(facts: ReferralFacts) -> bool:
    if facts.is_own or facts.economy_checked_on is None:
        return True
    oldest = dates.add_months(facts.today, -facts.setting("referrals.economy_months"))
    return oldest <= facts.economy_checked_on <= facts.today


@condition(
    "R-1-44",
    "Uppgifter om hälsa får bara stå i remissen när de behövs för bostaden. Ange varför, eller ta bort dem.",
    source=HELSINGBORG + "347–350",
    meet_at="write",
    field="health_reason",
)
def health_stands_only_when_relevant(facts: ReferralFacts) -> bool:
    return not facts.health_without_reason


@condition(
    "R-1-29",
    "Den enskilde ska ha fått veta att bara ett boende erbjuds.",
    source=HELSINGBORG + "315–316",
    meet_at="inform",
)
def the_person_knows_that_one_home_is_offered(facts: ReferralFacts) -> bool:
    return facts.informed_on is not None


@condition(
    "R-1-30",
    "Varje vuxen i hushållet, eller dennes företrädare, godkänner och undertecknar innehållet.",
    source=HELSINGBORG + "316–317",
    meet_at="approve",
    field="signed_on",
)
def every_adult_has_signed(facts: ReferralFacts) -> bool:
    return facts.adults > 0 and facts.signatures >= facts.adults


@condition(
    "R-1-30",
    "Innehållet har ändrats. Den enskilde ska godkänna den lydelse som gäller nu.",
    source=HELSINGBORG + "316–317",
    meet_at="approve",
    field="content_hash",
)
def the_signatures_are_of_this_content(facts: ReferralFacts) -> bool:
    """Of nobody's signature there is nothing to say: that it is lacking is another rule's."""
    return facts.signatures_are_of_this or facts.signatures < facts.adults


@condition(
    "R-1-31",
    "Den som har skrivit remissen kan inte granska och underteckna den som chef.",
    source=HELSINGBORG + "317–318",
    field="signed_on",
)
def the_signer_is_not_the_author(facts: ReferralFacts) -> bool:
    return not facts.signer_is_author


@condition(
    "R-1-31",
    "Närmaste chef ska ha granskat och undertecknat remissen.",
    source=HELSINGBORG + "317–318",
    meet_at="sign",
)
def the_manager_has_signed(facts: ReferralFacts) -> bool:
    return facts.manager_signed_on is not None


@condition(
    "R-1-33",
    "Ange vilka avsnitt som ska kompletteras, och vad som saknas.",
    source=HELSINGBORG + "320–322",
    field="points",
)
def what_is_missing_is_named(facts: ReferralFacts) -> bool:
    return facts.completion_is_named


@condition(
    "R-1-33",
    lambda facts: f"Avsnitt med en kommentar har samma ord som då: {_named(facts.unanswered)}.",
    source=HELSINGBORG + "320–322",
    meet_at="write",
    plainly="Ett avsnitt som någon har bett om ändring i är inte ändrat.",
)
def what_was_asked_is_answered(facts: ReferralFacts) -> bool:
    return not facts.unanswered


@condition(
    "R-1-33",
    lambda facts: f"Det som begärdes är inte ändrat: {_named(facts.unanswered_of_receiver)}.",
    source=HELSINGBORG + "320–322",
    plainly="Ett avsnitt som FF har begärt komplettering av är inte ändrat.",
)
def what_the_receiver_asked_is_answered(facts: ReferralFacts) -> bool:
    return not facts.unanswered_of_receiver


@condition(
    "R-1-36",
    lambda facts: f"Gå igenom: {_named(facts.unreviewed)}. Varje avsnitt bekräftas eller ändras.",
    source=HELSINGBORG + "325–326",
    meet_at="review_extension",
    plainly="Varje avsnitt i remissen bekräftas eller ändras inför förlängningen.",
)
def every_section_is_gone_through(facts: ReferralFacts) -> bool:
    return facts.purpose != Purpose.EXTENSION or not facts.unreviewed


@condition("R-1-36", "Börja med att gå igenom remissen.", source=HELSINGBORG + "325–326", meet_at="begin_extension")
def an_extension_is_begun(facts: ReferralFacts) -> bool:
    return facts.is_being_written and facts.purpose == Purpose.EXTENSION


@condition(
    "R-1-47",
    "Remissen nämner inte den som företräder idag. Spara avsnittet Övriga kontakter, så rättas det.",
    source=HELSINGBORG + "345",
    meet_at="write",
)
def the_words_name_who_acts(facts: ReferralFacts) -> bool:
    return facts.words_name_who_acts


@condition(
    "R-1-30",
    "Den som undertecknade för den enskilde hade inte behörighet den dagen. Remissen ska undertecknas på nytt.",
    source=HELSINGBORG + "316–317",
    meet_at="change",
)
def who_signed_had_the_right(facts: ReferralFacts) -> bool:
    return facts.signers_had_the_right


WHAT_A_REFERRAL_HOLDS = (
    a_decision_on_support_exists,
    the_form_is_chosen,
    the_choice_of_form_is_motivated,
    a_guarantee_needs_no_debts_or_a_dialogue,
    the_debts_are_low_enough_for_a_guarantee,
    the_mandatory_content_is_there,
    the_debt_picture_is_fresh,
    health_stands_only_when_relevant,
)
