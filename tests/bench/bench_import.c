/* Measures each step of an import on its own, and what the database alone would cost: prints one JSON object of numbers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <apr_file_io.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <sqlite3.h>

#include "db.h"
#include "digest.h"
#include "import.h"
#include "ledger.h"
#include "migrate.h"

#define CHUNK      (64 * 1024)
#define ROUNDS     3
#define ROW_MAX    96
#define FIRST_DAY  1100
#define MB         1e6
#define TINY_WEEKS 3

/* A tidy file, week by week as people write them. */
typedef struct {
    int services, platforms, weeks;
    int shift; /* of every number */
    char *text;
    apr_size_t len;
} file_t;

typedef struct {
    double wall, cpu;
} clock_pair_t;

static apr_pool_t *root;
static const char *dir;
static int printed;

static void die(const char *what, const sp_error_t *err)
{
    fprintf(stderr, "bench_import: %s: %s\n", what, err && err->message ? err->message : "failed");
    exit(1);
}

static void check(apr_status_t rv, const char *what, const sp_error_t *err)
{
    if (rv != APR_SUCCESS)
        die(what, err);
}

static double read_clock(clockid_t id)
{
    struct timespec t;

    clock_gettime(id, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static clock_pair_t now(void)
{
    return (clock_pair_t){read_clock(CLOCK_MONOTONIC), read_clock(CLOCK_PROCESS_CPUTIME_ID)};
}

static void print_number(const char *key, double value)
{
    printf("%s\n \"%s\": %.4f", printed++ ? "," : "{", key, value);
}

static int rows_of(const file_t *f)
{
    return f->services * f->platforms * f->weeks;
}

static void write_row(file_t *f, int week, int service, int platform)
{
    char first[SP_ISO_SIZE], last[SP_ISO_SIZE];
    int viewers = (int)(((apr_int64_t)week * 7919 + service * 31 + platform + f->shift) % 5000);

    sp_calendar_iso(first, FIRST_DAY + 7 * week);
    sp_calendar_iso(last, FIRST_DAY + 7 * week + 6);
    f->len += (apr_size_t)snprintf(f->text + f->len, ROW_MAX, "Service %02d,Platform %02d,%s,%s,%d\r\n", service, platform, first, last, viewers);
}

static void write_file(file_t *f)
{
    static const char header[] = "service,platform,week_start,week_end,viewers\r\n";
    int week, service, platform;

    f->text = malloc((apr_size_t)(rows_of(f) + 1) * ROW_MAX);
    if (!f->text)
        die("no memory for the file", NULL);
    memcpy(f->text, header, sizeof(header));
    f->len = sizeof(header) - 1;
    for (week = 0; week < f->weeks; week++)
        for (service = 0; service < f->services; service++)
            for (platform = 0; platform < f->platforms; platform++)
                write_row(f, week, service, platform);
}

/* ---- memory: the most that the process had since it was last asked ---- */

static long read_status(const char *field)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long kib = 0;

    while (status && fgets(line, sizeof(line), status))
        if (strncmp(line, field, strlen(field)) == 0)
            kib = strtol(line + strlen(field), NULL, 10);
    if (status)
        fclose(status);
    return kib;
}

static long forget_peak(void)
{
    FILE *refs = fopen("/proc/self/clear_refs", "w");

    if (refs) {
        fputs("5", refs);
        fclose(refs);
    }
    return read_status("VmRSS:");
}

/* ---- reading ---- */

static apr_status_t skip_record(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    *(apr_uint64_t *)ctx += (apr_uint64_t)count;
    return APR_SUCCESS;
}

static void tokenise(const file_t *f, apr_pool_t *p)
{
    sp_csv_limits_t limits = {',', APR_INT32_MAX, 2000, 16 * 1024};
    apr_uint64_t fields = 0;
    sp_csv_t *csv = sp_csv_create(p, &limits, skip_record, &fields);
    sp_error_t err;
    apr_size_t at;

    sp_error_init(&err, p);
    for (at = 0; at < f->len; at += CHUNK)
        check(sp_csv_feed(csv, f->text + at, f->len - at < CHUNK ? f->len - at : CHUNK, &err), "tokenise", &err);
    check(sp_csv_finish(csv, &err), "tokenise", &err);
    if (fields != 5 * (apr_uint64_t)(rows_of(f) + 1))
        die("the tokeniser lost fields", NULL);
}

static sp_import_result_t *import(const file_t *f, apr_pool_t *p)
{
    sp_import_options_t options = {.spool_dir = dir, .limits = {.max_bytes = f->len, .max_rows = APR_INT32_MAX}};
    sp_import_t *imp = sp_import_create(p, &options);
    sp_import_result_t *result;
    sp_error_t err;
    apr_size_t at;

    sp_error_init(&err, p);
    for (at = 0; at < f->len; at += CHUNK)
        check(sp_import_feed(imp, f->text + at, f->len - at < CHUNK ? f->len - at : CHUNK, &err), "import", &err);
    check(sp_import_finish(imp, &result, &err), "import", &err);
    if (result->cells != (apr_uint64_t)rows_of(f))
        die("the import lost rows", NULL);
    return result;
}

static void sort(const file_t *f, apr_pool_t *p)
{
    static sp_import_result_t *result; /* of the first round */
    sp_spool_t *sorted;
    sp_error_t err;

    sp_error_init(&err, root);
    if (!result)
        result = import(f, root);
    check(sp_spool_sort(result->said->cells, p, NULL, NULL, &sorted, &err), "sort", &err);
}

static void hash(const file_t *f, apr_pool_t *p)
{
    char hex[SP_DIGEST_HEX_SIZE];

    check(sp_digest_of(f->text, f->len, hex), "hash", NULL);
}

static void import_whole(const file_t *f, apr_pool_t *p)
{
    import(f, p);
}

/* The fastest of a few rounds: whatever else the machine does only adds. */
static double best_of(void (*work)(const file_t *f, apr_pool_t *p), const file_t *f)
{
    double best = 0;
    int i;

    for (i = 0; i < ROUNDS; i++) {
        apr_pool_t *p;
        double start, took;

        apr_pool_create(&p, root);
        start = now().wall;
        work(f, p);
        took = now().wall - start;
        best = i == 0 || took < best ? took : best;
        apr_pool_destroy(p);
    }
    return best;
}

/* ---- storing ---- */

static void run_sql(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db), NULL);
}

