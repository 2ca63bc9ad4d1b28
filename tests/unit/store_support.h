/* What the tests of the store share: a fresh database, and statements in one line. */
#ifndef SP_TEST_STORE_SUPPORT_H
#define SP_TEST_STORE_SUPPORT_H

#include "support.h"

#include "ledger.h"
#include "migrate.h"
#include "series.h"

/* The driver and a path that no file has yet. Pool: the test's. */
#define SP_TEST_DRIVER "sqlite3"
const char *sp_test_new_path(void);
/* A migrated database that does not wait for the disk. Closed with the test. */
sp_db_t *sp_test_db(void);
sp_db_t *sp_test_open(const char *path, int write_timeout_ms);

sp_said_t *sp_test_said(void);
/* A weekly number; viewers may be SP_VIEWERS_NONE. */
void sp_test_say(sp_said_t *said, const char *service, const char *platform, sp_day_t day, apr_int64_t viewers);
void sp_test_say_span(sp_said_t *said, const char *service, const char *platform, sp_day_t day, apr_int64_t viewers, int span);
/* An edition; returns its local id. */
int sp_test_say_event(sp_said_t *said, const char *name, sp_day_t first, sp_day_t last);
/* An event's number; service NULL: none. */
void sp_test_say_day(sp_said_t *said, int event, const char *service, const char *platform, sp_day_t day, apr_int64_t viewers);
void sp_test_say_label(sp_said_t *said, int event, sp_day_t day, const char *label);

/* Commits and fails the test when that fails. */
sp_entry_t sp_test_commit(sp_db_t *db, sp_said_t *said, sp_mode_e mode);
#define sp_assert_counts(entry, a, ch, cl, un) sp_test_assert_counts(&(entry), (a), (ch), (cl), (un), __FILE__, __LINE__)
void sp_test_assert_counts(const sp_entry_t *entry, int added, int changed, int cleared, int unchanged, const char *file, int line);

/* The stored number, or SP_VIEWERS_NONE. event NULL: weekly; else any edition of that name. */
apr_int64_t sp_test_number(sp_db_t *db, const char *event, const char *service, const char *platform, sp_day_t day);
/* The first number of what a statement gives, as somebody else at the database sees it; -1: NULL or nothing. */
apr_int64_t sp_test_ask(sp_db_t *db, const char *sql);
/* How many numbers are stored. */
int sp_test_count(sp_db_t *db);
/* Fails the test when the ledger, replayed, is not what is stored. */
void sp_test_assert_ledger(sp_db_t *db);

#endif
