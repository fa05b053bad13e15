"""What each arrow changes besides the state. A check that needs the case stands here too; all raise Refused."""

from __future__ import annotations

from collections.abc import Callable

from bot.actions.moving import Move, rank_of
from bot.actions.staff import superiors_of
from bot.actions.targets import target_of
from bot.clock import DAY, HOUR, MINUTE
from bot.domain.case import NEW, State, Who
from bot.domain.rights import CENTRE, INSPECTION, MAYOR_OFFICE
from bot.errors import Refused
from bot.store import tables
from bot.store.supporters import CLEAR_VOTES
from bot.store.timers import arm

_URGENT_HOURS = 24


def _claim(move: Move) -> None:
    _check_claim(move)
    until = move.now + move.city.pack.limits.claim_minutes * MINUTE
    move.change(claimed_by=move.me, claimed_until=until)
    arm(move.work, "claim-over", move.case.id, until)


def _read(move: Move) -> None:
    if Who.CENTRE not in move.who:
        raise Refused("desk-only-centre")
    _claim(move)


def _check_claim(move: Move) -> None:
    """What a colleague has open is theirs for the pack's minutes; a manager may step in."""
    case = move.case
    theirs = case.claimed_by is not None and case.claimed_until > move.now and case.claimed_by != move.me
    if theirs and Who.MANAGER not in move.who:
        raise Refused("desk-claimed-by", name=move.staff.name(case.claimed_by))


def _accept(move: Move) -> None:
    _check_claim(move)
    _check_holder(move)
    move.change(holder_id=move.me, claimed_by=None, claimed_until=0)


def _check_holder(move: Move) -> None:
    """Handed to a colleague: theirs to accept, unless a manager decides otherwise."""
    case = move.case
    if case.holder_id not in (None, move.me) and Who.MANAGER not in move.who:
        raise Refused("desk-claimed-by", name=move.staff.name(case.holder_id))


def _release(move: Move) -> None:
    _check_claim(move)
    holder = None if move.case.holder_id == move.me else move.case.holder_id
    move.change(claimed_by=None, claimed_until=0, holder_id=holder)


def _give_up(move: Move) -> None:
    move.change(holder_id=None, claimed_by=None, claimed_until=0)


def _hand(move: Move) -> None:
    to, case = move.fields.colleague, move.case
    if not move.staff.is_at(to, case.desk, private=bool(case.private)):
        raise Refused("err-old-button")
    if to not in {address.person_id for address in move.staff.on_duty(case.desk, private=bool(case.private))}:
        raise Refused("desk-assign-off", name=move.staff.name(to))
    move.data["colleague"] = to
    move.change(holder_id=to, claimed_by=None, claimed_until=0)


def _check_ordinary(move: Move) -> None:
    """A confidential case stays where it is, and nothing else goes to inspection."""
    if move.case.private:
        raise Refused("desk-private-stays")
    if move.fields.department == INSPECTION:
        raise Refused("err-old-button")


def _route(move: Move) -> None:
    _check_ordinary(move)
    case = move.case
    if move.fields.department == case.desk and case.state != State.EXTERNAL:
        raise Refused("desk-refer-same", department=_name(move, move.fields.department))
    final = case.referrals >= move.city.pack.limits.max_referrals
    move.to_department(move.fields.department)
    move.change(decided=final, org="", reference="")


def _refer(move: Move) -> None:
    _check_claim(move)
    _check_ordinary(move)
    case, most = move.case, move.city.pack.limits.max_referrals
    if move.fields.department == case.department or (case.referrals >= most and case.department == CENTRE):
        raise Refused("desk-refer-same", department=_name(move, move.fields.department))
    if case.decided:
        raise Refused("desk-refer-decided")
    if case.referrals >= most:
        move.data["returned"] = True
        move.to_department(CENTRE)
        return
    move.to_department(move.fields.department)
    move.change(referrals=case.referrals + 1)


def _name(move: Move, department: str) -> str:
    return move.city.pack.departments[department].name(move.city.reader(move.work.person).lang)


def _external(move: Move) -> None:
    _check_ordinary(move)
    move.to_department(CENTRE)
    move.data["org"] = move.fields.org
    move.change(org=move.fields.org, reference="")


def _pass_on(move: Move) -> None:
    if move.case.reference:
        raise Refused("err-already")
    move.data |= {"reference": move.fields.reference, "org": move.case.org}
    move.change(reference=move.fields.reference)


def _ask(move: Move) -> None:
    limits = move.city.pack.limits
    move.change(resume=move.case.state, paused_at=move.now)
    remind, over = limits.question_reminder_days * DAY, limits.question_days * DAY
    arm(move.work, "question-reminder", move.case.id, move.now + remind, move.event)
    arm(move.work, "question-over", move.case.id, move.now + over, move.event)


def _resume(move: Move) -> None:
    """The clock runs again: the target moves by as long as it stood still."""
    case = move.case
    target = case.target_at + (move.now - case.paused_at) if case.target_at and case.paused_at else case.target_at
    move.change(resume="", paused_at=0, target_at=target)


