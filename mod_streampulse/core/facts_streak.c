/* Facts: how many weeks in a row it went the same way. */
#include "facts_internal.h"

#include <math.h>

#define STEPS_MIN 3

static int direction_at(const sp_facts_scope_t *scope, int i)
{
    if (i < 1 || scope->day[i] - scope->day[i - 1] != 7)
        return 0;
    return (scope->viewers[i] > scope->viewers[i - 1]) - (scope->viewers[i] < scope->viewers[i - 1]);
}

/* Of k + 1 numbers in any order, that each is above the one before: 1 / (k + 1)!, and twice for either direction. */
static double chance_of(int steps)
{
    return fmin(1, 2 * exp(-lgamma(steps + 2.0)));
}

void sp_facts_streak_add(sp_facts_t *facts, const sp_facts_scope_t *scope)
{
    int last = scope->weeks - 1, direction = direction_at(scope, last), steps = 0;
    sp_fact_t *f;

    if (scope->all || !direction)
        return;
    while (direction_at(scope, last - steps) == direction)
        steps++;
    if (steps < STEPS_MIN)
        return;
    f = sp_facts_scope_put(facts, scope, "streak", NULL, SP_DAY_NONE);
    sp_fact_maker_things(&facts->maker, f, SP_UNIT_WEEKS, steps);
    f->sign = direction;
    sp_fact_maker_label(&facts->maker, f, "weeks in a row, up to its latest, in which %s had %s viewers than the week before", scope->of,
                        direction > 0 ? "more" : "fewer");
    sp_facts_scope_span(facts, scope, f, NULL, scope->day[last - steps], scope->day[last]);
    sp_fact_maker_tell(f, sp_fact_maker_surprise_of_p(chance_of(steps)), scope->size);
}
