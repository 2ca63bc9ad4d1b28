/* Writing down what is good to know but must never be in the way. */
#include "note.h"

#define WAIT_MS 20

void sp_note_write(sp_db_t *db, sp_note_fn fn, const void *ctx)
{
    int before;

    if (sp_db_in_transaction(db))
        return;
    before = sp_db_set_write_timeout(db, WAIT_MS);
    if (sp_db_begin_write(db, NULL) == APR_SUCCESS)
        (void)sp_db_end_write(db, fn(db, ctx), NULL);
    sp_db_set_write_timeout(db, before);
}
