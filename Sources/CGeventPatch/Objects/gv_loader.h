// SPDX-License-Identifier: Apache-2.0
// The dynamic linker's own calls, which a patch passes over where we make them, and the stand-ins for them.
#ifndef GV_LOADER_H
#define GV_LOADER_H

typedef struct gv_loader_calls {
    void *(*dlopen)(const char *, int);
    int (*dlclose)(void *);
} gv_loader_calls;

/// Defined where the compiler does not see it together with its uses: it would call by name again.
extern const gv_loader_calls gv_loader __attribute__((visibility("hidden")));

void *gv_call_dlopen(const char *file, int mode);
int gv_call_dlclose(void *handle);

/// dlopen(3) as `caller` has it, an address in some object: the dynamic linker searches for that object.
void *gv_open_for(const void *caller, const char *file, int mode);

/// Patches what has been loaded since the last pass, and forgets what is gone.
void gv_patch_renew(void);

#endif
