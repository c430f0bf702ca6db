// SPDX-License-Identifier: Apache-2.0

extension AcceptedSocket {
    /// Hands over the connection; read ``peer`` before.
    package consuming func takeDescriptor() -> Descriptor {
        descriptor
    }
}
