"""What waits to be sent: order in a chat, urgency between chats, and no dearer with ten thousand of them."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from bot.queue import Queue
from bot.store.work import Priority, Said
from bot.talk.screen import Screen

NOW = 1_000


def said(number: int, chat: int = 1, priority: Priority = Priority.REPLY, *, due: int = 0, collapse: str = "") -> Said:
    return Said(number, "telegram", chat, chat, priority, Screen(), collapse=collapse, due_at=due, saying=number)


def drained(queue: Queue, now: int = NOW) -> list[int]:
    """The ids in the order in which they go when each is done at once."""
    gone = []
    while (head := queue.next(now)) is not None:
        queue.take(head)
        queue.done(head.chat_id)
        gone.append(head.id)
    return gone


def test_a_chat_keeps_the_order_of_saying() -> None:
    queue = Queue()
    queue.put([said(3), said(1), said(2)])
    assert drained(queue) == [1, 2, 3]


def test_replies_go_before_pushes_and_pushes_before_broadcasts() -> None:
    queue = Queue()
    queue.put([said(1, 1, Priority.BROADCAST), said(2, 2, Priority.PUSH), said(3, 3), said(4, 1)])
    assert drained(queue) == [3, 4, 2, 1]


def test_a_chat_whose_message_is_on_its_way_waits() -> None:
    queue = Queue()
    queue.put([said(1), said(2), said(3, 2)])
    first = queue.next(NOW)
    assert first is not None
    queue.take(first)
    assert drained(queue) == [3]
    queue.done(1)
    assert drained(queue) == [2]


def test_what_is_due_later_lets_the_next_message_go_and_comes_in_time() -> None:
    queue = Queue()
    queue.put([said(1, due=NOW + 500), said(2)])
    assert drained(queue) == [2]
    assert queue.next_due() == NOW + 500
    assert drained(queue, NOW + 500) == [1]


def test_a_held_chat_waits_as_a_whole_and_then_keeps_its_order() -> None:
    queue = Queue()
    queue.put([said(1), said(2), said(3, 2)])
    queue.hold(1, NOW + 500)
    assert drained(queue) == [3]
    assert drained(queue, NOW + 499) == []
    assert drained(queue, NOW + 500) == [1, 2]


def test_a_resting_push_lets_a_reply_to_the_same_chat_pass() -> None:
    queue = Queue()
    push = said(1, priority=Priority.PUSH)
    queue.put([push])
    assert queue.next(NOW) is push
    queue.rest(push, 10.0)
    assert queue.next(NOW) is None
    queue.put([said(2)])
    assert drained(queue) == [2, 1]


def test_who_rests_goes_on_when_the_rest_is_over() -> None:
    queue = Queue()
    push = said(1, priority=Priority.PUSH)
    queue.put([push])
    queue.rest(push, 10.0)
    queue.rested(9.9)
    assert queue.next_rest() == 10.0
    assert queue.next(NOW) is None
    queue.rested(10.0)
    assert queue.next_rest() is None
    assert queue.next(NOW) is push


def test_a_later_saying_takes_the_place_of_an_earlier_one_with_its_key() -> None:
    queue = Queue()
    queue.put([said(1, collapse="album"), said(2), said(3, collapse="album"), said(4, 2, collapse="album")])
    assert drained(queue) == [2, 3, 4]


def test_a_message_is_taken_in_once() -> None:
    queue = Queue()
    queue.put([said(1)])
    queue.put([said(1)])
    assert len(queue) == 1


def test_one_look_costs_no_more_with_ten_thousand_chats_than_with_a_hundred() -> None:
    def cost(chats: int) -> float:
        queue = Queue()
        queue.put(said(number, number, Priority.BROADCAST) for number in range(1, chats + 1))
        queue.next(NOW)
        best = 1.0
        for _ in range(20):
            at = time.perf_counter()
            for head in [queue.next(NOW) for _ in range(50)]:
                assert head is not None
                queue.put([said(head.id + 1_000_000, head.chat_id)])
            best = min(best, time.perf_counter() - at)
        return best

    assert cost(10_000) < 20 * cost(100) + 0.002


class Plain:
    """The same rules, written the simple and slow way."""

    def __init__(self) -> None:
        self.waiting: list[Said] = []
        self.busy: set[int] = set()
        self.held: dict[int, int] = {}

    def next(self, now: int) -> int | None:
        free = [each for each in self.waiting if each.chat_id not in self.busy]
        free = [each for each in free if max(each.due_at, self.held.get(each.chat_id, 0)) <= now]
        return min(((each.priority, each.id) for each in free), default=(0, None))[1]


steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(1, 4), st.sampled_from(Priority), st.sampled_from([0, 0, 0, 50, 500])),
        st.tuples(st.just("take"), st.just(0), st.just(0), st.just(0)),
        st.tuples(st.just("done"), st.integers(1, 4), st.just(0), st.just(0)),
        st.tuples(st.just("hold"), st.integers(1, 4), st.just(0), st.integers(1, 300)),
        st.tuples(st.just("pass"), st.just(0), st.just(0), st.integers(1, 300)),
    ),
    max_size=60,
)


@given(steps)
def test_whatever_happens_the_same_message_is_next_as_by_the_plain_rules(
    steps: list[tuple[str, int, int, int]],
) -> None:
    queue, plain, now = Queue(), Plain(), NOW
    for number, (what, chat, priority, time_) in enumerate(steps, 1):
        if what == "put":
            new = said(number, chat, Priority(priority), due=now + time_ if time_ else 0)
            queue.put([new])
            plain.waiting.append(new)
        elif what == "take" and (head := queue.next(now)) is not None:
            queue.take(head)
            plain.waiting.remove(head)
            plain.busy.add(head.chat_id)
        elif what == "done":
            queue.done(chat)
            plain.busy.discard(chat)
            if not any(each.chat_id == chat for each in plain.waiting):
                plain.held.pop(chat, None)
        elif what == "hold" and any(each.chat_id == chat for each in plain.waiting):
            queue.hold(chat, now + time_)
            plain.held[chat] = now + time_
        elif what == "pass":
            now += time_
        head = queue.next(now)
        assert (head.id if head else None) == plain.next(now)
        due = queue.next_due()
        assert due is None or due > now
