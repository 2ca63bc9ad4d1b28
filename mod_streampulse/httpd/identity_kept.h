/* Whom a cookie or a token stands for, kept in a child for as long as its database is as it was: told without a connection. */
#ifndef SP_IDENTITY_KEPT_H
#define SP_IDENTITY_KEPT_H

#include "digest.h"
#include "freshness.h"
#include "identity.h"

#define SP_IDENTITY_KEPT_USER_SIZE 256 /* somebody with a longer name is looked up each time */
#define SP_IDENTITY_KEPT_ID_SIZE   17

/* What the database says about a secret. */
typedef struct {
    char user[SP_IDENTITY_KEPT_USER_SIZE];
    sp_role_e role;
    char session_id[SP_IDENTITY_KEPT_ID_SIZE]; /* "": none */
    apr_int64_t token_id;
    apr_int64_t created_ms, seen_ms, expires_ms; /* whether that still is in force is the caller's to tell */
    sp_session_limits_t limits;                  /* that the session was made with */
} sp_identity_record_t;

/* child_init. */
void sp_identity_kept_child_init(apr_pool_t *pchild);

/* The key of a secret and what it was given for (NULL: nothing): a digest, so that nothing is found out by how long a comparison takes. */
apr_status_t sp_identity_kept_key(const char *secret, const char *given_for, char key[SP_DIGEST_HEX_SIZE]);

/* 1 and the record: the database would say the same now. Anything that was committed since, by anybody, is a miss. */
int sp_identity_kept_find(struct sp_req_t *q, const char *key, sp_identity_record_t *record);
/* What was just read; before: the look taken by sp_freshness_before ahead of that. Nothing is kept where something changed meanwhile. */
void sp_identity_kept_put(struct sp_req_t *q, const char *key, const sp_freshness_look_t *before, const sp_identity_record_t *record);

/* 1: the database knew it when it was last asked in this child, whatever was committed since. Such a secret is no guess. */
int sp_identity_kept_knew(struct sp_req_t *q, const char *key);
/* The database does not know it any more. */
void sp_identity_kept_forget(struct sp_req_t *q, const char *key);

/* The identity of a record. Pool: q->p. */
sp_identity_t sp_identity_kept_who(struct sp_req_t *q, const sp_identity_record_t *record, sp_identity_method_e method);

#endif
