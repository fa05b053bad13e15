"""What each may do: by hand, a row for each arrow and for each verb of a button. A new one fails until it has a row.

People by name: reporter, supporter, stranger, dispatcher, officer (of the unit that has the case), other (officer of
another unit), manager (of that unit), mayor (manager of the mayor's office), inspection, editor, admin, revoked (was an
officer of that unit, and is one no more).
"""

from __future__ import annotations

from typing import NamedTuple

PEOPLE = (
    *("reporter", "supporter", "stranger", "dispatcher", "officer", "other", "manager", "mayor", "inspection"),
    *("editor", "admin", "revoked"),
)
_CENTRE = "dispatcher admin"
_UNIT = "officer manager"
_DESK = f"{_UNIT} {_CENTRE}"
_SEE = f"{_DESK} mayor"
_OTHERS = f"manager mayor {_CENTRE}"  # who may look at what the officer did
ALL = " ".join(PEOPLE)
_AT_DESKS = f"{_SEE} other inspection"


class May(NamedTuple):
    """`state`: one in which the arrow begins. `ordinary`: who may move a case of the reporter's, which the officer's
    unit has and the officer holds or did. `private`: who may where it is on staff conduct, held or done by inspection.
    `phone`: who may besides, where it was reported by phone.
    """

    state: str
    ordinary: str
    private: str = ""
    phone: str = ""


_I, _R = "inspection", "reporter"
ARROWS: dict[str, May] = {
    "accept": May("referred", _UNIT, _I),
    "read": May("received", ""),  # the centre, at its own desk
    "claim": May("referred", _UNIT, _I),
    "release": May("referred", _UNIT, _I),
    "give-up": May("in_progress", "officer"),
    "hand": May("in_progress", f"{_UNIT} mayor", _I),
    "route": May("referred", _CENTRE),
    "refer": May("referred", _UNIT),
    "external": May("referred", _DESK),
    "pass-on": May("external", _CENTRE),
    "ask": May("in_progress", _DESK, _I),
    "answer": May("need_info", _R, _R, _CENTRE),
    "unanswered": May("need_info", ""),
    "extend": May("in_progress", _DESK, _I),
    "done": May("in_progress", "officer"),
    "refuse": May("in_progress", _DESK, _I),
    "recategorise": May("in_progress", _DESK, _I),
    "relocate": May("in_progress", _DESK, _I),
    "urgent": May("in_progress", _DESK, _I),
    "not-urgent": May("in_progress", _DESK, _I),
    "note": May("done", _SEE, _I),
    "hide-photo": May("in_progress", _DESK, _I),
    "hide-words": May("in_progress", _DESK, _I),
    "publish": May("in_progress", _DESK, _I),
    "keep-private": May("in_progress", _DESK, _I),
    "merge": May("referred", _DESK, _I),
    "split": May("referred", _DESK, _I),
    "take-back": May("done", _SEE, _I),
    "solved": May("done", _R, _R, _CENTRE),
    "half": May("done", _R, _R, _CENTRE),
    "unsolved": May("done", _R, _R, _CENTRE),
    "cannot-tell": May("done", _R, _R, _CENTRE),
    "seen-done": May("done", _OTHERS, _I),
    "seen-open": May("done", _OTHERS, _I),
    "unreached": May("done", "", "", _CENTRE),
    "silence": May("done", ""),
    "not-asked": May("done", ""),
    "voted-solved": May("done", ""),
    "voted-open": May("done", ""),
    "reopen": May("closed", _R, _R, _CENTRE),
    "contest": May("not_done", _R, _R, _CENTRE),
    "keep": May("contested", _OTHERS, _I),
    "change": May("contested", _OTHERS, _I),
    "withdraw": May("in_progress", _R, _R),
    "leave": May("in_progress", ""),  # the reporter, once others share it
    "undo": May("received", _R, _R),
    # suggestions alone: none of these may be done to a report
    **dict.fromkeys(("adopt", "plan", "study", "decline"), May("in_progress", "")),
    **dict.fromkeys(("re-adopt", "re-plan", "re-study"), May("contested", "")),
}
# The same for a suggestion at the unit's desk, which nobody holds: all that is not here may nobody. It is never
# confidential. Its author is the reporter.
SUGGESTIONS: dict[str, May] = {
    "claim": May("referred", _UNIT),
    "release": May("referred", _UNIT),
    "give-up": May("in_progress", "officer"),
    "hand": May("referred", f"{_UNIT} mayor"),
    "route": May("referred", _CENTRE),
    "refer": May("referred", _UNIT),
    "ask": May("referred", _DESK),
    "answer": May("need_info", _R),
    "adopt": May("referred", _DESK),
    "plan": May("referred", _DESK),
    "study": May("referred", _UNIT),
    "decline": May("referred", _DESK),
    "note": May("referred", _SEE),
    "hide-photo": May("referred", _DESK),
    "hide-words": May("referred", _DESK),
    "publish": May("referred", _CENTRE),
    "keep-private": May("referred", _CENTRE),
    "take-back": May("referred", _SEE),
    "contest": May("not_done", _R),
    "keep": May("contested", _OTHERS),
    "re-adopt": May("contested", _OTHERS),
    "re-plan": May("contested", _OTHERS),
    "re-study": May("contested", _OTHERS),
    "withdraw": May("referred", _R),
}
NEVER_OWN = {"adopt", "plan", "study", "decline", "re-adopt", "re-plan", "re-study", "keep", "publish", "keep-private"}
"""What no official may do with a suggestion of their own."""


