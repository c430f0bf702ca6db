// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// A place for a value that each greenlet has for itself.
///
/// ```swift
/// let user = Local<String>()
/// spawn { user.set("steve"); try handle() }
/// ```
///
/// Values are freed with their greenlet, and with the place. For values that a spawned greenlet is
/// to inherit, use `@TaskLocal`.
///
/// gevent: `gevent.local.local`.
public final class Local<Value>: @unchecked Sendable, GreenletStore {
    // SAFETY: the table is behind the mutex; a value is only ever handed to its own greenlet.
    private struct Table: @unchecked Sendable { var values: [ObjectIdentifier: Value] = [:] }
    private let table = Guarded(Table())
    private let initial: (() -> Value)?

    /// Makes a place where nothing is set.
    public init() { initial = nil }

    /// Makes a place that begins in each greenlet with what `initial` returns there.
    ///
    /// gevent: a subclass of `local` with an `__init__`.
    public init(_ initial: @escaping @Sendable () -> Value) { self.initial = initial }

    /// What this greenlet has set; `nil` if it has set nothing.
    ///
    /// Setting `nil` unsets.
    public var valueIfSet: Value? {
        get {
            let key = ObjectIdentifier(AnyGreenlet.current)
            if let value = read(key) { return value }
            guard let initial else { return nil }
            let value = initial()
            write(value)
            return value
        }
        set {
            guard let newValue else { return forget(ObjectIdentifier(AnyGreenlet.current)) }
            write(newValue)
        }
    }

    /// What this greenlet has set.
    ///
    /// - Throws: ``LocalUnset`` if this greenlet has set nothing, whatever others did.
    public func get() throws -> Value {
        guard let value = valueIfSet else { throw LocalUnset(place: "Local<\(Value.self)>") }
        return value
    }

    /// Sets the value of this greenlet.
    public func set(_ value: Value) { write(value) }

    /// How many greenlets have a value here.
    public var count: Int { table.withLock { $0.values.count } }

    /// Frees the value of a greenlet that has ended.
    package func forget(_ greenlet: ObjectIdentifier) {
        // Freed outside of the lock: its deinit may come back here.
        nonisolated(unsafe) var gone: Value?
        table.withLock { unsafe gone = $0.values.removeValue(forKey: greenlet) }
        _ = unsafe gone
    }

    private func read(_ key: ObjectIdentifier) -> Value? {
        // SAFETY: read back on this very thread.
        nonisolated(unsafe) var value: Value?
        table.withLock { unsafe value = $0.values[key] }
        return unsafe value
    }

    private func write(_ value: Value) {
        let greenlet = AnyGreenlet.current
        // SAFETY: stored on this very thread, for this very greenlet.
        nonisolated(unsafe) let carried = value
        table.withLock { $0.values[ObjectIdentifier(greenlet)] = unsafe carried }
        let stores = greenlet.details.localStores
        if stores[ObjectIdentifier(self)] == nil {
            greenlet.details.localStores[ObjectIdentifier(self)] = WeakStore(self)
        }
    }
}

/// A greenlet-local place was read by a greenlet that has set nothing there.
///
/// gevent: `AttributeError`.
public struct LocalUnset: Error, Sendable, CustomStringConvertible {
    private let place: String

    init(place: String) { self.place = place }

    /// Says what was not set.
    public var description: String { "this greenlet has set nothing in \(place)" }
}

/// Does not keep the place alive, whose values go with it.
private final class WeakStore: GreenletStore {
    private weak var store: (any GreenletStore)?

    init(_ store: any GreenletStore) { self.store = store }

    func forget(_ greenlet: ObjectIdentifier) { store?.forget(greenlet) }
}
