/* Signed-in browsers. */
#include "store_support.h"

#include <apr_strings.h>
#include <apr_time.h>

#include "digest.h"
#include "sessions.h"

#define PIN_LINE   "$2y$12$abcdefghijklmnopqrstuv"
#define IDLE_S     1800
#define LIFETIME_S 43200
#define START_MS   APR_INT64_C(1750000000000)
#define YEAR_MS    (APR_INT64_C(365) * 86400 * 1000)

static const sp_session_limits_t limits = {IDLE_S, LIFETIME_S};

static apr_status_t find(sp_db_t *db, const char *token, apr_int64_t now_ms, sp_session_t *session)
{
    apr_status_t rv = sp_sessions_find(db, sp_test_pool(), token, PIN_LINE, now_ms, &limits, session, sp_test_err());

    if (rv == APR_SUCCESS)
        sp_sessions_visit(db, token, session, now_ms);
    return rv;
}

static void create_with(sp_db_t *db, apr_int64_t now_ms, sp_session_limits_t made_with, char token[SP_SESSION_TOKEN_SIZE])
{
    const sp_session_start_t start = {PIN_LINE, "admin", SP_ROLE_ADMIN, "192.0.2.7", "Firefox", made_with};

    sp_assert_ok(sp_sessions_create(db, &start, now_ms, token, sp_test_err()), sp_test_err());
}

static void create(sp_db_t *db, apr_int64_t now_ms, char token[SP_SESSION_TOKEN_SIZE])
{
    create_with(db, now_ms, limits, token);
}

static int count(sp_db_t *db, const char *token)
{
    sp_session_t session;

    return find(db, token, START_MS, &session) == APR_SUCCESS;
}

static void find_gives_back_what_was_created(void **state)
{
    sp_db_t *db = sp_test_db();
    char token[SP_SESSION_TOKEN_SIZE], other[SP_SESSION_TOKEN_SIZE];
    sp_session_t session;

    create(db, START_MS, token);
    create(db, START_MS, other);
    assert_int_equal(strlen(token), 64);
    assert_string_not_equal(token, other);
    sp_assert_ok(find(db, token, START_MS + 5, &session), sp_test_err());
    assert_string_equal(session.actor, "admin");
    assert_int_equal(session.role, SP_ROLE_ADMIN);
    assert_int_equal(session.created_ms, START_MS);
    assert_string_equal(session.address, "192.0.2.7");
    assert_string_equal(session.agent, "Firefox");
}

static void find_knows_no_other_token(void **state)
{
    sp_db_t *db = sp_test_db();
    char token[SP_SESSION_TOKEN_SIZE];
    sp_session_t session;

    create(db, START_MS, token);
    token[0] = token[0] == '0' ? '1' : '0';
    assert_int_equal(find(db, token, START_MS, &session), APR_NOTFOUND);
    assert_int_equal(find(db, "", START_MS, &session), APR_NOTFOUND);
    assert_int_equal(find(db, "' OR 1=1 --", START_MS, &session), APR_NOTFOUND);
    assert_int_equal(sp_test_err()->code, SP_E_NONE);
}

static void token_is_not_in_the_database(void **state)
{
    sp_db_t *db = sp_test_db();
    char token[SP_SESSION_TOKEN_SIZE];
    apr_size_t len, i;
    const char *wal;

    create(db, START_MS, token);
    wal = sp_test_read_file(apr_pstrcat(sp_test_pool(), sp_db_name(db), "-wal", NULL), &len);
    for (i = 0; i + 64 <= len; i++)
        assert_memory_not_equal(wal + i, token, 64);
}

static void session_is_of_its_credential_only(void **state)
{
    sp_db_t *db = sp_test_db();
    char token[SP_SESSION_TOKEN_SIZE];
    sp_session_t session;
    apr_size_t len, i;
    const char *wal;

    create(db, START_MS, token);
    assert_int_equal(sp_sessions_find(db, sp_test_pool(), token, "another", START_MS, &limits, &session, sp_test_err()), APR_NOTFOUND);
    assert_int_equal(sp_sessions_find(db, sp_test_pool(), token, "", START_MS, &limits, &session, sp_test_err()), APR_NOTFOUND);
    assert_int_equal(sp_test_err()->code, SP_E_NONE);
    assert_int_equal(count(db, token), 1);
    wal = sp_test_read_file(apr_pstrcat(sp_test_pool(), sp_db_name(db), "-wal", NULL), &len);
    for (i = 0; i + strlen(PIN_LINE) <= len; i++)
        assert_memory_not_equal(wal + i, PIN_LINE, strlen(PIN_LINE));
}

