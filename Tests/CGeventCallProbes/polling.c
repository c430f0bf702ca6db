// SPDX-License-Identifier: Apache-2.0
// Waiting for descriptors: calls × time limits × situations.
#include "probe.h"
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/select.h>

static const char *const calls[] = {"poll", "ppoll", "select", "pselect", "epoll_wait", "epoll_pwait", "epoll_pwait2"};
enum { NEVER, AT_ONCE, SOON, FOREVER, HUGE_LIMIT, WRONG, LIMITS };
static const char *const limits[] = {"no time", "0", "20 ms", "for ever", "a huge limit", "a wrong limit"};
enum {
    READY, LATER, WRITABLE, NOBODY, CLOSED, CLOSES, TWICE, NEGATIVE, STORED, STORED_ASKED_NOTHING, NOT_OPEN, NONE, TOO_MANY,
    HANGS_UP_UNASKED, URGENT, OTHERS_TOO, SIGNAL_MASK, SIGNALLED, SITUATIONS
};
static const char *const situations[] = {
    "ready", "ready later", "writable", "nobody comes", "closed by the peer", "closed by the peer later", "the same twice",
    "a negative number", "a file", "a file asked nothing", "a closed number", "none at all", "too many", "hangs up unasked",
    "urgent data", "several", "with a mask", "a signal that the mask lets through",
};

static __attribute__((constructor)) void lengthen_table(void) {
    dup2(0, 1020);
    close(1020);
}

static void ignore(int number) { (void)number; }

static void hold_back(probe *probe) {
    struct sigaction action = {.sa_handler = ignore};
    sigset_t held;
    sigaction(SIGUSR1, &action, 0);
    sigemptyset(&held);
    sigaddset(&held, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &held, 0);
    probe->thread = pthread_self();
}

static void act(probe *probe) {
    switch (probe->script) {
        case LATER: case TWICE: case NEGATIVE: case OTHERS_TOO: case SIGNAL_MASK: send(probe->there, "x", 1, MSG_NOSIGNAL); break;
        case CLOSES: case HANGS_UP_UNASKED: close(probe->there); probe->there = -1; break;
        // Another call on the same thread may be the one that takes it.
        case SIGNALLED:
            while (!probe_is_done(probe)) {
                pthread_kill(probe->thread, SIGUSR1);
                probe->pause(1);
            }
            break;
        case URGENT: send(probe->there, "u", 1, MSG_OOB | MSG_NOSIGNAL); break;
        default: break;
    }
}

static struct timespec *limit_of(size_t limit, struct timespec *room) {
    switch (limit) {
        case SOON: *room = (struct timespec){.tv_nsec = 20000000}; return room;
        case AT_ONCE: *room = (struct timespec){0}; return room;
        case HUGE_LIMIT: *room = (struct timespec){.tv_sec = LONG_MAX}; return room;
        case WRONG: *room = (struct timespec){.tv_sec = 1, .tv_nsec = 1000000000}; return room;
        default: return 0;
    }
}

static const int milliseconds[LIMITS] = {0, 0, 20, -1, INT_MAX, -1000};

// A sanitizer looks at all entries before the kernel can refuse their number.
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
static const nfds_t most_entries = 4;
#else
static const nfds_t most_entries = 1u << 30;
#endif

static void poll_them(probe *probe, bool is_ppoll, size_t limit, int file) {
    short events = probe->script == WRITABLE ? POLLOUT : probe->script == URGENT ? POLLPRI : POLLIN;
    struct pollfd entries[4] = {{probe->here, events, -1}, {-1, POLLIN, -1}, {-1, POLLIN, -1}, {-1, 0, -1}};
    nfds_t count = 1;
    switch (probe->script) {
        case TWICE: entries[1].fd = probe->here; entries[2] = (struct pollfd){probe->here, POLLOUT | POLLIN, -1}; count = 2; break;
        case NEGATIVE: count = 3; break;
        case STORED: entries[1] = (struct pollfd){file, POLLIN | POLLOUT | POLLPRI, -1}; count = 2; break;
        case STORED_ASKED_NOTHING: entries[1] = (struct pollfd){file, 0, -1}; count = 2; break;
        case NOT_OPEN: entries[1].fd = 99999; count = 2; break;
        case NONE: count = 0; break;
        case TOO_MANY: count = most_entries; break;
        case HANGS_UP_UNASKED: entries[0].events = 0; break;
        case OTHERS_TOO: entries[1] = (struct pollfd){probe->there, POLLIN, -1}; count = 4; break;
        default: break;
    }
    struct timespec room;
    sigset_t mask;
    sigemptyset(&mask);
    // Other cases send that one to this thread.
    if (probe->script == SIGNAL_MASK) sigaddset(&mask, SIGUSR1);
    errno = ERRNO_BEFORE;
    int found = is_ppoll ? probe->calls->ppoll(entries, count, limit_of(limit, &room), probe->script >= SIGNAL_MASK ? &mask : 0)
                         : probe->calls->poll(entries, count, milliseconds[limit]);
    probe_note_result(probe, is_ppoll ? "ppoll" : "poll", found, errno);
    for (int index = 0; index < 4; index++) probe_note(probe, "%x ", entries[index].revents);
}