static void insert_cells(sqlite3_stmt *st, sp_spool_t *sorted, sp_error_t *err)
{
    sp_cell_t c;

    check(sp_spool_rewind(sorted, err), "raw insert", err);
    while (sp_spool_next(sorted, &c, err) == APR_SUCCESS) {
        sqlite3_bind_int64(st, 1, SP_KEY_EVENT(c.key));
        sqlite3_bind_int64(st, 2, SP_KEY_SERVICE(c.key));
        sqlite3_bind_int64(st, 3, SP_KEY_PLATFORM(c.key));
        sqlite3_bind_int64(st, 4, SP_KEY_DAY(c.key));
        sqlite3_bind_int64(st, 5, c.viewers);
        sqlite3_bind_int64(st, 6, c.span);
        sqlite3_bind_int64(st, 7, 1);
        if (sqlite3_step(st) != SQLITE_DONE)
            die("raw insert", NULL);
        sqlite3_reset(st);
    }
}

/* The limit: nothing but the same rows into the same table by a prepared statement, sorted before the clock runs, as durable as ours. */
static void measure_raw_insert(const file_t *f)
{
    sp_spool_t *sorted;
    sqlite3_stmt *st;
    clock_pair_t start, end;
    apr_pool_t *p;
    sp_error_t err;
    sqlite3 *db;

    apr_pool_create(&p, root);
    sp_error_init(&err, p);
    check(sp_spool_sort(import(f, p)->said->cells, p, NULL, NULL, &sorted, &err), "sort", &err);
    if (sqlite3_open(apr_pstrcat(p, dir, "/raw.db", NULL), &db) != SQLITE_OK)
        die("raw insert", NULL);
    run_sql(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "CREATE TABLE number (event INTEGER NOT NULL, service INTEGER NOT NULL, platform INTEGER NOT NULL, day INTEGER NOT NULL,"
                " viewers INTEGER NOT NULL CHECK (viewers BETWEEN 0 AND 1000000000000), span INTEGER NOT NULL, changed_by INTEGER NOT NULL,"
                " PRIMARY KEY (event, service, platform, day)) WITHOUT ROWID");
    if (sqlite3_prepare_v2(db, "INSERT INTO number VALUES (?, ?, ?, ?, ?, ?, ?)", -1, &st, NULL) != SQLITE_OK)
        die("raw insert", NULL);
    start = now();
    run_sql(db, "BEGIN IMMEDIATE");
    insert_cells(st, sorted, &err);
    run_sql(db, "COMMIT");
    end = now();
    sqlite3_finalize(st);
    sqlite3_close(db);
    apr_pool_destroy(p);
    print_number("raw_insert_s", end.wall - start.wall);
    print_number("raw_insert_cpu_s", end.cpu - start.cpu);
}

