// SPDX-License-Identifier: Apache-2.0
import Testing

extension Tag {
    /// Takes more than about 10 ms.
    @Tag static var slow: Self
}
