/* SHA-256 of the published examples, in one piece and in many. */
#include "support.h"

#include <string.h>

#include "digest.h"

typedef struct {
    const char *text, *hex;
} example_t;

/* FIPS 180-2, appendix B. */
static const example_t examples[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void digest_of_examples_is_theirs(void **state)
{
    char hex[SP_DIGEST_HEX_SIZE];
    size_t i;

    for (i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        assert_int_equal(sp_digest_of(examples[i].text, strlen(examples[i].text), hex), APR_SUCCESS);
        assert_string_equal(hex, examples[i].hex);
    }
}

static void digest_in_pieces_is_the_same(void **state)
{
    char hex[SP_DIGEST_HEX_SIZE];
    size_t i, at;

    for (i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        sp_digest_t *digest = sp_digest_create(sp_test_pool());

        for (at = 0; at < strlen(examples[i].text); at++)
            sp_digest_add(digest, examples[i].text + at, 1);
        assert_int_equal(sp_digest_finish(digest, hex), APR_SUCCESS);
        assert_string_equal(hex, examples[i].hex);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(digest_of_examples_is_theirs),
        SP_UNIT_TEST(digest_in_pieces_is_the_same),
    };
    return cmocka_run_group_tests_name("digest", tests, NULL, NULL);
}
