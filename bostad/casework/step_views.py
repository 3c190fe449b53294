"""Taking a step: one address for each. What is refused stands at its field; what was typed stays."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bostad.casework import steps
from bostad.casework.graph import kind_of
from bostad.casework.models import Case
from bostad.casework.pages import Link, ShownLack, available, case_context, find_case, shown_lack
from bostad.casework.refusals import AlreadyDone, Refused, StepNotTaken
from bostad.forms import SwedishForm
from bostad.organisation.scope import Scope


class StepForm(SwedishForm):
    """Knows the case, who is at the door and which day it is. `seen` tells a second press from a first."""

    is_printed = True
    button: ClassVar[str] = "Spara"
    intro: ClassVar[str] = ""
    receipt: ClassVar[str] = ""  # what is said when it is done; else the step's label
    template: ClassVar[str] = "case/step.html"
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, scope: Scope, today: Any, **kwargs: Any) -> None:
        self.case, self.scope, self.today = case, scope, today
        super().__init__(*args, today=today, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Choices and initial values that depend on the case."""

    @property
    def door(self) -> dict[str, Any]:
        return {"by": self.scope, "today": self.today, "seen": self.cleaned_data.get("seen")}

    def take(self) -> Any:
        raise NotImplementedError

    @property
    def shown(self) -> dict[str, Any]:
        """What the step's own template shows beside the form."""
        return {}

    @property
    def go_to(self) -> str:
        """An address to go on to; else the case's own page."""
        return ""


def done_by(form_classes: Mapping[str, type[StepForm]], others: Mapping[str, str]) -> Callable[[str], str]:
    """What has happened when a step is taken: the first sentence of its receipt; `others` of steps without a form here."""

    def done(step: str) -> str:
        receipt = form_classes[step].receipt if step in form_classes else ""
        return others.get(step) or receipt.partition(".")[0]

    return done


def say(form: SwedishForm, refusal: StepNotTaken) -> None:
    """Puts a refusal where the user looks: at the field that can mend it, else on top."""
    if isinstance(refusal, Refused):
        for lack in refusal.lacks:
            form.add_error(lack.condition.field if lack.condition.field in form.fields else None, lack.sentence)
    else:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def take_step(
    request: HttpRequest, number: str, name: str, form_classes: Mapping[str, type[StepForm]], kind_key: str, page: str
) -> HttpResponse:
    """The page of one step. Why it cannot be taken now, where it cannot; the form with its refusals; then the case."""
    case = find_case(request, number, kind_key)
    if name not in form_classes:
        raise Http404
    found = offered(request, case, name)
    if found is None or not found.allowed:
        return not_now(request, case, name, found, page, form_classes[name].base_fields)
    try:
        form = form_classes[name](
            request.POST or None, case=case, scope=request.scope, today=request.today,
            initial={"seen": steps.last_log_id(case.pk)},
        )  # fmt: skip
    except StepNotTaken as refusal:  # what the form would show is gone: somebody else was first
        messages.error(request, refusal.sentence)
        return redirect(kind_of(case).page, case.number)
    if request.method == "POST" and form.is_valid():
        try:
            form.take()
        except StepNotTaken as refusal:
            say(form, refusal)
            case = find_case(request, case.number)  # as it is now: somebody else may have been first
            if isinstance(refusal, AlreadyDone):  # which was told: the next press is made knowing it
                form.data = form.data.copy()
                form.data["seen"] = str(steps.last_log_id(case.pk))
        else:
            messages.success(request, form.receipt or f"{found.step.label}: klart.")
            return redirect(form.go_to or kind_of(case).page, *([] if form.go_to else [case.number]))
    return _page(request, case, found, form, page)


def offered(request: HttpRequest, case: Case, name: str) -> steps.Available | None:
    return next((one for one in available(case, request.scope, request.today) if one.step.name == name), None)


def _page(request: HttpRequest, case: Case, found: steps.Available, form: StepForm, page: str) -> HttpResponse:
    context = case_context(request, case, page)
    kind = kind_of(case)
    return render(
        request,
        form.template,
        context
        | {
            "crumbs": [*crumbs(context), Link(found.step.label, "")],
            "step": found.step,
            "tells": [shown_lack(kind, case, lack) for lack in found.tells],
            "form": form,
            "button": form.button,
            "intro": form.intro,
            "steps": None,
            "cancel_url": context["case_url"],
        }
        | form.shown,
    )


def crumbs(context: dict[str, Any]) -> list[Link]:
    return [*context["crumbs"][:-1], Link(context["case"].number, context["case_url"])]


def not_now(
    request: HttpRequest, case: Case, name: str, found: steps.Available | None, page: str,
    fields: Mapping[str, forms.Field] | None = None,
) -> HttpResponse:  # fmt: skip
    """Why the step cannot be taken now. A press that comes too late is told what happened meanwhile, and loses no word."""
    kind = kind_of(case)
    made = kind.steps[name]
    context = case_context(request, case, page)
    return render(
        request,
        "case/not_now.html",
        context
        | {
            "crumbs": [*crumbs(context), Link(made.label, "")],
            "step_label": made.label,
            "refused": {"lacks": _why_not(case, name, found), "tells": ()},
            "typed": _typed(request, fields or {}),
        },
        status=409 if request.method == "POST" else 200,
    )


def _typed(request: HttpRequest, fields: Mapping[str, forms.Field]) -> list[tuple[str, str]]:
    """What was written in words, with the label it was written under."""
    return [
        (str(field.label), text)
        for name, field in fields.items()
        if isinstance(field, forms.CharField) and not field.widget.is_hidden and (text := request.POST.get(name, ""))
    ]


def _why_not(case: Case, name: str, found: steps.Available | None) -> tuple[ShownLack, ...]:
    kind = kind_of(case)
    if found is None:
        state = kind.states(case.state).label
        return (ShownLack(f"Läget är nu ”{state}”. Steget är redan taget, eller går inte att ta i det här läget.", ""),)
    if not found.mine:
        return (ShownLack(f"Steget tas av någon annan: {steps.who(kind.steps[name], case.department.code)}.", ""),)
    return tuple(shown_lack(kind, case, lack) for lack in found.lacks)
