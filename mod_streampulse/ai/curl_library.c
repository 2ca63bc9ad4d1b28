/* libcurl, loaded where somebody is asked over the network for the first time: processes that ask nobody never have it. */
#include "curl_library.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>

#define LIBRARY "libcurl.so.4"

static const struct {
    const char *name;
    size_t offset;
} functions[] = {
#define FUNCTION(name)                                                                                                                                         \
    {                                                                                                                                                          \
        "curl_" #name, offsetof(sp_curl_library_t, name)                                                                                                       \
    }
    FUNCTION(easy_init),    FUNCTION(easy_setopt),   FUNCTION(easy_perform), FUNCTION(easy_getinfo),   FUNCTION(easy_header),
    FUNCTION(easy_cleanup), FUNCTION(easy_strerror), FUNCTION(slist_append), FUNCTION(slist_free_all),
#undef FUNCTION
};

static int find_functions(void *handle, sp_curl_library_t *library)
{
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        void *function = dlsym(handle, functions[i].name);
        if (!function) {
            return 0;
        }
        *(void **)((char *)library + functions[i].offset) = function;
    }
    return 1;
}

static int set_up(void *handle, sp_curl_library_t *library)
{
    CURLcode (*global_init)(long flags) = (CURLcode(*)(long))dlsym(handle, "curl_global_init");

    /* libcurl would write the secrets of its connections into the file that this names. */
    unsetenv("SSLKEYLOGFILE");
    return global_init && find_functions(handle, library) && global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

apr_status_t sp_curl_library_load(const sp_curl_library_t **library, sp_error_t *err)
{
    static sp_curl_library_t loaded;
    static int is_loaded;
    void *handle;

    *library = &loaded;
    if (is_loaded) {
        return APR_SUCCESS;
    }
    handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!handle || !set_up(handle, &loaded)) {
        return sp_error_set(err, SP_E_INSIGHT_ANSWER, APR_ENOTIMPL, "%s could not be loaded: install libcurl 7.85 or newer (Debian: libcurl4)", LIBRARY);
    }
    is_loaded = 1;
    return APR_SUCCESS;
}
