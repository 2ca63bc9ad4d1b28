/* Fuzzes Accept-Encoding: whatever is asked, the answer is one of the two codings, and gzip only where its name or "*" stands. */
#include "fuzz_support.h"

#include <strings.h>

#include "coding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    memcpy(text, data, size);
    text[size] = '\0';
    sp_coding_e coding = sp_coding_choose(text);
    if (coding != SP_CODING_IDENTITY && coding != SP_CODING_GZIP) {
        abort();
    }
    if (coding == SP_CODING_GZIP && !strcasestr(text, "gzip") && !strchr(text, '*')) {
        abort();
    }
    free(text);
    return 0;
}
