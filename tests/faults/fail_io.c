/* Preloaded: makes the nth write, sync, change of size or read below SP_FAIL_DIR fail, or end or stop the process, as the file SP_FAIL_CONTROL says at that
 * moment; only in the process of that name where SP_FAIL_PROCESS is set. */
#define _GNU_SOURCE
#include "watched_fd.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <unistd.h>

enum { KIND_WRITE = 1, KIND_SYNC = 2, KIND_SIZE = 4, KIND_CREATE = 8, KIND_READ = 16 };

/* The file: 32-bit integers, shared with the test. */
typedef struct {
    _Atomic int32_t kinds;  /* which calls count: a sum of KIND_... */
    _Atomic int32_t left;   /* the call that makes it 0 fails */
    int32_t error;          /* errno; below 0: minus the signal that the process gets before the call */
    int32_t lasting;        /* all that follow fail too */
    _Atomic int32_t failed; /* calls that failed */
} control_t;

static control_t *control;
static const char *only_process;

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv("SP_FAIL_CONTROL");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *map = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(control_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    if (map != MAP_FAILED)
        control = map;
    watched_folders = getenv("SP_FAIL_DIR");
    only_process = getenv("SP_FAIL_PROCESS");
    if (fd >= 0)
        close(fd);
}

static int is_meant(void)
{
    char name[16];

    return !only_process || (prctl(PR_GET_NAME, name) == 0 && strcmp(name, only_process) == 0);
}

static int fails(int kind)
{
    int left;

    if (!control || !(control->kinds & kind) || !is_meant())
        return 0;
    left = atomic_fetch_sub(&control->left, 1);
    if (left > 1 || (left < 1 && !control->lasting))
        return 0;
    atomic_fetch_add(&control->failed, 1);
    if (control->error < 0) {
        raise(-control->error);
        return 0;
    }
    errno = control->error;
    return 1;
}

static int note_open(int fd, const char *path)
{
    watched_add(fd, path);
    return fd;
}

#define OPEN(name)                                                                                                                                             \
    int name(const char *path, int flags, ...)                                                                                                                 \
    {                                                                                                                                                          \
        va_list args;                                                                                                                                          \
        mode_t mode;                                                                                                                                           \
        REAL(name);                                                                                                                                            \
        va_start(args, flags);                                                                                                                                 \
        mode = watched_mode(flags, args);                                                                                                                      \
        va_end(args);                                                                                                                                          \
        if ((flags & O_CREAT) && watched_path(path) && access(path, F_OK) != 0 && fails(KIND_CREATE))                                                          \
            return -1;                                                                                                                                         \
        return note_open(real(path, flags, mode), path);                                                                                                       \
    }
OPEN(open)
OPEN(open64)

#define MAKE_TEMP(name)                                                                                                                                        \
    int name(char *path)                                                                                                                                       \
    {                                                                                                                                                          \
        REAL(name);                                                                                                                                            \
        if (watched_path(path) && fails(KIND_CREATE))                                                                                                          \
            return -1;                                                                                                                                         \
        return note_open(real(path), path);                                                                                                                    \
    }
MAKE_TEMP(mkstemp)
MAKE_TEMP(mkstemp64)

int close(int fd)
{
    REAL(close);
    watched_remove(fd);
    return real(fd);
}

#define INSTEAD(result, name, kind, call, ...)                                                                                                                 \
    result name(int fd, ##__VA_ARGS__)                                                                                                                         \
    {                                                                                                                                                          \
        REAL(name);                                                                                                                                            \
        return watched(fd) && fails(kind) ? -1 : real call;                                                                                                    \
    }
INSTEAD(ssize_t, write, KIND_WRITE, (fd, data, len), const void *data, size_t len)
INSTEAD(ssize_t, writev, KIND_WRITE, (fd, parts, count), const struct iovec *parts, int count)
INSTEAD(ssize_t, pwrite, KIND_WRITE, (fd, data, len, offset), const void *data, size_t len, off_t offset)
INSTEAD(ssize_t, pwrite64, KIND_WRITE, (fd, data, len, offset), const void *data, size_t len, off64_t offset)
INSTEAD(ssize_t, pread, KIND_READ, (fd, data, len, offset), void *data, size_t len, off_t offset)
INSTEAD(ssize_t, pread64, KIND_READ, (fd, data, len, offset), void *data, size_t len, off64_t offset)
INSTEAD(int, fsync, KIND_SYNC, (fd))
INSTEAD(int, fdatasync, KIND_SYNC, (fd))
INSTEAD(int, ftruncate, KIND_SIZE, (fd, size), off_t size)
INSTEAD(int, ftruncate64, KIND_SIZE, (fd, size), off64_t size)
