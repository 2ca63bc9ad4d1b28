/* What the tests of the predecessor's database share: files made from statements. */
#ifndef SP_TEST_LEGACY_SUPPORT_H
#define SP_TEST_LEGACY_SUPPORT_H

#include "store_support.h"

#include "legacy.h"

#define SP_LEGACY_TEST_OLDER                                                                                                                                   \
    "youtube INTEGER, facebook INTEGER, x INTEGER, instagram INTEGER, telegram INTEGER, emerge INTEGER, boxcast INTEGER, pt_youtube INTEGER, zoom INTEGER"
#define SP_LEGACY_TEST_TABLES(cells)                                                                                                                           \
    "CREATE TABLE weekly_data (id INTEGER PRIMARY KEY, service TEXT, date TEXT, month TEXT, " cells ", total INTEGER);"                                        \
    "CREATE TABLE special_events (id INTEGER PRIMARY KEY, name TEXT, dates_label TEXT);"                                                                       \
    "CREATE TABLE special_event_data (id INTEGER PRIMARY KEY, event_id INTEGER, date TEXT, " cells ", total INTEGER);"
#define SP_LEGACY_TEST_CONFIG "CREATE TABLE config (key TEXT, value TEXT);"

/* Month first, years found out, 100 problems. */
extern const sp_legacy_options_t sp_legacy_test_options;

/* A new file in a folder of its own, after both scripts. Older and newer: with the predecessor's tables in that form. */
const char *sp_legacy_test_file(const char *first, const char *second);
const char *sp_legacy_test_older(const char *rows);
const char *sp_legacy_test_newer(const char *rows);

/* Reads and reconciles; fails the test when that fails. */
sp_legacy_t *sp_legacy_test_read(const char *path);
sp_legacy_t *sp_legacy_test_read_with(const char *path, const sp_legacy_options_t *options);
/* The file must be refused with a message or a detail that holds text. Empties the test's error. */
void sp_legacy_test_refused(const char *path, const sp_legacy_options_t *options, sp_error_code_e code, const char *text);

#endif
