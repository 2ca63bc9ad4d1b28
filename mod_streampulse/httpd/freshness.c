/* The revision of a database whose last known state is still its state: told without a connection. */
#include "freshness.h"

#include <string.h>

#include "child_lock.h"
#include "dbd.h"
#include "request.h"
#include "sp_module.h"

#define RETRY_AFTER apr_time_from_sec(10)

struct sp_freshness_t {
    sp_dbd_gate_t *gate;
    apr_thread_mutex_t *mutex; /* NULL in a child with one thread */
    apr_pool_t *pool;          /* of the watch */
    sp_watch_t *watch;         /* NULL: none is open */
    apr_uint32_t opened;       /* how many there were */
    sp_dbd_file_t file;        /* that it is on */
    int opening;               /* by one of the threads */
    apr_time_t not_before;     /* for the next try to open one */
    int known;                 /* look and revision are */
    sp_freshness_look_t look;
    sp_revision_t revision;
};

static sp_freshness_t *find_shared(server_rec *first, const sp_server_config_t *sconf)
{
    for (server_rec *s = first; s && s != sconf->server; s = s->next) {
        const sp_server_config_t *other = sp_config_server(s);
        if (other->gate == sconf->gate)
            return other->freshness;
    }
    return NULL;
}

/* With the lock. */
static apr_status_t close_watch(void *data)
{
    sp_freshness_t *f = data;

    if (f->pool)
        apr_pool_destroy(f->pool);
    f->pool = NULL;
    f->watch = NULL;
    f->known = 0;
    return APR_SUCCESS;
}

static sp_freshness_t *create(apr_pool_t *p, sp_dbd_gate_t *gate)
{
    sp_freshness_t *f = apr_pcalloc(p, sizeof(*f));

    f->gate = gate;
    if (sp_child_lock_create(&f->mutex, p) != APR_SUCCESS)
        return NULL;
    apr_pool_cleanup_register(p, f, close_watch, apr_pool_cleanup_null);
    return f;
}

void sp_freshness_child_init(apr_pool_t *pchild, server_rec *main_server)
{
    for (server_rec *s = main_server; s; s = s->next) {
        sp_server_config_t *sconf = sp_config_server(s);
        if (!sconf->gate)
            continue;
        sconf->freshness = find_shared(main_server, sconf);
        if (!sconf->freshness)
            sconf->freshness = create(pchild, sconf->gate);
    }
}

void sp_freshness_look_at_file(sp_freshness_look_t *look, const char *path, apr_pool_t *p)
{
    apr_finfo_t info;

    memset(look, 0, sizeof(*look));
    if (apr_stat(&info, path, APR_FINFO_MIN | APR_FINFO_IDENT, p) != APR_SUCCESS || info.filetype != APR_REG)
        return;
    look->file.device = info.device;
    look->file.inode = info.inode;
    look->size = info.size;
    look->written = info.mtime;
    look->changed = info.ctime;
}

static void look_at_file(sp_req_t *q, sp_freshness_look_t *look)
{
    sp_freshness_look_at_file(look, q->sconf->gate->path, q->p);
}

/* With the lock. 0: there is no watch on that file, or it cannot tell. */
static int look_at_state(const sp_freshness_t *f, sp_freshness_look_t *look)
{
    look->watch = f->opened;
    return f->watch && sp_dbd_gate_same_file(&look->file, &f->file) && sp_watch_state(f->watch, &look->state);
}

int sp_freshness_same_look(const sp_freshness_look_t *a, const sp_freshness_look_t *b)
{
    return sp_dbd_gate_same_file(&a->file, &b->file) && a->size == b->size && a->written == b->written && a->changed == b->changed && a->watch == b->watch &&
           !memcmp(&a->state, &b->state, sizeof(a->state));
}

int sp_freshness_revision(sp_req_t *q, sp_revision_t *revision)
{
    sp_freshness_t *f = q->sconf->freshness;
    sp_freshness_look_t now;
    int known;

    if (!f)
        return 0;
    look_at_file(q, &now);
    if (sp_dbd_gate_verdict(f->gate, &now.file) != SP_E_NONE)
        return 0;
    sp_child_lock(f->mutex);
    known = f->known && look_at_state(f, &now) && sp_freshness_same_look(&now, &f->look);
    if (known)
        *revision = f->revision;
    sp_child_unlock(f->mutex);
    return known;
}

