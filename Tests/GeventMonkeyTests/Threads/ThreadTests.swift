// SPDX-License-Identifier: Apache-2.0
import GeventMonkey
import GeventTestSupport
import Testing

/// All of them, one after the other: the programs of C that they run have global variables.
@Suite(.serialized) struct ThreadTests {}

/// Runs a program of C on a hub, and gives the line of the check that failed, or 0.
func runProbe(
    _ needs: HubNeeds = [], _ probe: @escaping @Sendable () -> Int32
) throws -> Int32 {
    ThreadHooks.install()
    return try onHub(needs) { probe() }
}
