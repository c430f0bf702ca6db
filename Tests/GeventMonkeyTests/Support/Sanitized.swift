// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Whether the tests were built with a sanitizer.
var isSanitized: Bool {
    ["__asan_init", "__tsan_init"].contains { (name: String) in unsafe dlsym(nil, name) != nil }
}