def _extend(move: Move) -> None:
    if move.fields.date <= move.now or not move.city.calendar.works_on(move.fields.date):
        raise Refused("desk-extend-past")
    move.data |= {"target": move.fields.date, "late": bool(move.case.target_at and move.case.target_at < move.now)}
    move.change(target_at=move.fields.date)


def _done(move: Move) -> None:
    limits = move.city.pack.limits
    for photo in move.fields.photos:
        move.work.set(tables.attachments, photo, case_id=move.case.id, after=True)
    move.data["photos"] = list(move.fields.photos)
    move.change(doer_id=move.me)
    move.work.do(CLEAR_VOTES, case_id=move.case.id)  # what supporters said of earlier work was about that
    arm(move.work, "done-reminder", move.case.id, move.now + limits.done_reminder_days * DAY, move.event)
    arm(move.work, "silence", move.case.id, move.now + limits.silence_days * DAY, move.event)


def _refuse(move: Move) -> None:
    move.data |= {"reason": move.fields.reason} | ({"review": move.fields.date} if move.fields.date else {})
    move.change(doer_id=move.me)
    if move.fields.date:
        # Not bound to this move: the day stands as well when the refusal was contested and kept.
        arm(move.work, "review-due", move.case.id, move.fields.date)


def _recategorise(move: Move) -> None:
    category = move.city.pack.categories[move.fields.category]
    case = move.case
    if category.key == case.category:
        raise Refused("desk-recategorise-same", category=category.name(move.city.reader(move.work.person).lang))
    if category.private and not _readers_of_private(move):
        raise Refused("desk-private-nobody")
    move.data |= {"old": case.category, "new": category.key}
    move.change(category=category.key, private=category.private, urgent=category.urgent)
    if category.private:
        move.change(public=False, published=False)
    move.change(target_at=target_of(move.city, category, case.created_at))
    department = category.department if category.owner == "municipality" else CENTRE
    if department != case.department or bool(case.private) != category.private:
        move.to_department(department)
        if case.state not in NEW:
            # What leaves its desk is nobody's work any more, waits for no answer, and is no other body's.
            move.change(state=State.REFERRED, resume="", paused_at=0, org="", reference="")


def _readers_of_private(move: Move) -> bool:
    staff = move.staff
    return any(staff.at(desk, private=True) for desk in (INSPECTION, MAYOR_OFFICE))


def _relocate(move: Move) -> None:
    spot = move.fields.place
    assert spot is not None  # checked with the fields
    if spot.lat is None or spot.lon is None:
        move.change(address=spot.address)
        return
    if not move.city.pack.geo.in_county(spot.lat, spot.lon):
        raise Refused("desk-place-far")
    area = move.city.pack.area_of(spot.lat, spot.lon)
    move.change(lat=spot.lat, lon=spot.lon, area=area.key if area else move.case.area)
    move.change(address=spot.address or move.case.address)


def _urgent(move: Move) -> None:
    if move.case.urgent:
        raise Refused("err-already")
    soon = move.now + _URGENT_HOURS * HOUR
    move.change(urgent=True, target_at=min(move.case.target_at or soon, soon))


def _not_urgent(move: Move) -> None:
    if not move.case.urgent:
        raise Refused("err-already")
    category = move.city.pack.categories.get(move.case.category)
    target = target_of(move.city, category, move.case.created_at) if category else None
    move.change(urgent=False, target_at=target)


def _hide_photo(move: Move) -> None:
    move.work.set(tables.attachments, move.fields.photo, hidden=True)
    move.data["photo"] = move.fields.photo


def _hide_words(move: Move) -> None:
    if move.case.hidden:
        raise Refused("err-already")
    move.change(hidden=True)


def _adopted(move: Move) -> None:
    """A suggestion is answered: accepted, or in the programme."""
    _check_claim(move)
    _check_not_own(move)
    move.change(closed_how=move.way.closed_how, doer_id=move.me)


def _study(move: Move) -> None:
    """It stays open, in the hands of who said so."""
    _check_holder(move)
    _check_not_own(move)
    _check_claim(move)
    move.change(holder_id=move.me, claimed_by=None, claimed_until=0)


def _decline(move: Move) -> None:
    _check_claim(move)
    _check_not_own(move)
    move.change(doer_id=move.me)


def _check_not_own(move: Move) -> None:
    """An official's own suggestion is answered, and let be seen, by others."""
    if move.case.kind and move.case.person_id == move.me:
        raise Refused("desk-suggest-own")


def _check_shows(move: Move) -> None:
    """Of suggestions the centre decides what everybody reads."""
    _check_not_own(move)
    if move.case.kind and Who.CENTRE not in move.who:
        raise Refused("desk-only-centre")


def _publish(move: Move) -> None:
    _check_shows(move)
    if not move.case.public or move.case.published:
        raise Refused("err-already")
    move.change(published=True)


def _keep_private(move: Move) -> None:
    _check_shows(move)
    if not move.case.public:
        raise Refused("err-already")
    move.change(public=False, published=False)


