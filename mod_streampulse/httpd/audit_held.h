/* Entries of the audit log that wait in memory, shared by all children, until they are written: refused requests, which are counted, and what could not be
 * written when it happened. */
#ifndef SP_AUDIT_HELD_H
#define SP_AUDIT_HELD_H

#include <httpd.h>

#include "audit.h"
#include "person.h"

struct sp_req_t;

#define SP_HELD_CLIENTS 16 /* refused clients that have an entry of their own in a minute; all others share one */
#define SP_HELD_OTHERS  4  /* databases that have one for the others */
#define SP_HELD_EVENTS  32 /* other entries that could not be written */
#define SP_HELD_PATH    160
#define SP_HELD_SEEN    512 /* bytes: a bit for each address, by its hash */

typedef enum { SP_HELD_CLIENT, SP_HELD_OTHER, SP_HELD_EVENT } sp_held_kind_e;

/* Texts are cut to their place, between two characters. */
typedef struct {
    apr_int64_t count; /* 0: free */
    sp_held_kind_e kind;
    apr_uint64_t scope; /* of the database */
    apr_int64_t first_ms, last_ms;
    char action[24], result[32];
    char user[SP_PERSON_NAME_MAX_BYTES + 1], role[16], method[16], address[64], request_id[40];
    char first[SP_HELD_PATH], last[SP_HELD_PATH]; /* what was asked for; of an event the first one is its target */
    unsigned char seen[SP_HELD_SEEN];             /* SP_HELD_OTHER: whose requests */
} sp_held_t;

/* post_config: the memory, which a restart leaves as it is. APR_SUCCESS, or why there is none. */
apr_status_t sp_audit_held_post_config(server_rec *main_server);
/* child_init, when each server knows its database; and what is held is written when the child ends. */
void sp_audit_held_child_init(apr_pool_t *pchild, server_rec *main_server);

/* Counts a request that ended with q->err, if that says that it was refused: 403, 429, and 401 for credentials that are nobody's (a wrong PIN is an entry of
 * its own). */
void sp_audit_held_count_refusal(struct sp_req_t *q);
/* APR_ENOSPC: as many as there may be are held already. */
apr_status_t sp_audit_held_keep(struct sp_req_t *q, const sp_audit_event_t *event);

/* Whether something is to be written now; costs nothing. */
int sp_audit_held_is_due(const struct sp_req_t *q);
/* Writes what is held for the request's database, if that is due; db is in no transaction. Where that fails it is held on. */
apr_status_t sp_audit_held_write(struct sp_req_t *q, sp_db_t *db);

/* The rest is between the two files about it. */

/* What is held for a database, of sp_held_t, which is the caller's from here on; nothing before the first of it is due, unless even_early. Pool: p. */
apr_array_header_t *sp_audit_held_take(apr_pool_t *p, apr_uint64_t scope, apr_int64_t now_ms, int even_early);
/* It could not be written. */
void sp_audit_held_give_back(const apr_array_header_t *taken, apr_int64_t now_ms);

#endif
