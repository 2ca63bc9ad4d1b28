/* A temporary folder that is gone with its pool. */
#include "legacy_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <apr_file_io.h>
#include <apr_strings.h>

typedef struct {
    apr_pool_t *p;
    const char *path;
} folder_t;

static apr_status_t remove_folder(void *ctx)
{
    folder_t *folder = ctx;
    apr_finfo_t info;
    apr_dir_t *dir;

    if (apr_dir_open(&dir, folder->path, folder->p) == APR_SUCCESS) {
        while (apr_dir_read(&info, APR_FINFO_NAME | APR_FINFO_TYPE, dir) == APR_SUCCESS)
            if (info.filetype == APR_REG)
                apr_file_remove(apr_pstrcat(folder->p, folder->path, "/", info.name, NULL), folder->p);
        apr_dir_close(dir);
    }
    rmdir(folder->path);
    return APR_SUCCESS;
}

apr_status_t sp_legacy_temp_create(const char **dir, apr_pool_t *p, const char *parent, sp_error_t *err)
{
    folder_t *folder = apr_palloc(p, sizeof(*folder));
    char *path, text[160];
    apr_status_t rv = APR_SUCCESS;

    if (!parent)
        rv = apr_temp_dir_get(&parent, p);
    path = rv == APR_SUCCESS ? apr_pstrcat(p, parent, "/streampulse-XXXXXX", NULL) : NULL;
    if (path && !mkdtemp(path))
        rv = errno;
    if (rv != APR_SUCCESS) {
        sp_error_set(err, APR_STATUS_IS_ENOSPC(rv) ? SP_E_STORAGE_FULL : SP_E_INTERNAL, rv, "could not make a temporary folder");
        sp_error_set_log(err, "in \"%s\": %s", parent ? parent : "", apr_strerror(rv, text, sizeof(text)));
        return rv;
    }
    folder->p = p;
    folder->path = *dir = path;
    apr_pool_pre_cleanup_register(p, folder, remove_folder);
    return APR_SUCCESS;
}
