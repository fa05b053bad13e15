"""What the city says to all: broadcasts, news, projects, programmes, the mayor's message; who wants to hear what."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Named, Table, Text, TypedColumns, text

from bot.store.columns import id_, metadata, number, optional_ref, ref

CITY = 0
"""The city itself, a person without an account: what it shows to all belongs to it and not to whoever put it there."""


class _Broadcasts(TypedColumns):
    """One announcement to many; its deliveries are rows of the outbox.

    State: as in `domain/broadcast`. `mode`: "" says something, "edit" and "withdraw" change or take back what those
    whom `parent_id` reached got. `relation` to the parent: over, extended, corrected, edited, withdrawn. `cursor`: the
    last key whose people have their rows.
    """

    id = id_()
    kind: Named[str]
    mode: Named[str] = Column(Text, default="")
    relation: Named[str] = Column(Text, default="")
    state: Named[str]
    template: Named[str] = Column(Text, default="")
    title: Named[str] = Column(Text, default="")  # how lists name it
    content: Named[str] = Column(Text, default="{}")  # JSON: what was filled in or written, by language
    audience: Named[str] = Column(Text, default="{}")  # JSON: the conditions, all of which hold
    version: Named[int] = Column(Integer, default=1)  # of the text
    parent_id = optional_ref("broadcasts.id")
    news_id = optional_ref("news.id")
    author_id = optional_ref("people.id")
    approver_id = optional_ref("people.id")
    reason: Named[str] = Column(Text, default="")
    size: Named[int] = Column(Integer, default=0)  # of the audience when it was confirmed
    send_at: Named[int] = Column(BigInteger, default=0)
    ends_at: Named[int] = Column(BigInteger, default=0)  # when what it tells of is over
    expires_at: Named[int] = Column(BigInteger, default=0)
    started_at: Named[int] = Column(BigInteger, default=0)
    finished_at: Named[int] = Column(BigInteger, default=0)
    cursor: Named[int] = Column(BigInteger, default=0)
    phase: Named[int] = number()  # of making rows: 0, then 1 (those of whom it is uncertain), 2 everybody has one
    card_id: Named[int] = number()  # the message (a row of the outbox) that shows the progress
    counts: Named[str] = Column(Text, default="{}")  # JSON: the last account of deliveries
    created_at: Named[int] = Column(BigInteger)


class _Renditions(TypedColumns):
    """A broadcast's message in one language and version: the screen that many deliveries share."""

    id = id_()
    broadcast_id = ref("broadcasts.id")
    version: Named[int]
    lang: Named[str]
    variant: Named[str] = Column(Text, default="")
    screen: Named[str]


class _Subscriptions(TypedColumns):
    """What a person chose differently from the kind's default. Topics: kinds of broadcasts, `project-12`,
    `programme-12`. Mode: now, daily, off.
    """

    id = id_()
    person_id = ref("people.id")
    topic: Named[str]
    mode: Named[str]
    updated_at: Named[int] = Column(BigInteger)


class _News(TypedColumns):
    """State: draft, unsure (from the portal, waits for an editor), scheduled, published, withdrawn.

    `key`: the one form of the address that it came from, "" when written by hand; `address`: as the source gives it.
    `digest`: of what the source last gave.
    """

    id = id_()
    key: Named[str] = Column(Text, default="")
    address: Named[str] = Column(Text, default="")
    state: Named[str]
    kind: Named[str] = Column(Text, default="news")
    area: Named[str] = Column(Text, default="")
    title: Named[str] = Column(Text, default="")
    words: Named[str] = Column(Text, default="")
    found_by: Named[str] = Column(Text, default="")  # title and words, normalised
    version: Named[int] = Column(Integer, default=1)
    pinned_at: Named[int] = Column(BigInteger, default=0)
    digest: Named[str] = Column(Text, default="")
    doubt: Named[str] = Column(Text, default="")  # why an editor must look
    author_id = optional_ref("people.id")
    publish_at: Named[int] = Column(BigInteger, default=0)
    published_at: Named[int] = Column(BigInteger, default=0)
    edited_at: Named[int] = Column(BigInteger, default=0)
    dated_at: Named[int] = Column(BigInteger, default=0)  # the day that the source gives
    created_at: Named[int] = Column(BigInteger)
    updated_at: Named[int] = Column(BigInteger)


class _Sources(TypedColumns):
    """The portal's feed or list page as last read. `told_at`: its editors know that it is silent or changed shape."""

    id = id_()
    key: Named[str] = Column(Text, unique=True)
    etag: Named[str] = Column(Text, default="")
    modified: Named[str] = Column(Text, default="")
    read_at: Named[int] = Column(BigInteger, default=0)
    good_at: Named[int] = Column(BigInteger, default=0)
    failures: Named[int] = Column(Integer, default=0)
    error: Named[str] = Column(Text, default="")
    told_at: Named[int] = Column(BigInteger, default=0)


class _Shown(TypedColumns):
    """A file that something of the city shows. `owner`: news, broadcast, project, programme."""

    id = id_()
    owner: Named[str]
    owner_id: Named[int] = Column(BigInteger)
    attachment_id = ref("attachments.id")
    kind: Named[str]
    key: Named[str] = Column(Text, default="")  # the address that it came from


