"""Eighty persons and their households. Every personnummer is fictional: its birth number is one of 980 to 999."""

from dataclasses import dataclass
from datetime import date

from bostad import identifiers
from bostad.people.models import ChildHousing, Household, HouseholdMember, HouseholdRole, Person, Protection


@dataclass(frozen=True)
class Citizen:
    """`age` is the year's: who is 85 turns 85 this year. Even birth numbers are women's, odd ones men's."""

    name: str
    age: int
    birthday: tuple[int, int]  # month and day
    number: int


@dataclass(frozen=True)
class Family:
    """Adults and children who live together, or shall. What a child's housing is, is asked of each child."""

    adults: tuple[str, ...]
    children: tuple[tuple[str, ChildHousing], ...] = ()


OLD = (
    Citizen("Harald Nyberg", 85, (1, 5), 989),
    Citizen("Inga Nyberg", 82, (3, 17), 980),
    Citizen("Inga-Lill Sandberg", 82, (7, 9), 982),
    Citizen("Sven Ahlgren", 88, (11, 30), 983),
    Citizen("Elsa-Maria Kvist", 79, (5, 2), 986),
    Citizen("Gösta Hallberg", 86, (2, 21), 981),
    Citizen("Margit Hallberg", 84, (9, 12), 988),
    Citizen("Kerstin Palmgren", 81, (6, 6), 990),
    Citizen("Rune Sjögren", 91, (12, 1), 985),
    Citizen("Ulla-Britt Norén", 77, (4, 18), 984),
    Citizen("Folke Wiberg", 89, (8, 27), 987),
    Citizen("Gunvor Isaksson", 93, (10, 3), 992),
    Citizen("Nils-Erik Bodin", 83, (3, 8), 991),
    Citizen("Maj-Lis Östlund", 80, (1, 29), 994),
    Citizen("Börje Hellman", 78, (7, 22), 993),
    Citizen("Dagny Strömbäck", 90, (5, 14), 996),
    Citizen("Eskil Rydberg", 87, (11, 11), 995),
    Citizen("Ingvar Tilly", 85, (2, 3), 997),
    Citizen("Solveig Tilly", 83, (6, 25), 998),
    Citizen("Rut Engström", 95, (9, 19), 980),
    Citizen("Vera Dufva", 76, (12, 13), 982),
    Citizen("Bertil Kjellin", 92, (4, 4), 999),
    Citizen("Signe Markström", 84, (8, 8), 984),
    Citizen("Karl-Gustav Ros", 94, (10, 16), 981),
    Citizen("Ebba Lindh", 89, (1, 20), 986),
    Citizen("Tage Blom", 97, (6, 30), 983),
    Citizen("Astrid Löfgren", 61, (3, 27), 988),
    Citizen("Bengt Löfgren", 64, (5, 9), 985),
    Citizen("Lennart Åhs", 58, (9, 2), 987),
    Citizen("Gun-Marie Åhs", 57, (12, 20), 990),
)
ADULTS = (
    Citizen("Amira Haddad", 34, (2, 11), 992),
    Citizen("Tomas Bergqvist", 47, (10, 7), 989),
    Citizen("Leif Karlsson", 52, (4, 23), 991),
    Citizen("Sofia Ek", 31, (8, 15), 994),
    Citizen("Johanna Lund", 29, (11, 6), 996),
    Citizen("Anders Vikström", 44, (1, 31), 993),
    Citizen("Mikael Strand", 38, (7, 3), 995),
    Citizen("Zahra Rahimi", 36, (5, 28), 998),
    Citizen("Reza Rahimi", 40, (12, 9), 997),
    Citizen("Rebecka Holm", 33, (3, 14), 980),
    Citizen("Samir Nassar", 41, (9, 25), 999),
    Citizen("Per-Olof Dahl", 58, (6, 17), 981),
    Citizen("Ingrid Sjöström", 49, (2, 27), 982),
    Citizen("Fatima Warsame", 35, (10, 21), 984),
    Citizen("Yusuf Abdi", 30, (4, 10), 983),
    Citizen("Maria Öberg", 45, (8, 1), 986),
)
CHILDREN = (
    Citizen("Nour Haddad", 9, (5, 5), 980),
    Citizen("Karim Haddad", 6, (1, 18), 981),
    Citizen("Ella Ek", 4, (11, 23), 982),
    Citizen("Vilgot Lund", 2, (6, 12), 983),
    Citizen("Laleh Rahimi", 14, (3, 30), 984),
    Citizen("Omid Rahimi", 11, (9, 8), 985),
    Citizen("Parisa Rahimi", 8, (12, 24), 986),
    Citizen("Arman Rahimi", 3, (7, 16), 987),
    Citizen("Tuva Holm", 7, (4, 2), 988),
    Citizen("Layla Nassar", 12, (10, 29), 990),
    Citizen("Elias Nassar", 10, (2, 5), 989),
    Citizen("Hodan Warsame", 13, (8, 20), 992),
    Citizen("Abdi Warsame", 9, (1, 7), 991),
    Citizen("Ayan Warsame", 5, (5, 31), 994),
    Citizen("Liban Abdi", 6, (11, 14), 993),
)
WITHOUT_CONTRACT = (  # known to the municipality: applicants, and those whose matter came to nothing
    Citizen("Alfhild Bergström", 88, (4, 15), 996),
    Citizen("Arvid Malm", 90, (7, 28), 995),
    Citizen("Barbro Wennberg", 79, (2, 9), 998),
    Citizen("Stig Wennberg", 81, (10, 10), 997),
    Citizen("Göta Holmgren", 93, (6, 1), 980),
    Citizen("Hjalmar Fors", 86, (12, 5), 999),
    Citizen("Irma Lilja", 84, (3, 3), 982),
    Citizen("Kjell-Åke Brodin", 75, (8, 19), 981),
    Citizen("Linnea Törn", 91, (5, 21), 984),
    Citizen("Valborg Sundin", 87, (4, 30), 986),
    Citizen("Berit Nordlander", 60, (9, 28), 988),
    Citizen("Christer Moberg", 63, (1, 13), 983),
    Citizen("Anneli Rask", 42, (11, 2), 990),
    Citizen("Daniel Kovač", 27, (7, 7), 985),
    Citizen("Hanna Sköld", 24, (2, 18), 992),
    Citizen("Jamal Idris", 39, (6, 9), 987),
    Citizen("Linda Fransson", 36, (10, 12), 994),
    Citizen("Robin Fransson", 12, (3, 22), 989),
    Citizen("Pär Wallgren", 55, (12, 30), 991),
)

