// SPDX-License-Identifier: Apache-2.0
public import CGeventSwitch

/// Holds a value that is large, or has to be destroyed.
@usableFromInline final class ValueBox<Value> {
    @usableFromInline let value: Value

    @inlinable init(_ value: Value) { self.value = value }
}

extension Greenlet {
    // As a stored property of type `Value?` the value would cost every greenlet, at its end, a search
    // for the type's metadata: the code that destroys a generic class is not specialised.
    @inlinable static var isPlain: Bool {
        _isPOD(Value.self) && MemoryLayout<Value>.size <= MemoryLayout<(UInt64, UInt64)>.size
            && MemoryLayout<Value>.alignment <= MemoryLayout<UInt64>.alignment
    }

    /// Keeps what the body returned.
    @inlinable
    final func keep(_ value: Value) {
        if Self.isPlain {
            // SAFETY: the record has room for it, and nothing has to be destroyed.
            _ = unsafe withUnsafeMutableBytes(of: &node.pointee.result) {
                unsafe $0.baseAddress?.initializeMemory(as: Value.self, to: value)
            }
        } else {
            unsafe box = ValueBox(value)
        }
        unsafe gv_flags_raise(node, UInt32(GV_HAS_RESULT))
    }

    /// What the body returned, without a look at whether it is over.
    final var result: Value? {
        guard has(GV_HAS_RESULT) else { return nil }
        // SAFETY: `keep` has put it there.
        if Self.isPlain {
            return unsafe withUnsafeBytes(of: node.pointee.result) {
                unsafe $0.load(as: Value.self)
            }
        }
        return unsafe box.map { unsafe unsafeDowncast($0, to: ValueBox<Value>.self).value }
    }
}
