/* For programs preloaded into others: which open files lie below the folders that are watched. */
#ifndef WATCHED_FD_H
#define WATCHED_FD_H

#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define WATCHED_MAX 65536

/* The C library's own function of that name. */
#define REAL(name)                                                                                                                                             \
    static __typeof__(&name) real;                                                                                                                             \
    if (!real)                                                                                                                                                 \
    real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static uint64_t watched_inode[WATCHED_MAX]; /* 0: not watched */
static const char *watched_folders;         /* separated by ':' */

static int watched_path(const char *path)
{
    const char *at = watched_folders;

    while (at && path && *at) {
        size_t len = strcspn(at, ":");
        if (len && strncmp(path, at, len) == 0 && (path[len] == '/' || path[len] == '\0'))
            return 1;
        at += len + (at[len] == ':');
    }
    return 0;
}

static void watched_add(int fd, const char *path)
{
    struct stat info;

    if (fd < 0 || fd >= WATCHED_MAX)
        return;
    watched_inode[fd] = watched_path(path) && fstat(fd, &info) == 0 ? info.st_ino : 0;
}

static uint64_t watched(int fd)
{
    return fd >= 0 && fd < WATCHED_MAX ? watched_inode[fd] : 0;
}

static void watched_remove(int fd)
{
    if (fd >= 0 && fd < WATCHED_MAX)
        watched_inode[fd] = 0;
}

static mode_t watched_mode(int flags, va_list args)
{
    return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(args, int) : 0;
}

#endif
