// SPDX-License-Identifier: Apache-2.0
// Everything that most programs need, under one import.
@_exported public import GeventCore
@_exported public import GeventNet
@_exported public import GeventSync

@_exported public import struct GeventFiber.Isolation
@_exported public import struct GeventFiber.StackError
@_exported public import struct GeventSystem.LookupError
@_exported public import class GeventSystem.OwnedDescriptor
@_exported public import struct GeventSystem.PeerCredentials
@_exported public import struct GeventSystem.SocketAddress
@_exported public import struct GeventSystem.SystemError
