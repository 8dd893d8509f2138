"""Whether a scheme takes applications on a day, and the windows before and after it."""

from __future__ import annotations

from rules.case import Case
from rules.rule import MET, NOT_MET, UNKNOWN, Finding, LeftOut, condition
from rules.worlds import Interval


@condition()
def scheme_open(case: Case) -> bool | Finding:
    """The scheme takes applications on that day, and the sources reach so far."""
    day, state = case.application_date, case.law(case.scheme.state)
    if day > case.book.trusted_until.toordinal():
        return Finding(UNKNOWN, "not_checked")
    if state == "open":
        return Finding(MET, "running")
    if state.startswith("call"):
        return Finding(MET, "met", {"window": call(case)})
    earlier = [window for window in case.windows() if window.high < day]
    later = [window for window in case.windows() if window.low > day]
    details = {"before": earlier[-1] if earlier else None, "after": later[0] if later else None}
    if state == "unknown":
        return Finding(UNKNOWN, "silent", details)
    if not earlier:
        return Finding(NOT_MET, "before", details)
    return Finding(NOT_MET, "between" if later else "closed", details)


def call(case: Case) -> Interval:
    """The days of the call that is open on the day of the application; left out where none is."""
    state = case.law(case.scheme.state)
    if not state.startswith("call"):
        raise LeftOut
    spells = [value for value in case.book.parameters[case.scheme.state].values if value.value == state]
    until = spells[-1].until
    assert until is not None, "a call is followed by another state"
    return Interval(spells[0].since.toordinal(), until.toordinal() - 1)
