// SPDX-License-Identifier: Apache-2.0
import CCurl
import Gevent
import Glibc

/// Downloads by libcurl's easy interface.
private final class Download {
    private(set) var body: [UInt8] = []

    func run(_ address: String, authorities: String?) throws -> Int {
        guard let handle = curl_easy_init() else { throw Failure("libcurl has no memory") }
        defer { curl_easy_cleanup(handle) }
        _ = curl_set_text(handle, CURLOPT_URL, address)
        _ = curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        _ = curl_set_number(handle, CURLOPT_TIMEOUT, 30)
        if let authorities { _ = curl_set_text(handle, CURLOPT_CAINFO, authorities) }
        _ = curl_set_writer(
            handle,
            { bytes, _, count, download in
                guard let bytes, let download else { return 0 }
                let body = UnsafeRawBufferPointer(start: bytes, count: count)
                Unmanaged<Download>.fromOpaque(download).takeUnretainedValue().body += body
                return count
            }, Unmanaged.passUnretained(self).toOpaque())
        let code = curl_easy_perform(handle)
        try check(code == CURLE_OK, "\(address): \(String(cString: curl_easy_strerror(code)))")
        return curl_response_code(handle)
    }
}

/// 500 downloads from a server that answers after 0.2 s with the path it was asked for.
func curl(_ address: String, authorities: String?, count: Int) throws {
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    let took = try together(count) { number in
        let download = Download()
        let code = try download.run("\(address)/page/\(number)", authorities: authorities)
        let body = String(decoding: download.body, as: UTF8.self)
        try check(
            code == 200 && body == "/page/\(number)", "page \(number): \(code), '\(body)'")
    }
    try check(took < 1, "\(count) downloads of 0.2 s took \(rounded(took)) s")
    print("\(count) downloads of 0.2 s in \(rounded(took)) s")
}
