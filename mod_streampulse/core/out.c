/* A sink for an answer of unknown size: memory first, then an unlinked file. */
#include "out.h"

#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#define FIRST_BYTES 4096
#define FILE_BUFFER (64 * 1024)

struct sp_out_t {
    apr_pool_t *pool;
    sp_out_options_t options;
    char *data; /* malloc'd: it grows by realloc without leaving its former selves in the pool */
    apr_size_t len, size;
    apr_file_t *file;
    sp_coding_stream_t *stream; /* into the file; NULL: it is not coded */
    apr_uint64_t written;       /* bytes in the file */
    apr_status_t rv;            /* the first failure */
    const char *doing;          /* what failed */
};

static apr_status_t free_data(void *baton)
{
    sp_out_t *out = baton;
    free(out->data);
    out->data = NULL;
    return APR_SUCCESS;
}

sp_out_t *sp_out_create_as(apr_pool_t *p, const sp_out_options_t *options)
{
    sp_out_t *out = apr_pcalloc(p, sizeof(*out));

    out->pool = p;
    out->options = *options;
    if (!out->options.memory_bytes)
        out->options.memory_bytes = SP_OUT_MEMORY;
    apr_pool_cleanup_register(p, out, free_data, apr_pool_cleanup_null);
    return out;
}

sp_out_t *sp_out_create(apr_pool_t *p, const char *dir)
{
    return sp_out_create_as(p, &(sp_out_options_t){.dir = dir});
}

static void fail(sp_out_t *out, apr_status_t rv, const char *doing)
{
    if (out->rv != APR_SUCCESS)
        return;
    out->rv = rv;
    out->doing = doing;
}

static apr_status_t write_bytes(void *ctx, const char *data, apr_size_t len)
{
    sp_out_t *out = ctx;

    out->written += len;
    return apr_file_write_full(out->file, data, len, NULL);
}

static void write_to_file(sp_out_t *out, const char *data, apr_size_t len)
{
    apr_status_t rv = out->stream ? sp_coding_stream_write(out->stream, data, len) : write_bytes(out, data, len);

    if (rv != APR_SUCCESS)
        fail(out, rv, "write");
}

static void flush_to_file(sp_out_t *out)
{
    write_to_file(out, out->data, out->len);
    out->len = 0;
}

static void start_coding(sp_out_t *out)
{
    if (out->options.coding != SP_CODING_GZIP)
        return;
    out->stream = sp_coding_stream_begin(out->pool, write_bytes, out);
    if (!out->stream)
        fail(out, APR_ENOMEM, "compress");
}

static void open_file(sp_out_t *out)
{
    const apr_int32_t flags = APR_FOPEN_CREATE | APR_FOPEN_READ | APR_FOPEN_WRITE | APR_FOPEN_EXCL | APR_FOPEN_BINARY;
    const char *dir = out->options.dir;
    apr_status_t rv = dir ? APR_SUCCESS : apr_temp_dir_get(&dir, out->pool);
    char *name;

    if (rv != APR_SUCCESS) {
        fail(out, rv, "find a folder for");
        return;
    }
    name = apr_pstrcat(out->pool, dir, "/streampulse-out-XXXXXX", NULL);
    rv = apr_file_mktemp(&out->file, name, out->options.sendfile ? flags | APR_FOPEN_SENDFILE_ENABLED : flags, out->pool);
    if (rv == APR_SUCCESS)
        rv = apr_file_remove(name, out->pool);
    if (rv != APR_SUCCESS)
        fail(out, rv, "create");
    else
        start_coding(out);
}

static int grow(sp_out_t *out, apr_size_t need)
{
    apr_size_t size = out->size ? out->size : FIRST_BYTES;
    char *data;

    while (size < need)
        size *= 2;
    data = realloc(out->data, size);
    if (!data) {
        fail(out, APR_ENOMEM, "grow");
        return 0;
    }
    out->data = data;
    out->size = size;
    return 1;
}

static void write_through(sp_out_t *out, const char *data, apr_size_t len)
{
    if (out->len + len > FILE_BUFFER)
        flush_to_file(out);
    if (len < FILE_BUFFER) {
        memcpy(out->data + out->len, data, len);
        out->len += len;
        return;
    }
    write_to_file(out, data, len);
}

void sp_out_write(sp_out_t *out, const char *data, apr_size_t len)
{
    if (out->rv != APR_SUCCESS || !len)
        return;
    if (!out->file && out->len + len <= out->options.memory_bytes) {
        if (out->len + len > out->size && !grow(out, out->len + len))
            return;
        memcpy(out->data + out->len, data, len);
        out->len += len;
        return;
    }
    if (!out->file) {
        open_file(out);
        if (out->rv == APR_SUCCESS && out->size < FILE_BUFFER && !grow(out, FILE_BUFFER))
            return;
    }
    if (out->rv == APR_SUCCESS)
        write_through(out, data, len);
}

void sp_out_puts(sp_out_t *out, const char *s)
{
    sp_out_write(out, s, strlen(s));
}

static void end_coding(sp_out_t *out)
{
    apr_status_t rv;

    if (!out->stream)
        return;
    rv = sp_coding_stream_finish(out->stream);
    if (rv != APR_SUCCESS)
        fail(out, rv, "write");
    sp_coding_stream_end(out->stream);
    out->stream = NULL;
}

apr_status_t sp_out_finish(sp_out_t *out, sp_error_t *err)
{
    apr_off_t start = 0;

    if (out->rv == APR_SUCCESS && out->file) {
        flush_to_file(out);
        end_coding(out);
        apr_pool_cleanup_run(out->pool, out, free_data); /* the file may wait long for its reader */
        apr_status_t rv = apr_file_seek(out->file, APR_SET, &start);
        if (rv != APR_SUCCESS)
            fail(out, rv, "rewind");
    }
    if (out->rv == APR_SUCCESS)
        return APR_SUCCESS;
    sp_error_set(err, SP_E_STORAGE_FULL, out->rv, "could not keep the data in a temporary file");
    sp_error_set_log(err, "could not %s a temporary file in \"%s\"", out->doing, out->options.dir ? out->options.dir : "the temporary folder");
    return out->rv;
}

void sp_out_discard(sp_out_t *out)
{
    apr_pool_cleanup_run(out->pool, out, free_data);
    if (out->stream)
        sp_coding_stream_end(out->stream);
    out->stream = NULL;
    if (out->file)
        apr_file_close(out->file);
    out->file = NULL;
    out->len = out->size = 0;
    fail(out, APR_EGENERAL, "go on with");
}

apr_uint64_t sp_out_size(const sp_out_t *out)
{
    return out->written + out->len;
}

apr_file_t *sp_out_content(sp_out_t *out, const char **data)
{
    *data = out->file ? NULL : out->data ? out->data : "";
    return out->file;
}

sp_coding_e sp_out_coding(const sp_out_t *out)
{
    return out->file ? out->options.coding : SP_CODING_IDENTITY;
}
