/* Fuzzes Accept-Encoding: what is chosen is one of ours, and allowed unless nothing is. */
#include "fuzz_support.h"

#include "accept_encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const ours[] = {"br", "gzip", "identity", NULL};
    char *header = malloc(size + 1);
    const char *best;
    int allowed = 0;

    if (!header) {
        abort();
    }
    memcpy(header, data, size);
    header[size] = '\0';
    best = sp_accept_encoding_best(header, ours);
    for (const char *const *coding = ours; *coding; coding++) {
        allowed |= sp_accept_encoding_allows(header, *coding);
    }
    if (allowed ? !sp_accept_encoding_allows(header, best) : strcmp(best, "identity") != 0) {
        abort();
    }
    free(header);
    return 0;
}
