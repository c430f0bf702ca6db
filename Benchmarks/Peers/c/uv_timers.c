// SPDX-License-Identifier: Apache-2.0
// What libuv's loop costs: uv_timers timers|turn COUNT.
//
// timers: callbacks that are each due after a random time of up to a second, in libuv's whole milliseconds. turn: a
// loop that has something to do, and so asks the system once a turn.
#include "measure.h"
#include <uv.h>

static long left;

static void on_timer(uv_timer_t *timer) { (void)timer; }

static void on_idle(uv_idle_t *idle) {
    if (--left == 0) uv_idle_stop(idle);
}

static void measure_timers(uv_loop_t *loop, long count) {
    uv_timer_t *timers = malloc((size_t)count * sizeof *timers);
    srandom((unsigned)now());
    double cpu = cpu_seconds();
    for (long i = 0; i < count; i++) {
        if (i % 1000 == 0) uv_update_time(loop);
        uv_timer_init(loop, &timers[i]);
        uv_timer_start(&timers[i], on_timer, (uint64_t)random() % 1000, 0);
    }
    uv_run(loop, UV_RUN_DEFAULT);
    printf("cpu_s=%.4f\n", cpu_seconds() - cpu);
}

static void measure_turns(uv_loop_t *loop, long count) {
    uv_idle_t idle;
    left = count;
    uv_idle_init(loop, &idle);
    uv_idle_start(&idle, on_idle);
    uint64_t start = now();
    uv_run(loop, UV_RUN_DEFAULT);
    printf("ns=%.1f\n", each(count, start));
}

int main(int count, char **arguments) {
    long turns = number(count, arguments, 2);
    if (asked(arguments, "timers")) measure_timers(uv_default_loop(), turns);
    else measure_turns(uv_default_loop(), turns);
}
