"""The steps of the three kinds; the sections of a referral, one form each; the application and FF's own intake."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bostad.casework import steps
from bostad.casework.pages import Fact, Link, case_context, find_case
from bostad.casework.refusals import StepNotTaken
from bostad.casework.step_views import crumbs, not_now, offered, say, take_step
from bostad.forms import whole_number
from bostad.organisation.roles import Role
from referrals import content, content_words, pages, reading
from referrals.asked import Comment
from referrals.forms import assessment as assessment_forms
from referrals.forms import question as question_forms
from referrals.forms import referral as referral_forms
from referrals.forms.opening import HouseholdForm, IntakeForm, NewApplicationForm
from referrals.forms.sections import SECTION_FORMS, SectionForm
from referrals.models import Referral, ReferralVersion
from referrals.services import assessing, validity, writing

WRITING = ("write", "review_extension")


def assessment_step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    forms = {**assessment_forms.FORMS, "open_referral": referral_forms.OpenForm}
    return take_step(request, number, name, forms, "assessment", "referrals:assessment_step")


def question_step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    return take_step(request, number, name, question_forms.FORMS, "question", "referrals:question_step")


def referral_step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    if name in WRITING:
        return write(request, number, name)
    return take_step(request, number, name, referral_forms.FORMS, "referral", "referrals:referral_step")


def replace(request: HttpRequest, number: str) -> HttpResponse:
    """R-1-33: what is to be added after the registration comes as a new referral."""
    case: Any = find_case(request, number, "referral")
    if not pages.may_replace(case, request.scope):
        raise PermissionDenied("En gällande remiss ersätts av en handläggare på den remitterande förvaltningen.")
    form = referral_forms.ReplaceForm(request.POST or None, case=case, scope=request.scope, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            new = form.take()
        except StepNotTaken as refusal:
            say(form, refusal)
        else:
            messages.success(request, f"{new.number} är påbörjad. {case.number} gäller tills den nya är registrerad.")
            return redirect("referrals:referral", new.number)
    context = case_context(request, case, "referrals:replace")
    return render(
        request,
        "referrals/replace.html",
        context
        | {
            "crumbs": [*crumbs(context), Link(pages.REPLACE.label, "")],
            "action": pages.REPLACE,
            "steps": None,
            "form": form,
            "cancel_url": context["case_url"],
        },
    )


# --- the sections of a referral ------------------------------------------------------------------------------------------


def write(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """All sections with what they lack, and one of them to write in. `avsnitt` in the address says which."""
    case: Any = find_case(request, number, "referral")
    found = offered(request, case, name)
    if found is None and name == "write" and offered(request, case, "review_extension"):
        return redirect("referrals:referral_step", number, "review_extension")  # what is lacking is written there now
    if found is None or not found.allowed:
        return not_now(request, case, name, found, "referrals:referral_step")
    version = writing.version_in_writing(case)
    sections = writing.sections_of(case, version)
    comments = reading.comments(case)
    key = request.GET.get("avsnitt") or _first_open(version, sections, name, _unanswered(comments))
    if key not in {section.key for section in sections}:
        raise Http404
    form = _section_form(request, case, version, key)
    if request.method == "POST" and request.POST.get("bekrafta") == key and name == "review_extension":
        if not form.is_valid() or content.changed(
            version.content, version.content | {key: _written(form, version, key)}
        ):
            form.add_error(None, "Du har ändrat i avsnittet. Spara det, eller ta bort det du har skrivit.")
        else:
            return _confirm(request, case, key)
    elif request.method == "POST" and form.is_valid():
        try:
            writing.write_section(
                case.pk, key, form.values, by=request.scope, today=request.today, step=name,
                version=form.cleaned_data["version"], seen=form.cleaned_data["seen"],
            )  # fmt: skip
        except StepNotTaken as refusal:
            say(form, refusal)
            version = _told_what_stands(form, case, key)
        else:
            messages.success(request, f"{content.BY_KEY[key].label}: sparat.")
            if name == "review_extension" and _is_gone_through(case):
                messages.success(request, "Hela remissen är genomgången. Låt den enskilde godkänna den.")
                return redirect("referrals:referral", case.number)
            return redirect(f"{request.path}?avsnitt={_next(case, sections, key, name)}")
    return _write_page(request, case, found, version, sections, key, form, name, comments)


def _told_what_stands(form: SectionForm, case: Referral, key: str) -> ReferralVersion:
    """Somebody may have been first: what stands there now is said beside what was typed, and the next press knows it."""
    version = writing.version_in_writing(case)
    form.data = form.data.copy()
    form.data["seen"], form.data["version"] = str(steps.last_log_id(case.pk)), str(version.number)
    form.stands = content_words.rows(
        {name: value for name, value in version.content.get(key, {}).items() if name not in content.FIXED}
    )
    return version


def _section_form(request: HttpRequest, case: Referral, version: ReferralVersion, key: str) -> SectionForm:
    cls = SECTION_FORMS[key]
    initial = dict(version.content.get(key, {})) | {
        "version": version.number, "seen": steps.last_log_id(case.pk),
    }  # fmt: skip
    return cls(request.POST or None, today=request.today, initial=initial)


def _written(form: SectionForm, version: ReferralVersion, key: str) -> dict[str, Any]:
    """The section with what is typed now, and with what no form may change."""
    fixed = {name: value for name, value in version.content.get(key, {}).items() if name in content.FIXED}
    return fixed | form.values


def _confirm(request: HttpRequest, case: Referral, key: str) -> HttpResponse:
    seen = whole_number(request.POST.get("seen", ""))
    try:
        validity.confirm_section(case.pk, key, by=request.scope, today=request.today, seen=seen)
    except StepNotTaken as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{content.BY_KEY[key].label}: oförändrat.")
        if _is_gone_through(case):
            messages.success(request, "Hela remissen är genomgången. Låt den enskilde godkänna den.")
            return redirect("referrals:referral", case.number)
    return redirect(request.path)


def _is_gone_through(case: Referral) -> bool:
    version = writing.version_in_writing(case)
    return all(section.key in version.reviewed for section in writing.sections_of(case, version))


def _first_open(
    version: ReferralVersion, sections: tuple[content.Section, ...], name: str, asked: frozenset[str]
) -> str:
    return next((s.key for s in sections if _is_open(version, s, name, asked)), sections[0].key)


def _is_open(version: ReferralVersion, section: content.Section, name: str, asked: frozenset[str]) -> bool:
    """Whether the section is to be written: gone through for an extension, else where it lacks or is asked something."""
    if name == "review_extension":
        return section.key not in version.reviewed
    return section.key in asked or section.key in content.missing(version.content)


def _unanswered(comments: list[Comment]) -> frozenset[str]:
    return frozenset(comment.point.section for comment in comments if not comment.is_answered)


def _next(case: Referral, sections: tuple[content.Section, ...], key: str, name: str) -> str:
    """The next section that lacks something, after this one; when nothing does, this one."""
    version = writing.version_in_writing(case)
    after = [s for s in sections if s.key != key]
    position = [s.key for s in sections].index(key)
    asked = _unanswered(reading.comments(case))
    ordered = sorted(after, key=lambda s: [x.key for x in sections].index(s.key) <= position)
    return next((s.key for s in ordered if _is_open(version, s, name, asked)), key)


def _write_page(
    request: HttpRequest, case: Referral, found: steps.Available, version: ReferralVersion,
    sections: tuple[content.Section, ...], key: str, form: SectionForm, name: str, comments: list[Comment],
) -> HttpResponse:  # fmt: skip
    context = case_context(request, case, "referrals:referral_step")
    missing, asked = content.missing(version.content), _unanswered(comments)
    return render(
        request,
        "referrals/write.html",
        context
        | {
            "crumbs": [*crumbs(context), Link(found.step.label, "")],
            "step": found.step,
            "steps": None,
            "form": form,
            "section": content.BY_KEY[key],
            "form_id": f"avsnitt-{key}",  # what is typed in one section is kept for that one
            "sections": [
                {
                    "section": section,
                    "url": f"?avsnitt={section.key}",
                    "current": section.key == key,
                    "missing": section.key in missing,
                    "asked": section.key in asked,
                    "empty": content.is_empty(version.content, section.key),
                    "reviewed": section.key in version.reviewed,
                }
                for section in sections
            ],
            "reviewing": name == "review_extension",
            "fixed": _fixed(version.content.get(key, {})),
            "stands": [Fact(label, text) for label, text in getattr(form, "stands", ())],
            "points": [comment for comment in comments if comment.point.section == key],
            "cancel_url": context["case_url"],
        },
    )


def _fixed(said: Mapping[str, Any]) -> list[Fact]:
    """What stands in the section and is written elsewhere: the household, the decision, who acts for an adult."""
    standing = {name: value for name, value in said.items() if name in content.FIXED}
    return [Fact(label, text) for label, text in content_words.rows(standing)]


# --- what has no case yet --------------------------------------------------------------------------------------------------


def new_assessment(request: HttpRequest) -> HttpResponse:
    _only(request, Role.CASEWORKER, "Ansökningar registreras av handläggare.")
    initial = {"applied_on": request.today}

    def take(form: NewApplicationForm) -> HttpResponse:
        case = assessing.apply(form.application, unit=form.cleaned_data["unit"], by=request.scope, today=request.today)
        messages.success(request, f"Ansökan är registrerad som {case.number}.")
        return redirect("referrals:assessment", case.number)

    return _open(
        request, NewApplicationForm, initial, take, "Ny ansökan", "Registrera ansökan", "referrals:assessments"
    )


def take_in(request: HttpRequest) -> HttpResponse:
    _only(request, Role.PROPERTY_OFFICER, "Egna hushåll tas emot av fastighetsförvaltningen.")

    def take(form: IntakeForm) -> HttpResponse:
        case = validity.take_in(form.intake, unit=form.cleaned_data["unit"], by=request.scope, today=request.today)
        messages.success(request, f"Hushållet är registrerat som {case.number}. Nu kan bostad erbjudas.")
        return redirect("referrals:referral", case.number)

    return _open(request, IntakeForm, {}, take, "Eget hushåll", "Ta emot hushållet", "referrals:referrals")


def _only(request: HttpRequest, role: Role, sentence: str) -> None:
    if role not in request.scope.roles:
        raise PermissionDenied(sentence)


def _open(
    request: HttpRequest, form_class: type[HouseholdForm], initial: dict[str, Any],
    take: Callable[[Any], HttpResponse], title: str, button: str, list_url: str,
) -> HttpResponse:  # fmt: skip
    """A button adds a row for a child: what was typed stays, and nothing is checked before it is all there."""
    asked = whole_number(request.POST.get("children", "")) or 0
    if "fler" in request.POST:
        form = form_class(
            initial=initial | _typed(request), scope=request.scope, today=request.today, children=asked + 1
        )
    else:
        form = form_class(
            request.POST or None, initial=initial, scope=request.scope, today=request.today, children=asked
        )
        if request.method == "POST" and form.is_valid():
            try:
                return take(form)
            except StepNotTaken as refusal:
                say(form, refusal)
    return render(
        request,
        "referrals/open.html",
        {"form": form, "title": title, "button": button, "cancel_url": reverse(list_url)},
    )


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {
        name: value for name, value in request.POST.items() if name not in ("children", "fler", "csrfmiddlewaretoken")
    }
