// SPDX-License-Identifier: Apache-2.0

/// What the guide's programs print, in its order; what its Python calls `True` and `None` is `true`
/// and `nil`.
let guideOutput: [String: String] = [
    "00-Readme": "hello from a greenlet\n",
    "01-SpawnAndJoin": "test1.start\ntest2.start\ntest1.end\ntest2.end\n",
    "03-GreenletState":
        """
    winner.started = true
    loser.started = true
    winner.ready() = true
    loser.ready() = true
    winner.value = You Win
    loser.value = nil
    winner.successful() = true
    loser.successful() = false
    loser.exception = You Fail
    exception from loser

    """,
    "04-TimeoutStart": "Could not complete\n",
    "05-TimeoutBlock": "Timeout\n",
    "06-TimeoutOwnError": "TooSlow\n",
    "07-Event":
        "Wait for me\n" + repeated("I am waiting\n", 5) + "After 3 sec, I am done\n"
        + repeated("Finish waiting\n", 5),
    "08-AsyncResult":
        """
    Waitint for me
    I am waiting
    I am waiting
    After 3 sec, I am done
    I get a value: Get Up ID
    I get a value: Get Up ID

    """,
    "10-Local": "f1\nf2 has not data.x\n",
    "11-Queue": (1...24).map(got).joined() + repeated("Quitting time!\n", 3),
    "12-Group": repeated("bar\n", 3) + repeated("foo\n", 3),
    "13-GroupMap":
        repeated("Size of group 3\nHello from Greenlet ID\n", 3) + "Array<Int>\n[0, 1, 2]\n",
    "15-SeveralThreads":
        "The other thread's greenlets say 6\none two\nThis thread has no hub\n",
    "16-EchoServer": "you said hello\nyou said and goodbye\nall handlers have ended\n",
    "17-Datagrams": "desserts\n",
    "18-WaitForDescriptors": "there is something to read\n2 of 3 are ready\n",
    "19-VirtualClock": "not within the hour\nbacked up 86400.0 seconds\n",
    "20-SeededSchedule": "Oversold()\nagain: Oversold()\n",
    "21-Exhaustively":
        "no order loses a visit\nann begins; bob stays ready\nbob begins; ann stays ready\n"
        + "ann goes on; bob stays ready\nbob goes on; the main greenlet stays ready\n",
    "22-StepsInOrder":
        "the cook cooks\nthe guest eats\nthe cook washes up\nthe reader waits in Queue.get\n[1, 2]\n",
    "23-Faults": "no byte is lost\nrecv: Connection reset by peer (ECONNRESET 104)\n",
    "24-Leaks": "true\nnothing is left\n",
    "25-Contracts":
        "keepsOrder\nkeepsItsCapacity\nadmitsPuttersInTurn\nanswersAtOnce\ngivesUp\n"
        + "passesTimeoutsOn\nkeepsNothingOfKilledPutters\n",
    "26-MemoryStreams": "hello, who are you?\nwelcome, Ada\n",
    "27-FakeNetwork":
        "no answer to attempt 1\nno answer to attempt 2\nat your service\n",
    "28-FakeResolver":
        "[\"192.0.2.1:5432\", \"[2001:db8::1]:5432\"]\ntry again later\n1\ntoo slow\n"
        + "[\"db.test\", \"flaky.test\", \"flaky.test\", \"slow.test\"]\n",
    "29-ScriptedPoller": "the reader waits on\nhello\n",
    "30-MonkeyPatch": "100 slept at once\ntrue false\n",
    "31-Watchdog":
        "greenlet \"careless\" holds its hub\nits stack says where\nended true\n",
]

private func got(_ task: Int) -> String {
    "Worker \(["nancy", "steve", "john"][task % 3]) got task \(task)\n"
}

private func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
}
