// A library that is loaded before all others (LD_PRELOAD) into a process that works on files below one
// directory. It notes every change to them in the order in which they were made, can fill the device, can
// fail to synchronise, and can turn the clock back.
//
//   FAULT_LAYER_ROOT    the directory; nothing elsewhere is touched
//   FAULT_LAYER_TRACE   file that gets the changes; nothing is noted without it
//   FAULT_LAYER_MARKS   file whose lines are noted as marks between the changes
//   FAULT_LAYER_ROOM    how many bytes files below the directory may grow by until the device is full
//   FAULT_LAYER_FREED   file: once it is there, the device has room again
//   FAULT_LAYER_FAILING name of a file below the directory, one of whose synchronisations fails (EIO)
//   FAULT_LAYER_FAILURE which of them fails, counted from 1
//   FAULT_LAYER_CLOCK   seconds by which the clock goes back at every look
//
// While changes are noted nothing is really synchronised: what that would have saved is what the trace
// is to tell. A record of the trace is, in the byte order of the machine: kind (1 byte), descriptor (4),
// offset (8), count (4), and as many bytes. Kinds:
//
//   O open, truncated or created where the offset has the bits 1 and 2; bytes: path
//   W write at the offset              T set size to the offset       F synchronise
//   R rename; bytes: path, zero, path  U remove name; bytes: path     D make directory; bytes: path
//   M mark; bytes: what was written
//   X something that this library does not follow; bytes: its name
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// The headers must not call 64-bit variants by the plain names: each is a function of its own here.
#if defined(_FILE_OFFSET_BITS) && _FILE_OFFSET_BITS != 64
#error "offsets have 64 bits"
#endif

