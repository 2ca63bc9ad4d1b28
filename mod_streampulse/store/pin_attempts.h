/* Wrong PINs, counted where all children and servers see them and no restart forgets them. */
#ifndef SP_PIN_ATTEMPTS_H
#define SP_PIN_ATTEMPTS_H

#include "db.h"

typedef struct {
    int of_client; /* in the window */
    int of_all;    /* together; not for clients that had the right PIN in the last 30 days (the latest 256 of them), so that others cannot keep these out */
    int window_s;  /* how long a wrong one counts: never more than so many in any so many seconds */
} sp_pin_limits_t;

/* client: who is counted together, an address as text. now_ms: the time, which is not that of the request's start.
 * SP_E_TOO_MANY_ATTEMPTS with retry_after_s when there were as many as may be. Only reads. */
apr_status_t sp_pin_attempts_check(sp_db_t *db, const char *client, const sp_pin_limits_t *limits, apr_int64_t now_ms, sp_error_t *err);
/* The same, and counts one: on disk when it returns, so that a process that is killed while it looks at the PIN gains no guess. *is_last: there is none left
 * after this one. A database that cannot be written is a refusal. */
apr_status_t sp_pin_attempts_count(sp_db_t *db, const char *client, const sp_pin_limits_t *limits, apr_int64_t now_ms, int *is_last, sp_error_t *err);
/* It was the PIN: takes back all of the client's, and remembers the client. */
apr_status_t sp_pin_attempts_forgive(sp_db_t *db, const char *client, apr_int64_t now_ms, sp_error_t *err);

/* By hand: everybody's. *forgiven: how many there were. */
apr_status_t sp_pin_attempts_forgive_all(sp_db_t *db, apr_int64_t *forgiven, sp_error_t *err);

#endif
