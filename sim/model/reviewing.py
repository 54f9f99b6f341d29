"""The review of help that goes on: keep, tailor, make smaller, hand on, stop."""

from __future__ import annotations

from typing import Any

from sim.model.acting import practise_tailoring
from sim.model.calendar import schedule_need
from sim.model.chance import EXTRA, RENEWAL, need_draw
from sim.model.choosing import (
    HAND_ON,
    KEEP,
    SMALLER,
    TAILOR,
    clear_options,
    dare,
    pick,
    spend,
    takes_initiative,
    weigh_end,
    weigh_review,
    weigh_volunteers,
)
from sim.model.client import heard, take_in
from sim.model.compiling import behaviour
from sim.model.finding import freest_of
from sim.model.help import (
    client_of,
    end_need,
    hand_over,
    nearest_variant,
    next_review,
    renew_quality,
    start_help,
    stop_help,
    tailor,
    variants,
)
from sim.model.hours import free_hours, promise, week_row
from sim.model.life import catch_up, look_ahead
from sim.model.state import FULFILLED, MOVED, NOWHERE, REVIEW
from sim.model.steering import both, targets
from sim.model.volunteer import could_help, volunteers_of


@behaviour
def review(S: Any, n: int, day: int) -> None:
    """Summary of rule: every four weeks, and when need or indication ends, help is looked at again.

    In order: hours are spent; who helps hears a little more of the wish, and takes the nearest variant; whoever takes
    the initiative weighs to keep, to tailor, to make smaller or to hand on; help that is no longer needed stops, or
    goes on where that is chosen and the assessor lets it; an absent worker is replaced where a colleague has room;
    hours that were short are added where there are any; an indication that ran out is renewed where the need goes on.
    """
    need = S.need[n]
    w = need.provider
    free = False
    if S.worker[w].present == 1 and w < S.now[0].workers:
        S.worker[w].debt += S.p[0].review_hours
        S.series[week_row(S, S.worker[w].organisation)].review += S.p[0].review_hours
        hear_back(S, n, w)
        _adapt_standard(S, n, w, day)
        renew_quality(S, n, day)
        free = takes_initiative(S, n, w, day)
    if day >= need.ends and not _goes_on(S, n, w, free, day):
        end_need(S, n, FULFILLED, day)
        return
    if S.worker[w].present != 1:
        v = freest_of(S, n, w, S.worker[w].team, False)
        if v >= 0:
            hand_over(S, n, v, day)
    elif need.given < need.hours:
        _add_hours(S, n, day)
    if free and day < need.ends:
        _reshape(S, n, w, day)
    if day >= need.indicated:
        need.indicated = day + int(S.p[0].indication_days)
    schedule_need(S, n, REVIEW, next_review(S, n, day))


@behaviour
def _adapt_standard(S: Any, n: int, w: int, day: int) -> None:
    """Let standard help be the variant nearest to what is known of the wish by now; what is tailored stays as it is."""
    need = S.need[n]
    if need.tailored <= 0.0:
        catch_up(S, client_of(S, n), day)
        need.variant = nearest_variant(need.perceived, variants(S, n, S.worker[w].organisation))


@behaviour
def hear_back(S: Any, n: int, w: int) -> None:
    """Let worker ``w`` hear more of the wish: by listening, and by feedback where clients are asked for it (C28)."""
    told = S.organisation[S.worker[w].organisation].direct_feedback * S.p[0].instrument_strength
    take_in(S, n, both(heard(S, client_of(S, n), w), told))


@behaviour
def _goes_on(S: Any, n: int, w: int, free: bool, day: int) -> bool:
    """Return whether help goes on though the need has ended: as is chosen with initiative, else by procedure.

    Never for long; once the indication has run out the assessor must grant a renewal.
    """
    need, p = S.need[n], S.p[0]
    if day - need.ends + p.review_days > p.longest_overrun_days or S.kind[need.kind].episodic == 1:
        return False
    need.tries += 1
    if free:
        clear_options(S, n)
        weigh_end(S, n, w, day)
        asks = p.renewal_asked > 0.0 and pick(S, n, w) == KEEP
    else:
        asks = need_draw(S, n, RENEWAL, 2 * need.tries) < p.renewal_asked * targets(S, S.worker[w].organisation)
    return asks and (day < need.indicated or need_draw(S, n, RENEWAL, 2 * need.tries + 1) < p.renewal_granted)


@behaviour
def _reshape(S: Any, n: int, w: int, day: int) -> None:
    """Weigh what to do with help that goes on, and do it (C14, C22, C26)."""
    need = S.need[n]
    clear_options(S, n)
    weigh_review(S, n, w, day)
    if could_help(S, n, w):
        weigh_volunteers(S, n, w, HAND_ON, volunteers_of(S, S.worker[w].zone), day)
    option = pick(S, n, w)
    chosen = S.option[option]
    dare(S, w, chosen.breach)
    if option == KEEP and need.tailored > 0.0:
        S.worker[w].tailored += 1.0  # to keep it so is to practise it
    spend(S, w, chosen.hours)
    if option == TAILOR:
        tailor(S, n, chosen.variant, chosen.tailored, day)
        practise_tailoring(S, w)
    elif option == SMALLER:
        _try_smaller(S, n, w, day)
    elif option == HAND_ON:
        catch_up(S, client_of(S, n), day)
        stop_help(S, n, MOVED, day)
        need.called = 1
        start_help(S, n, chosen.helper, NOWHERE, day)
        tailor(S, n, chosen.variant, 0.0, day)


@behaviour
def _try_smaller(S: Any, n: int, w: int, day: int) -> None:
    """Try to make a need smaller: likelier where less frail (Lewin 2013), and with an own network (C14)."""
    need, p = S.need[n], S.p[0]
    c = client_of(S, n)
    chance = p.smaller_succeeds * (1.0 - S.client[c].frailty + S.client[c].network)
    if need_draw(S, n, EXTRA, 4 * need.choices + 1) >= chance:
        return
    least = need.asked_first * (1.0 - p.smaller_most)
    less = min(need.hours - least, p.smaller_step * need.asked_first)
    catch_up(S, c, day)
    need.hours -= less
    S.client[c].asked -= less
    freed = max(0.0, need.given - need.hours)
    need.given -= freed
    promise(S, w, -freed, 0.0, day)
    S.series[week_row(S, S.worker[w].organisation)].smaller += 1.0
    look_ahead(S, c, day)


@behaviour
def _add_hours(S: Any, n: int, day: int) -> None:
    need = S.need[n]
    more = min(need.hours - need.given, free_hours(S, need.provider))
    if more > 0.0:
        c = client_of(S, n)
        catch_up(S, c, day)
        promise(S, need.provider, more, 0.0, day)
        need.given += more
        look_ahead(S, c, day)
