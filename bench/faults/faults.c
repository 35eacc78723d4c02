// A preload library that makes one call of a program fail, as a broken disk does. See ../durability.py.
//
//     cc -shared -fPIC -O1 -o faults.so faults.c -ldl
//     LD_PRELOAD=./faults.so FAULT_UNDER=/folder FAULT_COUNT=counts.txt program         counts the calls of each kind
//     LD_PRELOAD=./faults.so FAULT_UNDER=/folder FAULT_KIND=fsync FAULT_AT=3 FAULT_ERRNO=5 program
//
// Kinds: open, write, rename, fsync, unlink, link, mkdir. Only paths under FAULT_UNDER count. A write with FAULT_ERRNO=28 (ENOSPC) first
// writes half, as a full disk does, and fails when it is tried again.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { OPEN, WRITE, RENAME, FSYNC, UNLINK, LINK, MKDIR, KINDS };
static const char *names[KINDS] = { "open", "write", "rename", "fsync", "unlink", "link", "mkdir" };
static atomic_long counts[KINDS];
static const char *under, *count_file;
static int failing = -1, with_errno = EIO;
static long at = 0;

__attribute__((constructor)) static void begin(void)
{
    under = getenv("FAULT_UNDER");
    count_file = getenv("FAULT_COUNT");
    const char *kind = getenv("FAULT_KIND"), *number = getenv("FAULT_AT"), *error = getenv("FAULT_ERRNO");
    for (int i = 0; kind && i < KINDS; i++) if (!strcmp(kind, names[i])) failing = i;
    if (number) at = atol(number);
    if (error) with_errno = atoi(error);
}

__attribute__((destructor)) static void end(void)
{
    FILE *file = under && count_file ? fopen(count_file, "w") : NULL;
    for (int i = 0; file && i < KINDS; i++) fprintf(file, "%s %ld\n", names[i], atomic_load(&counts[i]));
    if (file) fclose(file);
}

static int is_under(const char *path)
{
    char absolute[2 * PATH_MAX], folder[PATH_MAX];
    if (!under || !path) return 0;
    if (path[0] != '/')
    {
        if (!getcwd(folder, sizeof folder)) return 0;
        snprintf(absolute, sizeof absolute, "%s/%s", folder, path);
        path = absolute;
    }

    return !strncmp(path, under, strlen(under));
}

static int is_open_under(int file)
{
    char name[64], path[PATH_MAX];
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    ssize_t length = under ? readlink(name, path, sizeof path - 1) : -1;
    if (length < 0) return 0;
    path[length] = 0;
    return path[0] == '/' && is_under(path);
}

// The number of the failing call is counted over all threads; a full disk stays full for the next call.
static int fails(enum kind kind)
{
    long number = atomic_fetch_add(&counts[kind], 1) + 1;
    if ((int)kind != failing || number != at) return 0;
    errno = with_errno;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPENS(name) \
    int name(const char *path, int flags, ...) \
    { \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, int); va_end(rest); \
        if (is_under(path) && fails(OPEN)) return -1; \
        return REAL(name)(path, flags, mode); \
    }
OPENS(open)
OPENS(open64)

#define WRITES(name, parameters, file, arguments, half) \
    ssize_t name parameters \
    { \
        if (is_open_under(file) && fails(WRITE)) \
        { \
            if (with_errno != ENOSPC || count < 2) return -1; \
            at++; \
            return REAL(name) half; \
        } \
        return REAL(name) arguments; \
    }
WRITES(write, (int file, const void *bytes, size_t count), file, (file, bytes, count), (file, bytes, count / 2))
WRITES(pwrite, (int file, const void *bytes, size_t count, off_t offset), file, (file, bytes, count, offset), (file, bytes, count / 2, offset))
WRITES(pwrite64, (int file, const void *bytes, size_t count, off64_t offset), file, (file, bytes, count, offset), (file, bytes, count / 2, offset))
WRITES(pwritev, (int file, const struct iovec *bytes, int count, off_t offset), file, (file, bytes, count, offset), (file, bytes, count / 2, offset))

#define CALLS(kind, test, result, name, parameters, arguments) \
    result name parameters { return (test) && fails(kind) ? -1 : REAL(name) arguments; }
CALLS(RENAME, is_under(to), int, rename, (const char *from, const char *to), (from, to))
CALLS(RENAME, is_under(to), int, renameat2, (int a, const char *from, int b, const char *to, unsigned flags), (a, from, b, to, flags))
CALLS(FSYNC, is_open_under(file), int, fsync, (int file), (file))
CALLS(FSYNC, is_open_under(file), int, fdatasync, (int file), (file))
CALLS(UNLINK, is_under(path), int, unlink, (const char *path), (path))
CALLS(UNLINK, is_under(path), int, rmdir, (const char *path), (path))
CALLS(LINK, is_under(to), int, link, (const char *from, const char *to), (from, to))
CALLS(MKDIR, is_under(path), int, mkdir, (const char *path, mode_t mode), (path, mode))
