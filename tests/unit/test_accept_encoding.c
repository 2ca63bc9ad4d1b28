/* Tests of accept_encoding.c. */
#include "support.h"

#include "accept_encoding.h"

static void a_coding_is_taken_by_name_weight_and_star(void **state)
{
    static const struct {
        const char *header, *coding;
        int allowed;
    } cases[] = {
        {NULL, "gzip", 0},
        {"", "gzip", 0},
        {"gzip", "gzip", 1},
        {"GZip", "gzip", 1},
        {"x-gzip", "gzip", 1},
        {"gzip, deflate, br", "br", 1},
        {"gzip,deflate,br;q=1.0", "br", 1},
        {"gzip, deflate", "br", 0},
        {"brotli", "br", 0},
        {"b", "br", 0},
        {"br;q=0", "br", 0},
        {"br;q=0.000", "br", 0},
        {"br;q=0.001", "br", 1},
        {"br ; q=0.5", "br", 1},
        {"br;Q=0.5", "br", 1},
        {"\tbr\t;\tq=1\t,gzip", "br", 1},
        {",, ,br", "br", 1},
        {"br;q=0, br", "br", 0},
        {"*", "br", 1},
        {"*;q=0", "br", 0},
        {"*;q=0, br", "br", 1},
        {"gzip, *;q=0", "br", 0},
        {"br;q=0, *", "br", 0},
        {"br;q=", "br", 0},
        {"br;q=x", "br", 0},
        {"br;q=2", "br", 0},
        {"br;q=1.5", "br", 0},
        {"br;q=-1", "br", 0},
        {"br;q=0.1234", "br", 0},
        {"br;q=0.5;x", "br", 0},
        {"br;level=1", "br", 0},
        {"br gzip", "br", 0},
        {"br;q=x, gzip", "gzip", 1},
        {";q=1, gzip", "gzip", 1},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const char *const only[] = {cases[i].coding, NULL};
        int allowed = strcmp(sp_accept_encoding_best(cases[i].header, only), cases[i].coding) == 0;
        if (allowed != cases[i].allowed)
            fail_msg("\"%s\" and %s: %d", cases[i].header ? cases[i].header : "(none)", cases[i].coding, allowed);
    }
}

static void best_is_what_the_client_likes_most_then_what_we_do(void **state)
{
    static const char *const ours[] = {"br", "gzip", "identity", NULL};
    static const struct {
        const char *header, *best;
    } cases[] = {
        {NULL, "identity"},
        {"", "identity"},
        {"gzip", "gzip"},
        {"gzip, br", "br"},
        {"gzip, deflate, br, zstd", "br"},
        {"*", "br"},
        {"deflate", "identity"},
        {"gzip;q=0.8, br;q=0.2", "gzip"},
        {"br;q=0.001", "br"},
        {"gzip;q=0.5, identity", "identity"},
        {"gzip;q=0.5, identity;q=0.5", "gzip"},
        {"br;q=0, *;q=0.1", "gzip"},
        {"identity;q=0, gzip;q=0.1", "gzip"},
        {"*;q=0", "identity"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_string_equal(sp_accept_encoding_best(cases[i].header, ours), cases[i].best);
}

static void best_offers_only_what_there_is(void **state)
{
    static const char *const gzip_only[] = {"gzip", "identity", NULL}, *const nothing[] = {NULL};

    assert_string_equal(sp_accept_encoding_best("br, gzip;q=0.5", gzip_only), "gzip");
    assert_string_equal(sp_accept_encoding_best("br", gzip_only), "identity");
    assert_string_equal(sp_accept_encoding_best("br", nothing), "identity");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(a_coding_is_taken_by_name_weight_and_star),
        SP_UNIT_TEST(best_is_what_the_client_likes_most_then_what_we_do),
        SP_UNIT_TEST(best_offers_only_what_there_is),
    };
    return cmocka_run_group_tests_name("accept_encoding", tests, NULL, NULL);
}
