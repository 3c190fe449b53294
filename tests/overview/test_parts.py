"""The parts of pages, fed with exactly what their opening comments ask for: nothing unknown may be missing."""

from copy import deepcopy
from datetime import date, datetime
from types import SimpleNamespace as Given

import pytest
from django import forms as django_forms
from django.conf import settings
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import include, path

from bostad import forms, words
from bostad.overview.shell_types import Me, NavItem, Recent, Shell

TODAY = date(2026, 10, 15)
UNKNOWN = "UNKNOWN VARIABLE"
LOOK = Given(label="Avsänt", color="warning", icon="send")


def page(request, *args):
    return HttpResponse()


urlpatterns = [
    path(
        "",
        include(([path(name, page, name=name) for name in ("my_work", "search", "accessibility", "help")], "overview")),
    ),
    path("", include(([path(name, page, name=name) for name in ("sign_in", "sign_out")], "organisation"))),
]
pytestmark = pytest.mark.urls("tests.overview.test_parts")


@pytest.fixture(scope="module")
def engine():
    options = deepcopy(settings.TEMPLATES[0]["OPTIONS"]) | {"string_if_invalid": UNKNOWN, "context_processors": []}
    return Engine(dirs=settings.TEMPLATES[0]["DIRS"], libraries={"static": "django.templatetags.static"}, **options)


@pytest.fixture
def show(engine, settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }

    def shown(template: str, **context: object) -> str:
        html = engine.get_template(template).render(Context(context))
        assert UNKNOWN not in html, html
        return html

    return shown


def frame(**changes: object) -> Shell:
    parts = {
        "nav": [
            NavItem("Mitt arbete", "/", "inbox", count=1, danger=True, current=True),
            NavItem("Kontrakt", "/k", "pen", count=0),
        ],
        "shared": [NavItem("Rutiner", "/r", "map")],
        "recent": [Recent("Harald Nyberg", "K-2026-000158", "/k/1")],
        "me": Me(7, "GN", "Gun-Britt Nyström", "Avtalsadministratör, VOF"),
        "municipality": "Ekstads kommun",
        "today_line": "Torsdag 15 oktober 2026, vecka 42",
    }
    return Shell(**parts | changes)


# --- the frame -------------------------------------------------------------------------------------------------------
def test_the_menu_opens_without_script(show):
    html = show("shell.html", shell=frame())
    assert 'id="meny" popover' in html
    assert html.count('popovertarget="meny"') == 2
    assert 'aria-current="page"' in html


def test_a_count_of_what_is_late_says_so(show):
    html = show("shell.html", shell=frame())
    assert "1 sen<" in html
    assert '<span class="b-count">0</span>' in html  # nothing to do is said as well


def test_search_and_sign_out_are_posted(show):
    html = show("shell.html", shell=frame())
    assert 'role="search" method="post"' in " ".join(html.split())
    assert 'method="post" action="/sign_out"' in html


def test_the_day_of_the_demo_is_shown_only_in_the_demo(show):
    assert "Övningsmiljö" not in show("shell.html", shell=frame())
    assert "torsdag 15 oktober 2026" in show("shell.html", shell=frame(demo_day=TODAY))


def test_the_title_says_first_that_something_is_wrong(show):
    class Named(forms.SwedishForm):
        name = django_forms.CharField(label="Namn")

    assert "<title>Fel: " in show("public.html", form=Named({}))
    assert "<title>Fel: " not in show("public.html", form=Named())


@pytest.mark.parametrize("shell", [None, frame()])
@pytest.mark.parametrize("template", ["404.html", "403.html", "overview/help.html", "overview/accessibility.html"])
def test_pages_for_all_stand_in_the_shell_for_those_who_are_signed_in(show, template, shell):
    html = show(template, shell=shell, exception="", support=None)
    assert ("Huvudmeny" in html) == (shell is not None)
    assert html.count("<h1") == 1


@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "500.html", "organisation/locked_out.html"])
def test_pages_for_trouble_need_nothing(show, template):
    assert "<h1>" in show(template)


