// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
package import GeventCore

extension Group: GreenletCollection {
    /// Has the hub, in its turn, let go of a member that has ended.
    ///
    /// Not in place: those who are ready now still see it, as in gevent.
    package final func memberHasEnded(_ member: Membership) {
        ended.append(member)
        // The first one asks for the turn, and the others go along.
        if ended.count == 1 { Hub.current.runCallback { [self] in letEndedLeave() } }
    }

    private final func letEndedLeave() {
        var index = 0
        while index < ended.count {
            leave(ended[index])
            index += 1
        }
        ended.removeAll(keepingCapacity: index < 64)
    }

    /// Lets go of a member, unless it has left already.
    final func leave(_ member: Membership) {
        guard member.greenlet != nil else { return }
        members.remove(member)
        member.end()
        settle()
    }

    /// Makes it known that a member has left.
    private final func settle() {
        givePlaceBack()
        guard members.isEmpty else { return }
        unsafe emptied.queue.lock()
        _ = unsafe gv_wait_wake_all(emptied.queue)
        unsafe emptied.queue.unlock()
    }
}
