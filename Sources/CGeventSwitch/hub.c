// SPDX-License-Identifier: Apache-2.0
// The life of a hub's record: bound to its thread, told of that thread's end, freed with its last greenlet.
#include "include/gv_node.h"
#include <gv_libc.h>
#include <pthread.h>

__thread gv_hub *gv_this_hub __attribute__((tls_model("initial-exec")));
__thread bool gv_is_helper __attribute__((tls_model("initial-exec")));

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void end(void *hub) {
    if (gv_this_hub == hub) gv_this_hub->thread_ends(hub);
}

static void make_key(void) {
    if (gv_libc.pthread_key_create(&key, end) != 0) abort();
}

void gv_hub_set_here(gv_hub *hub) {
    gv_this_hub = hub;
    gv_libc.pthread_once(&once, make_key);
    if (gv_libc.pthread_setspecific(key, hub) != 0) abort();
}

// While the hub lives, records given back elsewhere make `nodes_outside` negative, so it never comes to zero by that.
// From here on it counts those that are left.
void gv_hub_retire(gv_hub *hub) {
    while (hub->spare_nodes) {
        gv_greenlet *node = hub->spare_nodes;
        hub->spare_nodes = node->live_next;
        free(node);
    }
    if (__atomic_add_fetch(&hub->nodes_outside, hub->nodes, __ATOMIC_ACQ_REL) == 0) hub->release(hub);
}

void gv_node_give_elsewhere(gv_greenlet *node) {
    gv_hub *hub = node->hub;
    if (__atomic_sub_fetch(&hub->nodes_outside, 1, __ATOMIC_ACQ_REL) == 0) hub->release(hub);
    free(node);
}
