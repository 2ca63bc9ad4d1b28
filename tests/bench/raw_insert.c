/* The least that storing rows can cost: ready small integers, in key order, by one prepared statement in one transaction. raw_insert DATABASE ROWS */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

enum { PLATFORMS = 25, SERVICES = 40 };

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void check(sqlite3 *db, int rc, const char *what)
{
    if (rc != SQLITE_OK && rc != SQLITE_DONE) {
        fprintf(stderr, "could not %s: %s\n", what, sqlite3_errmsg(db));
        exit(1);
    }
}

static sqlite3 *open_empty(const char *path)
{
    sqlite3 *db;

    if (unlink(path) != 0 && errno != ENOENT) {
        fprintf(stderr, "could not remove \"%s\": %s\n", path, strerror(errno));
        exit(1);
    }
    check(NULL, sqlite3_open(path, &db), "open the database");
    check(db, sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                               "CREATE TABLE number (service INTEGER, platform INTEGER, day INTEGER, viewers INTEGER, PRIMARY KEY (service, platform, day)) WITHOUT ROWID",
                           NULL, NULL, NULL), "make the table");
    return db;
}

static void insert_rows(sqlite3 *db, int rows)
{
    sqlite3_stmt *insert;
    int weeks = rows / (PLATFORMS * SERVICES);

    check(db, sqlite3_prepare_v2(db, "INSERT INTO number VALUES (?1, ?2, ?3, ?4)", -1, &insert, NULL), "prepare");
    for (int i = 0; i < weeks * PLATFORMS * SERVICES; i++) {
        sqlite3_bind_int(insert, 1, i / (weeks * PLATFORMS));
        sqlite3_bind_int(insert, 2, i / weeks % PLATFORMS);
        sqlite3_bind_int(insert, 3, 1100 + 7 * (i % weeks));
        sqlite3_bind_int(insert, 4, i % 5000);
        check(db, sqlite3_step(insert), "insert");
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
}

int main(int argc, char **argv)
{
    char *end;
    long rows = argc == 3 ? strtol(argv[2], &end, 10) : 0;

    if (argc != 3 || *end != '\0' || rows < PLATFORMS * SERVICES || rows > 100000000) {
        fprintf(stderr, "usage: raw_insert DATABASE ROWS\n");
        return 2;
    }
    sqlite3 *db = open_empty(argv[1]);
    double started = seconds_now();
    check(db, sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), "begin");
    insert_rows(db, (int)rows);
    check(db, sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), "commit");
    printf("{\"seconds\": %.4f}\n", seconds_now() - started);
    sqlite3_close(db);
    return 0;
}