int sp_freshness_holds(sp_req_t *q, const sp_freshness_look_t *then)
{
    sp_freshness_t *f = q->sconf->freshness;
    sp_freshness_look_t now;
    int same;

    if (!f || !then->file.inode)
        return 0;
    look_at_file(q, &now);
    if (sp_dbd_gate_verdict(f->gate, &now.file) != SP_E_NONE)
        return 0;
    sp_child_lock(f->mutex);
    same = look_at_state(f, &now) && sp_freshness_same_look(&now, then);
    sp_child_unlock(f->mutex);
    return same;
}

void sp_freshness_before(sp_req_t *q, sp_freshness_look_t *before)
{
    sp_freshness_t *f = q->sconf->freshness;

    memset(before, 0, sizeof(*before));
    if (!f)
        return;
    look_at_file(q, before);
    sp_child_lock(f->mutex);
    if (!look_at_state(f, before))
        before->file.inode = 0;
    sp_child_unlock(f->mutex);
}

static apr_status_t open_watch(sp_req_t *q, apr_pool_t **pool, sp_watch_t **watch, sp_dbd_file_t *file)
{
    sp_dbd_file_t after;
    sp_error_t err;
    apr_status_t rv = sp_dbd_make_pool(pool, NULL);

    if (rv != APR_SUCCESS)
        return rv;
    sp_error_init(&err, q->p);
    sp_dbd_gate_look(file, q->sconf->gate->path, q->p);
    rv = sp_watch_open(watch, *pool, q->sconf->db_driver, q->sconf->db_params, &err);
    sp_dbd_gate_look(&after, q->sconf->gate->path, q->p);
    if (rv == APR_SUCCESS && !sp_dbd_gate_same_file(file, &after))
        rv = APR_EGENERAL;
    if (rv == APR_SUCCESS)
        return rv;
    ap_log_rerror(APLOG_MARK, APLOG_DEBUG, rv, q->r, "SP0331: each answer reads the revision from \"%s\": %s", q->sconf->gate->path,
                  err.log ? err.log : "it cannot be watched");
    apr_pool_destroy(*pool);
    return rv;
}

/* Whether this thread is to open the watch: there is none on the file that the path names, and nobody else is at it. */
static int shall_open(sp_req_t *q, sp_freshness_t *f)
{
    sp_freshness_look_t now;
    int shall;

    look_at_file(q, &now);
    sp_child_lock(f->mutex);
    shall = !f->opening && now.file.inode && (!f->watch || !sp_dbd_gate_same_file(&now.file, &f->file)) && apr_time_now() >= f->not_before;
    if (shall) {
        close_watch(f);
        f->opening = 1;
    }
    sp_child_unlock(f->mutex);
    return shall;
}

static void renew_watch(sp_req_t *q, sp_freshness_t *f)
{
    apr_pool_t *pool;
    sp_watch_t *watch;
    sp_dbd_file_t file;
    apr_status_t rv;

    if (!shall_open(q, f))
        return;
    rv = open_watch(q, &pool, &watch, &file);
    sp_child_lock(f->mutex);
    f->opening = 0;
    if (rv != APR_SUCCESS) {
        f->not_before = apr_time_now() + RETRY_AFTER;
    } else {
        f->pool = pool;
        f->watch = watch;
        f->opened++;
        f->file = file;
    }
    sp_child_unlock(f->mutex);
}

void sp_freshness_learn(sp_req_t *q, const sp_freshness_look_t *before, const sp_revision_t *revision)
{
    sp_freshness_t *f = q->sconf->freshness;
    sp_freshness_look_t after;

    if (!f)
        return;
    if (!before->file.inode) {
        renew_watch(q, f);
        return;
    }
    look_at_file(q, &after);
    sp_child_lock(f->mutex);
    if (look_at_state(f, &after) && sp_freshness_same_look(before, &after)) {
        f->look = after;
        f->revision = *revision;
        f->known = 1;
    }
    sp_child_unlock(f->mutex);
}
