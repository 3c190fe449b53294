"""What the manager or FF asks to have completed or changed, until a newer version is signed (R-1-31, R-1-33). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from referrals import content, content_words
from referrals.models import CompletionPoint, ReferralVersion

Versions = Sequence[ReferralVersion]  # of one referral, by number


@dataclass(frozen=True)
class Comment:
    """What was asked of a section, and whether the section has other words now."""

    point: CompletionPoint
    is_answered: bool
    is_of_the_receiver: bool  # FF's, of what was sent to it; else the manager's, which FF never reads

    @property
    def label(self) -> str:
        return content_words.part_of(self.point.section, self.point.fields)


def current(versions: Versions) -> ReferralVersion:
    return next((version for version in reversed(versions) if version.voided_on is None), versions[-1])


def before(versions: Versions, now: ReferralVersion) -> ReferralVersion | None:
    """What a version is compared with: the last that was signed, else the one before."""
    earlier = [version for version in versions if version.number < now.number]
    return next((version for version in reversed(earlier) if version.signed_on), earlier[-1] if earlier else None)


def comments(versions: Versions, points: Mapping[int, Sequence[CompletionPoint]]) -> list[Comment]:
    """Those that the current version is to answer, in the order of the form. `points` by version."""
    now = current(versions)
    order = list(content.BY_KEY)
    found = [comment for version in _asked_of(versions, now) for comment in _of(version, now, points)]
    return sorted(found, key=lambda comment: order.index(comment.point.section))


def _asked_of(versions: Versions, now: ReferralVersion) -> Iterator[ReferralVersion]:
    """The last signed version, and those after it that nobody signed."""
    signed = [version.number for version in versions if version.number < now.number and version.signed_on]
    return (version for version in versions if max(signed, default=0) <= version.number < now.number)


def _of(
    version: ReferralVersion, now: ReferralVersion, points: Mapping[int, Sequence[CompletionPoint]]
) -> Iterator[Comment]:
    asked = points.get(version.pk, ())
    changed = content.changed(version.content, now.content) if asked else ()
    for point in asked:
        yield Comment(point, point.section in changed, version.sent_on is not None)
