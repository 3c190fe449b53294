"""Rules of seeds 1 and 4 that no condition asks for, because something else makes the wrong impossible or shows the right."""

from bostad.casework.conditions import Kept
from referrals.rules import HELSINGBORG, STOCKHOLM

KEPT = (
    Kept(
        "R-1-4", "FF administrerar alla kontrakt som kommunen garanterar.", HELSINGBORG + "83",
        "Registret över hyresgarantier visar varje registrerat kontrakt, och en garanti utan slutdag tas inte emot av databasen.",
    ),
    Kept(
        "R-1-65", "Den som klarar ett förstahandskontrakt får en remiss till hyresgaranti.", "Helsingborg, avsnitt 4.3",
        "Ett boende via kommunalt kontrakt räknas som undantag i grundkriterierna, så en ny utredning och remiss kan göras.",
    ),
    Kept(
        "R-1-78", "Rutinen ritas för varje par av förvaltningar och för båda formerna.", "Helsingborg, avsnitt 6",
        "Flödesschemat ritas ur koden. Vilka former en förvaltning remitterar till är en daterad inställning.",
    ),
    Kept(
        "R-1-86", "Remissen får se olika ut, men det som alltid ska finnas är detsamma.", HELSINGBORG + "313–334",
        "Ingen inställning kan ta bort ett avsnitt ur kärnan.",
    ),
    Kept(
        "R-1-89", "Riktlinjer, bedömningsstöd och flödesschema läses tillsammans där de gäller.", HELSINGBORG + "97–101",
        "Ärendets huvud leder till rutinen med ärendet inritat, och varje steg nämner riktlinjerna och sina regler.",
    ),
    Kept("R-4-1", "Det finns försökslägenhet, träningslägenhet och jourlägenhet.", STOCKHOLM + "13", "En spärr i databasen."),
    Kept(
        "R-4-22", "Chefen ser vilka ärenden som saknar ansökan, beslut eller plan.", STOCKHOLM + "64",
        "Granskningen räknar dem, och varje siffra öppnar sin lista.",
    ),
    Kept(
        "R-4-26", "Riktlinjer gäller från en dag, och ett ärende behåller den lydelse som det beslutades efter.", STOCKHOLM + "6–10",
        "Riktlinjernas lydelse är en daterad inställning, och beslutets handling ändras inte.",
    ),
)  # fmt: skip