PERMANENT, ALTERNATING, CONTACT = ChildHousing.PERMANENT, ChildHousing.ALTERNATING, ChildHousing.CONTACT
FAMILIES = (
    Family(("Harald Nyberg", "Inga Nyberg")),
    Family(("Gösta Hallberg", "Margit Hallberg")),
    Family(("Ingvar Tilly", "Solveig Tilly")),
    Family(("Astrid Löfgren", "Bengt Löfgren")),
    Family(("Lennart Åhs", "Gun-Marie Åhs")),
    Family(("Barbro Wennberg", "Stig Wennberg")),
    Family(("Amira Haddad",), (("Nour Haddad", PERMANENT), ("Karim Haddad", PERMANENT))),
    Family(("Sofia Ek",), (("Ella Ek", PERMANENT),)),
    Family(("Johanna Lund",), (("Vilgot Lund", PERMANENT),)),
    Family(
        ("Zahra Rahimi", "Reza Rahimi"),
        (
            ("Laleh Rahimi", PERMANENT),
            ("Omid Rahimi", PERMANENT),
            ("Parisa Rahimi", PERMANENT),
            ("Arman Rahimi", PERMANENT),
        ),
    ),
    Family(("Rebecka Holm",), (("Tuva Holm", CONTACT),)),
    Family(("Samir Nassar",), (("Layla Nassar", ALTERNATING), ("Elias Nassar", ALTERNATING))),
    Family(
        ("Fatima Warsame",), (("Hodan Warsame", PERMANENT), ("Abdi Warsame", PERMANENT), ("Ayan Warsame", PERMANENT))
    ),
    Family(("Yusuf Abdi",), (("Liban Abdi", ALTERNATING),)),
    Family(("Linda Fransson",), (("Robin Fransson", CONTACT),)),
)
PROTECTED = "Sofia Ek"
STREETS = ("Storgatan", "Parkvägen", "Lingonstigen", "Västra vägen", "Klockargatan", "Ängsgatan")


def make(today: date) -> dict[str, Person]:
    """The persons by name, with an address of their own unless they live with another, and their households."""
    made: dict[str, Person] = {}
    for citizen in (*OLD, *ADULTS, *CHILDREN, *WITHOUT_CONTRACT):
        made[citizen.name] = _person(citizen, len(made), today)
    for family in FAMILIES:
        _household(family, made, today)
    return made


def _person(citizen: Citizen, position: int, today: date) -> Person:
    first_name, last_name = citizen.name.split(" ", 1)
    born_on = date(today.year - citizen.age, *citizen.birthday)
    protected = citizen.name == PROTECTED
    home = {"street": f"{STREETS[position % len(STREETS)]} {position + 2}", "postal_code": "59095", "city": "Ekstad"}
    return Person.objects.create(
        first_name=first_name,
        last_name=last_name,
        personnummer=identifiers.make_fictional_personnummer(born_on, citizen.number),
        protection=Protection.REGISTRATION if protected else Protection.NONE,
        phone="" if protected or citizen in CHILDREN else f"0999-70 {position // 100:02d} {position % 100:02d}",
        **({} if protected else home),
    )


def _household(family: Family, persons: dict[str, Person], today: date) -> None:
    household = Household.objects.create()
    since = date(today.year - 3, 1, 1)
    adults = [(name, HouseholdRole.ADULT, "") for name in family.adults]
    children = [(name, HouseholdRole.CHILD, housing) for name, housing in family.children]
    HouseholdMember.objects.bulk_create(
        HouseholdMember(
            household=household,
            person=persons[name],
            role=role,
            child_housing=housing,
            from_on=max(since, persons[name].born_on) if role == HouseholdRole.CHILD else since,
        )
        for name, role, housing in (*adults, *children)
    )
    home = persons[family.adults[0]]
    Person.objects.filter(pk__in=[persons[name].pk for name, *_ in (*adults, *children)]).update(
        street=home.street, postal_code=home.postal_code, city=home.city
    )
