/* Tests of cache.c. */
#include "support.h"

#include <stdlib.h>

#include <apr_strings.h>
#include <apr_thread_proc.h>

#include "cache.h"

#define LIMIT (64 * 1024)

static sp_cache_key_t key_of(const char *text)
{
    const sp_cache_key_t key = {text, strlen(text)};
    return key;
}

static int put(sp_cache_t *cache, const char *name, const char *data, apr_size_t len)
{
    const sp_cache_key_t key = key_of(name);
    const sp_cache_entry_t *entry = sp_cache_put(cache, &key, data, len, SP_CODING_IDENTITY);

    sp_cache_release(entry);
    return entry != NULL;
}

static const sp_cache_entry_t *find(sp_cache_t *cache, const char *name)
{
    const sp_cache_key_t key = key_of(name);
    return sp_cache_find(cache, &key);
}

static int is_there(sp_cache_t *cache, const char *name)
{
    const sp_cache_entry_t *entry = find(cache, name);

    sp_cache_release(entry);
    return entry != NULL;
}

static void put_is_found_again_byte_for_byte(void **state)
{
    sp_cache_t *cache = sp_cache_create(sp_test_pool(), LIMIT, 1);
    const sp_cache_key_t key = key_of("a");
    const sp_cache_entry_t *made = sp_cache_put(cache, &key, "with\0nul", 8, SP_CODING_GZIP), *found = find(cache, "a");

    assert_ptr_equal(made, found);
    assert_int_equal(found->len, 8);
    assert_memory_equal(found->data, "with\0nul", 8);
    assert_int_equal(found->coding, SP_CODING_GZIP);
    assert_null(find(cache, "b"));
    assert_null(find(cache, ""));
    sp_cache_release(made);
    sp_cache_release(found);
}

static void put_replaces_what_was_there(void **state)
{
    sp_cache_t *cache = sp_cache_create(sp_test_pool(), LIMIT, 1);
    const sp_cache_entry_t *old, *new;
    apr_size_t once;

    put(cache, "a", "first", 5);
    once = sp_cache_bytes(cache);
    old = find(cache, "a");
    put(cache, "a", "other", 5);
    new = find(cache, "a");
    assert_memory_equal(old->data, "first", 5);
    assert_memory_equal(new->data, "other", 5);
    assert_int_equal(sp_cache_bytes(cache), once);
    sp_cache_release(old);
    sp_cache_release(new);
}

static void used_least_lately_goes_first(void **state)
{
    sp_cache_t *cache = sp_cache_create(sp_test_pool(), LIMIT, 1);
    char *data = calloc(1, LIMIT / 5);

    for (const char *name = "abcd"; *name; name++)
        assert_true(put(cache, apr_pstrmemdup(sp_test_pool(), name, 1), data, LIMIT / 5));
    assert_true(is_there(cache, "a"));
    assert_true(put(cache, "e", data, LIMIT / 5));
    assert_true(is_there(cache, "a"));
    assert_false(is_there(cache, "b"));
    assert_true(is_there(cache, "c") && is_there(cache, "d") && is_there(cache, "e"));
    free(data);
}

static void limit_holds_whatever_is_put(void **state)
{
    sp_cache_t *cache = sp_cache_create(sp_test_pool(), LIMIT, 1);
    char *data = calloc(1, LIMIT);
    sp_test_random_t random;

    sp_test_random_seed(&random, 7);
    for (int i = 0; i < 5000; i++) {
        const char *name = apr_itoa(sp_test_pool(), (int)sp_test_random(&random, 500));
        put(cache, name, sp_test_random(&random, 10) ? data : NULL, sp_test_random(&random, LIMIT / 3));
        assert_true(sp_cache_bytes(cache) <= LIMIT);
    }
    free(data);
}

static void put_refuses_more_than_its_share_and_long_keys(void **state)
{
    sp_cache_t *cache = sp_cache_create(sp_test_pool(), LIMIT, 1), *tiny = sp_cache_create(sp_test_pool(), 1, 1);
    char *data = calloc(1, LIMIT), *name = calloc(1, SP_CACHE_KEY_MAX + 2);

    memset(name, 'x', SP_CACHE_KEY_MAX + 1);
    assert_false(put(cache, name, "", 0));
    assert_true(put(cache, name + 1, "", 0));
    assert_false(put(cache, "a", data, LIMIT / SP_CACHE_MAX_SHARE));
    assert_true(put(cache, "a", data, LIMIT / SP_CACHE_MAX_SHARE - 256));
    assert_false(put(tiny, "a", "", 0));
    assert_int_equal(sp_cache_bytes(tiny), 0);
    free(data);
    free(name);
}

static void evicted_entry_lives_while_it_is_held(void **state)
{
    sp_cache_t *cache = sp_cache_create(sp_test_pool(), LIMIT, 1);
    char *data = calloc(1, LIMIT / 5);
    const sp_cache_entry_t *held;

    put(cache, "held", "still", 5);
    held = find(cache, "held");
    for (int i = 0; i < 20; i++)
        put(cache, apr_itoa(sp_test_pool(), i), data, LIMIT / 5);
    assert_false(is_there(cache, "held"));
    assert_memory_equal(held->data, "still", 5);
    sp_cache_release(held);
    free(data);
}

