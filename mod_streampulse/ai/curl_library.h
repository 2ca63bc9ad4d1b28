/* libcurl, loaded where somebody is asked over the network for the first time: processes that ask nobody never have it. */
#ifndef SP_CURL_LIBRARY_H
#define SP_CURL_LIBRARY_H

#include <curl/curl.h>

#include "error.h"

/* Its functions, by the names that they have there without "curl_". */
typedef struct {
    CURL *(*easy_init)(void);
    CURLcode (*easy_setopt)(CURL *curl, CURLoption option, ...);
    CURLcode (*easy_perform)(CURL *curl);
    CURLcode (*easy_getinfo)(CURL *curl, CURLINFO info, ...);
    CURLHcode (*easy_header)(CURL *curl, const char *name, size_t index, unsigned origin, int request, struct curl_header **header);
    void (*easy_cleanup)(CURL *curl);
    const char *(*easy_strerror)(CURLcode code);
    struct curl_slist *(*slist_append)(struct curl_slist *list, const char *line);
    void (*slist_free_all)(struct curl_slist *list);
} sp_curl_library_t;

/* For a process with a single thread. SP_E_INSIGHT_ANSWER, APR_ENOTIMPL: it is not installed, or too old. */
apr_status_t sp_curl_library_load(const sp_curl_library_t **library, sp_error_t *err);

#endif