class Button(NamedTuple):
    """`argument`: what it carries; "{case}" is a case, and then whoever may not reads the same as of a case that does
    not exist; "{officer}", "{role}", "{invitation}" a subject of the people's screen. Without a case whoever may not
    reads what a stranger reads. `who`: for an ordinary case; `private`: for one on staff conduct. `stage`: of the case.
    `dialogue`: what the person is in the middle of. `told`: who sees the case and may not, and reads why.
    """

    argument: str
    who: str
    private: str = ""
    stage: str = "new"
    dialogue: str = ""
    told: str = ""


_PEOPLES = "admin manager mayor"
_SPEAKERS = "editor admin"
BUTTONS: dict[str, Button] = {
    # one's own reports
    "m-open": Button("{case}", f"{_R} supporter", _R),
    "m-time": Button("{case}", _R, _R),
    "m-add": Button("{case}", _R, _R),
    "m-drop": Button("{case}", _R, _R),
    "m-drop-yes": Button("{case}", _R, _R),
    "r-undo": Button("{case}", _R, _R),
    "r-same": Button("{case}", _R, _R, "new", "report"),
    "w-answer": Button("{case}", _R, _R, "asked"),
    "w-say": Button("{case}.solved", _R, _R, "done"),
    "w-rate": Button("{case}.5", _R, _R, "closed"),
    "w-reopen": Button("{case}", _R, _R, "closed"),
    "w-review": Button("{case}", _R, _R, "refused"),
    # a suggestion that is published: these cases are none
    "sg-see": Button("{case}", ""),
    "sg-agree": Button("{case}", ""),
    "sg-off": Button("{case}", ""),
    # a case at the desk
    "v-open": Button("{case}", _SEE, _I),
    "v-card": Button("{case}", _SEE, _I),
    "v-more": Button("{case}", _SEE, _I),
    "v-time": Button("{case}", _SEE, _I),
    "v-repair": Button("{case}", _SEE, _I),
    "v-move": Button("{case}.note", _SEE, _I),
    "v-pick": Button("budget", _SEE, _I, "new", "desk-form"),
    "v-undo": Button("{case}", "officer", "", "held"),
    "v-block": Button("{case}", _CENTRE, told=f"{_UNIT} mayor {_I}"),
    "v-unblock": Button("{case}", _CENTRE, told=f"{_UNIT} mayor {_I}"),
    # a report that is shared
    "j-time": Button("{case}", "supporter"),
    "j-photos": Button("{case}", "supporter"),
    "j-leave": Button("{case}", "supporter"),
    "j-left": Button("{case}", "supporter"),
    "j-vote": Button("{case}.solved", "supporter", "", "done"),
    # the desk
    "v-home": Button("", _AT_DESKS),
    "v-list": Button("late.", _AT_DESKS),
    "v-below": Button("new.", _AT_DESKS),
    "v-next": Button("", _AT_DESKS),
    "v-duty": Button("off", _AT_DESKS),
    "v-search": Button("", _AT_DESKS),
    "v-find": Button("1..", _AT_DESKS),
    "v-near": Button("", _AT_DESKS),
    "v-stray": Button("add", ALL),  # what they themselves sent right after a move
    "v-phone": Button("", _CENTRE),
    "v-phone-pick": Button("stop", _CENTRE),
    "v-sheet": Button("list.new", _AT_DESKS),
    "v-stop": Button("", ALL),
    "v-block-stop": Button("", ALL),
    # the people of the desks
    "a-people": Button("", _PEOPLES),
    "a-one": Button("{officer}", "admin manager"),
    "a-ask": Button("{role}", "admin manager"),
    "a-revoke": Button("{role}", "admin manager"),
    "a-roles": Button("", _PEOPLES),
    "a-units": Button("manager.", _PEOPLES),
    "a-make": Button("officer.civil", "admin manager"),
    "a-open": Button("", _PEOPLES),
    "a-log": Button("", "admin"),
    "a-void": Button("{invitation}", "admin manager"),
    **{
        verb: Button("", "admin")
        for verb in ("mm-home", "mm-new", "mm-first", "mm-done", "mm-skip", "mm-join", "mm-yes")
    },
    **{verb: Button("", _SPEAKERS) for verb in ("nw-home", "nw-new")},
    **{verb: Button("{news}", _SPEAKERS) for verb in ("nw-card", "nw-pub", "nw-later", "nw-area", "nw-ask", "nw-drop")},
    "nw-edit": Button("{news}.title", _SPEAKERS),
    "nw-kind": Button("{news}.culture", _SPEAKERS),
    "nw-in": Button("{news}.all", _SPEAKERS),
    "nw-free": Button("{scheduled}", _SPEAKERS),
    "nw-pin": Button("{published}", _SPEAKERS),
    **{verb: Button("", _SPEAKERS) for verb in ("nw-done", "nw-stop", "nw-yes")},
    "mm-open": Button("{message}", "admin"),
    # announcements to many
    "b-home": Button("", "admin"),
    "b-new": Button("", "admin"),
    "b-kind": Button("outage", "admin"),
    "b-tpl": Button("outage.water", "admin"),
    **{verb: Button("{draft}", "admin") for verb in ("b-open", "b-test", "b-send", "b-later", "b-quiet", "b-drop")},
    **{verb: Button("{draft}", "admin") for verb in ("b-add", "b-words", "b-rewrite", "b-whom", "b-count", "b-all")},
    "b-lang": Button("en.{draft}", "admin"),
    "b-page": Button("areas.{draft}", "admin"),
    "b-tog": Button("areas.north.{draft}", "admin"),
    "b-yes": Button("{asking}", "admin"),
    "b-no": Button("{asking}", "admin"),
    **{verb: Button("{going}", "admin") for verb in ("b-card", "b-pause", "b-stop", "b-over", "b-over-yes")},
    **{verb: Button("{going}", "admin") for verb in ("b-back", "b-back-yes", "b-extend", "b-correct")},
    "b-go": Button("{paused}", "admin"),
    # what the city says
    "po-home": Button("", _SPEAKERS),
    "po-list": Button("", _SPEAKERS),
    "po-kind": Button("bin", _SPEAKERS),
    "po-one": Button("{poster}", _SPEAKERS),
    "po-ask": Button("{poster}", _SPEAKERS),
    "po-remove": Button("{poster}", _SPEAKERS),
    "po-again": Button("{poster}", _SPEAKERS),
    "a-home": Button("", _SPEAKERS),
    "kp-p": Button("", _SPEAKERS),
    "kp-e": Button("", _SPEAKERS),
    "kp-new": Button("p", _SPEAKERS),
    "kp-open": Button("p.{project}", _SPEAKERS),
    "kp-look": Button("p.{project}", _SPEAKERS),
    "kp-edit": Button("p.{project}.stage", _SPEAKERS),
    "kp-do": Button("p.{project}.withdraw", _SPEAKERS),
    "pt-wait": Button("", _SPEAKERS),
    "pt-pub": Button("1", _SPEAKERS),
    "pt-drop": Button("1", _SPEAKERS),
    "pt-edit": Button("1", _SPEAKERS),
} | {
    # everybody's own: no case and nobody else in them
    verb: Button("", ALL)
    for verb in (
        *("d-ask", "d-data", "d-export", "d-yes", "g-first", "g-list", "g-set", "h-help", "h-human", "h-privacy"),
        *("l-cut", "l-enter", "l-get", "l-link", "l-off", "l-yes", "m-back", "m-code", "m-done", "m-list", "w-no-word"),
        *("r-area", "r-bare", "r-cancel", "r-cat", "r-drop", "r-edit", "r-go", "r-gps", "r-group", "r-more", "r-mute"),
        *("r-differs", "r-join", "r-own", "r-place", "r-public", "r-send", "r-skip", "r-sure", "r-topics"),
        *("ct-home", "pj-list", "pj-open", "pj-see", "pj-follow", "pj-leave", "pj-history", "pj-pin", "pj-photos"),
        *("pg-list", "pg-open", "pg-see", "pg-remind", "pg-forget", "pg-file", "pg-pin", "pg-photos"),
        *("mm-no", "n-list", "n-open", "n-back", "n-search", "n-find"),
        *("h-share", "r-scanned", "po-skip", "po-lang", "po-print", "po-stop"),
        *("kp-pick", "kp-stop"),  # of one's own dialogue
        *("sg-new", "sg-as", "sg-skip", "sg-say", "sg-stop", "sg-list"),
        *("s-area", "s-area-off", "s-area-set", "s-more", "s-simple"),
        *("p-list", "p-set", "p-near", "p-ask", "p-stop", "p-go", "b-now", "b-skip", "b-cancel", "b-sure", "c-pin"),
    )
}
