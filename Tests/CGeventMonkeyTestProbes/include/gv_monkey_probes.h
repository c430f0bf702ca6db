// SPDX-License-Identifier: Apache-2.0
// What tests of stand-ins need of C.
#ifndef GV_MONKEY_PROBES_H
#define GV_MONKEY_PROBES_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/// The variadic stand-in: waits for a lock of the whole file by that command, or gives it back.
int gv_probe_lock(int fd, int command);
int gv_probe_unlock(int fd);

/// The real flock, whose name means a struct in Swift.
int gv_probe_flock(int fd, int operation);

/// Real calls of GNU that Swift does not see.
int gv_probe_syncfs(int fd);
int gv_probe_sync_file_range(int fd, int64_t offset, int64_t length, unsigned flags);
int gv_probe_fallocate(int fd, int mode, int64_t offset, int64_t length);

/// Whether a command that the stand-in of system runs has the calling thread's signal mask.
bool gv_probe_shell_has_mask(void);

/// F_GETFD and F_GETFL by the stand-in.
int gv_probe_get(int fd, int command);

/// Locks in another process: forks a child that holds a write lock of the whole file until `gate` is readable.
int gv_probe_hold_lock(const char *path, int gate);

/// Forks a child that ends with `status` once `gate` is readable, or at once if that is -1.
int gv_probe_child(int gate, int status);

/// Forks a child that stops, and ends with `status` when it goes on.
int gv_probe_stopping_child(int status);

/// Forks by a stand-in ("fork", "vfork", "_Fork"); the child ends with 0 if it sleeps by the real call.
int gv_probe_fork(const char *name);

/// The stand-in of waitid for a child that ends: its number, or -1; its exit code or the error number.
int gv_probe_waitid(int child, int *code);

int gv_probe_exit_code(int status);

/// Room for the texts of look-ups.
enum { GV_PROBE_TEXT = 8192 };

/// Look-ups by the real call or by its stand-in, and the answer as text. `flags` -1: without hints.
void gv_probe_addresses(bool is_real, const char *node, const char *service, int flags, int family, char *text);
void gv_probe_name(bool is_real, int family, int flags, int room, char *text);
void gv_probe_host(bool is_real, const char *name, int family, char *text);
void gv_probe_host_of_loopback(bool is_real, char *text);

/// Asks by the stand-in of gethostbyname, and reads the answer later.
const void *gv_probe_ask_host(const char *name);
void gv_probe_read_host(const void *answer, char *text);

/// gethostbyname_r into a buffer of `size` bytes, so many behind an aligned one. Whether the answer lies inside of it.
bool gv_probe_host_into(bool is_real, const char *name, int offset, int size, char *text);

/// Waits by the scheduler's hook until a descriptor is readable.
int gv_probe_wait(int fd);

/// A pipe that programs do not inherit.
int gv_probe_pipe(int *ends);

/// A new file for a template as mkstemp has them.
int gv_probe_make_file(char *path);

/// Handlers for tests, and what they have seen.
void gv_probe_handler(int number);
void gv_probe_info_handler(int number, siginfo_t *info, void *context);
void gv_probe_jumping_handler(int number);
void gv_probe_reset(void);
int gv_probe_handled(void);
int gv_probe_code(void);
/// Nanoseconds that a stand-in's sleep took within the handler, which is the real one: the scheduler's clock stood
/// still.
int64_t gv_probe_slept_in_handler(void);

/// Raises a signal whose handler is left by siglongjmp, from `depth` frames down.
void gv_probe_jump_out(int number, int depth);

/// Calls the stand-in of sigaction by its parts.
int gv_probe_install(int number, void (*handler)(int), int flags);
int gv_probe_install_info(int number, int flags);
/// Which handler the stand-in of sigaction answers with, and its flags.
enum { GV_PROBE_DEFAULT, GV_PROBE_IGNORED, GV_PROBE_HANDLER, GV_PROBE_OTHER };
int gv_probe_disposition(int number);
int gv_probe_flags(int number);

void gv_probe_raise(int number);
void gv_probe_block(int number);
void gv_probe_unblock(int number);
bool gv_probe_is_blocked(int number);
void gv_probe_set_alternate_stack(void);

/// Sleeps for 20 ms under a lock that all callers share, by plain calls.
void gv_probe_sleep_holding(void);

#endif
