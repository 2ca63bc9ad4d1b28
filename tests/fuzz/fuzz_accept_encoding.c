/* Fuzzes Accept-Encoding: what is chosen is one of ours, and is chosen by itself, too. */
#include "fuzz_support.h"

#include "accept_encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const ours[] = {"br", "gzip", "identity", NULL};
    char *header = malloc(size + 1);
    const char *only[] = {NULL, NULL};
    int is_ours = 0;

    if (!header) {
        abort();
    }
    memcpy(header, data, size);
    header[size] = '\0';
    only[0] = sp_accept_encoding_best(header, ours);
    for (const char *const *coding = ours; *coding; coding++) {
        is_ours |= *coding == only[0];
    }
    if ((!is_ours && strcmp(only[0], "identity") != 0) || strcmp(sp_accept_encoding_best(header, only), only[0]) != 0) {
        abort();
    }
    free(header);
    return 0;
}
