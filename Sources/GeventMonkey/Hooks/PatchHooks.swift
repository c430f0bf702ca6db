// SPDX-License-Identifier: Apache-2.0
internal import CGeventPatch

/// What the stand-ins ask of the scheduler.
enum PatchHooks {
    /// Sets them, once a process, before the first call is replaced.
    static func install() {}
}
