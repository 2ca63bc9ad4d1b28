/* Tokens of programs. */
#include "store_support.h"

#include <apr_strings.h>

#include "tokens.h"

#define START_MS APR_INT64_C(1750000000000)
#define DAY_MS   APR_INT64_C(86400000)
#define MAX_LIVE 3

static const sp_actor_t jane = {"jane@example.org", "admin", "oidc", "192.0.2.7", "r1"};

static sp_db_t *open_as_jane(void)
{
    sp_db_t *db = sp_test_db();

    sp_db_set_actor(db, &jane);
    return db;
}

static apr_status_t make(sp_db_t *db, const char *name, int days, apr_int64_t now_ms, char *secret, sp_token_t *token)
{
    const sp_token_wanted_t wanted = {name, SP_ROLE_EDITOR, days};

    sp_error_clear(sp_test_err());
    return sp_tokens_make(db, sp_test_pool(), &wanted, MAX_LIVE, now_ms, secret, token, sp_test_err());
}

static apr_status_t find(sp_db_t *db, const char *secret, apr_int64_t now_ms, sp_token_t *token)
{
    sp_error_clear(sp_test_err());
    return sp_tokens_find(db, sp_test_pool(), secret, now_ms, token, sp_test_err());
}

static void secret_tells_a_typing_error_by_itself(void **state)
{
    char secret[SP_TOKEN_SECRET_SIZE], wrong[SP_TOKEN_SECRET_SIZE];
    sp_token_t token;

    sp_assert_ok(make(open_as_jane(), "Sheet", 30, START_MS, secret, &token), sp_test_err());
    assert_int_equal(strlen(secret), SP_TOKEN_SECRET_SIZE - 1);
    assert_true(sp_tokens_is_secret(secret));
    for (int i = 0; i < SP_TOKEN_SECRET_SIZE - 1; i++) {
        memcpy(wrong, secret, sizeof(wrong));
        wrong[i] = secret[i] == '0' ? '1' : '0';
        assert_false(sp_tokens_is_secret(wrong));
        memcpy(wrong, secret, sizeof(wrong));
        if (i && wrong[i] != wrong[i - 1]) {
            wrong[i] = secret[i - 1];
            wrong[i - 1] = secret[i];
            assert_false(sp_tokens_is_secret(wrong));
        }
        memcpy(wrong, secret, sizeof(wrong));
        wrong[i] = '\0';
        assert_false(sp_tokens_is_secret(wrong));
    }
    assert_false(sp_tokens_is_secret(apr_pstrcat(sp_test_pool(), secret, "0", NULL)));
    assert_false(sp_tokens_is_secret(apr_pstrcat(sp_test_pool(), " ", secret, NULL)));
    assert_false(sp_tokens_is_secret("sp_' OR 1=1 --"));
}

static void find_gives_back_what_was_made(void **state)
{
    sp_db_t *db = open_as_jane();
    char secret[SP_TOKEN_SECRET_SIZE], other[SP_TOKEN_SECRET_SIZE];
    sp_token_t made, token;

    sp_assert_ok(make(db, "Sheet", 30, START_MS, secret, &made), sp_test_err());
    sp_assert_ok(make(db, "Other", 30, START_MS, other, &token), sp_test_err());
    assert_string_not_equal(secret, other);
    sp_assert_ok(find(db, secret, START_MS, &token), sp_test_err());
    assert_int_equal(token.id, made.id);
    assert_string_equal(token.name, "Sheet");
    assert_int_equal(token.role, SP_ROLE_EDITOR);
    assert_string_equal(token.created_by, "jane@example.org");
    assert_int_equal(token.expires_ms, START_MS + 30 * DAY_MS);
    assert_int_equal(token.used_ms, 0);
    assert_string_equal(sp_tokens_user(sp_test_pool(), token.name), "Sheet (token)");
}

static void secret_is_not_in_the_database(void **state)
{
    sp_db_t *db = open_as_jane();
    char secret[SP_TOKEN_SECRET_SIZE];
    apr_size_t len;
    const char *log;
    sp_token_t token;

    sp_assert_ok(make(db, "Sheet", 30, START_MS, secret, &token), sp_test_err());
    log = sp_test_read_file(apr_pstrcat(sp_test_pool(), sp_db_name(db), "-wal", NULL), &len);
    for (apr_size_t i = 0; i + 64 <= len; i++)
        assert_memory_not_equal(log + i, secret + 3, 64);
}

static void find_knows_none_that_does_not_work(void **state)
{
    sp_db_t *db = open_as_jane();
    char secret[SP_TOKEN_SECRET_SIZE], other[SP_TOKEN_SECRET_SIZE];
    sp_token_t token;

    sp_assert_ok(make(db, "Sheet", 1, START_MS, secret, &token), sp_test_err());
    sp_assert_ok(make(open_as_jane(), "Sheet", 1, START_MS, other, &token), sp_test_err());
    assert_int_equal(find(db, other, START_MS, &token), APR_NOTFOUND);
    sp_assert_ok(find(db, secret, START_MS + DAY_MS - 1, &token), sp_test_err());
    assert_int_equal(find(db, secret, START_MS + DAY_MS, &token), APR_NOTFOUND);
    sp_assert_ok(sp_tokens_revoke(db, sp_test_pool(), token.id, START_MS + 5, &token, sp_test_err()), sp_test_err());
    assert_int_equal(find(db, secret, START_MS + 6, &token), APR_NOTFOUND);
    assert_int_equal(sp_test_err()->code, SP_E_NONE);
}

