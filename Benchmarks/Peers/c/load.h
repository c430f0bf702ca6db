// SPDX-License-Identifier: Apache-2.0
// What the loads share: connections to the server, and the window in which they measure.
#pragma once
#include "measure.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { message_bytes = 64, latency_places = 1000001 };

// What is counted begins after a warm-up, and ends after some seconds. The processor time of the server is read at
// both ends, so that neither its start nor its connections are in it.
typedef struct {
    int port, server;
    uint64_t warm_until, end, began;
    double seconds, server_cpu, own_cpu;
    long count;
    // How many took so many microseconds; the last place has all that took longer.
    uint32_t *latencies;
} measurement;

static inline void fail(const char *what) {
    perror(what);
    exit(1);
}

// Processor time of all threads of another process. Its clock is its number, inverted, with the mark of a process's clock.
static inline double cpu_seconds_of(int process) {
    return (double)nanoseconds_of((clockid_t)((~(unsigned)process << 3) | 2)) / 1e9;
}

// PORT SERVER_PID SECONDS in the command line, from `index` on.
static inline measurement begin(char **arguments, int index) {
    measurement new = {atoi(arguments[index]), atoi(arguments[index + 1]), 0, 0, 0, 0, 0, 0, 0, 0};
    double seconds = atof(arguments[index + 2]);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    new.latencies = calloc(latency_places, sizeof *new.latencies);
    if (!new.latencies) fail("memory");
    new.seconds = seconds;
    return new;
}

// The clock starts: connections are there.
static inline void start_clock(measurement *self) {
    self->warm_until = now() + 500000000u;
    self->end = self->warm_until + (uint64_t)(self->seconds * 1e9);
}

// Whether there is time left.
static inline int goes_on(measurement *self, uint64_t time) {
    if (self->began == 0 && time >= self->warm_until) {
        self->began = time;
        self->count = 0;
        memset(self->latencies, 0, latency_places * sizeof *self->latencies);
        self->server_cpu = cpu_seconds_of(self->server);
        self->own_cpu = cpu_seconds();
    }
    return time < self->end;
}

static inline void record(measurement *self, uint64_t nanoseconds) {
    uint64_t place = nanoseconds / 1000;
    self->latencies[place < latency_places ? place : latency_places - 1]++;
    self->count++;
}

static inline long percentile(const measurement *self, double share) {
    long sum = 0;
    for (long place = 0; place < latency_places; place++)
        if ((double)(sum += self->latencies[place]) >= share * (double)self->count) return place;
    return latency_places;
}

// Prints how much the server took for one of `unit` operations, and who was busy.
static inline void finish(const measurement *self, const char *rate_name, const char *cost_name, double unit) {
    double took = (double)(now() - self->began) / 1e9;
    double server = cpu_seconds_of(self->server) - self->server_cpu;
    printf("%s=%.6g %s=%.6g server_busy=%.2f client_busy=%.2f", rate_name, (double)self->count / unit / took, cost_name,
           server * 1e6 / ((double)self->count / unit), server / took, (cpu_seconds() - self->own_cpu) / took);
}

static inline void finish_messages(const measurement *self) {
    if (self->count == 0) {
        fputs("nothing was answered\n", stderr);
        exit(1);
    }
    finish(self, "rate", "server_us", 1);
    printf(" p50_us=%ld p99_us=%ld p999_us=%ld\n", percentile(self, 0.5), percentile(self, 0.99),
           percentile(self, 0.999));
}

// A connection from an address of this machine's own network: each has ports of its own, which a closed connection
// keeps from use for a while.
static inline int connect_from(int port, uint32_t host) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int yes = 1, new = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (host > 0) {
        struct sockaddr_in own = {.sin_family = AF_INET};
        own.sin_addr.s_addr = htonl(INADDR_LOOPBACK + host);
        setsockopt(new, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
        if (bind(new, (struct sockaddr *)&own, sizeof own) != 0) fail("bind");
    }
    if (connect(new, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
    setsockopt(new, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return new;
}

static inline void never_block(int socket) { fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK); }

// One of these for each workload.
void load_echo(char **arguments);
void load_accept(char **arguments);
void load_http(char **arguments);
void load_idle(char **arguments);
void load_bulk(char **arguments, int words);