def _reopened(move: Move) -> None:
    """Under the same code, back where it belongs, in nobody's hands. Without a superior the centre has it."""
    case = move.case
    if move.arrow == "reopen" and move.now - case.ended_at > move.city.pack.limits.reopen_days * DAY:
        raise Refused("case-reopen-late", days=move.city.pack.limits.reopen_days)
    superior = case.private or superiors_of(move.staff, case)
    move.to_department(case.department if superior else CENTRE)
    move.change(reopened=case.reopened + 1)
    category = move.city.pack.categories.get(case.category)
    if category and case.target_at and case.target_at < move.now:  # the time in which it was ended is nobody's delay
        move.change(target_at=target_of(move.city, category, move.now))


def _agreed(move: Move) -> None:
    if move.case.state == State.EXTERNAL and not move.case.reference:
        raise Refused("err-not-allowed")
    move.change(closed_how=move.way.closed_how)


def _closed(move: Move) -> None:
    move.change(closed_how=move.way.closed_how)


def _contest(move: Move) -> None:
    """Somebody else looks at it: a manager of the unit who did not decide, the centre, or the mayor's office."""
    case, limits = move.case, move.city.pack.limits
    if move.now - case.ended_at > limits.review_days * DAY:
        raise Refused("review-late", days=limits.review_days)
    move.change(holder_id=None, claimed_by=None, claimed_until=0)
    if not case.private:
        move.change(desk=_review_desk(move))
    elif all(one.person_id == case.doer_id for one in move.staff.at(case.desk, private=True)):
        raise Refused("review-nobody")  # it may be shown to nobody else, and the doer is not the judge


def _review_desk(move: Move) -> str:
    case = move.case
    if any(manager.person_id != case.doer_id for manager in move.staff.managers(case.department)):
        return case.desk
    if any(one.person_id != case.doer_id for one in move.staff.at(CENTRE)):
        return CENTRE
    return MAYOR_OFFICE if move.staff.managers(MAYOR_OFFICE) else CENTRE


def _re_study(move: Move) -> None:
    _check_not_own(move)
    _reopened(move)


def _kept(move: Move) -> None:
    _check_not_own(move)
    move.data["final"] = True


def _merge(move: Move) -> None:
    _check_claim(move)
    if move.fields.into == move.case.id:
        raise Refused("err-already")
    move.data |= {"into": move.fields.into, "code": move.fields.code}
    move.change(merged_into=move.fields.into, supporters=0, holder_id=None, claimed_by=None, claimed_until=0)


def _split(move: Move) -> None:
    _check_claim(move)
    move.data["codes"] = list(move.fields.codes)
    move.change(updated_at=move.now)  # a new version: two who split it at once get one success


def _leave(move: Move) -> None:
    """All that the reporter said goes with them. The point stays, for others have the problem there too."""
    case = move.case
    known = case.landmark in move.city.pack.landmarks
    move.change(person_id=move.fields.heir, supporters=case.supporters - 1)
    move.change(words="", sources="[]", answer="", address="", landmark=case.landmark if known else "", caller="")
    move.change(public=False, published=False, hidden=False)
    move.change(rank=rank_of(move.after))


def _take_back(move: Move) -> None:
    """As it was; people may have gone within that minute. Its timers count again, since they know its move."""
    move.change(**move.fields.restore)
    move.keep_held()


def _nothing(_move: Move) -> None:
    """The state alone, or not even that."""


EFFECTS: dict[str, Callable[[Move], None]] = {
    "accept": _accept,
    "read": _read,
    "claim": _claim,
    "release": _release,
    "give-up": _give_up,
    "hand": _hand,
    "route": _route,
    "refer": _refer,
    "external": _external,
    "pass-on": _pass_on,
    "ask": _ask,
    "answer": _resume,
    "unanswered": _resume,
    "extend": _extend,
    "done": _done,
    "refuse": _refuse,
    "recategorise": _recategorise,
    "relocate": _relocate,
    "urgent": _urgent,
    "not-urgent": _not_urgent,
    "hide-photo": _hide_photo,
    "hide-words": _hide_words,
    "publish": _publish,
    "keep-private": _keep_private,
    "half": _reopened,
    "unsolved": _reopened,
    "seen-open": _reopened,
    "voted-open": _reopened,
    "reopen": _reopened,
    "change": _reopened,
    "solved": _agreed,
    "silence": _closed,
    "not-asked": _closed,
    "unreached": _closed,
    "voted-solved": _closed,
    "adopt": _adopted,
    "plan": _adopted,
    "study": _study,
    "decline": _decline,
    "re-adopt": _adopted,
    "re-plan": _adopted,
    "re-study": _re_study,
    "contest": _contest,
    "keep": _kept,
    "leave": _leave,
    "merge": _merge,
    "split": _split,
    "take-back": _take_back,
}


def take_effect(move: Move) -> None:
    """Work out what the move changes. Raises Refused where the case does not allow it."""
    EFFECTS.get(move.arrow, _nothing)(move)
