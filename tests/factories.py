"""Rows that a test stands on, with what its case does not care about filled in. Cases come from `tests/making.py`."""

from datetime import date
from decimal import Decimal

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory
from guardian.shortcuts import assign_perm

from bostad import identifiers
from bostad.documents.models import TextTemplate
from bostad.housing.models import Dwelling, HeadLease, HeadRent, Property, Tenure
from bostad.organisation.models import DelegatedAct, Delegation, Organisation, OrganisationKind, Setting, Staff, Unit
from bostad.organisation.roles import Role, permission
from bostad.people.models import Person, Representative
from contracts.states import HousingForm

LONG_AGO = date(2020, 1, 1)


def a_personnummer(n: int) -> str:
    """The n-th of some 20,000 that no living person has, of people born from 1925 on."""
    born_on = date.fromordinal(date(1925, 1, 1).toordinal() + n)
    return identifiers.make_fictional_personnummer(born_on, 980 + n % 20)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = OrganisationKind.PROVIDER
    name = factory.Sequence(lambda n: f"Utförare {n} AB")
    organisation_number = "5560000001"
    street, postal_code, city = "Rönnvägen 3", "59099", "Ekstad"
    phone, email = "0199-20 00 00", "info@utforare.example"

    class Params:
        department = factory.Trait(
            kind=OrganisationKind.DEPARTMENT,
            organisation_number="2120009994",
            board="nämnden",
            street="Stortorget 1",
            phone="0199-10 00 00",
            email="kommun@ekstad.example",
        )
        landlord = factory.Trait(kind=OrganisationKind.LANDLORD)


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Enhet {n}")
    phone, email = "0199-10 04 00", "enheten@ekstad.example"


class StaffFactory(DjangoModelFactory):
    class Meta:
        model = Staff
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    first_name = "Kim"
    last_name = factory.Sequence(lambda n: f"Medarbetare {n}")
    title = "handläggare"
    phone = "0199-10 04 12"
    email = factory.LazyAttribute(lambda self: f"{self.username}@ekstad.example")

    @factory.post_generation
    def roles(self, create, held, **kwargs):
        """Pairs of role and organisation, or role and unit."""
        for role, where in held or ():
            give_role(self, role, where)


def give_role(staff: Staff, role: Role, where: Organisation | Unit) -> None:
    group, _ = Group.objects.get_or_create(name=f"{role} {where._meta.model_name} {where.pk}")
    assign_perm(permission(role), group, where)
    staff.groups.add(group)


class PropertyFactory(DjangoModelFactory):
    class Meta:
        model = Property

    landlord = factory.SubFactory(OrganisationFactory, landlord=True)
    designation = factory.Sequence(lambda n: f"Ekstad Rönnen {n}:1")
    street, postal_code, city = "Rönnvägen 3", "59099", "Ekstad"


class DwellingFactory(DjangoModelFactory):
    """Rented by the municipality, electricity included, let in every care form, set aside for no category."""

    class Meta:
        model = Dwelling

    real_property = factory.SubFactory(PropertyFactory)
    designation = factory.Sequence(lambda n: f"RG-{n:04d}")
    apartment_number = factory.Sequence(lambda n: f"{1000 + n % 8000:04d}")
    street = factory.Sequence(lambda n: f"Rönnvägen {n + 1}")
    postal_code, city = "59099", "Ekstad"
    rooms, area_m2 = Decimal(1), Decimal("31.5")
    tenure = Tenure.RENTED
    housing_forms = [HousingForm.SHELTERED, HousingForm.CARE_SOMATIC, HousingForm.CARE_DEMENTIA]
    electricity_included = True
    monthly_rent = Decimal(6780)


class HeadLeaseFactory(DjangoModelFactory):
    class Meta:
        model = HeadLease
        skip_postgeneration_save = True

    dwelling = factory.SubFactory(DwellingFactory)
    owner = factory.SelfAttribute("dwelling.real_property.landlord")
    reference = factory.Sequence(lambda n: f"1-{n:04d}")
    from_on = LONG_AGO

    @factory.post_generation
    def rent(self, create, amount, **kwargs):
        """What the municipality pays; `rent=None` leaves it unknown."""
        if amount != "unknown":
            HeadRent.objects.create(head_lease=self, from_on=self.from_on, monthly_rent=amount or Decimal(7000))


class TextTemplateFactory(DjangoModelFactory):
    """Written by one, approved by another, in force since long."""

    class Meta:
        model = TextTemplate

    version = 1
    name = factory.LazyAttribute(lambda self: f"Mall {self.kind}")
    approved_on = valid_from = LONG_AGO


class SettingFactory(DjangoModelFactory):
    """A setting of the municipality, in force since long ago."""

    class Meta:
        model = Setting

    from_on = LONG_AGO


class DelegationFactory(DjangoModelFactory):
    class Meta:
        model = Delegation

    act = DelegatedAct.SIGN_SUBLET_CONTRACT
    item = "4.12"
    from_on = LONG_AGO


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    first_name = "Harald"
    last_name = factory.Sequence(lambda n: f"Nyberg {n}")
    personnummer = factory.Sequence(a_personnummer)


class RepresentativeFactory(DjangoModelFactory):
    class Meta:
        model = Representative

    person = factory.SubFactory(PersonFactory)
    name = "Birgitta Nyberg"
    authority = "trustee"
    reference = "Registerutdrag den 3 mars 2025"
    from_on = LONG_AGO
    street, postal_code, city = "Lindgatan 8", "59098", "Ekstad"
