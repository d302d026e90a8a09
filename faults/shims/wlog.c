/* Writes down every write, truncation, sync, rename and removal below one folder, in the order in which they happened.
 *
 * LD_PRELOAD=wlog.so WLOG_DIR=/folder WLOG_OUT=/file. A record: type (1 byte), length of the path (2), length of the
 * second path (2), offset (8), length of the data (4), then path, second path, data; numbers little-endian. Types:
 * C created, W written, T cut to a length (the offset), S synced, R renamed, U removed, M folder made. A write is put
 * down after it was done; one lock over both keeps the order that the kernel saw. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 4096
static char *paths[MOST_FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int log_file(void) {
  static int file = -1;
  static pid_t owner = 0;
  if (file < 0 || owner != getpid()) {
    const char *out = getenv("WLOG_OUT");
    file = out ? ((int (*)(const char *, int, ...))real("open"))(out, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
    owner = getpid();
  }
  return file;
}

static int is_ours(const char *path) {
  const char *folder = getenv("WLOG_DIR");
  size_t size = folder ? strlen(folder) : 0;
  return folder && path && strncmp(path, folder, size) == 0 && (path[size] == '/' || path[size] == 0);
}

static const char *absolute(int at, const char *path, char *room) {
  char from[64];
  if (!path) return NULL;
  if (path[0] == '/') return path;
  if (at == AT_FDCWD) {
    if (!getcwd(room, PATH_MAX)) return NULL;
  } else {
    snprintf(from, sizeof from, "/proc/self/fd/%d", at);
    ssize_t size = readlink(from, room, PATH_MAX - 1);
    if (size < 0) return NULL;
    room[size] = 0;
  }
  strncat(room, "/", PATH_MAX - strlen(room) - 1);
  strncat(room, path, PATH_MAX - strlen(room) - 1);
  return room;
}

static void put(char type, const char *path, const char *second, int64_t offset, const void *data, uint32_t size) {
  int file = log_file(), kept = errno;
  unsigned char head[17];
  uint16_t lengths[2] = {(uint16_t)strlen(path), (uint16_t)(second ? strlen(second) : 0)};
  if (file < 0) return;
  head[0] = (unsigned char)type;
  memcpy(head + 1, lengths, 4);
  memcpy(head + 5, &offset, 8);
  memcpy(head + 13, &size, 4);
  struct iovec parts[4] = {{head, sizeof head}, {(void *)path, lengths[0]}, {(void *)second, lengths[1]}, {(void *)data, size}};
  if (((ssize_t(*)(int, const struct iovec *, int))real("writev"))(file, parts, 4) < 0) abort();
  errno = kept;
}

static void forget(int fd) {
  if (fd >= 0 && fd < MOST_FILES) {
    free(paths[fd]);
    paths[fd] = NULL;
  }
}

static const char *known(int fd) { return fd >= 0 && fd < MOST_FILES ? paths[fd] : NULL; }

static int opened(const char *name, int at, const char *path, int flags, mode_t mode) {
  char room[PATH_MAX];
  struct stat was;
  const char *whole = absolute(at, path, room);
  int ours = is_ours(whole), existed = ours && stat(whole, &was) == 0, fd;
  if (ours) pthread_mutex_lock(&lock);
  if (name[4] == 'a')
    fd = ((int (*)(int, const char *, int, ...))real(name))(at, path, flags, mode);
  else
    fd = ((int (*)(const char *, int, ...))real(name))(path, flags, mode);
  forget(fd);
  if (ours && fd >= 0 && fd < MOST_FILES) {
    paths[fd] = strdup(whole);
    if (!existed) put('C', whole, NULL, 0, NULL, 0);
    else if ((flags & O_TRUNC) && was.st_size) put('T', whole, NULL, 0, NULL, 0);
  }
  if (ours) pthread_mutex_unlock(&lock);
  return fd;
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *path, int flags, ...) { MODE return opened("open", AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened("open64", AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE return opened("openat", at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE return opened("openat64", at, path, flags, mode); }

int close(int fd) {
  int (*go)(int) = (int (*)(int))real("close");
  pthread_mutex_lock(&lock);
  forget(fd);
  int done = go(fd);
  pthread_mutex_unlock(&lock);
  return done;
}

#define LOGGED(call, type, offset, data, size)                                  \
  const char *path = known(fd);                                                 \
  if (!path) return call;                                                       \
  pthread_mutex_lock(&lock);                                                    \
  __typeof__(call) done = call;                                                 \
  if (done >= 0) put(type, path, NULL, (int64_t)(offset), data, (uint32_t)(size)); \
  pthread_mutex_unlock(&lock);                                                  \
  return done;

ssize_t write(int fd, const void *data, size_t size) {
  ssize_t (*go)(int, const void *, size_t) = (ssize_t(*)(int, const void *, size_t))real("write");
  LOGGED(go(fd, data, size), 'W', lseek(fd, 0, SEEK_CUR) - done, data, done)
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  ssize_t (*go)(int, const void *, size_t, off_t) = (ssize_t(*)(int, const void *, size_t, off_t))real("pwrite");
  LOGGED(go(fd, data, size, at), 'W', at, data, done)
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  ssize_t (*go)(int, const void *, size_t, off64_t) = (ssize_t(*)(int, const void *, size_t, off64_t))real("pwrite64");
  LOGGED(go(fd, data, size, at), 'W', at, data, done)
}
int ftruncate(int fd, off_t size) {
  int (*go)(int, off_t) = (int (*)(int, off_t))real("ftruncate");
  LOGGED(go(fd, size), 'T', size, NULL, 0)
}
int ftruncate64(int fd, off64_t size) {
  int (*go)(int, off64_t) = (int (*)(int, off64_t))real("ftruncate64");
  LOGGED(go(fd, size), 'T', size, NULL, 0)
}
int fsync(int fd) {
  int (*go)(int) = (int (*)(int))real("fsync");
  LOGGED(go(fd), 'S', 0, NULL, 0)
}
int fdatasync(int fd) {
  int (*go)(int) = (int (*)(int))real("fdatasync");
  LOGGED(go(fd), 'S', 0, NULL, 0)
}

static int changed(char type, const char *first, const char *second, int done) {
  if (done == 0 && is_ours(first)) put(type, first, second, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return done;
}
int rename(const char *from, const char *to) {
  char room[PATH_MAX], other[PATH_MAX];
  pthread_mutex_lock(&lock);
  return changed('R', absolute(AT_FDCWD, from, room), absolute(AT_FDCWD, to, other), ((int (*)(const char *, const char *))real("rename"))(from, to));
}
int renameat(int at, const char *from, int into, const char *to) {
  char room[PATH_MAX], other[PATH_MAX];
  pthread_mutex_lock(&lock);
  return changed('R', absolute(at, from, room), absolute(into, to, other), ((int (*)(int, const char *, int, const char *))real("renameat"))(at, from, into, to));
}
int unlink(const char *path) {
  char room[PATH_MAX];
  pthread_mutex_lock(&lock);
  return changed('U', absolute(AT_FDCWD, path, room), NULL, ((int (*)(const char *))real("unlink"))(path));
}
int unlinkat(int at, const char *path, int flags) {
  char room[PATH_MAX];
  pthread_mutex_lock(&lock);
  return changed('U', absolute(at, path, room), NULL, ((int (*)(int, const char *, int))real("unlinkat"))(at, path, flags));
}
int mkdir(const char *path, mode_t mode) {
  char room[PATH_MAX];
  pthread_mutex_lock(&lock);
  return changed('M', absolute(AT_FDCWD, path, room), NULL, ((int (*)(const char *, mode_t))real("mkdir"))(path, mode));
}