static void session_ends_when_idle_or_old(void **state)
{
    sp_db_t *db = sp_test_db();
    char token[SP_SESSION_TOKEN_SIZE];
    sp_session_t session;
    apr_int64_t now = START_MS;

    create(db, now, token);
    while (now + 1000 * 1000 - START_MS <= LIFETIME_S * APR_INT64_C(1000)) {
        now += 1000 * 1000;
        sp_assert_ok(find(db, token, now, &session), sp_test_err());
    }
    assert_int_equal(find(db, token, START_MS + LIFETIME_S * APR_INT64_C(1000) + 1, &session), APR_NOTFOUND);
    create(db, START_MS, token);
    assert_int_equal(find(db, token, START_MS + IDLE_S * 1000 + 1, &session), APR_NOTFOUND);
}

static void visit_is_noted_once_a_minute(void **state)
{
    sp_db_t *db = sp_test_db();
    char token[SP_SESSION_TOKEN_SIZE];
    sp_session_t session;

    create(db, START_MS, token);
    sp_assert_ok(find(db, token, START_MS + 59999, &session), sp_test_err());
    sp_assert_ok(find(db, token, START_MS + 60000, &session), sp_test_err());
    assert_int_equal(session.seen_ms, START_MS);
    sp_assert_ok(find(db, token, START_MS + 60001, &session), sp_test_err());
    assert_int_equal(session.seen_ms, START_MS + 60000);
}

static void find_works_while_another_writes(void **state)
{
    sp_db_t *db = sp_test_db(), *other = sp_test_open(sp_db_name(db), 120000);
    char token[SP_SESSION_TOKEN_SIZE];
    sp_session_t session;
    apr_time_t start;

    create(db, START_MS, token);
    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
    start = apr_time_now();
    sp_assert_ok(find(other, token, START_MS + 120000, &session), sp_test_err());
    assert_true(apr_time_now() - start < apr_time_from_sec(60));
    assert_int_equal(sp_test_err()->code, SP_E_NONE);
    sp_db_rollback(db);
}

