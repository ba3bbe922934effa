"""The text that a parser of practice or cases delivers (来源文本), from its profile and its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from corpus.vocabulary import DocumentKind, EffectLevel, SourceStatus
from ingest.identify.profile import Profile
from ingest.sources.text import SourceFault, SourceRow, SourceText


def without_effect(
    profile: Profile,
    kind: DocumentKind,
    rows: Sequence[SourceRow],
    *,
    title: str | None = None,
    annotation: str | None = None,
    published: dt.date | None = None,
    effective: dt.date | None = None,
    faults: Sequence[SourceFault] = (),
) -> SourceText:
    """A text that is no law (参考资料): what the profile says of it, save where the parser knows better."""
    return SourceText(
        version_id="",
        title=profile.title if title is None else title,
        kind=kind,
        level=EffectLevel.NONE,
        issuer=profile.issuer,
        field=profile.field,
        published=published or profile.published,
        effective=effective or profile.effective,
        status=SourceStatus.UNSTATED,
        source="",
        rows=tuple(rows),
        region=profile.region,
        number=profile.number,
        annotation=profile.annotation if annotation is None else annotation,
        faults=(*profile.faults, *faults),
    )
