"""Whatever anybody does with cases, in whatever order: what must hold holds. `make faults` goes on for longer."""

from __future__ import annotations

from hypothesis.stateful import run_state_machine_as_test

from tests.life.machine import Life, settings_of


def test_whatever_anybody_does_with_cases_what_must_hold_holds() -> None:
    run_state_machine_as_test(Life, settings=settings_of(30, 40))
