/* The tokens of programs: random secrets whose hash is a row. */
#include "tokens.h"

#include <string.h>

#include <apr_general.h>
#include <apr_strings.h>
#include <zlib.h>

#include "audit.h"
#include "calendar.h"
#include "digest.h"
#include "hex.h"
#include "name.h"
#include "note.h"
#include "person.h"

#define PREFIX_LEN    (sizeof(SP_TOKEN_PREFIX) - 1)
#define RANDOM_BYTES  32
#define RANDOM_DIGITS (2 * RANDOM_BYTES)
#define CHECK_BYTES   4

/* out: 8 digits and the NUL. */
static void check_digits(const char *random_digits, char *out)
{
    uLong crc = crc32(0, (const Bytef *)random_digits, RANDOM_DIGITS);
    unsigned char bytes[CHECK_BYTES];

    for (int i = 0; i < CHECK_BYTES; i++)
        bytes[i] = (unsigned char)(crc >> (8 * (CHECK_BYTES - 1 - i)));
    sp_hex(out, bytes, CHECK_BYTES);
}

int sp_tokens_is_secret(const char *text)
{
    char check[2 * CHECK_BYTES + 1];

    if (strncmp(text, SP_TOKEN_PREFIX, PREFIX_LEN) != 0)
        return 0;
    text += PREFIX_LEN;
    if (!sp_hex_is(text, SP_TOKEN_SECRET_SIZE - 1 - PREFIX_LEN))
        return 0;
    check_digits(text, check);
    return strcmp(text + RANDOM_DIGITS, check) == 0;
}

static apr_status_t make_secret(char secret[SP_TOKEN_SECRET_SIZE])
{
    unsigned char random[RANDOM_BYTES];
    apr_status_t rv = apr_generate_random_bytes(random, sizeof(random));

    memcpy(secret, SP_TOKEN_PREFIX, PREFIX_LEN);
    sp_hex(secret + PREFIX_LEN, random, sizeof(random));
    check_digits(secret + PREFIX_LEN, secret + PREFIX_LEN + RANDOM_DIGITS);
    return rv;
}

sp_token_state_e sp_tokens_state(const sp_token_t *token, apr_int64_t now_ms)
{
    if (token->revoked_ms)
        return SP_TOKEN_REVOKED;
    return token->expires_ms <= now_ms ? SP_TOKEN_EXPIRED : SP_TOKEN_LIVE;
}

const char *sp_tokens_state_name(sp_token_state_e state)
{
    switch (state) {
    case SP_TOKEN_LIVE:
        return "live";
    case SP_TOKEN_EXPIRED:
        return "expired";
    case SP_TOKEN_REVOKED:
        return "revoked";
    }
    return "revoked";
}

const char *sp_tokens_user(apr_pool_t *p, const char *name)
{
    return apr_pstrcat(p, name, SP_PERSON_TOKEN_SUFFIX, NULL);
}

static apr_status_t audit(sp_db_t *db, const char *action, const sp_token_t *token, sp_error_t *err)
{
    return sp_audit_add(db, &(sp_audit_event_t){.action = action, .target = token->name, .detail = sp_role_name(token->role), .result = "ok", .count = 1}, err);
}

/* APR_NOTFOUND also for a role that this version does not know: such a token does not work. */
static apr_status_t read_row(sp_stmt_t *st, apr_pool_t *p, sp_token_t *token)
{
    token->id = sp_stmt_int(st, 0);
    token->name = sp_stmt_text(st, 1, p);
    token->created_ms = sp_stmt_int(st, 3);
    token->created_by = sp_stmt_text(st, 4, p);
    token->expires_ms = sp_stmt_int(st, 5);
    token->used_ms = sp_stmt_int(st, 6);
    token->used_from = sp_stmt_text(st, 7, p);
    token->revoked_ms = sp_stmt_int(st, 8);
    token->revoked_by = sp_stmt_text(st, 9, p);
    return sp_role_by_name(sp_stmt_text(st, 2, p), &token->role) == APR_SUCCESS ? APR_SUCCESS : APR_NOTFOUND;
}

static apr_status_t read_one(sp_stmt_t *st, apr_pool_t *p, sp_token_t *token, sp_error_t *err)
{
    apr_status_t rv = sp_stmt_step(st, err);

    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? APR_NOTFOUND : rv;
    rv = read_row(st, p, token);
    sp_stmt_reset(st);
    return rv;
}

static apr_status_t check_place(sp_db_t *db, const sp_token_wanted_t *wanted, const char *fold, int max_live, apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_TOKEN_LIVE, err);
    apr_int64_t live, alike;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, now_ms);
    sp_stmt_bind_text(st, 2, fold);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv;
    live = sp_stmt_int(st, 0);
    alike = sp_stmt_int(st, 1);
    sp_stmt_reset(st);
    if (alike)
        return sp_error_set(err, SP_E_NAME_TAKEN, APR_EEXIST, "there is a token \"%s\" that works: revoke it first, or take another name", wanted->name);
    if (live >= max_live)
        return sp_error_set(err, SP_E_TOO_MANY_TOKENS, APR_ENOSPC, "there are %d tokens already, and no more are allowed: revoke one that is not needed",
                            max_live);
    return APR_SUCCESS;
}