static sp_db_t *make_database(const char *name, apr_pool_t *p)
{
    const char *path = apr_pstrcat(p, "file:", dir, "/", name, ".db?mode=rw", NULL);
    sp_db_options_t options = {.write_timeout_ms = 1000};
    sp_error_t err;
    sp_db_t *db;

    sp_error_init(&err, p);
    check(sp_migrate_run(p, "sqlite3", path, NULL, NULL, &err), "make the database", &err);
    check(sp_db_open(&db, p, "sqlite3", path, &options, &err), "open the database", &err);
    return db;
}

/* The whole way from the file's bytes to the commit, as an upload takes it. */
static void measure_upload(const char *name, const file_t *f, sp_db_t *db)
{
    sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .mode = SP_MODE_MERGE, .actor = "bench"};
    long before = forget_peak();
    sp_import_result_t *result;
    clock_pair_t start, read, end;
    sp_error_t err;
    apr_pool_t *p;

    apr_pool_create(&p, root);
    sp_error_init(&err, p);
    start = now();
    result = import(f, p);
    read = now();
    check(sp_ledger_commit(db, p, result->said, &entry, NULL, NULL, &err), name, &err);
    end = now();
    print_number(apr_pstrcat(p, name, "_s", NULL), end.wall - start.wall);
    print_number(apr_pstrcat(p, name, "_cpu_s", NULL), end.cpu - start.cpu);
    print_number(apr_pstrcat(p, name, "_commit_s", NULL), end.wall - read.wall);
    print_number(apr_pstrcat(p, name, "_commit_cpu_s", NULL), end.cpu - read.cpu);
    print_number(apr_pstrcat(p, name, "_lock_s", NULL), (double)sp_db_lock_held(db) / 1e6);
    print_number(apr_pstrcat(p, name, "_grown_kib", NULL), (double)(read_status("VmHWM:") - before));
    apr_pool_destroy(p);
}

static void measure_uploads(file_t *f)
{
    sp_db_t *db = make_database("ours", root);

    measure_upload("new", f, db);
    measure_upload("again", f, db);
    free(f->text);
    f->shift = 1;
    write_file(f);
    measure_upload("changed", f, db);
    free(f->text);
}

/* As many rows in series of three cells each. */
static void measure_tiny_series(int rows)
{
    file_t f = {.platforms = 500, .weeks = TINY_WEEKS};

    f.services = rows / (f.platforms * f.weeks);
    f.services = f.services ? f.services : 1;
    write_file(&f);
    measure_upload("tiny_series", &f, make_database("tiny", root));
    free(f.text);
}

static void measure(int rows)
{
    file_t f = {.services = 40, .platforms = 25};

    f.weeks = rows / (f.services * f.platforms);
    f.weeks = f.weeks ? f.weeks : 1;
    write_file(&f);
    print_number("rows", rows_of(&f));
    print_number("bytes", (double)f.len);
    print_number("tokenise_mb_s", (double)f.len / MB / best_of(tokenise, &f));
    print_number("hash_mb_s", (double)f.len / MB / best_of(hash, &f));
    print_number("import_rows_s", rows_of(&f) / best_of(import_whole, &f));
    print_number("sort_rows_s", rows_of(&f) / best_of(sort, &f));
    measure_raw_insert(&f);
    measure_uploads(&f);
    measure_tiny_series(rows);
    printf("\n}\n");
}

static void make_dir(void)
{
    static char name[] = "/tmp/streampulse-bench-XXXXXX";

    if (!mkdtemp(name))
        die("could not make a folder", NULL);
    dir = name;
}

static void remove_dir(void)
{
    static const char *const names[] = {"raw.db", "ours.db", "tiny.db"};
    static const char *const ends[] = {"", "-wal", "-shm"};
    size_t i, k;

    for (i = 0; i < sizeof(names) / sizeof(*names); i++)
        for (k = 0; k < sizeof(ends) / sizeof(*ends); k++)
            apr_file_remove(apr_pstrcat(root, dir, "/", names[i], ends[k], NULL), root);
    rmdir(dir);
}

int main(int argc, char **argv)
{
    int rows = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 1000000;

    if (argc > 2 || rows < 1 || rows > 50000000) {
        fprintf(stderr, "usage: bench_import [ROWS]\n");
        return 2;
    }
    apr_initialize();
    apr_pool_create(&root, NULL);
    make_dir();
    measure(rows);
    apr_pool_destroy(root);
    apr_pool_create(&root, NULL);
    remove_dir();
    apr_terminate();
    return 0;
}
