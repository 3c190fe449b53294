"""Who has something new to do is told once, of nothing but where it is."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from bostad.casework import notices, steps
from bostad.casework.models import CaseAccess, Deadline, Notice
from bostad.casework.sweep import sweep
from bostad.casework.tasks import send_notices
from bostad.organisation.models import Absence, Staff
from contracts.models import Contract
from tests.making import DAYS, a_contract
from tests.pages import client_of
from tests.town import TODAY, Town

pytestmark = pytest.mark.usefixtures("fast_files")


def told(contract: Contract) -> set[str]:
    """The user names of those who have something unread in the case."""
    rows = Notice.objects.filter(deadline__case=contract, read_at=None)
    return set(rows.values_list("staff__username", flat=True))


def name_of(scope) -> str:
    return Staff.objects.get(pk=scope.staff_id).username


def test_an_order_is_told_to_the_receiving_unit_and_not_to_who_sent_it(town: Town):
    contract = a_contract(town, "ordered")
    assert name_of(town.administrator) in told(contract)
    assert name_of(town.provider) not in told(contract)
    units = set(Staff.objects.filter(username__in=told(contract)).values_list("unit", flat=True))
    assert units == {town.debiteringen.pk}


def test_who_took_the_step_knows_of_what_it_asks_for(town: Town):
    contract = a_contract(town, "issued")
    own = Notice.objects.filter(staff=town.administrator.staff_id, deadline__case=contract, deadline__status="open")
    assert own.exists()
    assert not own.filter(read_at=None).exists()


def test_a_case_that_has_a_handler_is_told_to_nobody_else(town: Town):
    contract = a_contract(town, "ordered")
    Notice.objects.all().delete()
    Deadline.objects.filter(case=contract).update(assignee=town.manager.staff_id)
    notices.tell([contract.pk], DAYS["ordered"], town.provider)
    assert told(contract) == {name_of(town.manager)}


def test_while_the_handler_is_away_the_substitute_is_told(town: Town):
    contract = a_contract(town, "ordered")
    Notice.objects.all().delete()
    Deadline.objects.filter(case=contract).update(assignee=town.manager.staff_id)
    Absence.objects.create(
        staff_id=town.manager.staff_id, substitute_id=town.administrator.staff_id, from_on=TODAY, to_on=DAYS["billed"]
    )
    notices.tell([contract.pk], DAYS["ordered"], town.provider)
    assert told(contract) == {name_of(town.administrator)}


def test_a_protected_case_is_told_to_its_named_people_alone(town: Town):
    contract = a_contract(town, "ordered", protected=True)
    Notice.objects.all().delete()
    CaseAccess.objects.filter(case=contract).exclude(staff=town.administrator.staff_id).delete()
    notices.tell([contract.pk], DAYS["ordered"], town.provider)
    assert told(contract) <= {name_of(town.administrator)}
    CaseAccess.objects.filter(case=contract).delete()
    Notice.objects.all().delete()
    notices.tell([contract.pk], DAYS["ordered"], town.provider)
    assert told(contract) == set()


def test_the_sweep_tells_of_what_is_a_week_away_and_once(town: Town):
    contract = a_contract(town, "active", term_to=DAYS["billed"] + timedelta(days=400))
    row = Deadline.objects.still_open().filter(case=contract, acts=False).order_by("-due_on").first()
    Deadline.objects.filter(case=contract).exclude(pk=row.pk).update(due_on=row.due_on + timedelta(days=900))
    Notice.objects.all().delete()
    assert sweep(row.due_on - notices.SOON - timedelta(days=1))["told"] == 0
    assert sweep(row.due_on - notices.SOON)["told"] == 1
    assert told(contract)
    assert sweep(row.due_on)["told"] == 0


def test_opening_the_case_reads_the_notice_and_the_list_marks_what_is_new(town: Town, on_the_day):
    contract = a_contract(town, "ordered")
    client = client_of(town.administrator)
    mine = reverse("overview:my_work")
    assert ">Nytt</span>" in client.get(mine).content.decode()
    client.get(reverse("contracts:contract", args=[contract.number]))
    assert ">Nytt</span>" not in client.get(mine).content.decode()
    assert name_of(town.administrator) not in told(contract)


def test_the_mail_is_one_for_each_and_says_where_and_nothing_else(town: Town, settings):
    settings.SITE_URL = "https://bostad.example.org"
    first, second = a_contract(town, "ordered"), a_contract(town, "ordered")
    send_notices()
    to = [message.to[0] for message in mail.outbox]
    assert len(to) == len(set(to))
    mine = next(m for m in mail.outbox if m.to == [Staff.objects.get(pk=town.administrator.staff_id).email])
    for contract in (first, second):
        assert f"https://bostad.example.org/kontrakt/{contract.number}/" in mine.body
        for party in contract.tenants:
            assert party.person.last_name not in mine.body + mine.subject
    assert not re.search(r"\d{8}-?\d{4}", mine.body)
    sent = len(mail.outbox)
    assert send_notices() == 0
    assert len(mail.outbox) == sent


def test_what_the_server_refuses_is_sent_the_next_time(town: Town, settings):
    a_contract(town, "ordered")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    with pytest.raises(OSError):
        send_notices()
    assert Notice.objects.filter(sent_at=None).exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_notices() > 0
    assert not Notice.objects.filter(sent_at=None).exists()


def test_a_refused_step_tells_nobody(town: Town):
    contract = a_contract(town, "ordered")
    before = Notice.objects.count()
    with pytest.raises(steps.NotYours), steps.door(Contract, contract.pk, "issue", by=town.provider, today=TODAY):
        pass
    assert Notice.objects.count() == before