def test_the_demo_offers_people_as_buttons(show):
    person = Given(value="gun-britt", name="Gun-Britt Nyström", title="Avtalsadministratör", does="Skriver kontrakt.")
    people = [Given(organisation="VOF", people=[person])]
    html = show(
        "organisation/sign_in.html", form=forms.SwedishForm(), next="/k", demo_people=people, demo_sign_in_url="/d"
    )
    assert 'name="person"' in html
    assert 'value="gun-britt"' in html
    assert 'action="/d"' in html
    assert "Skriver kontrakt." in html


# --- lists -----------------------------------------------------------------------------------------------------------
def test_a_row_of_work_tells_when_what_for_whom_and_why(show):
    task = Given(
        value=7, due=words.due(date(2026, 10, 12), TODAY), title="Påminn utföraren", url="/k/1",
        why="Originalet saknas.", rules=["R-0-17"], who="Harald Nyberg", number="K-2026-000158",
        look=LOOK, initials="", assignee="",
    )  # fmt: skip
    group = Given(when="overdue", id="forsenat", title="Försenat", summary="1 bevakning", tasks=[task], more_url="")
    html = show("work/_group.html", group=group, bulk_id="tilldela")
    for words_ in (
        "dagar sen",
        "Påminn utföraren",
        "Originalet saknas.",
        "R-0-17",
        "Harald Nyberg",
        "Ingen handläggare",
    ):
        assert words_ in html
    assert 'form="tilldela"' in html
    assert "checkbox" not in show("work/_group.html", group=group, bulk_id="")


def test_an_empty_counter_is_muted(show):
    tiles = [Given(when="overdue", label="Försenat", count=0, note="inget har passerat sin dag", url="#forsenat")]
    assert "data-zero" in show("work/_tiles.html", tiles=tiles)


def test_a_sorted_column_says_so(show):
    columns = [
        Given(label="Nummer", sort_url="?o=-n", sort="ascending", numeric=False, hidden=False),
        Given(label="Hyra", sort_url="?o=h", sort="", numeric=True, hidden=False),
        Given(label="Läge", sort_url="", sort="", numeric=False, hidden=False),
    ]
    html = show("parts/_table.html", columns=columns, caption="Kontrakt", content="", show_caption=False, wide=False)
    assert html.count('aria-sort="ascending"') == 1
    assert html.count('aria-sort="none"') == 1
    assert html.count("aria-sort") == 2


def test_the_pager_has_only_the_ways_that_exist(show):
    html = show("parts/_pager.html", pager=Given(text="1–50", previous_url="", next_url="?efter=9"))
    assert "Nästa" in html
    assert "Föregående" not in html


@pytest.mark.parametrize(
    ("template", "context", "says"),
    [
        ("parts/_chips.html", {"chips": [Given(label="Öppna", remove_url="?")], "clear_url": "?"}, "Ta bort filtret"),
        ("parts/_empty.html", {"empty": Given(title="Inget", text="Nästa är måndag.", actions=[])}, "Nästa är måndag."),
        ("parts/_note.html", {"note_icon": "eye", "text": "En anteckning.", "url": "", "link_label": ""}, "anteckning"),
        (
            "parts/_callout.html",
            {"callout": Given(color="info", icon="alert", title="Obs", text="Läs.", rules=[], url="", link_label="")},
            "Läs.",
        ),
        (
            "parts/_crumbs.html",
            {"crumbs": [Given(label="Kontrakt", url="/k"), Given(label="K-1", url="")]},
            "Du är här",
        ),
        (
            "parts/_tabs.html",
            {"tabs": [Given(label="Journal", url="/j", current=True, count=None)], "tabs_label": "Delar"},
            'aria-current="page"',
        ),
        (
            "parts/_facts.html",
            {"facts": [Given(label="Hyra", value=None, url="", note="", below="", rules=[])]},
            "–",
        ),
        ("parts/_messages.html", {"messages": []}, 'role="status"'),
    ],
)
def test_a_part_needs_only_what_it_asks_for(show, template, context, says):
    assert says in show(template, **context)


