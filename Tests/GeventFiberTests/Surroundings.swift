// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventSystem
import Testing

/// Whether the tests were built with a sanitizer, which has memory and frames of its own.
let isSanitized = Environment.value("GEVENT_SANITIZER") != nil

/// Sets a variable of the environment, before anything has looked at it.
func setEnvironment(_ name: String, _ value: String) {
    unsafe gv_probe_set_environment(name, value)
}

extension ExitTest.Result? {
    /// What the child process has written to standard error.
    var errorText: String { String(decoding: self?.standardErrorContent ?? [], as: UTF8.self) }
}
