// SPDX-License-Identifier: Apache-2.0
import CGeventSwitch
import GeventFiber
import GeventSystem

/// A pool for a hub that does not run.
@safe final class PoolTrial {
    private let hub: UnsafeMutablePointer<gv_hub>
    private let pool: StackPool

    init() {
        unsafe hub = .allocate(capacity: 1)
        unsafe hub.initialize(to: gv_hub())
        pool = unsafe StackPool(hub: hub)
    }

    // SAFETY: the pool only notes where the hub is, and no stack of it runs.
    deinit { unsafe hub.deallocate() }

    /// Makes a stack; 0 stands for the default size.
    func make(_ byteCount: Int = 0) throws -> Stack {
        unsafe Stack(try pool.make(byteCount: byteCount), of: self)
    }

    /// Takes a stack back.
    func discard(_ stack: Stack) { unsafe pool.discard(stack.pointer) }

    /// Gives the deep pages of a stack back.
    func shed(_ stack: Stack, keeping byteCount: Int) {
        unsafe pool.shed(stack.pointer, keeping: byteCount)
    }

    /// Frees all address space.
    func releaseAll() { pool.releaseAll() }
}

/// A stack of a trial.
@safe struct Stack {
    // SAFETY: the trial keeps the memory mapped; what is written to after it was given back is
    // written to in a child, which is to die of it.
    fileprivate let pointer: StackPointer
    private let trial: PoolTrial
    /// The lowest address.
    let low: UInt
    /// How many bytes can be used.
    let size: Int
    /// How many below cannot.
    let guardSize: Int

    // What the record says is noted, since it goes with the pages of a discarded stack.
    fileprivate init(_ pointer: StackPointer, of trial: PoolTrial) {
        unsafe self.pointer = pointer
        self.trial = trial
        low = unsafe UInt(bitPattern: pointer.pointee.base)
        size = unsafe pointer.pointee.size
        guardSize = unsafe pointer.pointee.guard
    }

    /// Where the record is, below which the first frame lies.
    var top: UInt { UInt(bitPattern: unsafe pointer) }
    /// How many bytes are in memory.
    var highWater: Int { unsafe StackUse.highWater(of: pointer) }
    /// All that can be used.
    var bytes: UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(
            start: UnsafeMutableRawPointer(bitPattern: low), count: size)
    }

    /// The byte at an offset from the lowest.
    subscript(offset: Int) -> UInt8 {
        get { unsafe byte(offset)?.pointee ?? 0 }
        nonmutating set { unsafe byte(offset)?.pointee = newValue }
    }

    /// Writes to each page of the `byteCount` lowest bytes.
    func touch(_ byteCount: Int) {
        for offset in stride(from: 0, to: byteCount, by: MemoryPage.byteCount) { self[offset] = 1 }
    }

    private func byte(_ offset: Int) -> UnsafeMutablePointer<UInt8>? {
        unsafe UnsafeMutablePointer(bitPattern: low &+ UInt(bitPattern: offset))
    }
}
