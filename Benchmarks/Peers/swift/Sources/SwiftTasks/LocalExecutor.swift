// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// Runs tasks on the thread that made it: the best that Swift Concurrency can do without other threads.
///
/// A job that comes from that thread needs no lock; those of others are taken over when it has none left.
final class LocalExecutor: TaskExecutor, @unchecked Sendable {
    private var jobs: [UnownedJob] = []
    private var running: [UnownedJob] = []
    private let others = Mutex<[UnownedJob]>([])
    private let wakeUps = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private let thread = pthread_self()
    private var isDone = false

    init() { sem_init(wakeUps, 0, 0) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if pthread_self() == thread {
            jobs.append(job)
        } else {
            others.withLock { $0.append(job) }
            sem_post(wakeUps)
        }
    }

    /// Runs jobs until ``stop()``.
    func run() {
        let executor = asUnownedTaskExecutor()
        while !isDone {
            if jobs.isEmpty {
                sem_wait(wakeUps)
                others.withLock { swap(&$0, &jobs) }
            }
            swap(&jobs, &running)
            for job in running { job.runSynchronously(on: executor) }
            running.removeAll(keepingCapacity: true)
        }
    }

    /// To be called by a job.
    func stop() { isDone = true }
}
