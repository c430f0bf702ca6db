// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// Waits until every other greenlet of the hub waits for something that none of them will do now.
///
/// Time does not pass meanwhile on a test's clock. What arrives from outside, on a socket or from
/// another thread, may wake somebody right after.
///
/// > Suspends: Always.
///
/// - Throws: What strikes the greenlet meanwhile.
///
/// gevent: `gevent.idle`; trio's `wait_all_tasks_blocked`.
public func waitUntilAllParked() throws { try idle() }
