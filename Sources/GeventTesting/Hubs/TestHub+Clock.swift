// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

extension TestHub {
    /// The clock that a test's sleeps and timeouts go by.
    public struct Clock: Sendable {
        private let patience: Duration?

        /// The real one.
        public static let real = Clock(patience: nil)

        /// One that stands still while greenlets run, and jumps to the next deadline when all wait.
        ///
        /// It jumps at once if nothing but time is waited for. While a job of another thread is under
        /// way, or other threads know the hub, time passes as it really does.
        ///
        /// - Parameter patience: For how long, in real time, descriptors that are waited for must have
        ///   been quiet before a jump. Zero is right where all that ever comes was sent by greenlets
        ///   of the same hub.
        /// - Returns: The clock.
        ///
        /// gevent: none; trio's `MockClock(autojump_threshold:)`.
        public static func virtual(patience: Duration = .milliseconds(250)) -> Clock {
            Clock(patience: patience)
        }

        func takeCharge(of scheduler: Scheduler) {
            guard let patience else { return }
            VirtualTime(patience: patience).takeCharge(of: scheduler)
        }
    }
}