static void select_them(probe *probe, bool is_pselect, size_t limit, int file) {
    fd_set sets[3], *own[3] = {0, 0, 0};
    for (int which = 0; which < 3; which++) FD_ZERO(&sets[which]);
    int which = probe->script == WRITABLE ? 1 : probe->script == URGENT ? 2 : 0, most = probe->here, count;
    if (probe->script != HANGS_UP_UNASKED) { FD_SET(probe->here, &sets[which]); own[which] = &sets[which]; }
    else { FD_SET(probe->here, &sets[2]); own[2] = &sets[2]; }
    switch (probe->script) {
        case TWICE: own[2] = &sets[2]; FD_SET(probe->here, &sets[2]); break;
        case STORED: case STORED_ASKED_NOTHING: own[1] = &sets[1]; FD_SET(file, &sets[1]); FD_SET(file, &sets[0]); break;
        case NOT_OPEN:
            // The kernel looks only as far as its table goes, which therefore was made long enough.
            FD_SET(1020, &sets[0]);
            most = 1020;
            break;
        case OTHERS_TOO: FD_SET(probe->there, &sets[0]); break;
        default: break;
    }
    if (file > most) most = file;
    if (probe->there > most) most = probe->there;
    count = probe->script == NONE ? 0 : probe->script == NEGATIVE ? -1 : probe->script == TOO_MANY ? INT_MAX : most + 1;
    // The sets end here, and the kernel looks no further than its own table.
    struct timespec room, *time = limit_of(limit, &room);
    struct timeval interval, *old = 0;
    if (time && limit != HUGE_LIMIT) { interval = (struct timeval){time->tv_sec, time->tv_nsec / 1000}; old = &interval; }
    if (limit == HUGE_LIMIT) { interval = (struct timeval){.tv_sec = LONG_MAX / 1000000000}; old = &interval; }
    if (limit == WRONG) interval.tv_usec = -1;
    sigset_t mask;
    sigemptyset(&mask);
    // Other cases send that one to this thread.
    if (probe->script == SIGNAL_MASK) sigaddset(&mask, SIGUSR1);
    errno = ERRNO_BEFORE;
    int found = is_pselect
        ? probe->calls->pselect(count, own[0], own[1], own[2], time, probe->script >= SIGNAL_MASK ? &mask : 0)
        : probe->calls->select(count, own[0], own[1], own[2], old);
    int code = errno;
    probe_note_result(probe, is_pselect ? "pselect" : "select", found, code);
    for (int set = 0; set < 3; set++)
        probe_note(probe, "%d%d%d ", FD_ISSET(probe->here, &sets[set]) != 0, probe->there >= 0 && FD_ISSET(probe->there, &sets[set]),
                   file >= 0 && FD_ISSET(file, &sets[set]));
    if (!is_pselect && limit == SOON) probe_note(probe, "%s ", interval.tv_usec == 0 ? "no time left" : interval.tv_usec <= 20000 ? "time left" : "more time");
}