class _CityEvents(TypedColumns):
    """What happened to something of the city, and who did it. Only ever added to. `owner` as in `shown`, and mayor."""

    id = id_()
    owner: Named[str]
    owner_id: Named[int] = Column(BigInteger)
    kind: Named[str]
    at: Named[int] = Column(BigInteger)
    person_id = optional_ref("people.id")
    data: Named[str] = Column(Text, default="{}")


class _MayorMessages(TypedColumns):
    """What replaced the pack's message: the newest one is served, all are kept."""

    id = id_()
    words: Named[str]  # paragraphs and signature, an empty line between
    dated: Named[str] = Column(Text, default="")
    sha256: Named[str]
    author_id = optional_ref("people.id")
    created_at: Named[int] = Column(BigInteger)


class _Projects(TypedColumns):
    """Stage: study, approval, tender, execution, delivery, stopped. State: draft, published, withdrawn."""

    id = id_()
    state: Named[str]
    title: Named[str]
    words: Named[str] = Column(Text, default="")
    stage: Named[str] = Column(Text, default="study")
    percent: Named[int] = Column(Integer, default=0)
    percent_at: Named[int] = Column(BigInteger, default=0)
    ends_at: Named[int] = Column(BigInteger, default=0)  # as announced; 0 where nothing is
    reason: Named[str] = Column(Text, default="")  # of the last change
    place: Named[str] = Column(Text, default="")
    lat: Named[float | None]
    lon: Named[float | None]
    area: Named[str] = Column(Text, default="")
    version: Named[int] = Column(Integer, default=1)
    author_id = optional_ref("people.id")
    created_at: Named[int] = Column(BigInteger)
    updated_at: Named[int] = Column(BigInteger)


class _Programmes(TypedColumns):
    """State: draft, published, cancelled, withdrawn."""

    id = id_()
    state: Named[str]
    title: Named[str]
    words: Named[str] = Column(Text, default="")
    starts_at: Named[int] = Column(BigInteger)
    ends_at: Named[int] = Column(BigInteger, default=0)
    place: Named[str] = Column(Text, default="")
    lat: Named[float | None]
    lon: Named[float | None]
    area: Named[str] = Column(Text, default="")
    reason: Named[str] = Column(Text, default="")
    version: Named[int] = Column(Integer, default=1)
    author_id = optional_ref("people.id")
    created_at: Named[int] = Column(BigInteger)
    updated_at: Named[int] = Column(BigInteger)


class _Posters(TypedColumns):
    """A printed QR code that opens the bot with a place, a category, or neither; `token` is what the link carries."""

    id = id_()
    token: Named[str] = Column(Text, unique=True)
    kind: Named[str]
    category: Named[str] = Column(Text, default="")
    place: Named[str] = Column(Text, default="")
    lat: Named[float | None]
    lon: Named[float | None]
    opened: Named[int] = number()  # times that somebody scanned it
    removed_at: Named[int] = number()  # from then on it starts an ordinary report; its figures stay
    author_id = optional_ref("people.id")
    created_at: Named[int] = Column(BigInteger)


broadcasts = Table(
    "broadcasts",
    metadata,
    _Broadcasts,
    Index("broadcasts_open", "state", sqlite_where=text("finished_at = 0")),
    Index("broadcasts_news", "news_id", sqlite_where=text("news_id IS NOT NULL")),
    Index("broadcasts_parent", "parent_id", sqlite_where=text("parent_id IS NOT NULL")),
)
renditions = Table(
    "renditions",
    metadata,
    _Renditions,
    Index("renditions_once", "broadcast_id", "version", "lang", "variant", unique=True),
)
subscriptions = Table(
    "subscriptions",
    metadata,
    _Subscriptions,
    Index("subscriptions_once", "person_id", "topic", unique=True),
    Index("subscriptions_topic", "topic", "mode", "person_id"),
)
news = Table(
    "news",
    metadata,
    _News,
    Index("news_key", "key", unique=True, sqlite_where=text("key <> ''")),
    Index("news_digest", "digest", sqlite_where=text("digest <> ''")),
    Index("news_shown", "pinned_at", "published_at", "id", sqlite_where=text("state = 'published'")),
    Index("news_kind", "kind", "pinned_at", "published_at", "id", sqlite_where=text("state = 'published'")),
    Index("news_recent", "published_at", "id", sqlite_where=text("state = 'published' AND address <> ''")),
    Index("news_waiting", "state", "id", sqlite_where=text("state IN ('draft', 'unsure', 'scheduled')")),
)
sources = Table("sources", metadata, _Sources)
shown = Table(
    "shown",
    metadata,
    _Shown,
    Index("shown_owner", "owner", "owner_id", "id"),
    Index("shown_attachment", "attachment_id"),
)
city_events = Table("city_events", metadata, _CityEvents, Index("city_events_owner", "owner", "owner_id", "id"))
mayor_messages = Table("mayor_messages", metadata, _MayorMessages)
projects = Table("projects", metadata, _Projects, Index("projects_state", "state", "id"))
programmes = Table("programmes", metadata, _Programmes, Index("programmes_start", "starts_at", "id"))
posters = Table("posters", metadata, _Posters)
