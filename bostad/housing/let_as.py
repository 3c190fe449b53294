"""The forms in which a dwelling may be let, as the apps that let them declare: the code that is kept, and its Swedish name."""

_forms: dict[str, str] = {}


def declare(*forms: tuple[str, str]) -> None:
    _forms.update(forms)


def choices() -> list[tuple[str, str]]:
    return list(_forms.items())
