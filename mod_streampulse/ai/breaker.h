/* The circuit breaker: after repeated failures nobody is asked for a while, then once. Pure; its state is a row. */
#ifndef SP_BREAKER_H
#define SP_BREAKER_H

#include <apr_time.h>

#define SP_BREAKER_FAILURES     5               /* in a row open it */
#define SP_BREAKER_PAUSE_MS     (5 * 60 * 1000) /* doubled with each further failure */
#define SP_BREAKER_PAUSE_MAX_MS (6 * 60 * 60 * 1000)

typedef enum { SP_BREAKER_CLOSED, SP_BREAKER_OPEN, SP_BREAKER_HALF_OPEN } sp_breaker_e;

typedef struct {
    int failures;        /* in a row */
    apr_int64_t open_ms; /* when it opened last, since 1970; 0: closed */
} sp_breaker_t;

/* A time in the future, as after a clock was set back, counts as long past. */
sp_breaker_e sp_breaker_state(const sp_breaker_t *breaker, apr_int64_t now_ms);
/* When it is half open; 0: it is not open. */
apr_int64_t sp_breaker_until_ms(const sp_breaker_t *breaker, apr_int64_t now_ms);
const char *sp_breaker_state_name(sp_breaker_e state); /* "closed", "open", "half_open" */
void sp_breaker_failed(sp_breaker_t *breaker, apr_int64_t now_ms);
void sp_breaker_succeeded(sp_breaker_t *breaker);

#endif
