/* The circuit breaker: after repeated failures nobody is asked for a while, then once. Pure; its state is a row. */
#include "breaker.h"

static apr_int64_t pause_ms(const sp_breaker_t *breaker)
{
    apr_int64_t pause = SP_BREAKER_PAUSE_MS;

    for (int more = breaker->failures - SP_BREAKER_FAILURES; more > 0 && pause < SP_BREAKER_PAUSE_MAX_MS; more--) {
        pause *= 2;
    }
    return pause < SP_BREAKER_PAUSE_MAX_MS ? pause : SP_BREAKER_PAUSE_MAX_MS;
}

sp_breaker_e sp_breaker_state(const sp_breaker_t *breaker, apr_int64_t now_ms)
{
    if (breaker->failures < SP_BREAKER_FAILURES) {
        return SP_BREAKER_CLOSED;
    }
    return now_ms >= breaker->open_ms && now_ms - breaker->open_ms < pause_ms(breaker) ? SP_BREAKER_OPEN : SP_BREAKER_HALF_OPEN;
}

apr_int64_t sp_breaker_until_ms(const sp_breaker_t *breaker, apr_int64_t now_ms)
{
    return sp_breaker_state(breaker, now_ms) == SP_BREAKER_OPEN ? breaker->open_ms + pause_ms(breaker) : 0;
}

const char *sp_breaker_state_name(sp_breaker_e state)
{
    switch (state) {
    case SP_BREAKER_CLOSED:
        return "closed";
    case SP_BREAKER_OPEN:
        return "open";
    case SP_BREAKER_HALF_OPEN:
        return "half_open";
    }
    return "";
}

void sp_breaker_failed(sp_breaker_t *breaker, apr_int64_t now_ms)
{
    if (breaker->failures < 1000) {
        breaker->failures++;
    }
    breaker->open_ms = breaker->failures >= SP_BREAKER_FAILURES ? now_ms : 0;
}

void sp_breaker_succeeded(sp_breaker_t *breaker)
{
    breaker->failures = 0;
    breaker->open_ms = 0;
}