static void epoll_them(probe *probe, size_t call, size_t limit) {
    int list = epoll_create1(EPOLL_CLOEXEC);
    uint32_t events = probe->script == WRITABLE ? EPOLLOUT : probe->script == URGENT ? EPOLLPRI : EPOLLIN;
    if (probe->script == HANGS_UP_UNASKED) events = 0;
    if (probe->script == TWICE) events |= EPOLLET;
    struct epoll_event event = {.events = events, .data.u32 = 1}, found[4] = {0};
    epoll_ctl(list, EPOLL_CTL_ADD, probe->here, &event);
    event.data.u32 = 2;
    if (probe->script == OTHERS_TOO) epoll_ctl(list, EPOLL_CTL_ADD, probe->there, &event);
    int number = probe->script == NOT_OPEN ? 99999 : probe->script == NEGATIVE ? -1 : probe->script == STORED ? probe->here : list;
    int room = probe->script == NONE ? 0 : probe->script == TOO_MANY ? INT_MAX : 4;
    struct timespec time;
    sigset_t mask;
    sigemptyset(&mask);
    // Other cases send that one to this thread.
    if (probe->script == SIGNAL_MASK) sigaddset(&mask, SIGUSR1);
    const sigset_t *own = probe->script >= SIGNAL_MASK ? &mask : 0;
    errno = ERRNO_BEFORE;
    int count = call == 4   ? probe->calls->epoll_wait(number, found, room, milliseconds[limit])
                : call == 5 ? probe->calls->epoll_pwait(number, found, room, milliseconds[limit], own)
                            : probe->calls->epoll_pwait2(number, found, room, limit_of(limit, &time), own);
    probe_note_result(probe, calls[call], count, errno);
    for (int index = 0; index < 2; index++) probe_note(probe, "%x %u ", found[index].events, found[index].data.u32);
    close(list);
}

static void decode(size_t index, size_t *call, size_t *limit, size_t *situation) {
    *call = probe_digit(&index, sizeof calls / sizeof *calls);
    *limit = probe_digit(&index, LIMITS);
    *situation = probe_digit(&index, SITUATIONS);
}

static void describe(size_t index, char *report) {
    size_t call, limit, situation;
    decode(index, &call, &limit, &situation);
    snprintf(report, GV_REPORT_BYTES, "%s, %s, %s", calls[call], limits[limit], situations[situation]);
}

static void run(probe *probe) {
    size_t call, limit, which;
    decode(probe->index, &call, &limit, &which);
    int script = probe->script = (int)which, file = -1;
    bool waits = limit >= FOREVER && limit != WRONG;
    bool is_select = call == 2 || call == 3, is_epoll = call >= 4;
    bool has_peer = script == LATER || script == CLOSES || script == TWICE || script == NEGATIVE || script == HANGS_UP_UNASKED ||
                    script == URGENT || script == OTHERS_TOO || script == SIGNAL_MASK || script == SIGNALLED;
    bool comes = has_peer || script == READY || script == WRITABLE || script == CLOSED || script == TOO_MANY || script == NOT_OPEN;
    if (script == SIGNALLED && call != 1 && call != 3 && call != 5 && call != 6) return;
    // Would never end, or be decided by who is faster.
    if (limit == NEVER) return;
    if (limit == WRONG && (call == 0 || call == 4 || call == 5)) waits = true;
    if ((call == 1 || call == 3 || call == 6) && limit == FOREVER) waits = true;
    if (waits && !comes && !(script == STORED && !is_epoll) && !(is_epoll && script == NONE)) return;
    if (waits && is_select && (script == HANGS_UP_UNASKED || script == TOO_MANY)) return;
    if (!waits && has_peer && script != NEGATIVE) return;
    if (script == TOO_MANY && is_select && limit == SOON) return;
    probe_open(probe, PAIR_UNIX, false);
    if (script == URGENT) { close(probe->here); close(probe->there); probe_open(probe, PAIR_TCP, false); }
    if (script == STORED || script == STORED_ASKED_NOTHING) file = open("/proc/self/exe", O_RDONLY);
    if (is_select && (probe->here > 1000 || probe->there > 1000)) abort();
    if (script == READY || (script == TOO_MANY && is_epoll)) send(probe->there, "x", 1, 0);
    if (script == CLOSED) { close(probe->there); probe->there = -1; }
    if (script == SIGNALLED) hold_back(probe);
    if (has_peer && waits) probe_begin_peer(probe, act);
    if (is_epoll) epoll_them(probe, call, limit);
    else if (is_select) select_them(probe, call == 3, limit, file);
    else poll_them(probe, call == 1, limit, file);
    if (file != -1) close(file);
    probe_end(probe);
}

const probe_family probe_polling = {.head = {"polling", 7 * LIMITS * SITUATIONS}, .run = run, .describe = describe};
