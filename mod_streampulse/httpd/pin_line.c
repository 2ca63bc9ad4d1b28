/* The PIN's line in its file, read again only when the file is another one. */
#include "pin_line.h"

#include <string.h>

#include <apr_file_info.h>
#include <apr_strings.h>

#include "child_lock.h"
#include "pin.h"
#include "request.h"
#include "sp_module.h"

#define LINE_SIZE 128
/* A file that was written to just now may be written to again without its times being others: they are as coarse as the file system makes them. */
#define SETTLED apr_time_from_sec(3)

/* What a file looks like from outside. */
typedef struct {
    apr_dev_t device;
    apr_ino_t inode;
    apr_off_t size;
    apr_time_t written, changed;
} look_t;

static struct {
    apr_thread_mutex_t *mutex; /* NULL in a child with one thread */
    int ready;
    const char *path; /* NULL: nothing is kept */
    look_t look;
    char line[LINE_SIZE];
} kept;

void sp_pin_line_child_init(apr_pool_t *pchild)
{
    kept.ready = sp_child_lock_create(&kept.mutex, pchild) == APR_SUCCESS;
}

static int look_at(const sp_req_t *q, look_t *look)
{
    apr_finfo_t info;

    if (!kept.ready || apr_stat(&info, q->conf->pin_file, APR_FINFO_MIN | APR_FINFO_IDENT, q->p) != APR_SUCCESS || info.filetype != APR_REG)
        return 0;
    *look = (look_t){info.device, info.inode, info.size, info.mtime, info.ctime};
    return 1;
}

static int same_look(const look_t *a, const look_t *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size && a->written == b->written && a->changed == b->changed;
}

static const char *find_kept(const sp_req_t *q, const look_t *look)
{
    const char *line = NULL;

    sp_child_lock(kept.mutex);
    if (kept.path && !strcmp(kept.path, q->conf->pin_file) && same_look(&kept.look, look))
        line = apr_pstrdup(q->p, kept.line);
    sp_child_unlock(kept.mutex);
    return line;
}

static void keep(const sp_req_t *q, const look_t *look, const char *line)
{
    apr_time_t now = apr_time_now();

    if (strlen(line) >= LINE_SIZE || now - look->written < SETTLED || now - look->changed < SETTLED)
        return;
    sp_child_lock(kept.mutex);
    kept.path = q->conf->pin_file;
    kept.look = *look;
    apr_cpystrn(kept.line, line, LINE_SIZE);
    sp_child_unlock(kept.mutex);
}

static apr_status_t read_line(sp_req_t *q, const char **line)
{
    sp_error_t err;

    sp_error_init(&err, q->p);
    if (sp_pin_read(q->p, q->conf->pin_file, line, &err) == APR_SUCCESS)
        return APR_SUCCESS;
    ap_log_rerror(APLOG_MARK, APLOG_INFO, err.rv, q->r, "SP0304: sessions do not count: %s", err.log);
    return APR_NOTFOUND;
}

apr_status_t sp_pin_line_get(sp_req_t *q, const char **line)
{
    look_t look;
    int looked;
    apr_status_t rv;

    if (!q->conf->pin_file)
        return APR_NOTFOUND;
    looked = look_at(q, &look);
    *line = looked ? find_kept(q, &look) : NULL;
    if (*line)
        return APR_SUCCESS;
    rv = read_line(q, line);
    if (rv == APR_SUCCESS && looked)
        keep(q, &look, *line);
    return rv;
}
