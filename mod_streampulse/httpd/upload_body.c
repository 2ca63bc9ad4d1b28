/* The body of an upload: a form with a file, or the file itself. */
#include "upload_body.h"

#include <string.h>

#include <apr_strings.h>

#include "body.h"
#include "filename.h"
#include "multipart.h"
#include "reply.h"

#define FIELD_MAX_BYTES 1024
#define FORM_MAX_BYTES  (1024 * 1024) /* boundaries, headers and fields around the file */
#define READ_BYTES      (64 * 1024)

/* A form on its way in. */
typedef struct {
    sp_req_t *q;
    apr_table_t *given;
    sp_multipart_t *multipart;
    sp_out_t *file; /* NULL: not met yet */
    const char *filename;
    int in_file;
    const char *name; /* of the field that is being read */
    char value[FIELD_MAX_BYTES + 1];
    apr_size_t value_len;
} form_t;

static apr_status_t begin_file(form_t *form, const char *filename, sp_error_t *err)
{
    if (form->file)
        return sp_error_set(err, SP_E_BAD_REQUEST, APR_EINVAL, "the form has more than one file");
    form->file = sp_reply_out(form->q);
    form->filename = filename ? apr_pstrdup(form->q->p, filename) : NULL;
    form->in_file = 1;
    return APR_SUCCESS;
}

static apr_status_t begin_part(void *ctx, const char *name, const char *filename, sp_error_t *err)
{
    form_t *form = ctx;

    form->in_file = 0;
    form->value_len = 0;
    if (strcmp(name, "file") == 0 || strcmp(name, "csv") == 0)
        return begin_file(form, filename, err);
    if (filename)
        return sp_error_set(err, SP_E_UNKNOWN_PARAMETER, APR_EINVAL, "the file must be in the form field \"file\" or \"csv\"");
    form->name = apr_pstrdup(form->q->p, name);
    return APR_SUCCESS;
}

static apr_status_t take_data(void *ctx, const char *data, apr_size_t len, sp_error_t *err)
{
    form_t *form = ctx;
    apr_uint64_t limit = (apr_uint64_t)form->q->conf->upload_max_bytes;

    if (form->in_file) {
        if (sp_out_size(form->file) + len > limit)
            return sp_error_set(err, SP_E_BODY_TOO_LARGE, APR_ENOSPC, "the file is larger than %" APR_UINT64_T_FMT " bytes", limit);
        sp_out_write(form->file, data, len);
        return APR_SUCCESS;
    }
    if (form->value_len + len > FIELD_MAX_BYTES)
        return sp_error_set(err, SP_E_BAD_PARAMETER, APR_EINVAL, "a form field is longer than %d bytes", FIELD_MAX_BYTES);
    memcpy(form->value + form->value_len, data, len);
    form->value_len += len;
    return APR_SUCCESS;
}

static apr_status_t end_part(void *ctx, sp_error_t *err)
{
    form_t *form = ctx;

    if (form->in_file) {
        form->in_file = 0;
        return sp_out_finish(form->file, err);
    }
    form->value[form->value_len] = '\0';
    if (strlen(form->value) != form->value_len)
        return sp_error_set(err, SP_E_BAD_PARAMETER, APR_EINVAL, "a form field holds a NUL character");
    return sp_upload_options_add(form->q, form->given, form->name, form->value);
}

static apr_status_t feed_multipart(void *ctx, const char *data, apr_size_t len, sp_error_t *err)
{
    form_t *form = ctx;
    return sp_multipart_feed(form->multipart, data, len, err);
}

static apr_status_t feed_import(void *ctx, const char *data, apr_size_t len, sp_error_t *err)
{
    return sp_import_feed(ctx, data, len, err);
}