static apr_status_t sweep(sp_db_t *db, apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_TOKEN_SWEEP, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, now_ms);
    sp_stmt_bind_int(st, 2, SP_TOKEN_KEPT);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t add(sp_db_t *db, const char *hash, const char *fold, sp_token_t *token, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_TOKEN_ADD, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, hash);
    sp_stmt_bind_text(st, 2, token->name);
    sp_stmt_bind_text(st, 3, fold);
    sp_stmt_bind_text(st, 4, sp_role_name(token->role));
    sp_stmt_bind_int(st, 5, token->created_ms);
    sp_stmt_bind_text(st, 6, token->created_by);
    sp_stmt_bind_int(st, 7, token->expires_ms);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv;
    token->id = sp_stmt_int(st, 0);
    return (rv = sp_stmt_step(st, err)) == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_tokens_make(sp_db_t *db, apr_pool_t *p, const sp_token_wanted_t *wanted, int max_live, apr_int64_t now_ms, char secret[SP_TOKEN_SECRET_SIZE],
                            sp_token_t *made, sp_error_t *err)
{
    const char *fold = sp_name_fold(p, wanted->name, SP_NAME_SERVICE);
    char hash[SP_DIGEST_HEX_SIZE];
    apr_status_t rv = make_secret(secret);

    if (rv != APR_SUCCESS || (rv = sp_digest_of(secret, SP_TOKEN_SECRET_SIZE - 1, hash)) != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "could not make a random token");
    *made = (sp_token_t){.name = wanted->name, .role = wanted->role, .created_ms = now_ms, .expires_ms = now_ms + wanted->days * SP_DAY_MS};
    made->created_by = apr_pstrdup(p, sp_db_actor(db)->user);
    if ((rv = sp_db_begin_write(db, err)) != APR_SUCCESS)
        return rv;
    rv = check_place(db, wanted, fold, max_live, now_ms, err);
    if (rv == APR_SUCCESS)
        rv = sweep(db, now_ms, err);
    if (rv == APR_SUCCESS)
        rv = add(db, hash, fold, made, err);
    if (rv == APR_SUCCESS)
        rv = audit(db, "token_made", made, err);
    return sp_db_end_write(db, rv, err);
}

apr_status_t sp_tokens_find(sp_db_t *db, apr_pool_t *p, const char *secret, apr_int64_t now_ms, sp_token_t *token, sp_error_t *err)
{
    char hash[SP_DIGEST_HEX_SIZE];
    sp_stmt_t *st;
    apr_status_t rv;

    if (!sp_tokens_is_secret(secret) || sp_digest_of(secret, SP_TOKEN_SECRET_SIZE - 1, hash) != APR_SUCCESS)
        return APR_NOTFOUND;
    if (!(st = sp_db_stmt(db, SP_Q_TOKEN_BY_HASH, err)))
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, hash);
    rv = read_one(st, p, token, err);
    if (rv == APR_SUCCESS && sp_tokens_state(token, now_ms) != SP_TOKEN_LIVE)
        return APR_NOTFOUND;
    return rv;
}

typedef struct {
    apr_int64_t id, now_ms;
    const char *address;
} use_t;

static apr_status_t note_use(sp_db_t *db, const void *ctx)
{
    const use_t *use = ctx;
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_TOKEN_USED, NULL);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, use->id);
    sp_stmt_bind_int(st, 2, use->now_ms);
    sp_stmt_bind_text(st, 3, use->address);
    return sp_stmt_run(st, NULL, NULL);
}

void sp_tokens_visit(sp_db_t *db, const sp_token_t *token, const char *address, apr_int64_t now_ms)
{
    if (now_ms - token->used_ms >= SP_NOTE_EVERY_MS)
        sp_note_write(db, note_use, &(use_t){token->id, now_ms, address});
}

apr_status_t sp_tokens_list(sp_db_t *db, apr_pool_t *p, apr_array_header_t **tokens, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_TOKEN_LIST, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    *tokens = apr_array_make(p, 16, sizeof(sp_token_t));
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        sp_token_t token;
        if (read_row(st, p, &token) == APR_SUCCESS)
            APR_ARRAY_PUSH(*tokens, sp_token_t) = token;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t get(sp_db_t *db, apr_pool_t *p, apr_int64_t id, sp_token_t *token, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_TOKEN_GET, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, id);
    rv = read_one(st, p, token, err);
    return APR_STATUS_IS_NOTFOUND(rv) ? sp_error_set(err, SP_E_TOKEN_UNKNOWN, rv, "there is no token %" APR_INT64_T_FMT, id) : rv;
}

static apr_status_t set_revoked(sp_db_t *db, const sp_token_t *token, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_TOKEN_REVOKE, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, token->id);
    sp_stmt_bind_int(st, 2, token->revoked_ms);
    sp_stmt_bind_text(st, 3, token->revoked_by);
    return sp_stmt_run(st, NULL, err);
}

apr_status_t sp_tokens_revoke(sp_db_t *db, apr_pool_t *p, apr_int64_t id, apr_int64_t now_ms, sp_token_t *token, sp_error_t *err)
{
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    rv = get(db, p, id, token, err);
    if (rv == APR_SUCCESS && !token->revoked_ms) {
        token->revoked_ms = now_ms;
        token->revoked_by = apr_pstrdup(p, sp_db_actor(db)->user);
        rv = set_revoked(db, token, err);
        if (rv == APR_SUCCESS)
            rv = audit(db, "token_revoked", token, err);
    }
    return sp_db_end_write(db, rv, err);
}
