/* Counting permits to use a database, with a limit on the wait. */
#include "dbd_gate.h"

#include <apr_atomic.h>
#include <apr_strings.h>
#include <apr_time.h>

#include "child_lock.h"
#include "permits.h"

#define LOG_EVERY_S 60

sp_dbd_gate_t *sp_dbd_gate_create(apr_pool_t *p, int permits, const char *path)
{
    sp_dbd_gate_t *gate = apr_pcalloc(p, sizeof(*gate));

    gate->permits = sp_permits_create(p, permits, APR_INT32_MAX, sp_child_lock_is_needed());
    gate->path = path;
    sp_dbd_gate_look(&gate->born, path, p);
    if (!gate->permits || sp_child_lock_create(&gate->mutex, p) != APR_SUCCESS)
        return NULL;
    return gate;
}

apr_status_t sp_dbd_gate_enter(sp_dbd_gate_t *gate, int timeout_ms)
{
    return sp_permits_enter(gate->permits, timeout_ms);
}

void sp_dbd_gate_leave(sp_dbd_gate_t *gate)
{
    sp_permits_leave(gate->permits);
}

int sp_dbd_gate_may_log(sp_dbd_gate_t *gate)
{
    apr_uint32_t last = apr_atomic_read32(&gate->logged_s), now = (apr_uint32_t)apr_time_sec(apr_time_now());

    if (last && now - last < LOG_EVERY_S)
        return 0;
    return apr_atomic_cas32(&gate->logged_s, now, last) == last;
}

static void look_at_log(const sp_dbd_gate_t *gate, sp_dbd_file_t *log, apr_pool_t *ptemp)
{
    sp_dbd_gate_look(log, apr_pstrcat(ptemp, gate->path, "-wal", NULL), ptemp);
}

void sp_dbd_gate_note_log(sp_dbd_gate_t *gate, const sp_dbd_file_t *file, apr_pool_t *ptemp)
{
    sp_dbd_file_t log;

    look_at_log(gate, &log, ptemp);
    sp_child_lock(gate->mutex);
    gate->good = *file;
    gate->log = log;
    sp_child_unlock(gate->mutex);
}

int sp_dbd_gate_finds_foreign_log(sp_dbd_gate_t *gate, const sp_dbd_file_t *file, apr_pool_t *ptemp)
{
    sp_dbd_file_t log;
    int foreign;

    look_at_log(gate, &log, ptemp);
    sp_child_lock(gate->mutex);
    foreign = sp_dbd_gate_same_file(&log, &gate->log) && !sp_dbd_gate_same_file(file, &gate->good);
    sp_child_unlock(gate->mutex);
    return foreign;
}

void sp_dbd_gate_condemn(sp_dbd_gate_t *gate, const sp_dbd_verdict_t *verdict)
{
    sp_child_lock(gate->mutex);
    gate->verdict = *verdict;
    sp_child_unlock(gate->mutex);
}

sp_error_code_e sp_dbd_gate_verdict(sp_dbd_gate_t *gate, const sp_dbd_file_t *file)
{
    sp_error_code_e code;

    sp_child_lock(gate->mutex);
    code = sp_dbd_gate_same_file(file, &gate->verdict.file) ? gate->verdict.code : SP_E_NONE;
    sp_child_unlock(gate->mutex);
    return code;
}

void sp_dbd_gate_look(sp_dbd_file_t *file, const char *path, apr_pool_t *p)
{
    apr_finfo_t info;

    file->device = 0;
    file->inode = 0;
    if (!path || apr_stat(&info, path, APR_FINFO_IDENT | APR_FINFO_TYPE, p) != APR_SUCCESS || info.filetype != APR_REG)
        return;
    file->device = info.device;
    file->inode = info.inode;
}

int sp_dbd_gate_same_file(const sp_dbd_file_t *a, const sp_dbd_file_t *b)
{
    return a->inode && a->inode == b->inode && a->device == b->device;
}
