"""One tenancy, told in the words of the routine: each is a service that a page uses too, taken by the right person."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bostad import dates
from bostad.casework import services as casework
from bostad.casework.models import (
    Case,
    ConsentForm,
    ConsentPartner,
    ContactChannel,
    ContactOutcome,
    JournalKind,
)
from bostad.documents import letters
from bostad.documents.models import Enclosure, Holder, Letter, Original, SheetKind
from bostad.documents.states import LetterState, OriginalState
from bostad.housing.models import Dwelling, Tenure
from bostad.organisation.models import DelegatedAct
from bostad.organisation.scope import Scope
from bostad.overview.demo.town import Story, Town
from bostad.people.models import Person
from bostad.people.representing import RepresentativeInput as Representative
from contracts.models import Contract
from contracts.services import ending, issuing, ordering, signing
from contracts.states import Capacity, EndReason, NoticeBy
from contracts.states import HousingForm as Form

NEW_LAW = date(2025, 7, 1)  # SoL 2025:400
SHARED_SPACES = {"Rönngården": Decimal(540)}  # of the rent, by provider


@dataclass
class Tenancy:
    town: Town
    tenants: tuple[str, ...]
    at: str  # the dwelling
    form: Form
    move_in: date
    orderer: str
    office: str
    manager: str
    caseworker: str = ""
    category: str = "none"
    representative: Representative | None = None
    ground: str = ""
    typed: str = ""  # the name as the orderer wrote it, where it is another than the registered one
    contract_on: date | None = None  # a week after the registration, unless told
    term_to: date | None = None
    assignee: str = ""
    owner_is_told: bool = True
    pk: int = 0

    # --- what is known ------------------------------------------------------------------------------------------------

    @property
    def now(self) -> date:
        return self.town.now

    @property
    def dwelling(self) -> Dwelling:
        return self.town.dwellings[self.at]

    @property
    def people(self) -> list[Person]:
        return [self.town.persons[name] for name in self.tenants]

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.pk)

    @property
    def is_care(self) -> bool:
        return self.dwelling.provider is not None

    def by(self, username: str) -> dict[str, Scope | date]:
        return {"by": self.town.by(username), "today": self.now}

    def sheet(self, holder: Holder, kind: SheetKind = SheetKind.CONTRACT) -> str:
        found = Original.objects.filter(case=self.pk, kind=kind, holder=holder).valid()
        return found.get().code

    # --- register, order, issue ---------------------------------------------------------------------------------------

    def register(self) -> None:
        contract = ordering.register(self._registration(), **self.by(self.orderer))
        self.pk = contract.pk

    def _registration(self) -> ordering.Registration:
        names = [(person.first_name, person.last_name) for person in self.people]
        if self.typed:
            first, last = self.typed.split(" ", 1)
            names[0] = first, last
        return ordering.Registration(
            dwelling=self.dwelling,
            housing_form=self.form,
            move_in_on=self.move_in,
            contract_on=self.contract_on or max(self.now, min(self.move_in, self.now + timedelta(days=7))),
            tenants=tuple(
                ordering.TenantInput(first, last, person.personnummer, self.representative if number == 0 else None)
                for number, ((first, last), person) in enumerate(zip(names, self.people, strict=True))
            ),
            decision=None if self.form == Form.MUNICIPAL else self._decision(),
            municipal_ground=self.ground,
        )

    def _decision(self) -> ordering.DecisionInput:
        decided_on = self.town.before(min(self.now, self.move_in), 9)
        law = "11 kap. 1 § socialtjänstlagen (2025:400)"
        if decided_on < NEW_LAW:
            law = "4 kap. 1 § socialtjänstlagen (2001:453)"
        return ordering.DecisionInput(
            number=f"B-{decided_on.year}-{300 + self.people[0].pk % 500:06d}",
            board=self.dwelling.manager.board,
            decided_on=decided_on,
            legal_basis=law,
        )

    def order(self, message: str = "") -> None:
        orderer = self.town.staff[self.orderer]
        data = ordering.OrderInput(
            category=self.category,
            orderer_name=str(orderer),
            street=orderer.unit.street,
            postal_code=orderer.unit.postal_code,
            city=orderer.unit.city,
            phone=orderer.phone,
            email=orderer.email,
            message=message,
            confirmed=True,
        )
        ordering.order(self.pk, data, **self.by(self.orderer))

    def hand_over(self, reason: str = "Fördelad vid veckans genomgång") -> None:
        who = self.town.staff[self.assignee or self.office]
        casework.hand_over(case_id=self.pk, unit=who.unit, assignee=who, reason=reason, **self.by(self.manager))

    def issue(self) -> None:
        signer = issuing.delegations_on(self.dwelling.manager_id, self.now, DelegatedAct.SIGN_SUBLET_CONTRACT)
        extra = SHARED_SPACES.get(self.dwelling.provider.code, Decimal(0)) if self.is_care else Decimal(0)
        terms = issuing.Terms(
            rent=self._rent() - extra,
            delegation=signer.get(staff=self.town.staff[self.office]),
            other_rent=extra,
            other_rent_for="Gemensamma utrymmen" if extra else "",
            term_to=self.term_to,
        )
        issuing.issue(self.pk, terms, **self.by(self.office))
        if self.owner_is_told and self.dwelling.tenure == Tenure.RENTED:
            issuing.notify_owner(self.pk, **self.by(self.office))

    def _rent(self) -> Decimal:
        """What the municipality paid itself when the tenant moved in; never more (JB 12:55)."""
        lease = self.dwelling.head_leases.first()
        return lease.rent_on(self.move_in) if lease else Decimal(self.dwelling.monthly_rent)

    # --- print, sign, post --------------------------------------------------------------------------------------------

    def print_out(self) -> None:
        """Prints this contract, if it waits for that, and the department's other letters, which are posted at once."""
        department = self.dwelling.manager_id
        drafted = Enclosure.objects.filter(letter__department=department, letter__state=LetterState.DRAFTED)
        self.town.press.collect(set(drafted.values_list("document", flat=True)))
        queued = Letter.objects.filter(department=department, state=LetterState.QUEUED)
        chosen = [letter.pk for letter in queued if letter.kind != "contract" or letter.case_id == self.pk]
        if not chosen:
            return
        batch = letters.print_letters(letters=chosen, **self.by(self.office))
        letters.make_batch_file(batch.pk)
        for letter in Letter.objects.filter(pk__in=chosen).exclude(kind="contract"):
            letters.post(letter_id=letter.pk, on=self.now, **self.by(self.office))

    def sign(self) -> None:
        issuing.sign_for_municipality(self.pk, signed_on=self.now, **self.by(self.office))

    def post(self) -> None:
        issuing.dispatch(self.pk, posted_on=self.now, **self.by(self.office))

    def first_day_late(self, kind: str) -> date:
        """The day after the deadline, weekends and holidays counted as the routine counts them."""
        due = self.case.deadlines.still_open().get(kind=f"contracts.{kind}").due_on
        return self.town.after(due, 1)

    def remind(self) -> None:
        issuing.remind_provider(self.pk, **self.by(self.office))

    # --- at the provider's, and at the municipality's own desk --------------------------------------------------------

    def arrive(self) -> None:
        signing.acknowledge_receipt(
            self.pk,
            first=self.sheet(Holder.TENANT),
            second=self.sheet(Holder.MUNICIPALITY),
            received_on=self.now,
            **self.by(self.orderer),
        )

    def tenants_sign(self) -> None:
        signed = Original.objects.filter(case=self.pk).valid()
        signing.record_signatures(
            self.pk,
            step="record_signatures" if self.is_care else "sign_at_desk",
            signings=self._signings(),
            codes=set(signed.exclude(kind=SheetKind.ELECTRICITY_ANNEX).values_list("code", flat=True)),
            **self.by(self.orderer),
        )

    def _signings(self) -> dict[int, signing.Signing]:
        return {
            party.person_id: signing.Signing(
                Capacity.REPRESENTATIVE if party.representative_id else Capacity.TENANT, self.now
            )
            for party in Contract.objects.get(pk=self.pk).tenants
        }

    def hand_over_original(self) -> None:
        signing.hand_over_original(self.pk, handed_over_on=self.now, **self.by(self.orderer))

    def send_back(self) -> None:
        signing.send_back_original(self.pk, sent_back_on=self.now, **self.by(self.orderer))

    def file(self, holder: Holder = Holder.MUNICIPALITY) -> None:
        """Each paper that has come goes on the shelf, under the tenant's initial."""
        filed_or_here = [OriginalState.ARCHIVED, OriginalState.PRINTED]
        back = Original.objects.filter(case=self.pk, holder=holder).valid().exclude(state__in=filed_or_here)
        if holder == Holder.TENANT:
            back = back.filter(kind=SheetKind.CONTRACT)
        shelf = f"{self.people[0].last_name[0]} {1 + self.people[0].pk % 24}"
        for sheet in back.order_by("code"):
            signing.receive_sheet(code=sheet.code, shelf=shelf, **self.by(self.office))

    # --- a stretch of the way, ending on a given day ------------------------------------------------------------------

    def ordered(self, on: date) -> Story:
        yield self.town.before(on, 1)
        self.register()
        yield on
        self.order()

    def issued(self, on: date) -> Story:
        yield from self.ordered(self.town.before(on, 3))
        yield self.town.before(on, 2)
        self.hand_over()
        yield on
        self.issue()

    def posted(self, on: date) -> Story:
        yield from self.issued(self.town.before(on, 2))
        yield on
        self.print_out()
        self.sign()
        self.post()

    def signed(self, on: date) -> Story:
        """Signed on both originals, of which the tenant keeps one; at the municipality's own desk all on one day."""
        if self.is_care:
            yield from self.posted(self.town.before(on, 6))
            yield self.town.before(on, 4)
            self.arrive()
            yield on
            self.tenants_sign()
        else:
            yield from self.issued(self.town.before(on, 2))
            yield on
            self.print_out()
            self.sign()
            self.tenants_sign()
        self.hand_over_original()

    def in_force(self, on: date) -> Story:
        """Until the municipality's original lies on its shelf."""
        yield from self.signed(self.town.before(on, 4 if self.is_care else 1))
        if self.is_care:
            yield self.town.before(on, 3)
            self.send_back()
        yield on
        self.file()

    # --- the end ------------------------------------------------------------------------------------------------------

    def give_notice(
        self,
        *,
        by: str,
        reason: EndReason,
        planned: date,
        notice_by: NoticeBy = NoticeBy.TENANT,
        died_on: date | None = None,
        grounds: str = "",
        agreed: date | None = None,
        estate: Representative | None = None,
    ) -> None:
        data = ending.NoticeInput(
            notice_on=self.now,
            notice_by=notice_by,
            reason=reason,
            planned_move_out_on=planned,
            died_on=died_on,
            grounds=grounds,
            agreed_end_on=agreed,
            representative=estate,
        )
        ending.give_notice(self.pk, data, **self.by(by))

    def agree(self) -> None:
        """The agreement to move out, signed on the tenant's original."""
        ending.sign_move_out(
            self.pk, code=self.sheet(Holder.TENANT), signings=self._signings(), **self.by(self.orderer)
        )

    def leave(self, *, closing: date, reason: EndReason, left_property: bool = False) -> None:
        data = ending.MoveOutInput(self.now, closing, reason, left_property)
        ending.move_out(self.pk, data, **self.by(self.orderer))

    def send_back_tenants(self) -> None:
        ending.send_back_tenants_original(self.pk, sent_back_on=self.now, **self.by(self.orderer))

    def file_tenants(self) -> None:
        self.file(Holder.TENANT)

    def end_grant(self, *, continues: bool = False) -> None:
        number = f"B-{self.now.year}-{900 + self.pk:06d}"
        data = {"continues": True} if continues else {"continues": False, "ended_on": self.now, "number": number}
        ending.end_grant(self.pk, **data, **self.by(self.caseworker))

    def bill(self, last_charged: date) -> None:
        ending.notify_billing(self.pk, last_charged_on=last_charged, **self.by(self.office))

    def close(self) -> None:
        ending.close(self.pk, **self.by(self.office))

    # --- beside the routine -------------------------------------------------------------------------------------------

    def note(self, text: str, *, by: str = "", kind: JournalKind = JournalKind.NOTE) -> None:
        casework.write_note(
            case=self.case, text=text, on=self.now, by=self.town.by(by or self.assignee or self.office), kind=kind
        )

    def try_contact(
        self, contact: str, outcome: ContactOutcome, note: str = "", *, channel: ContactChannel = ContactChannel.PHONE
    ) -> None:
        casework.record_contact(
            case=self.case,
            on=self.now,
            channel=channel,
            contact=contact,
            outcome=outcome,
            note=note,
            by=self.town.by(self.assignee or self.office),
        )

    def consent(self, partner: ConsentPartner, name: str, purpose: str, *, written: bool = True) -> None:
        casework.record_consent(
            case=self.case,
            person=self.people[0],
            partner=partner,
            partner_name=name,
            purpose=purpose,
            form=ConsentForm.WRITTEN if written else ConsentForm.ORAL,
            given_on=self.now,
            by=self.town.by(self.assignee or self.office),
        )


