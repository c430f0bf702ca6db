// SPDX-License-Identifier: Apache-2.0
internal import CGeventInsight

/// A stack with names, and who in it is to blame.
struct NativeStack {
    private(set) var frames: [BlockedReport.Frame] = []
    /// The call of the C library that the innermost other object made.
    private(set) var call: String?
    /// That object.
    private(set) var library: String?
    /// The function in it.
    private(set) var function: String?

    /// No frames.
    init() {}

    /// The frames of a sample.
    init(_ sample: borrowing gv_sample) {
        let count = Int(sample.frame_count)
        var addresses: [UInt] = []
        // SAFETY: the array is read within its bounds, as so many addresses.
        unsafe withUnsafeBytes(of: sample.frames) { bytes in
            unsafe addresses.append(contentsOf: bytes.bindMemory(to: UInt.self).prefix(count))
        }
        var isFound = false
        for (place, address) in addresses.enumerated() {
            // A return address may lie behind the end of the function that made the call.
            let (frame, isOfC, symbol) = Self.find(address, in: place == 0 ? address : address - 1)
            frames.append(frame)
            if isFound { continue }
            if isOfC {
                call = frame.function ?? call
            } else if !Self.isOurs(symbol) {
                isFound = true
                library = frame.object
                function = frame.function
            }
        }
    }

    private static func find(
        _ address: UInt, in place: UInt
    ) -> (frame: BlockedReport.Frame, isOfC: Bool, symbol: String) {
        var symbol = gv_symbol()
        // SAFETY: the address is only looked up.
        unsafe gv_symbol_find(UnsafeRawPointer(bitPattern: place), &symbol)
        let name = unsafe text(of: symbol.name)
        let object = unsafe text(of: symbol.object)
        let frame = BlockedReport.Frame(
            address: address, function: name.isEmpty ? nil : plain(name),
            functionOffset: UInt(symbol.name_offset) + (address - place),
            object: object.isEmpty ? nil : object,
            objectOffset: UInt(symbol.object_offset) + (address - place))
        return (frame, symbol.is_c_library, name)
    }

    // Our own frames lie between a call and who asked for it; nobody looks for the fault there. The probes of our tests
    // play the part of somebody's library.
    private static func isOurs(_ symbol: String) -> Bool {
        if symbol.hasPrefix("gv_") { return !symbol.hasPrefix("gv_probe_") }
        // A sanitizer's wrapper of a call.
        if symbol.drop(while: { $0 == "_" }).hasPrefix("interceptor_") { return true }
        // A name of Swift's begins with the length of the module's name, and that.
        guard symbol.hasPrefix("$s") else { return false }
        let rest = symbol.dropFirst(2)
        guard let length = Int(rest.prefix { $0.isNumber }) else { return false }
        return ours.contains(String(rest.drop { $0.isNumber }.prefix(length)))
    }

    private static let ours: Set<String> = [
        "GeventSystem", "GeventLoop", "GeventFiber", "GeventCore", "GeventSync", "GeventNet",
        "GeventTLS", "GeventMonkey", "GeventInsight",
    ]

    private static func plain(_ name: String) -> String {
        guard let plain = unsafe gv_symbol_demangle(name) else { return name }
        defer { unsafe gv_symbol_free(plain) }
        return unsafe String(cString: plain)
    }

    /// The text in an array of C, which ends with a zero.
    @unsafe static func text<Array>(of array: Array) -> String {
        unsafe withUnsafeBytes(of: array) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
