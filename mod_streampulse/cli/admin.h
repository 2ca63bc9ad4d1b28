/* streampulse-admin: what its commands share. */
#ifndef SP_ADMIN_H
#define SP_ADMIN_H

#include <apr_tables.h>

#include "db.h"
#include "import.h"

enum { SP_ADMIN_DONE = 0, SP_ADMIN_FAILED = 1, SP_ADMIN_USAGE = 2 }; /* exit codes */

typedef struct {
    const char *name; /* the long form, without dashes; NULL ends a table */
    char letter;      /* the short form; 0: none */
    int repeatable;
    const char *value; /* what the help calls its value; NULL: it takes none */
    const char *help;
} sp_admin_option_t;

struct sp_admin_t;

typedef struct {
    const char *name;
    const char *argument; /* what stands after the options, exactly one; NULL: none */
    const char *summary;  /* one line */
    const char *help;     /* more of it, whole lines */
    const sp_admin_option_t *options;
    int (*run)(struct sp_admin_t *adm); /* returns the exit code */
} sp_admin_command_t;

/* One run of one command. */
typedef struct sp_admin_t {
    apr_pool_t *p;
    const sp_admin_command_t *command;
    apr_table_t *options; /* name to value; "" for an option without value */
    const char *argument;
} sp_admin_t;

extern const sp_admin_command_t sp_admin_migrate, sp_admin_import, sp_admin_export, sp_admin_check, sp_admin_audit, sp_admin_pin, sp_admin_unlock,
    sp_admin_facts;

/* admin_options.c */

#define SP_ADMIN_OPTION_DB                                                                                                                                     \
    {                                                                                                                                                          \
        "db", 0, 0, "PATH", "the database: a path, or the server's DBDParams (default: $STREAMPULSE_DB)"                                                       \
    }

#define SP_ADMIN_OPTION_ACTOR                                                                                                                                  \
    {                                                                                                                                                          \
        "actor", 0, 0, "NAME", "who it is, for the ledger and the audit log (default: your user name)"                                                         \
    }

/* Reads the words after the command into adm. SP_ADMIN_USAGE once the problem is told; *help: nothing else but the help was asked for. */
int sp_admin_options_read(sp_admin_t *adm, int argc, char **argv, int *help);
void sp_admin_options_help(const sp_admin_command_t *command);
/* NULL where it was not given. */
const char *sp_admin_options_get(const sp_admin_t *adm, const char *name);
/* --db, else the environment; NULL once its lack is told. */
const char *sp_admin_options_db(const sp_admin_t *adm);

/* admin_report.c: what people read. Control characters of any origin are shown as "?" (line ends and tabs as a space), so that a file cannot steer the
 * terminal. */

const char *sp_admin_report_plain(apr_pool_t *p, const char *text);
/* A mistake in the command itself, and where to read on. Returns SP_ADMIN_USAGE. */
int sp_admin_report_usage(const sp_admin_t *adm, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "streampulse-admin: …". Returns SP_ADMIN_FAILED. */
int sp_admin_report_failure(const sp_admin_t *adm, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The error's places in source (NULL: none), one a line, its message and what the log would hold. Returns SP_ADMIN_FAILED. */
int sp_admin_report_error(const sp_admin_t *adm, const char *source, const sp_error_t *err);
/* One place in source to stderr, "SOURCE:LINE:COLUMN: KIND: message"; line, column 0 and kind NULL are left out. */
void sp_admin_report_place(const sp_admin_t *adm, const char *source, apr_uint32_t line, apr_uint32_t column, const char *kind, const char *message);
void sp_admin_report_details(const sp_admin_t *adm, const char *source, const apr_array_header_t *details, apr_uint64_t total);
void sp_admin_report_notes(const sp_admin_t *adm, const char *source, const char *kind, const apr_array_header_t *notes, apr_uint64_t total);

/* admin_progress.c: one line on a terminal, overwritten a few times a second; nothing at all elsewhere. */

void sp_admin_progress_show(const char *doing, apr_uint64_t done, apr_uint64_t all, const char *unit); /* all 0: not known */
void sp_admin_progress_clear(void);

/* admin_actor.c: on whose behalf a command changes something. */

/* --actor, else the user of the system. SP_ADMIN_USAGE once it is told that it will not do. */
int sp_admin_actor_read(const sp_admin_t *adm, const char **name);
/* For the audit log, from now on. */
void sp_admin_actor_set(const sp_admin_t *adm, sp_db_t *db, const char *name);

/* admin_db.c */

/* Opens the database of --db and sees that it is ours and of this build's schema. SP_ADMIN_DONE, or the exit code once the reason is told. */
int sp_admin_db_open(const sp_admin_t *adm, sp_db_t **db);
#define SP_ADMIN_DB_DRIVER "sqlite3"

#endif
