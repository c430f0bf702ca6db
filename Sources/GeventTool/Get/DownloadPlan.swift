// SPDX-License-Identifier: Apache-2.0
import Gevent

/// What all downloads of one run have in common.
struct DownloadPlan {
    /// How long a server may keep silent.
    let silence: Duration
    /// How many more tries a download has after the first.
    let retries: Int
    /// Where the files go.
    let folder: String
    /// Who is told of bytes that have come.
    let progress: Progress

    /// How long to wait before a try: longer each time, and no longer than 5 seconds.
    func pause(before attempt: Int) -> Duration {
        min(.milliseconds(200) * (1 << min(attempt - 1, 10)), .seconds(5))
    }

    /// Whether the same question may be answered another time.
    static func isWorthAnotherTry(_ error: any Error) -> Bool {
        switch error {
        case let error as LookupError: error.isTemporary
        case HTTPError.status(let code, _): code >= 500 || code == 408 || code == 429
        case is SystemError, is ConnectError, is SocketTimeoutError, is UnexpectedEnd: true
        default: false
        }
    }
}
