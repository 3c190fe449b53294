"""Rules of the routine that no condition asks for, because something else makes the wrong impossible or shows the right."""

from bostad.casework.conditions import Kept

SEED = "Linköping, rad "
KEPT = (
    Kept("R-0-1", "Varje kontrakt har en boendeform.", SEED + "13", "En spärr i databasen."),
    Kept("R-0-7", "Varje registrering har inflyttningsdatum och kontraktsdatum.", SEED + "35, 45", "Databasen tar inte emot den annars."),
    Kept(
        "R-0-3", "Samma rutin för kommunala och privata utförare, och ingen ser en annan utförares hyresgäster.",
        SEED + "30", "Ett kontrakt delas bara med utföraren som driver boendet.",
    ),
    Kept(
        "R-0-10", "Beställningen har ämnet Beställning av andrahandskontrakt och ärendetypen hyror, inflyttning och kontrakt.",
        SEED + "96–102", "En spärr i databasen.",
    ),
    Kept(
        "R-0-12", "De två originalen är likalydande.", SEED + "65",
        "Båda framställs ur samma låsta uppgifter; bara bladets eget nummer och raden om innehavare skiljer.",
    ),
    Kept(
        "R-0-15", "En företrädare undertecknar med registrerad behörighet.", SEED + "70", "En spärr i databasen.",
    ),
    Kept("R-0-19", "Ingen flyttar ut före uppsägningen, och inget avslutas före utflyttningen.", SEED + "79", "Spärrar i databasen."),
    Kept(
        "R-0-22", "En bostad har ett hyresförhållande i taget. Flera hyresgäster står på samma kontrakt vid parboende.",
        SEED + "35, 46", "En spärr i databasen mot överlappande tid.",
    ),
    Kept("R-0-23", "Hjälp och kontaktväg syns i beställningen.", SEED + "115", "Beställningens sida visar förvaltningens kontaktuppgift."),
    Kept(
        "R-0-24", "Mallar har lydelse och ägare. Ett utfärdat kontrakt framställs aldrig om med ny text.", SEED + "20",
        "En godkänd lydelse och en utfärdad handling kan inte ändras.",
    ),
    Kept("R-0-25", "Beställningen går till en mottagande kö.", SEED + "39, 97–98", "En förvaltning har en enhet som tar emot."),
    Kept("R-1-2", "Varje bostad har en upplåtelseform.", "Helsingborg, rad 73", "Fältet är obligatoriskt."),
    Kept("R-1-7", "Det finns ingen kö till en bostad. Behovet avgör.", "Helsingborg, rad 91", "Inget i systemet ordnar efter väntetid."),
    Kept("R-4-7", "En jourlägenhet kan aldrig tas över.", "Stockholm, rad 118", "En spärr i databasen."),
    Kept(
        "R-4-20", "Biståndet och hyresavtalet avslutas var för sig.", "Stockholm, rad 260–264",
        "Två steg, två beslut, två datum.",
    ),
)  # fmt: skip