enum { descriptors = 4096, plain = 0, followed = 1, marks = 2 };

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char kind_of[descriptors], is_failing[descriptors];
static int trace = -1;
static const char *root, *mark_path, *freed_path, *failing_name;
static int64_t room = -1, until_failure = -1, clock_step, clock_looks;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void start(void) {
  root = getenv("FAULT_LAYER_ROOT");
  mark_path = getenv("FAULT_LAYER_MARKS");
  freed_path = getenv("FAULT_LAYER_FREED");
  failing_name = getenv("FAULT_LAYER_FAILING");
  if (getenv("FAULT_LAYER_FAILURE")) until_failure = atoll(getenv("FAULT_LAYER_FAILURE"));
  if (getenv("FAULT_LAYER_ROOM")) room = atoll(getenv("FAULT_LAYER_ROOM"));
  if (getenv("FAULT_LAYER_CLOCK")) clock_step = atoll(getenv("FAULT_LAYER_CLOCK"));
  if (getenv("FAULT_LAYER_TRACE"))
    trace = REAL(open)(getenv("FAULT_LAYER_TRACE"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static int is_below(const char *path) {
  size_t count = root ? strlen(root) : 0;
  return count && !strncmp(path, root, count) && (path[count] == '/' || !path[count]);
}

static int kind(int fd) { return fd >= 0 && fd < descriptors ? kind_of[fd] : plain; }

// One record; the caller has the turn.
static void note(char what, int fd, int64_t offset, const void *bytes, size_t count) {
  char head[17];
  uint32_t size = (uint32_t)count;
  int32_t number = fd;
  if (trace < 0) return;
  head[0] = what;
  memcpy(head + 1, &number, 4);
  memcpy(head + 5, &offset, 8);
  memcpy(head + 13, &size, 4);
  struct iovec parts[2] = {{head, sizeof head}, {(void *)bytes, count}};
  if (REAL(writev)(trace, parts, 2) != (ssize_t)(sizeof head + count)) abort();
}

static void strange(const char *name) { note('X', -1, 0, name, strlen(name)); }

// MARK: Opening

static int opened(int fd, const char *path, int flags, int existed) {
  if (fd < 0 || fd >= descriptors) return fd;
  kind_of[fd] = plain;
  is_failing[fd] = 0;
  if (mark_path && !strcmp(path, mark_path)) kind_of[fd] = marks;
  if (is_below(path)) {
    kind_of[fd] = followed;
    const char *slash = strrchr(path, '/');
    is_failing[fd] = failing_name && slash && !strcmp(slash + 1, failing_name);
    int bits = (flags & O_TRUNC ? 1 : 0) | ((flags & O_CREAT) && !existed ? 2 : 0);
    note('O', fd, bits, path, strlen(path));
  }
  return fd;
}

static int open_any(const char *path, int flags, mode_t mode) {
  pthread_mutex_lock(&turn);
  struct stat status;
  int existed = is_below(path) && lstat(path, &status) == 0;
  int fd = opened(REAL(open)(path, flags, mode), path, flags, existed);
  int error = errno;
  pthread_mutex_unlock(&turn);
  errno = error;
  return fd;
}

#define MODE(flags, mode)                                                                          \
  mode_t mode = 0;                                                                                 \
  if ((flags) & (O_CREAT | O_TMPFILE)) {                                                           \
    va_list list;                                                                                  \
    va_start(list, flags);                                                                         \
    mode = va_arg(list, mode_t);                                                                   \
    va_end(list);                                                                                  \
  }

int open(const char *path, int flags, ...) {
  MODE(flags, mode)
  return open_any(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  MODE(flags, mode)
  return open_any(path, flags, mode);
}
int openat(int directory, const char *path, int flags, ...) {
  MODE(flags, mode)
  if (directory == AT_FDCWD || path[0] == '/') return open_any(path, flags, mode);
  if (kind(directory) == followed && flags & (O_WRONLY | O_RDWR | O_CREAT)) strange("openat");
  return REAL(openat)(directory, path, flags, mode);
}
int openat64(int directory, const char *path, int flags, ...) {
  MODE(flags, mode)
  return openat(directory, path, flags, mode);
}

int close(int fd) {
  pthread_mutex_lock(&turn);
  if (fd >= 0 && fd < descriptors) kind_of[fd] = plain;
  int result = REAL(close)(fd);
  pthread_mutex_unlock(&turn);
  return result;
}

// MARK: Writing

// How many of the bytes the device has room for; the caller has the turn.
static size_t fitting(int fd, size_t count, int64_t offset) {
  struct stat status;
  if (room < 0 || kind(fd) != followed || fstat(fd, &status)) return count;
  if (freed_path && !access(freed_path, F_OK)) return count;
  int64_t growth = offset + (int64_t)count - status.st_size;
  if (growth <= 0) return count;
  int64_t missing = growth > room ? growth - room : 0;
  room -= growth - missing;
  return missing < (int64_t)count ? count - (size_t)missing : 0;
}

static ssize_t write_at(int fd, const void *bytes, size_t count, int64_t offset, int has_offset) {
  if (kind(fd) == plain)
    return has_offset ? REAL(pwrite)(fd, bytes, count, offset) : REAL(write)(fd, bytes, count);
  pthread_mutex_lock(&turn);
  if (!has_offset) {
    struct stat status;
    int appends = fcntl(fd, F_GETFL) & O_APPEND;
    offset = appends && !fstat(fd, &status) ? status.st_size : lseek(fd, 0, SEEK_CUR);
  }
  size_t fits = fitting(fd, count, offset);
  ssize_t done = -1;
  int error = ENOSPC;
  if (fits || !count) {
    done = has_offset ? REAL(pwrite)(fd, bytes, fits, offset) : REAL(write)(fd, bytes, fits);
    error = errno;
  }
  if (done >= 0) note(kind(fd) == marks ? 'M' : 'W', fd, offset, bytes, (size_t)done);
  pthread_mutex_unlock(&turn);
  errno = error;
  return done;
}

ssize_t write(int fd, const void *bytes, size_t count) { return write_at(fd, bytes, count, 0, 0); }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  return write_at(fd, bytes, count, offset, 1);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  return write_at(fd, bytes, count, offset, 1);
}

static int set_size(int fd, int64_t size) {
  pthread_mutex_lock(&turn);
  int result = REAL(ftruncate)(fd, size);
  int error = errno;
  if (!result && kind(fd) == followed) note('T', fd, size, "", 0);
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

int ftruncate(int fd, off_t size) { return set_size(fd, size); }
int ftruncate64(int fd, off64_t size) { return set_size(fd, size); }

static int synchronise(int fd, int (*call)(int)) {
  if (kind(fd) != followed) return call(fd);
  pthread_mutex_lock(&turn);
  int fails = is_failing[fd] && until_failure > 0 && --until_failure == 0;
  if (!fails) note('F', fd, 0, "", 0);
  pthread_mutex_unlock(&turn);
  if (fails) {
    errno = EIO;
    return -1;
  }
  return trace < 0 ? call(fd) : 0;
}

int fsync(int fd) { return synchronise(fd, REAL(fsync)); }
int fdatasync(int fd) { return synchronise(fd, REAL(fdatasync)); }

// MARK: Names

static int named(char what, int result, const char *path) {
  int error = errno;
  if (!result && is_below(path)) note(what, -1, 0, path, strlen(path));
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

int unlink(const char *path) {
  pthread_mutex_lock(&turn);
  return named('U', REAL(unlink)(path), path);
}
int rmdir(const char *path) {
  pthread_mutex_lock(&turn);
  return named('U', REAL(rmdir)(path), path);
}
int mkdir(const char *path, mode_t mode) {
  pthread_mutex_lock(&turn);
  return named('D', REAL(mkdir)(path, mode), path);
}

int rename(const char *path, const char *target) {
  pthread_mutex_lock(&turn);
  int result = REAL(rename)(path, target);
  int error = errno;
  if (!result && (is_below(path) || is_below(target))) {
    size_t first = strlen(path) + 1, second = strlen(target);
    char *both = malloc(first + second);
    if (!both) abort();
    memcpy(both, path, first);
    memcpy(both + first, target, second);
    note('R', -1, 0, both, first + second);
    free(both);
  }
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

// MARK: What nobody calls so far

#define STRANGE(type, name, parameters, arguments, path_or_fd)                                     \
  type name parameters {                                                                           \
    if (path_or_fd) {                                                                              \
      pthread_mutex_lock(&turn);                                                                   \
      strange(#name);                                                                              \
      pthread_mutex_unlock(&turn);                                                                 \
    }                                                                                              \
    return REAL(name) arguments;                                                                   \
  }

STRANGE(int, truncate, (const char *p, off_t s), (p, s), is_below(p))
STRANGE(int, link, (const char *p, const char *t), (p, t), is_below(t))
STRANGE(int, symlink, (const char *p, const char *t), (p, t), is_below(t))
STRANGE(int, renameat, (int d, const char *p, int e, const char *t), (d, p, e, t), is_below(t))
STRANGE(int, unlinkat, (int d, const char *p, int f), (d, p, f), kind(d) == followed || is_below(p))
STRANGE(int, mkdirat, (int d, const char *p, mode_t m), (d, p, m), is_below(p))
STRANGE(int, fallocate, (int f, int m, off_t o, off_t s), (f, m, o, s), kind(f) == followed)
STRANGE(int, posix_fallocate, (int f, off_t o, off_t s), (f, o, s), kind(f) == followed)
STRANGE(ssize_t, writev, (int f, const struct iovec *v, int n), (f, v, n), kind(f) == followed)
STRANGE(ssize_t, pwritev, (int f, const struct iovec *v, int n, off_t o), (f, v, n, o),
        kind(f) == followed)

// MARK: The clock

// The offset that the clock has at this look.
static int64_t turned_back(void) {
  return clock_step ? __atomic_add_fetch(&clock_looks, 1, __ATOMIC_RELAXED) * clock_step : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = REAL(clock_gettime)(clock, now);
  if (!result && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    now->tv_sec -= turned_back();
  return result;
}
int gettimeofday(struct timeval *now, void *zone) {
  int result = REAL(gettimeofday)(now, zone);
  if (!result) now->tv_sec -= turned_back();
  return result;
}
time_t time(time_t *now) {
  time_t result = REAL(time)(NULL) - turned_back();
  if (now) *now = result;
  return result;
}