static apr_status_t import_file(sp_req_t *q, sp_import_t *import, sp_out_t *file)
{
    const char *data;
    apr_file_t *f = sp_out_content(file, &data);
    apr_status_t rv = APR_SUCCESS;
    char *buf;

    if (!f)
        return sp_import_feed(import, data, (apr_size_t)sp_out_size(file), &q->err);
    buf = apr_palloc(q->p, READ_BYTES);
    while (rv == APR_SUCCESS) {
        apr_size_t len = READ_BYTES;
        rv = apr_file_read(f, buf, &len);
        if (APR_STATUS_IS_EOF(rv))
            return APR_SUCCESS;
        if (rv != APR_SUCCESS)
            return sp_error_set(&q->err, SP_E_INTERNAL, rv, "could not read the uploaded file back");
        rv = sp_import_feed(import, buf, len, &q->err);
    }
    return rv;
}

static apr_status_t read_form(sp_req_t *q, form_t *form)
{
    const sp_multipart_sink_t sink = {.ctx = form, .begin = begin_part, .data = take_data, .end = end_part};
    apr_status_t rv = sp_multipart_create(&form->multipart, q->p, apr_table_get(q->r->headers_in, "Content-Type"), &sink, &q->err);

    if (rv == APR_SUCCESS)
        rv = sp_body_each(q, q->conf->upload_max_bytes + FORM_MAX_BYTES, feed_multipart, form);
    if (rv == APR_SUCCESS)
        rv = sp_multipart_finish(form->multipart, &q->err);
    if (rv != APR_SUCCESS)
        return rv;
    /* A browser sends an empty part without a name where no file was chosen. */
    if (!form->file || (!sp_out_size(form->file) && (!form->filename || !*form->filename)))
        return sp_error_set(&q->err, SP_E_BAD_REQUEST, APR_EINVAL, "the form has no file: send it in the field \"file\"");
    return APR_SUCCESS;
}

static apr_status_t receive_form(sp_req_t *q, sp_upload_options_t *options, sp_import_result_t **result)
{
    form_t *form = apr_pcalloc(q->p, sizeof(*form));
    sp_import_t *import;
    apr_status_t rv;

    form->q = q;
    form->given = apr_table_copy(q->p, q->query);
    rv = read_form(q, form);
    if (rv == APR_SUCCESS)
        rv = sp_upload_options_read(q, form->given, options);
    if (rv != APR_SUCCESS)
        return rv;
    if (!options->filename)
        options->filename = sp_filename_clean(q->p, form->filename);
    import = sp_import_create(q->p, &options->import);
    rv = import_file(q, import, form->file);
    if (rv != APR_SUCCESS)
        return rv;
    return sp_import_finish(import, result, &q->err);
}

static apr_status_t receive_raw(sp_req_t *q, sp_upload_options_t *options, sp_import_result_t **result)
{
    sp_import_t *import = sp_import_create(q->p, &options->import);
    apr_status_t rv = sp_body_each(q, q->conf->upload_max_bytes, feed_import, import);

    if (rv != APR_SUCCESS)
        return rv;
    return sp_import_finish(import, result, &q->err);
}

static int is_raw(const char *type)
{
    static const char *const types[] = {"text/csv", "application/csv", "application/vnd.ms-excel", "application/octet-stream", "text/plain"};

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (strcmp(type, types[i]) == 0)
            return 1;
    return 0;
}

apr_status_t sp_upload_body_receive(sp_req_t *q, sp_upload_options_t *options, sp_import_result_t **result)
{
    const char *type = sp_body_media_type(q);
    /* The query's mistakes are told before the body is read. */
    apr_status_t rv = sp_upload_options_read(q, q->query, options);

    if (rv != APR_SUCCESS)
        return rv;
    if (strcmp(type, "multipart/form-data") == 0)
        return receive_form(q, options, result);
    if (is_raw(type))
        return receive_raw(q, options, result);
    return sp_error_set(&q->err, SP_E_UNSUPPORTED_MEDIA_TYPE, APR_EINVAL, "send the file as multipart/form-data or as text/csv");
}
