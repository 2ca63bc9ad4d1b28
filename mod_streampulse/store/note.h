/* Writing down what is good to know but must never be in the way: that somebody was here. */
#ifndef SP_NOTE_H
#define SP_NOTE_H

#include "db.h"

#define SP_NOTE_EVERY_MS 60000 /* nothing is noted more often */

typedef apr_status_t (*sp_note_fn)(sp_db_t *db, const void *ctx);

/* Runs fn in a write transaction of its own. A short wait for another writer, and no error; nothing where the connection is in a transaction. */
void sp_note_write(sp_db_t *db, sp_note_fn fn, const void *ctx);

#endif
