// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// A property of which each greenlet has a value of its own.
///
/// ```swift
/// @GreenletLocal var user = "nobody"
/// ```
///
/// Its initial value is what each greenlet begins with. The projected value (`$user`) is the
/// ``Local`` underneath.
///
/// gevent: an attribute of a `local`.
@propertyWrapper
public struct GreenletLocal<Value>: @unchecked Sendable {
    // SAFETY: the initial value is only copied, into each greenlet.
    private let local: Local<Value>

    /// Begins with `wrappedValue` in each greenlet.
    public init(wrappedValue: @autoclosure @escaping @Sendable () -> Value) {
        local = Local(wrappedValue)
    }

    /// This greenlet's value.
    public var wrappedValue: Value {
        get {
            guard let value = local.valueIfSet else {
                trap("a GreenletLocal always has an initial value")
            }
            return value
        }
        nonmutating set { local.set(newValue) }
    }

    /// The place underneath.
    public var projectedValue: Local<Value> { local }
}
