/* The tokens of programs. */
#ifndef SP_TOKENS_H
#define SP_TOKENS_H

#include <apr_tables.h>

#include "db.h"
#include "role.h"

#define SP_TOKEN_PREFIX      "sp_"
#define SP_TOKEN_SECRET_SIZE 76 /* the prefix, 64 hex digits (256 random bits), 8 that check those, and the NUL */
#define SP_TOKEN_MAX_DAYS    366
#define SP_TOKEN_KEPT        200 /* of those that do not work any more; older ones are forgotten */

typedef enum { SP_TOKEN_LIVE, SP_TOKEN_EXPIRED, SP_TOKEN_REVOKED } sp_token_state_e;

typedef struct {
    apr_int64_t id;
    const char *name;
    sp_role_e role;
    apr_int64_t created_ms, expires_ms;
    const char *created_by;
    apr_int64_t used_ms;    /* 0: never */
    const char *used_from;  /* client address; NULL: never used */
    apr_int64_t revoked_ms; /* 0: it is not */
    const char *revoked_by;
} sp_token_t;

typedef struct {
    const char *name; /* cleaned */
    sp_role_e role;
    int days; /* until it expires */
} sp_token_wanted_t;

/* Whether it is written like one, its check digits included: tells a typing error without a look into the database. */
int sp_tokens_is_secret(const char *text);
sp_token_state_e sp_tokens_state(const sp_token_t *token, apr_int64_t now_ms);
const char *sp_tokens_state_name(sp_token_state_e state); /* "live", "expired", "revoked" */
/* What a token is called in the ledger: "NAME (token)". Nobody who signs in is called that (core/person.h). Pool: p. */
const char *sp_tokens_user(apr_pool_t *p, const char *name);

/* Makes a token and gives its secret, which is nowhere stored: the row holds its SHA-256. Who makes it is the connection's actor, and the audit log is told.
 * SP_E_NAME_TAKEN: a live one has the name; SP_E_TOO_MANY_TOKENS: max_live are live. Forgets old ones that do not work. Pool: p. */
apr_status_t sp_tokens_make(sp_db_t *db, apr_pool_t *p, const sp_token_wanted_t *wanted, int max_live, apr_int64_t now_ms, char secret[SP_TOKEN_SECRET_SIZE],
                            sp_token_t *made, sp_error_t *err);
/* APR_NOTFOUND (err untouched) for a secret that is none, unknown, revoked or expired. Pool: p. */
apr_status_t sp_tokens_find(sp_db_t *db, apr_pool_t *p, const char *secret, apr_int64_t now_ms, sp_token_t *token, sp_error_t *err);
/* It is in use. Noted at most once a minute; a database that cannot be written does not hinder it. */
void sp_tokens_visit(sp_db_t *db, const sp_token_t *token, const char *address, apr_int64_t now_ms);
/* The newest first. *tokens: of sp_token_t. Pool: p. */
apr_status_t sp_tokens_list(sp_db_t *db, apr_pool_t *p, apr_array_header_t **tokens, sp_error_t *err);
/* From now on it does not work; the audit log is told. One that was revoked already stays as it is. SP_E_TOKEN_UNKNOWN. Pool: p. */
apr_status_t sp_tokens_revoke(sp_db_t *db, apr_pool_t *p, apr_int64_t id, apr_int64_t now_ms, sp_token_t *token, sp_error_t *err);

#endif
