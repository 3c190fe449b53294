"""What `shell.html` is given: the frame around every signed-in page. The context processor fills it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class NavItem:
    """A line of the main menu. `danger` says that `count` counts what is late ("3 sena")."""

    label: str
    url: str
    icon: str
    count: int | None = None
    danger: bool = False
    current: bool = False


@dataclass(frozen=True)
class Recent:
    """A case that this person opened lately."""

    label: str
    number: str
    url: str


@dataclass(frozen=True)
class Me:
    """Who is signed in. `title_line` is title and department: "Bostadssekreterare, AMF"."""

    staff_id: int
    initials: str
    name: str
    title_line: str


@dataclass(frozen=True)
class Shell:
    """`today_line` is "Torsdag 15 oktober 2026, vecka 42"; `demo_day` is set only where the day can be moved."""

    nav: list[NavItem]
    shared: list[NavItem]
    recent: list[Recent]
    me: Me
    municipality: str
    today_line: str
    demo_day: date | None = None