# --- cases and papers ------------------------------------------------------------------------------------------------
def test_a_case_page_shows_head_steps_and_what_is_asked_for(show):
    head = Given(
        kind="Andrahandskontrakt", number="K-2026-000158", title="Harald Nyberg", looks=[LOOK], due=None,
        facts=[Given(label="Bostad", value="Rönngården, lgh 14", url="", note="")],
    )  # fmt: skip
    journal = [
        Given(
            at=datetime(2026, 10, 13, 9, 0), icon="phone", title="Ringde", kind="note",
            text="", by="", rules=[], tag=None, voided="",
        )
    ]  # fmt: skip
    html = show(
        "case/page.html",
        shell=frame(),
        title_name="Harald Nyberg",
        case_head=head,
        crumbs=[],
        tabs=[],
        pathway=[Given(label="Beställning", note="av utföraren", at="done", url="")],
        steps=[],
        steps_for="",
        deadlines=[Given(label="Åter", due=words.met(TODAY, TODAY), detail="", rules=[])],
        deadlines_url="",
        may_know=[Given(may="part", who="Rönngården", what="kontraktet")],
        consents_url="",
        read_note=Given(at=datetime(2026, 10, 15, 9, 42), readers=1, log_url=""),
    )
    for words_ in ("Harald Nyberg", "Nästa steg", "Inget steg väntar", "Bevakningar", "09.42", "1 person läst"):
        assert words_ in html
    assert "13 okt 2026" in show("case/_journal.html", journal=journal)


def test_a_sheet_tells_where_it_is_and_has_been(show):
    trail = [
        Given(at="done", label="Utskrivet", detail="", rules=[], day=date(2026, 9, 24), note=""),
        Given(at="now", label="Åter", detail="påmind", rules=["R-0-17"], day=None, note="3 dagar sen"),
    ]
    sheet = Given(
        id="b", title="Kommunens original", number="K-2026-000158-B", code="K-2026-000158-B", pages=4,
        place="Hos Rönngården", place_icon="wait", place_tone="warning", since=date(2026, 9, 25), trail=trail,
    )  # fmt: skip
    html = show("contracts/_sheet.html", sheet=sheet)
    for words_ in ("Blad K-2026-000158-B", "Hos Rönngården", "sedan 25 sep", "24 sep", "3 dagar sen", "4 sidor"):
        assert words_ in html


def test_annexes_and_the_chase_list_show_their_rows(show):
    annex = Given(
        title="BPSD", number="K-1-C", rules=["R-0-14"], place="Hos utföraren",
        municipality=Given(when="met", words="24 sep"), tenant=Given(when="", words="behövs inte"),
    )  # fmt: skip
    row = Given(
        due=words.due(date(2026, 10, 12), TODAY), title="Harald Nyberg", number="K-1", url="/k/1", current=True,
        missing="Kommunens original", rules=["R-0-17"], holder="Rönngården", reminded="–",
    )  # fmt: skip
    assert "behövs inte" in show("contracts/_annexes.html", annexes=[annex])
    assert "detta kontrakt" in show("contracts/_chase.html", chase=[row])


def test_facts_in_a_panel_have_a_foot_that_says_why(show):
    panel = Given(
        id="avtal", title="Avtalets uppgifter", url="", link_label="", foot="Uppgifterna är låsta.", foot_icon="lock",
        facts=[Given(label="El", value="ingår inte", url="", note="", below="", rules=["R-0-18"])],
    )  # fmt: skip
    html = show("case/_facts_panel.html", panel=panel)
    assert "Uppgifterna är låsta." in html
    assert "R-0-18" in html


def test_filters_and_bulk_carry_their_fields(show):
    class Filter(django_forms.Form):
        state = django_forms.ChoiceField(label="Läge", required=False, choices=[("", "Alla")])

    class Assign(forms.SwedishForm):
        to = django_forms.ChoiceField(label="Person", choices=[("1", "Karin")])

    html = show("parts/_filters.html", filter_form=Filter(), filter_label="Filtrera kontrakt", segments=None)
    assert 'method="get"' in html
    assert "ds-input" in html
    bulk = Given(id="val", action="/t", label="Tilldela", form=Assign(), button="Tilldela", button_icon="user", note="")
    assert 'id="val" method="post"' in " ".join(show("parts/_bulk.html", bulk=bulk).split())


def test_a_whole_form_is_posted_with_one_button(show):
    class Sent(forms.SwedishForm):
        file = forms.UploadField(label="Fullmakt")

    html = show(
        "forms/_form.html",
        form=Sent(),
        button="Skicka",
        button_icon="",
        action="",
        cancel_url="/k",
        note="",
        csrf_token="x",
    )
    assert 'enctype="multipart/form-data"' in html
    assert html.count('type="submit"') == 1
    assert '<a href="/k">Avbryt</a>' in html