static void known_to_exist_never_takes_the_place_of_data(void **state)
{
    sp_cache_t *cache = sp_cache_create(sp_test_pool(), LIMIT, 1);
    const sp_cache_key_t key = key_of("a");
    const sp_cache_entry_t *entry;
    sp_cache_claim_t claim;

    put(cache, "a", NULL, 0);
    entry = find(cache, "a");
    assert_null(entry->data);
    sp_cache_release(entry);
    assert_int_equal(sp_cache_claim(cache, &claim, &key, 0, &entry), SP_CACHE_MINE);
    put(cache, "a", "data", 4);
    sp_cache_yield(cache, &claim);
    put(cache, "a", NULL, 0);
    assert_int_equal(sp_cache_claim(cache, &claim, &key, 0, &entry), SP_CACHE_HIT);
    assert_memory_equal(entry->data, "data", 4);
    sp_cache_release(entry);
}

static void claim_is_for_one_at_a_time(void **state)
{
    sp_cache_t *cache = sp_cache_create(sp_test_pool(), LIMIT, 1);
    const sp_cache_key_t a = key_of("a"), b = key_of("b");
    sp_cache_claim_t first, second, third;
    const sp_cache_entry_t *entry;

    assert_int_equal(sp_cache_claim(cache, &first, &a, 0, &entry), SP_CACHE_MINE);
    assert_int_equal(sp_cache_claim(cache, &second, &a, 1000, &entry), SP_CACHE_BUSY);
    assert_int_equal(sp_cache_claim(cache, &third, &b, 0, &entry), SP_CACHE_MINE);
    sp_cache_yield(cache, &first);
    assert_int_equal(sp_cache_claim(cache, &second, &a, 0, &entry), SP_CACHE_MINE);
    sp_cache_yield(cache, &third);
    sp_cache_yield(cache, &second);
}

typedef struct {
    sp_cache_t *cache;
    volatile int made, wrong;
} crowd_t;

static void ask_once(crowd_t *crowd, int round)
{
    char name[16], data[64];
    sp_cache_claim_t claim;
    const sp_cache_entry_t *entry;
    sp_cache_key_t key;

    apr_snprintf(name, sizeof(name), "%d", round);
    apr_snprintf(data, sizeof(data), "the answer to %d", round);
    key = key_of(name);
    if (sp_cache_claim(crowd->cache, &claim, &key, apr_time_from_sec(60), &entry) == SP_CACHE_MINE) {
        __atomic_add_fetch(&crowd->made, 1, __ATOMIC_RELAXED);
        apr_sleep(100);
        entry = sp_cache_put(crowd->cache, &key, data, strlen(data), SP_CODING_IDENTITY);
        sp_cache_yield(crowd->cache, &claim);
    }
    if (!entry || entry->len != strlen(data) || memcmp(entry->data, data, entry->len))
        __atomic_add_fetch(&crowd->wrong, 1, __ATOMIC_RELAXED);
    sp_cache_release(entry);
}

static void *APR_THREAD_FUNC ask(apr_thread_t *thread, void *data)
{
    for (int round = 0; round < 200; round++)
        ask_once(data, round);
    return NULL;
}

static void crowd_makes_each_answer_once(void **state)
{
    crowd_t crowd = {.cache = sp_cache_create(sp_test_pool(), LIMIT, 1)};
    apr_thread_t *threads[8];
    apr_status_t rv;

    for (int i = 0; i < 8; i++)
        assert_int_equal(apr_thread_create(&threads[i], NULL, ask, &crowd, sp_test_pool()), APR_SUCCESS);
    for (int i = 0; i < 8; i++)
        apr_thread_join(&rv, threads[i]);
    assert_int_equal(crowd.wrong, 0);
    assert_int_equal(crowd.made, 200);
}

static void works_without_threads(void **state)
{
    sp_cache_t *cache = sp_cache_create(sp_test_pool(), LIMIT, 0);
    const sp_cache_key_t key = key_of("a");
    sp_cache_claim_t claim;
    const sp_cache_entry_t *entry;

    assert_int_equal(sp_cache_claim(cache, &claim, &key, 1000, &entry), SP_CACHE_MINE);
    put(cache, "a", "data", 4);
    sp_cache_yield(cache, &claim);
    assert_true(is_there(cache, "a"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(put_is_found_again_byte_for_byte),
        SP_UNIT_TEST(put_replaces_what_was_there),
        SP_UNIT_TEST(used_least_lately_goes_first),
        SP_UNIT_TEST(limit_holds_whatever_is_put),
        SP_UNIT_TEST(put_refuses_more_than_its_share_and_long_keys),
        SP_UNIT_TEST(evicted_entry_lives_while_it_is_held),
        SP_UNIT_TEST(known_to_exist_never_takes_the_place_of_data),
        SP_UNIT_TEST(claim_is_for_one_at_a_time),
        SP_UNIT_TEST(crowd_makes_each_answer_once),
        SP_UNIT_TEST(works_without_threads),
    };
    return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
