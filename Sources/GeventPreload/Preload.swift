// SPDX-License-Identifier: Apache-2.0
internal import CGeventPatch
internal import GeventCore
internal import GeventMonkey
internal import GeventSystem

/// Patches a program that was started by `gevent run`; called before its `main`.
@_cdecl("gv_preload_begin")
func beginPreload(_ areas: UnsafePointer<CChar>, _ isVerbose: Int32) {
    // SAFETY: the caller lends the text for the call.
    let names = unsafe String(cString: areas).split(separator: ",").map(String.init)
    let areas = Set(names.compactMap(Monkey.Area.init(rawValue:)))
    if areas.contains(.threads) { gv_threads_make_hub { makeHubOfProgram() } }
    // How long a program computes is its own affair, unless it is asked about.
    Monkey.startsWatchdog = Environment.value("GEVENT_WATCHDOG") != nil
    do {
        let report = try Monkey.patchAll(areas, objects: .except(["libGeventPreload."]))
        if isVerbose != 0 { StandardError.write("gevent: \(report)\n") }
    } catch {
        // Only a handler throws, and nobody has had the time to add one.
        fatalError("gevent: the program was not patched: \(error)")
    }
}

/// Makes the program's first thread the main greenlet of a hub.
private func makeHubOfProgram() {
    // Threads may sleep for as long as they like without a word about it.
    Hub.current.reportsWaitersAfter = nil
}
