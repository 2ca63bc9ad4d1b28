/* What the tests of the importer share: a file in, its numbers out as lines of text. */
#ifndef SP_TEST_IMPORT_SUPPORT_H
#define SP_TEST_IMPORT_SUPPORT_H

#include "import.h"
#include "support.h"

typedef struct {
    apr_status_t rv;
    sp_import_result_t *result;
    sp_error_t *err;
    const char *numbers;  /* sorted lines: "service | platform | week_start+span | viewers" or "event@first | service | platform | day [label] | viewers" */
    const char *problems; /* lines: "code line:column found" */
    const char *assumed, *warnings; /* the codes of the notes, sorted, separated by spaces */
} sp_test_import_t;

/* Imports text in pieces of step bytes (0: whole; -1: pieces of random size). options may be NULL. */
sp_test_import_t sp_test_import(const char *text, apr_size_t len, int step, const sp_import_options_t *options);
#define sp_import_text(text) sp_test_import((text), strlen(text), 0, NULL)

/* The sum of all weekly (events 0) or event numbers. */
apr_int64_t sp_test_import_total(const sp_test_import_t *t, int events);

/* Joins lines with a newline after each; the last argument is NULL. Pool: the test's. */
const char *sp_test_lines(const char *line, ...);

/* The shared folder of real data, NULL where it is absent: SP_SHARED_DATA, or the one beside the repository. */
const char *sp_test_shared_data(void);

#endif