static void end_ends_only_its_own(void **state)
{
    sp_db_t *db = sp_test_db();
    char token[SP_SESSION_TOKEN_SIZE], other[SP_SESSION_TOKEN_SIZE];

    create(db, START_MS, token);
    create(db, START_MS, other);
    sp_assert_ok(sp_sessions_end(db, token, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_sessions_end(db, token, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_sessions_end(db, "no token", sp_test_err()), sp_test_err());
    assert_int_equal(count(db, token), 0);
    assert_int_equal(count(db, other), 1);
}

static void create_sweeps_out_the_expired(void **state)
{
    sp_db_t *db = sp_test_db();
    char old[SP_SESSION_TOKEN_SIZE], token[SP_SESSION_TOKEN_SIZE];

    create(db, START_MS, old);
    create(db, START_MS + IDLE_S * 1000 + 1, token);
    assert_int_equal(count(db, old), 0);
}

static apr_status_t find_with(sp_db_t *db, const char *token, apr_int64_t now_ms, sp_session_limits_t asked_with)
{
    sp_session_t session;

    return sp_sessions_find(db, sp_test_pool(), token, PIN_LINE, now_ms, &asked_with, &session, sp_test_err());
}

/* Two mounts over one database, of which one lets sessions last longer. */
static void session_lasts_as_long_as_where_it_was_made(void **state)
{
    static const sp_session_limits_t brief = {60, 600}, wide = {3600, 86400};
    sp_db_t *db = sp_test_db();
    char of_brief[SP_SESSION_TOKEN_SIZE], of_wide[SP_SESSION_TOKEN_SIZE], next[SP_SESSION_TOKEN_SIZE];

    create_with(db, START_MS, wide, of_wide);
    create_with(db, START_MS, brief, of_brief);
    create_with(db, START_MS + 3600 * 1000, brief, next); /* sweeps */
    assert_int_equal(find_with(db, of_wide, START_MS + 3600 * 1000, wide), APR_SUCCESS);
    assert_int_equal(find_with(db, of_wide, START_MS + 61 * 1000, brief), APR_NOTFOUND);
    create_with(db, START_MS, brief, of_brief);
    assert_int_equal(find_with(db, of_brief, START_MS + 60 * 1000, wide), APR_SUCCESS);
    assert_int_equal(find_with(db, of_brief, START_MS + 61 * 1000, wide), APR_NOTFOUND);
}

/* The clock was a year ahead while somebody signed in. */
static void session_of_a_clock_that_was_ahead_does_not_last_until_then(void **state)
{
    sp_db_t *db = sp_test_db();
    char ahead[SP_SESSION_TOKEN_SIZE], soon[SP_SESSION_TOKEN_SIZE], next[SP_SESSION_TOKEN_SIZE];

    create(db, START_MS + YEAR_MS, ahead);
    create(db, START_MS + IDLE_S * 1000, soon);
    assert_int_equal(find_with(db, ahead, START_MS, limits), APR_NOTFOUND);
    assert_int_equal(find_with(db, soon, START_MS, limits), APR_SUCCESS);
    create(db, START_MS, next); /* sweeps */
    assert_int_equal(find_with(db, ahead, START_MS + YEAR_MS, limits), APR_NOTFOUND);
}

static apr_array_header_t *list(sp_db_t *db, const char *credential, apr_int64_t now_ms)
{
    apr_array_header_t *sessions;

    sp_assert_ok(sp_sessions_list(db, sp_test_pool(), credential, now_ms, &limits, &sessions, sp_test_err()), sp_test_err());
    return sessions;
}

static void list_gives_open_ones_of_that_credential(void **state)
{
    sp_db_t *db = sp_test_db();
    char token[SP_SESSION_TOKEN_SIZE], later[SP_SESSION_TOKEN_SIZE];
    apr_array_header_t *sessions;

    create(db, START_MS, token);
    create(db, START_MS + 1000, later);
    sessions = list(db, PIN_LINE, START_MS + 2000);
    assert_int_equal(sessions->nelts, 2);
    assert_int_equal(APR_ARRAY_IDX(sessions, 0, sp_session_t).created_ms, START_MS + 1000);
    assert_int_equal(strlen(APR_ARRAY_IDX(sessions, 0, sp_session_t).id), SP_SESSION_ID_SIZE - 1);
    assert_string_not_equal(APR_ARRAY_IDX(sessions, 0, sp_session_t).id, APR_ARRAY_IDX(sessions, 1, sp_session_t).id);
    assert_int_equal(list(db, "another", START_MS + 2000)->nelts, 0);
    assert_int_equal(list(db, PIN_LINE, START_MS + IDLE_S * 1000 + 1)->nelts, 1);
}

static void public_id_is_no_part_of_the_token_or_its_hash(void **state)
{
    sp_db_t *db = sp_test_db();
    char token[SP_SESSION_TOKEN_SIZE], hash[SP_DIGEST_HEX_SIZE];
    const char *id;

    create(db, START_MS, token);
    id = APR_ARRAY_IDX(list(db, PIN_LINE, START_MS), 0, sp_session_t).id;
    assert_int_equal(sp_digest_of(token, strlen(token), hash), APR_SUCCESS);
    assert_null(strstr(token, id));
    assert_null(strstr(hash, id));
}

static void end_public_ends_that_one_and_tells_the_audit_log(void **state)
{
    sp_db_t *db = sp_test_db();
    char token[SP_SESSION_TOKEN_SIZE], other[SP_SESSION_TOKEN_SIZE];
    sp_session_t session;
    const char *id;

    create(db, START_MS, token);
    create(db, START_MS + 1, other);
    id = APR_ARRAY_IDX(list(db, PIN_LINE, START_MS), 1, sp_session_t).id;
    sp_assert_ok(sp_sessions_end_public(db, sp_test_pool(), id, &session, sp_test_err()), sp_test_err());
    assert_string_equal(session.actor, "admin");
    assert_int_equal(count(db, token), 0);
    assert_int_equal(count(db, other), 1);
    assert_int_equal(sp_test_ask(db, "SELECT count(*) FROM audit_log WHERE action = 'session_ended'"), 1);
    sp_assert_error(sp_sessions_end_public(db, sp_test_pool(), id, &session, sp_test_err()), sp_test_err(), SP_E_SESSION_UNKNOWN);
    assert_int_equal(sp_test_ask(db, "SELECT count(*) FROM audit_log WHERE action = 'session_ended'"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(find_gives_back_what_was_created),
        SP_UNIT_TEST(find_knows_no_other_token),
        SP_UNIT_TEST(token_is_not_in_the_database),
        SP_UNIT_TEST(session_is_of_its_credential_only),
        SP_UNIT_TEST(session_ends_when_idle_or_old),
        SP_UNIT_TEST(visit_is_noted_once_a_minute),
        SP_UNIT_TEST(find_works_while_another_writes),
        SP_UNIT_TEST(end_ends_only_its_own),
        SP_UNIT_TEST(create_sweeps_out_the_expired),
        SP_UNIT_TEST(session_lasts_as_long_as_where_it_was_made),
        SP_UNIT_TEST(session_of_a_clock_that_was_ahead_does_not_last_until_then),
        SP_UNIT_TEST(list_gives_open_ones_of_that_credential),
        SP_UNIT_TEST(public_id_is_no_part_of_the_token_or_its_hash),
        SP_UNIT_TEST(end_public_ends_that_one_and_tells_the_audit_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
