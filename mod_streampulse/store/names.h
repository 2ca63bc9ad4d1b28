/* The names of a statement and the stored services, platforms and events that they are. */
#ifndef SP_NAMES_H
#define SP_NAMES_H

#include "db.h"
#include "said.h"

/* One kind's names; index: the statement's local id (from 1). */
typedef struct {
    int count;
    int *id;              /* stored id; 0: not stored and not used yet */
    unsigned char *fresh; /* id is one that sp_names_use gave and sp_names_create has yet to store */
    int next;             /* the first id that nothing has */
} sp_names_set_t;

/* A stored edition of an event, and the days that were ever said about it. */
typedef struct {
    int id;
    sp_day_t first, last;
} sp_names_edition_t;

typedef struct {
    sp_names_set_t service, platform, event;
    apr_array_header_t **editions; /* by local event: the stored ones it is spread over, of sp_names_edition_t; NULL: event.id alone */
} sp_names_t;

/* Looks up every name: services and platforms by fold key; an event is a stored one when the name folds alike and the days touch (its own: all that were ever
 * said about it), each stored one at most once, the largest overlap first. A said event that touches several stored ones which nothing else claims is spread
 * over them (a list of days does not tell where an edition ends), unless it is one edition for certain (sp_said_event_t.whole). Pool: p. */
apr_status_t sp_names_match(sp_db_t *db, apr_pool_t *p, const sp_said_t *said, sp_names_t *names, sp_error_t *err);

/* The id of a local name; one that is not stored gets the next free id. 0 when there is none left. */
int sp_names_use(sp_names_set_t *set, int local);

/* The stored edition that a day of a local event belongs to: the one that holds it, else the nearest; as sp_names_use where there is but one. */
int sp_names_use_edition(sp_names_t *names, int local, sp_day_t day);

/* Whether what used was made from still holds: now is a fresh match of the same statement. */
int sp_names_hold(const sp_names_t *used, const sp_names_t *now);

/* Stores the fresh ones, in the order of their ids. Inside a write transaction. */
apr_status_t sp_names_create(sp_db_t *db, apr_pool_t *p, const sp_said_t *said, const sp_names_t *names, sp_error_t *err);

#endif