static void revoke_tells_the_audit_log_once(void **state)
{
    sp_db_t *db = open_as_jane();
    char secret[SP_TOKEN_SECRET_SIZE];
    sp_token_t token;

    sp_assert_ok(make(db, "Sheet", 1, START_MS, secret, &token), sp_test_err());
    for (int i = 0; i < 2; i++) {
        sp_assert_ok(sp_tokens_revoke(db, sp_test_pool(), token.id, START_MS + 5 + i, &token, sp_test_err()), sp_test_err());
        assert_int_equal(token.revoked_ms, START_MS + 5);
        assert_string_equal(token.revoked_by, "jane@example.org");
    }
    assert_int_equal(sp_test_ask(db, "SELECT count(*) FROM audit_log WHERE action = 'token_made' AND target = 'Sheet' AND actor = 'jane@example.org'"), 1);
    assert_int_equal(sp_test_ask(db, "SELECT count(*) FROM audit_log WHERE action = 'token_revoked' AND target = 'Sheet'"), 1);
    sp_assert_error(sp_tokens_revoke(db, sp_test_pool(), 99, START_MS, &token, sp_test_err()), sp_test_err(), SP_E_TOKEN_UNKNOWN);
}

static void make_wants_a_name_that_no_live_one_has(void **state)
{
    sp_db_t *db = open_as_jane();
    char secret[SP_TOKEN_SECRET_SIZE];
    sp_token_t token;

    sp_assert_ok(make(db, "Weekly sheet", 1, START_MS, secret, &token), sp_test_err());
    sp_assert_error(make(db, "weekly  SHEET", 1, START_MS, secret, &token), sp_test_err(), SP_E_NAME_TAKEN);
    sp_assert_ok(make(db, "Weekly sheet", 1, START_MS + DAY_MS, secret, &token), sp_test_err());
    sp_assert_ok(sp_tokens_revoke(db, sp_test_pool(), token.id, START_MS + DAY_MS, &token, sp_test_err()), sp_test_err());
    sp_assert_ok(make(db, "Weekly sheet", 1, START_MS + DAY_MS, secret, &token), sp_test_err());
}

static void make_stops_at_the_limit(void **state)
{
    sp_db_t *db = open_as_jane();
    char secret[SP_TOKEN_SECRET_SIZE];
    sp_token_t token;

    for (int i = 0; i < MAX_LIVE; i++)
        sp_assert_ok(make(db, apr_psprintf(sp_test_pool(), "n%d", i), 1, START_MS, secret, &token), sp_test_err());
    sp_assert_error(make(db, "more", 1, START_MS, secret, &token), sp_test_err(), SP_E_TOO_MANY_TOKENS);
    assert_int_equal(sp_test_ask(db, "SELECT count(*) FROM api_token"), MAX_LIVE);
    sp_assert_ok(make(db, "more", 1, START_MS + DAY_MS, secret, &token), sp_test_err());
}

static void make_forgets_old_ones_that_do_not_work(void **state)
{
    sp_db_t *db = open_as_jane();
    char secret[SP_TOKEN_SECRET_SIZE];
    apr_array_header_t *tokens;
    sp_token_t token;

    for (int i = 0; i < SP_TOKEN_KEPT + 5; i++)
        sp_assert_ok(make(db, "again", 1, START_MS + i * DAY_MS, secret, &token), sp_test_err());
    sp_assert_ok(sp_tokens_list(db, sp_test_pool(), &tokens, sp_test_err()), sp_test_err());
    assert_int_equal(tokens->nelts, SP_TOKEN_KEPT + 1);
    assert_int_equal(APR_ARRAY_IDX(tokens, 0, sp_token_t).id, SP_TOKEN_KEPT + 5);
}

static void visit_is_noted_once_a_minute(void **state)
{
    sp_db_t *db = open_as_jane();
    char secret[SP_TOKEN_SECRET_SIZE];
    sp_token_t token;

    sp_assert_ok(make(db, "Sheet", 30, START_MS, secret, &token), sp_test_err());
    for (int s = 0; s < 120; s += 10) {
        sp_assert_ok(find(db, secret, START_MS + s * 1000, &token), sp_test_err());
        sp_tokens_visit(db, &token, "192.0.2.9", START_MS + s * 1000);
        assert_int_equal(sp_test_ask(db, "SELECT used_ms FROM api_token"), START_MS + s / 60 * 60000);
    }
    sp_assert_ok(find(db, secret, START_MS, &token), sp_test_err());
    assert_string_equal(token.used_from, "192.0.2.9");
}

static void role_that_nobody_knows_does_not_work(void **state)
{
    sp_db_t *db = open_as_jane();
    char secret[SP_TOKEN_SECRET_SIZE];
    sp_token_t token;

    sp_assert_ok(make(db, "Sheet", 30, START_MS, secret, &token), sp_test_err());
    sp_assert_ok(sp_db_script(db, "UPDATE api_token SET role = 'emperor'", sp_test_err()), sp_test_err());
    assert_int_equal(find(db, secret, START_MS, &token), APR_NOTFOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(secret_tells_a_typing_error_by_itself),
        SP_UNIT_TEST(find_gives_back_what_was_made),
        SP_UNIT_TEST(secret_is_not_in_the_database),
        SP_UNIT_TEST(find_knows_none_that_does_not_work),
        SP_UNIT_TEST(revoke_tells_the_audit_log_once),
        SP_UNIT_TEST(make_wants_a_name_that_no_live_one_has),
        SP_UNIT_TEST(make_stops_at_the_limit),
        SP_UNIT_TEST(make_forgets_old_ones_that_do_not_work),
        SP_UNIT_TEST(visit_is_noted_once_a_minute),
        SP_UNIT_TEST(role_that_nobody_knows_does_not_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
