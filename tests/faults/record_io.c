/* Preloaded: writes down what a program does to the files below SP_RECORD_DIR, for power_cuts.py to replay. */
#define _GNU_SOURCE
#include "watched_fd.h"

#include <stdio.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* A line of the journal; name and data follow. SQLite maps only its -shm, which a power cut takes anyway. */
typedef struct {
    uint32_t op; /* a letter */
    uint32_t tid;
    uint64_t inode;
    uint64_t offset; /* or what belongs to the letter */
    uint32_t name_len;
    uint32_t data_len;
} record_t;

static int journal = -1;

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv("SP_RECORD_JOURNAL");

    watched_folders = getenv("SP_RECORD_DIR");
    if (watched_folders && path)
        journal = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
}

/* One call for one record: O_APPEND keeps those of several processes apart. */
static void note(char op, uint64_t inode, uint64_t offset, const char *name, const void *data, size_t len)
{
    record_t record = {(uint32_t)op, (uint32_t)syscall(SYS_gettid), inode, offset, name ? (uint32_t)strlen(name) : 0, (uint32_t)len};
    struct iovec parts[3] = {{&record, sizeof(record)}, {(void *)(uintptr_t)name, record.name_len}, {(void *)(uintptr_t)data, len}};

    if (journal >= 0 && syscall(SYS_writev, journal, parts, 3) != (long)(sizeof(record) + record.name_len + len))
        abort();
}

static int note_open(int fd, const char *path, int existed)
{
    watched_add(fd, path);
    if (watched(fd))
        note(existed ? 'o' : 'c', watched(fd), 0, path, NULL, 0);
    return fd;
}

static int is_there(const char *path)
{
    struct stat info;

    return !watched_path(path) || lstat(path, &info) == 0;
}

#define OPEN(name)                                                                                                                                             \
    int name(const char *path, int flags, ...)                                                                                                                 \
    {                                                                                                                                                          \
        int existed = is_there(path);                                                                                                                          \
        va_list args;                                                                                                                                          \
        mode_t mode;                                                                                                                                           \
        REAL(name);                                                                                                                                            \
        va_start(args, flags);                                                                                                                                 \
        mode = watched_mode(flags, args);                                                                                                                      \
        va_end(args);                                                                                                                                          \
        return note_open(real(path, flags, mode), path, existed);                                                                                              \
    }
OPEN(open)
OPEN(open64)

int close(int fd)
{
    REAL(close);
    watched_remove(fd);
    return real(fd);
}

#define PWRITE(name, off_type)                                                                                                                                 \
    ssize_t name(int fd, const void *data, size_t len, off_type offset)                                                                                        \
    {                                                                                                                                                          \
        REAL(name);                                                                                                                                            \
        if (watched(fd))                                                                                                                                       \
            note('w', watched(fd), (uint64_t)offset, NULL, data, len);                                                                                         \
        return real(fd, data, len, offset);                                                                                                                    \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t len)
{
    REAL(write);
    if (watched(fd))
        note('w', watched(fd), (uint64_t)lseek(fd, 0, SEEK_CUR), NULL, data, len);
    return real(fd, data, len);
}

#define TRUNCATE(name, off_type)                                                                                                                               \
    int name(int fd, off_type size)                                                                                                                            \
    {                                                                                                                                                          \
        REAL(name);                                                                                                                                            \
        if (watched(fd))                                                                                                                                       \
            note('t', watched(fd), (uint64_t)size, NULL, NULL, 0);                                                                                             \
        return real(fd, size);                                                                                                                                 \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

/* What is written between the two records of a sync may have missed it. */
#define SYNC(name)                                                                                                                                             \
    int name(int fd)                                                                                                                                           \
    {                                                                                                                                                          \
        uint64_t inode = watched(fd);                                                                                                                          \
        int rv;                                                                                                                                                \
        REAL(name);                                                                                                                                            \
        if (inode)                                                                                                                                             \
            note('b', inode, 0, NULL, NULL, 0);                                                                                                                \
        rv = real(fd);                                                                                                                                         \
        if (inode && rv == 0)                                                                                                                                  \
            note('e', inode, 0, NULL, NULL, 0);                                                                                                                \
        return rv;                                                                                                                                             \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path)
{
    REAL(unlink);
    if (watched_path(path))
        note('u', 0, 0, path, NULL, 0);
    return real(path);
}

#define MOVE(name, op)                                                                                                                                         \
    int name(const char *from, const char *to)                                                                                                                 \
    {                                                                                                                                                          \
        int rv;                                                                                                                                                \
        REAL(name);                                                                                                                                            \
        rv = real(from, to);                                                                                                                                   \
        if (rv == 0 && watched_path(to))                                                                                                                       \
            note(op, 0, 0, from, to, strlen(to));                                                                                                              \
        return rv;                                                                                                                                             \
    }
MOVE(link, 'l')
MOVE(rename, 'r')
