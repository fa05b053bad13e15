"""Every table, with typed columns: people, their messages and their cases here, what the city says in `city_tables`.

The order of `metadata.sorted_tables` is the order of flushing: parents before children.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Named,
    Table,
    Text,
    TypedColumns,
    event,
    text,
    true,
)

from bot.store import city_tables, columns
from bot.store.columns import flag, id_, number, optional_ref, ref, text_
from bot.store.full_text import FULL_TEXT

metadata = columns.metadata
CITY = city_tables.CITY
broadcasts, renditions, subscriptions = city_tables.broadcasts, city_tables.renditions, city_tables.subscriptions
news, sources, shown = city_tables.news, city_tables.sources, city_tables.shown
city_events, mayor_messages = city_tables.city_events, city_tables.mayor_messages
projects, programmes, posters = city_tables.projects, city_tables.programmes, city_tables.posters

# Conditions of partial indexes: SQLite uses one only for a query that says the same.
IS_OPEN = "state NOT IN ('closed', 'not_done', 'merged', 'cancelled')"
IS_WORK = "state IN ('received', 'reviewing', 'referred', 'in_progress', 'reopened', 'contested')"
WORK_BY_TARGET = f"+{IS_WORK}"  # the plus keeps SQLite from going state by state
IS_SHOWN_SUGGESTION = "kind = 'suggestion' AND published = 1"
# The square of a thousandth of a degree that a case lies in: 111 by 91 m at Qorveh. bot/store/near.py counts the same.
SQUARE = "CAST(lat * 1000 AS INTEGER) * 1000000 + CAST(lon * 1000 AS INTEGER)"


class _Meta(TypedColumns):
    key: Named[str] = Column(Text, primary_key=True)
    value: Named[str]


class _Inbox(TypedColumns):
    """Updates that were taken, so that a second delivery stops here. Kept eight days (docs/reliability.md, row 6)."""

    bot: Named[str] = Column(Text, primary_key=True)
    update_id: Named[int] = Column(BigInteger, primary_key=True)
    digest: Named[str]
    received_at: Named[int] = Column(BigInteger)


class _Suspects(TypedColumns):
    """Updates that were being handled when the process died, with the tries counted before each."""

    bot: Named[str] = Column(Text, primary_key=True)
    update_id: Named[int] = Column(BigInteger, primary_key=True)
    attempts: Named[int]


class _FailedUpdates(TypedColumns):
    id = id_()
    bot: Named[str]
    update_id: Named[int] = Column(BigInteger)
    raw: Named[str]
    error: Named[str]
    attempts: Named[int] = Column(Integer, default=1)
    state: Named[str] = Column(Text, default="failed")  # failed, wanted (to be run again), done
    failed_at: Named[int] = Column(BigInteger)


class _People(TypedColumns):
    """A human. No name and no phone number of citizens is kept; `name` is that of officials."""

    id = id_()
    lang: Named[str] = Column(Text, default="")
    name: Named[str] = Column(Text, default="")
    area: Named[str] = Column(Text, default="")
    simple: Named[bool] = Column(default=False)
    focus: Named[str] = Column(Text, default="")
    official_view: Named[bool] = Column(default=False)  # an official's chat shows the desk's menu, not the citizen's
    duty: Named[bool] = Column(default=True, server_default=true())  # an official is at work: new cases ring
    blocked_until: Named[int] = Column(BigInteger, default=0)
    stopped_at: Named[int] = number()  # since when they want no message but answers
    near: Named[bool] = flag()  # of the news of neighbourhoods they want those of their own alone
    created_at: Named[int] = Column(BigInteger)
    erased_at: Named[int] = Column(BigInteger, default=0)


class _Accounts(TypedColumns):
    """That human on one channel."""

    id = id_()
    person_id = ref("people.id")
    channel: Named[str]
    user_id: Named[int] = Column(BigInteger)
    chat_id: Named[int] = Column(BigInteger)
    reachable: Named[bool] = Column(default=True)
    seen_at: Named[int] = Column(BigInteger, default=0)


class _Roles(TypedColumns):
    id = id_()
    person_id = ref("people.id")
    role: Named[str]
    department: Named[str] = Column(Text, default="")
    created_at: Named[int] = Column(BigInteger)
    revoked_at: Named[int] = Column(BigInteger, default=0)


class _Dialogues(TypedColumns):
    """Where somebody is in a conversation; the draft is JSON. Survives restarts, expires by `updated_at`."""

    person_id = Column(BigInteger, ForeignKey("people.id"), primary_key=True)
    name: Named[str] = Column(Text, primary_key=True)
    step: Named[str]
    draft: Named[str]
    version: Named[int]
    updated_at: Named[int] = Column(BigInteger)


class _Cases(TypedColumns):
    """One report, or a suggestion (`kind`). `words` is what the citizen wrote, untouched; the `title` of a report, that
    others may read, is never made of it.

    `department` is responsible, `desk` has it in its lists now: the same, or the centre while it has no people.
    """

    id = id_()
    code: Named[str] = Column(Text, unique=True)
    person_id = ref("people.id")
    category: Named[str]
    department: Named[str]
    state: Named[str]
    version: Named[int] = Column(Integer, default=1)
    words: Named[str] = Column(Text, default="")
    sources: Named[str] = Column(Text, default="[]")  # ids of the messages that `words` were, so that edits are known
    answer: Named[str] = Column(Text, default="")
    lat: Named[float | None]
    lon: Named[float | None]
    accuracy: Named[float | None]
    address: Named[str] = Column(Text, default="")
    area: Named[str] = Column(Text, default="")
    landmark: Named[str] = Column(Text, default="")
    urgent: Named[bool] = Column(default=False)
    private: Named[bool] = Column(default=False)
    public: Named[bool] = Column(default=False)
    photo_missing: Named[bool] = Column(default=False)
    outside: Named[bool] = Column(default=False)
    lang: Named[str] = Column(Text, default="fa")
    channel: Named[str] = Column(Text, default="")
    target_at: Named[int | None] = Column(BigInteger)
    holder_id = optional_ref("people.id")  # who accepted it
    closed_how: Named[str] = text_()  # agreed, no-answer, not-asked, voted: counted apart for ever
    desk: Named[str] = text_()
    rank: Named[int] = number()  # the order of lists: domain/rank.py
    move_id: Named[int] = number()  # the event that brought it into its state: timers of an earlier one are over
    resume: Named[str] = text_()  # the state to go back to when the reporter has answered
    paused_at: Named[int] = number()  # since when the target time stands still
    claimed_by = optional_ref("people.id")  # who has it open, until `claimed_until`
    claimed_until: Named[int] = number()
    doer_id = optional_ref("people.id")  # who said that it is done, or that it can't be: never the judge of it
    referrals: Named[int] = number()
    decided: Named[bool] = flag()  # by the centre, after the last referral: it stays where it is
    reopened: Named[int] = number()  # times
    supporters: Named[int] = number()
    org: Named[str] = text_()  # the body outside that it belongs to, and that body's number for it
    reference: Named[str] = text_()
    hidden: Named[bool] = flag()  # its words are kept and not shown
    published: Named[bool] = flag()  # words and photos were looked through: everybody may see them
    merged_into = optional_ref("cases.id")
    caller: Named[str] = text_()  # the number that somebody left who reported by phone
    entered_by = optional_ref("people.id")
    kind: Named[str] = text_()  # "" is a report; suggestion
    standing: Named[str] = text_()  # in whose name a suggestion is made: citizen, expert, ngo, office
    poster_id = optional_ref("posters.id")  # the code that was scanned
    created_at: Named[int] = Column(BigInteger)
    updated_at: Named[int] = Column(BigInteger)
    ended_at: Named[int] = number()


class _CaseTexts(TypedColumns):
    """What a case is found by: `words`, normalised, are given by the program; triggers keep `facets` and the index."""

    case_id = Column(BigInteger().with_variant(Integer, "sqlite"), ForeignKey("cases.id"), primary_key=True)
    words: Named[str] = text_()
    facets: Named[str]


class _Supporters(TypedColumns):
    """Somebody who has the same problem: the same pushes, and a vote at the end."""

    id = id_()
    case_id = ref("cases.id")
    person_id = ref("people.id")
    vote: Named[str] = text_()  # solved, half, unsolved, cannot-tell
    voted_at: Named[int] = number()
    left_at: Named[int] = number()
    created_at: Named[int] = Column(BigInteger)


class _Additions(TypedColumns):
    """Words that came after filing: erasable without touching the events that point here."""

    id = id_()
    case_id = ref("cases.id")
    person_id = ref("people.id")
    words: Named[str] = Column(Text, default="")
    created_at: Named[int] = Column(BigInteger)


class _Events(TypedColumns):
    """What happened to a case. Only ever added to."""

    id = id_()
    case_id = ref("cases.id")
    kind: Named[str]
    at: Named[int] = Column(BigInteger)
    person_id = optional_ref("people.id")
    by: Named[str] = Column(Text, default="")
    from_state: Named[str] = Column(Text, default="")
    to_state: Named[str] = Column(Text, default="")
    data: Named[str] = Column(Text, default="{}")


class _Remarks(TypedColumns):
    """What an official wrote with a move: erasable without touching the event. `part`: words, no_photo."""

    id = id_()
    case_id = ref("cases.id")
    event_id = ref("events.id")
    person_id = optional_ref("people.id")
    part: Named[str] = Column(Text, default="words")
    words: Named[str] = Column(Text, default="")
    created_at: Named[int] = Column(BigInteger)


class _StaffEvents(TypedColumns):
    """What happened to roles and people: who did it, to whom. Only ever added to."""

    id = id_()
    kind: Named[str]
    at: Named[int] = Column(BigInteger)
    person_id = optional_ref("people.id")
    about_id = optional_ref("people.id")
    data: Named[str] = Column(Text, default="{}")


class _Timers(TypedColumns):
    """What is due by the clock. One row a (job, subject, time): it decides that the job ran, whoever wakes it."""

    id = id_()
    job: Named[str]
    subject_id: Named[int] = Column(BigInteger)
    due_at: Named[int] = Column(BigInteger)
    move_id: Named[int] = Column(BigInteger, default=0)  # of a case: only while it is where that move brought it
    done_at: Named[int] = Column(BigInteger, default=0)
    error: Named[str] = Column(Text, default="")


class _Attachments(TypedColumns):
    """A file that somebody sent. The row is committed first (*pending*), the bytes follow."""

    id = id_()
    person_id = ref("people.id")
    case_id = optional_ref("cases.id")
    addition_id = optional_ref("additions.id")
    kind: Named[str]
    bot: Named[str]
    file_id: Named[str]
    name: Named[str] = Column(Text, default="")
    mime: Named[str] = Column(Text, default="")
    size: Named[int] = Column(BigInteger, default=0)
    state: Named[str] = Column(Text, default="pending")  # pending, stored, failed, dropped
    sha256: Named[str] = Column(Text, default="")
    inline: Named[bool] = Column(default=False)
    lat: Named[float | None]
    lon: Named[float | None]
    after: Named[bool] = flag()  # taken by an official after the work
    hidden: Named[bool] = flag()  # kept and not shown
    attempts: Named[int] = Column(Integer, default=0)
    due_at: Named[int] = Column(BigInteger, default=0)
    error: Named[str] = Column(Text, default="")
    created_at: Named[int] = Column(BigInteger)


class _Uploads(TypedColumns):
    """File ids by which a bot may send a stored copy again: they belong to one bot."""

    attachment_id = Column(BigInteger, ForeignKey("attachments.id"), primary_key=True)
    bot: Named[str] = Column(Text, primary_key=True)
    file_id: Named[str]


class _Outbox(TypedColumns):
    """Messages out: waiting, sending (claimed), sent, uncertain (twice), dead, held, unreachable or collapsed;
    deliveries of a broadcast also paused, stopped or expired.
    """

    id = id_()
    channel: Named[str]
    account_id = ref("accounts.id")
    chat_id: Named[int] = Column(BigInteger)
    priority: Named[int]
    state: Named[str] = Column(Text, default="waiting")
    screen: Named[str]
    collapse: Named[str] = Column(Text, default="")
    edit: Named[int] = Column(BigInteger, default=0)
    reply_to: Named[int] = Column(BigInteger, default=0)
    silent: Named[bool] = Column(default=False)
    case_id = optional_ref("cases.id")
    broadcast_id = optional_ref("broadcasts.id")  # of which it is a delivery
    rendition_id = optional_ref("renditions.id")  # whose screen it says; `screen` is empty then
    expires_at: Named[int] = number()  # after which it is not sent any more
    attempts: Named[int] = Column(Integer, default=0)
    doubts: Named[int] = Column(Integer, default=0)
    due_at: Named[int] = Column(BigInteger, default=0)
    created_at: Named[int] = Column(BigInteger)
    sent_at: Named[int] = Column(BigInteger, default=0)
    message_id: Named[int] = Column(BigInteger, default=0)
    error: Named[str] = Column(Text, default="")


class _Invitations(TypedColumns):
    """One-time ways into a role: only the hash of the code is kept."""

    id = id_()
    hash: Named[str] = Column(Text, unique=True)
    role: Named[str]
    department: Named[str] = Column(Text, default="")
    channel: Named[str] = Column(Text, default="")
    created_at: Named[int] = Column(BigInteger)
    expires_at: Named[int] = Column(BigInteger)
    used_at: Named[int] = Column(BigInteger, default=0)
    used_by = optional_ref("people.id")
    created_by = optional_ref("people.id")
    revoked_at: Named[int] = number()


class _LinkCodes(TypedColumns):
    """One-time codes that join a second messenger's account to a person."""

    id = id_()
    hash: Named[str] = Column(Text, unique=True)
    person_id = ref("people.id")
    expires_at: Named[int] = Column(BigInteger)
    used_at: Named[int] = Column(BigInteger, default=0)


