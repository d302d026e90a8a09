/* A disk that is full from the n-th write on, for files below one folder.
 *
 * LD_PRELOAD=full.so FULL_DIR=/folder FULL_AT=/file. The file holds n, as a decimal number; 0 leaves room for all. Each
 * process counts its own calls: writes, longer files, new files. What is removed gives no room back. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long count = 0, limit = -1;

static int is_ours(const char *path) {
  const char *folder = getenv("FULL_DIR");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_full(void) {
  if (limit < 0) {
    int (*go)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    const char *name = getenv("FULL_AT");
    char text[32] = {0};
    int file = name ? go(name, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return 0;
    if (read(file, text, sizeof text - 1) < 0) text[0] = 0;
    close(file);
    limit = atol(text);
  }
  return limit > 0 && __sync_add_and_fetch(&count, 1) >= limit;
}

static int is_file_of_ours(int fd) {
  char name[64], path[PATH_MAX];
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(name, path, sizeof path - 1);
  if (size < 0) return 0;
  path[size] = 0;
  return is_ours(path);
}

#define REFUSED(fd) if (is_file_of_ours(fd) && is_full()) { errno = ENOSPC; return -1; }
ssize_t write(int fd, const void *data, size_t size) {
  REFUSED(fd)
  return ((ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write"))(fd, data, size);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  REFUSED(fd)
  return ((ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite"))(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  REFUSED(fd)
  return ((ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64"))(fd, data, size, at);
}
static int is_longer(int fd, off64_t size) {
  struct stat was;
  return fstat(fd, &was) == 0 && size > was.st_size;
}
int ftruncate(int fd, off_t size) {
  if (is_longer(fd, size)) { REFUSED(fd) }
  return ((int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate"))(fd, size);
}
int ftruncate64(int fd, off64_t size) {
  if (is_longer(fd, size)) { REFUSED(fd) }
  return ((int (*)(int, off64_t))dlsym(RTLD_NEXT, "ftruncate64"))(fd, size);
}
int posix_fallocate(int fd, off_t at, off_t size) {
  if (is_file_of_ours(fd) && is_full()) return ENOSPC;
  return ((int (*)(int, off_t, off_t))dlsym(RTLD_NEXT, "posix_fallocate"))(fd, at, size);
}
int posix_fallocate64(int fd, off64_t at, off64_t size) {
  if (is_file_of_ours(fd) && is_full()) return ENOSPC;
  return ((int (*)(int, off64_t, off64_t))dlsym(RTLD_NEXT, "posix_fallocate64"))(fd, at, size);
}

static int is_new(const char *path, int flags) { return (flags & O_CREAT) && is_ours(path) && access(path, F_OK) != 0; }
#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *path, int flags, ...) {
  MODE
  if (is_new(path, flags) && is_full()) { errno = ENOSPC; return -1; }
  return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open"))(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  MODE
  if (is_new(path, flags) && is_full()) { errno = ENOSPC; return -1; }
  return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64"))(path, flags, mode);
}
