// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Instrumentation
import Synchronization
import Testing
import Tracing

@Suite struct TracingTests {
    @Test func `keeps a span open around a sleep, and its context with its greenlet`() throws {
        let tracer = RecordingTracer()
        try onHub(.inOrder) {
            _ = try joinAll(
                ["a", "b"].map { name in
                    spawn {
                        try tracer.withSpan(name) { _ in
                            for _ in 0..<(name == "a" ? 2 : 1) { try sleep(.zero) }
                            tracer.withSpan("inner of \(name)") { _ in }
                        }
                    }
                })
        }

        #expect(tracer.ended == ["inner of b < b", "b < none", "inner of a < a", "a < none"])
    }

    @Test func `hands the span on to what is spawned in it`() throws {
        let tracer = RecordingTracer()
        try onHub {
            try tracer.withSpan("request") { _ in
                _ = try joinAll([spawn { tracer.withSpan("query") { _ in } }])
            }
        }

        #expect(tracer.ended == ["query < request", "request < none"])
    }
}

/// Notes the spans that end, each with the one that it is part of.
private final class RecordingTracer: Tracer {
    private let spans = Mutex<[String]>([])

    var ended: [String] { spans.withLock { $0 } }

    func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> RecordedSpan {
        let parent = context()
        var own = parent
        own[NameKey.self] = operationName
        return RecordedSpan(name: operationName, context: own) { [self] in
            spans.withLock { $0.append("\(operationName) < \(parent[NameKey.self] ?? "none")") }
        }
    }

    func forceFlush() {}

    func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {}

    func inject<Carrier, Inject: Injector>(
        _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {}
}

private enum NameKey: ServiceContextKey {
    typealias Value = String
}

private final class RecordedSpan: Span {
    let context: ServiceContext
    private let name: String
    private let onEnd: @Sendable () -> Void

    init(name: String, context: ServiceContext, onEnd: @escaping @Sendable () -> Void) {
        self.name = name
        self.context = context
        self.onEnd = onEnd
    }

    var operationName: String {
        get { name }
        set { _ = newValue }
    }
    var attributes: SpanAttributes {
        get { [:] }
        set { _ = newValue }
    }
    var isRecording: Bool { true }

    func setStatus(_ status: SpanStatus) {}
    func addEvent(_ event: SpanEvent) {}
    func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {}
    func addLink(_ link: SpanLink) {}
    func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) { onEnd() }
}
