/* Bringing a database to this build's schema, and refusing what is not ours. */
#ifndef SP_MIGRATE_H
#define SP_MIGRATE_H

#include "db.h"

#define SP_SCHEMA_VERSION 9          /* the newest migration in schema/ */
#define SP_APPLICATION_ID 0x53745075 /* "StPu", at offset 68 of an SQLite file */

/* Creates the database when it does not exist (built under a temporary name in the same folder and linked into place, so that a half-made one is never seen),
 * else looks before it touches: an empty file, one that is not SQLite, another application's, one whose compatible_since is above SP_SCHEMA_VERSION and a
 * corrupt one are refused (SP_E_DATABASE_REFUSED or SP_E_DATABASE_CORRUPT, message says which and what to do) with not a byte changed. Then applies the missing
 * migrations, each in one transaction together with meta.schema_version. Two at once are safe, but not in a process that has the same database open: looking at
 * the file there would end SQLite's locks. params: as DBDParams. from, to: versions before (0: created) and after; may be NULL. */
apr_status_t sp_migrate_run(apr_pool_t *p, const char *driver, const char *params, int *from, int *to, sp_error_t *err);
/* The same where nobody is served meanwhile and the file was looked at before: damage is searched for only in a file so small that it takes less than 0.1 s. */
apr_status_t sp_migrate_run_again(apr_pool_t *p, const char *driver, const char *params, int *from, int *to, sp_error_t *err);

/* On an attached connection, in microseconds: it is ours, and of a schema that this build can use. */
apr_status_t sp_migrate_verify(sp_db_t *db, sp_error_t *err);

#endif
