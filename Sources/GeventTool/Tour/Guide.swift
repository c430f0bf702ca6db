// SPDX-License-Identifier: Apache-2.0

/// The use cases of the guide that gevent's users come from, in its order.
///
/// Each is a program of its own, below `Snippets` in the repository.
enum Guide {
    /// One use case.
    struct UseCase {
        /// What it is about.
        let title: String
        /// The names of its programs.
        let programs: [String]
    }

    /// All of them.
    static let useCases = [
        UseCase(title: "Spawn, sleep and join", programs: ["01-SpawnAndJoin"]),
        UseCase(title: "The patch, and looking up names", programs: ["02-LookUpNames"]),
        UseCase(title: "What became of a greenlet", programs: ["03-GreenletState"]),
        UseCase(
            title: "Limits in time: from now on, for a block, with an error of one's own",
            programs: ["04-TimeoutStart", "05-TimeoutBlock", "06-TimeoutOwnError"]),
        UseCase(title: "Event: wake all who wait", programs: ["07-Event"]),
        UseCase(title: "AsyncResult: wake with a value", programs: ["08-AsyncResult"]),
        UseCase(title: "BoundedSemaphore: two at once", programs: ["09-BoundedSemaphore"]),
        UseCase(title: "Local: a value for each greenlet", programs: ["10-Local"]),
        UseCase(title: "Queue: each task to one worker", programs: ["11-Queue"]),
        UseCase(title: "Group: wait together", programs: ["12-Group"]),
        UseCase(title: "Group.map: results in order", programs: ["13-GroupMap"]),
        UseCase(title: "Group.imapUnordered: results as they come", programs: ["14-ImapUnordered"]),
    ]
}