# --- whose contracts these are ------------------------------------------------------------------------------------

GUN_BRITT, MIKAEL, NADJA, CAMILLA, PETER = (
    "gun-britt.nystrom",
    "mikael.lund",
    "nadja.persson",
    "camilla.wester",
    "peter.sjolund",
)
PROVIDERS = {"Rönngården": "sara.wikander", "Tallbacken": "marie.lindgren", "Solgläntan": "hassan.aziz"}


def care(town: Town, who: str, at: str, move_in: date, *, office: str = GUN_BRITT, **more) -> Tenancy:
    """In a care home; `who` are one or two tenants, joined by " och "."""
    home = town.dwellings[at].provider.code
    form = Form(town.dwellings[at].housing_forms[0])
    return Tenancy(
        town, tuple(who.split(" och ")), at, form, move_in, PROVIDERS[home], office, "eva.sandell", "annika.berg",
        **more,
    )  # fmt: skip


def municipal(town: Town, who: str, at: str, move_in: date, ground: str, **more) -> Tenancy:
    return Tenancy(
        town, tuple(who.split(" och ")), at, Form.MUNICIPAL, move_in, NADJA, NADJA, "margareta.hellstrom",
        ground=ground, **more,
    )  # fmt: skip


def supported(
    town: Town, who: str, at: str, form: Form, move_in: date, *, coordinator: str = CAMILLA, **more
) -> Tenancy:
    return Tenancy(town, (who,), at, form, move_in, coordinator, coordinator, "kent.lofgren", "emma.forsberg", **more)


def month_end(day: date) -> date:
    return dates.add_months(day.replace(day=1), 1) - timedelta(days=1)
