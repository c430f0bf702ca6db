// SPDX-License-Identifier: Apache-2.0
// Uses every name of Gevent's in a file that imports Foundation, Dispatch, Glibc and NIOCore too.
try callAll()
print(
    "\(Types.greenlets.count + Types.primitives.count + Types.queues.count) types,",
    "\(Types.groups.count + Types.network.count + Types.names.count) more and \(Types.errors.count) errors",
    "live beside the others")