class _Guesses(TypedColumns):
    """Wrong codes, for the limits on guessing."""

    id = id_()
    person_id = ref("people.id")
    kind: Named[str]
    at: Named[int] = Column(BigInteger)


class _Messages(TypedColumns):
    """What citizens wrote to a human at 137, and the answers."""

    id = id_()
    person_id = ref("people.id")
    by = optional_ref("people.id")
    words: Named[str] = Column(Text, default="")
    attachment_id = optional_ref("attachments.id")
    created_at: Named[int] = Column(BigInteger)


class _Wanted(TypedColumns):
    """Files to be made after the commit (a data export): media makes them and says the message."""

    id = id_()
    kind: Named[str]
    person_id = ref("people.id")
    data: Named[str] = text_()  # JSON: what is to be in it
    state: Named[str] = Column(Text, default="wanted")  # wanted, done, failed
    attempts: Named[int] = Column(Integer, default=0)
    due_at: Named[int] = Column(BigInteger, default=0)
    error: Named[str] = Column(Text, default="")
    created_at: Named[int] = Column(BigInteger)


meta = Table("meta", metadata, _Meta)
inbox = Table("inbox", metadata, _Inbox, Index("inbox_received", "received_at"), sqlite_with_rowid=False)
suspects = Table("suspects", metadata, _Suspects, sqlite_with_rowid=False)
failed_updates = Table("failed_updates", metadata, _FailedUpdates, Index("failed_updates_state", "state", "id"))
people = Table("people", metadata, _People)
accounts = Table(
    "accounts",
    metadata,
    _Accounts,
    Index("accounts_user", "channel", "user_id", unique=True),
    Index("accounts_person", "person_id"),
)
roles = Table("roles", metadata, _Roles, Index("roles_person", "person_id"), Index("roles_role", "role", "department"))
dialogues = Table("dialogues", metadata, _Dialogues, sqlite_with_rowid=False)
cases = Table(
    "cases",
    metadata,
    _Cases,
    Index("cases_person", "person_id", "id"),
    Index("cases_state", "state", "rank"),
    Index("cases_desk", "desk", "state", "rank", "target_at", sqlite_where=text(IS_OPEN)),
    Index("cases_holder", "holder_id", "rank", sqlite_where=text(f"holder_id IS NOT NULL AND {IS_OPEN}")),
    Index("cases_due", "target_at", "private", "rank", sqlite_where=text(WORK_BY_TARGET)),
    Index("cases_desk_rank", "desk", "rank", sqlite_where=text(WORK_BY_TARGET)),
    Index("cases_desk_due", "desk", "target_at", "private", "rank", sqlite_where=text(WORK_BY_TARGET)),
    Index("cases_created", "created_at"),
    Index("cases_spot", "category", text(SQUARE), "created_at"),
    Index("cases_field", text(SQUARE), "desk", sqlite_where=text(IS_OPEN)),
    Index("cases_poster", "poster_id", sqlite_where=text("poster_id IS NOT NULL")),
    Index("cases_suggested", "id", sqlite_where=text(IS_SHOWN_SUGGESTION)),
)
case_texts = Table("case_texts", metadata, _CaseTexts)
supporters = Table(
    "supporters",
    metadata,
    _Supporters,
    Index("supporters_once", "case_id", "person_id", unique=True),
    Index("supporters_person", "person_id", "case_id"),
)
additions = Table(
    "additions",
    metadata,
    _Additions,
    Index("additions_case", "case_id", "id"),
    Index("additions_person", "person_id"),
)
events = Table(
    "events",
    metadata,
    _Events,
    Index("events_case", "case_id", "id"),
    Index("events_person", "person_id"),
)
remarks = Table(
    "remarks", metadata, _Remarks, Index("remarks_case", "case_id", "id"), Index("remarks_event", "event_id")
)
staff_events = Table("staff_events", metadata, _StaffEvents)
timers = Table(
    "timers",
    metadata,
    _Timers,
    Index("timers_once", "job", "subject_id", "due_at", unique=True),
    Index("timers_due", "due_at", "id", sqlite_where=text("done_at = 0")),
)
attachments = Table(
    "attachments",
    metadata,
    _Attachments,
    Index("attachments_case", "case_id", "id"),
    Index("attachments_person", "person_id", "id"),
    Index("attachments_pending", "due_at", sqlite_where=text("state = 'pending'")),
)
uploads = Table("uploads", metadata, _Uploads, sqlite_with_rowid=False)
outbox = Table(
    "outbox",
    metadata,
    _Outbox,
    Index("outbox_waiting", "channel", "priority", "id", sqlite_where=text("state = 'waiting'")),
    Index("outbox_sending", "channel", sqlite_where=text("state = 'sending'")),
    Index("outbox_odd", "channel", "state", sqlite_where=text("state IN ('dead', 'held', 'uncertain')")),
    Index("outbox_collapse", "account_id", "collapse", sqlite_where=text("state = 'waiting' AND collapse <> ''")),
    Index("outbox_message", "account_id", "message_id", sqlite_where=text("case_id IS NOT NULL")),
    Index("outbox_heard", "account_id", "message_id", sqlite_where=text("broadcast_id IS NOT NULL")),
    Index("outbox_once", "account_id", "broadcast_id", unique=True, sqlite_where=text("broadcast_id IS NOT NULL")),
    Index("outbox_deliveries", "broadcast_id", "state", sqlite_where=text("broadcast_id IS NOT NULL")),
    Index("outbox_talk", "account_id", "message_id", sqlite_where=text("collapse >= 'human:' AND collapse < 'human;'")),
)
invitations = Table("invitations", metadata, _Invitations)
link_codes = Table("link_codes", metadata, _LinkCodes)
guesses = Table("guesses", metadata, _Guesses, Index("guesses_at", "kind", "at"), Index("guesses_person", "person_id"))
messages = Table("messages", metadata, _Messages, Index("messages_person", "person_id", "id"))
wanted = Table("wanted", metadata, _Wanted, Index("wanted_state", "state", "due_at"))


@event.listens_for(metadata, "after_create")
def _make_full_text(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    """What SQLAlchemy has no word for comes with the tables, wherever they are made."""
    for sql in FULL_TEXT:
        connection.exec_driver_sql(sql)
