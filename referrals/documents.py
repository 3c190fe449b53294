"""Freezes what is known of a case into the data of its papers. Nothing here reads the clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bostad.organisation.scope import Scope

if TYPE_CHECKING:
    from bostad.documents.models import Document
    from referrals.models import Decision, Offer, Question, Referral, ReferralVersion


def freeze_decision(decision: Decision, *, by: Scope, today: date) -> Document: ...


def freeze_consent(question: Question, *, by: Scope, today: date) -> Document: ...


def freeze_group_material(question: Question, *, by: Scope, today: date) -> Document: ...


def freeze_one_offer_information(referral: Referral, *, by: Scope, today: date) -> Document: ...


def freeze_referral(referral: Referral, version: ReferralVersion, *, by: Scope, today: date) -> Document: ...


def freeze_completion_request(referral: Referral, version: ReferralVersion, *, by: Scope, today: date) -> Document: ...


def freeze_cessation_notice(referral: Referral, *, by: Scope, today: date) -> Document: ...


def freeze_offer(offer: Offer, *, by: Scope, today: date) -> Document: ...


def freeze_offer_answer(offer: Offer, *, by: Scope, today: date) -> Document: ...


def freeze_client_information(offer: Offer, *, by: Scope, today: date) -> Document: ...
