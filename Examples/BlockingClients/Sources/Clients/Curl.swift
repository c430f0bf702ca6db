// SPDX-License-Identifier: Apache-2.0
import CCurl
import Gevent
import Glibc

/// A handle of libcurl's easy interface, which keeps its connection for the next download.
private final class Downloader {
    private let handle: UnsafeMutableRawPointer
    private var body: [UInt8] = []

    init(authorities: String?) throws {
        guard let made = curl_easy_init() else { throw Failure("libcurl has no memory") }
        handle = made
        _ = curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        _ = curl_set_number(handle, CURLOPT_TIMEOUT, 30)
        if let authorities { _ = curl_set_text(handle, CURLOPT_CAINFO, authorities) }
        _ = curl_set_writer(
            handle,
            { bytes, _, count, downloader in
                guard let bytes, let downloader else { return 0 }
                let body = UnsafeRawBufferPointer(start: bytes, count: count)
                Unmanaged<Downloader>.fromOpaque(downloader).takeUnretainedValue().body += body
                return count
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    func close() { curl_easy_cleanup(handle) }

    func download(_ address: String) throws -> String {
        body = []
        _ = curl_set_text(handle, CURLOPT_URL, address)
        let code = curl_easy_perform(handle)
        try check(code == CURLE_OK, "\(address): \(String(cString: curl_easy_strerror(code)))")
        let response = curl_response_code(handle)
        try check(response == 200, "\(address) was answered with \(response)")
        return String(decoding: body, as: UTF8.self)
    }
}

/// 500 downloads from a server that answers after 0.2 s with the path it was asked for, and 500 more by the same
/// connections.
///
/// Each new connection with TLS costs about 3 ms of processor time, most of it for OpenSSL 3 to set up a context.
func curl(_ address: String, authorities: String?, count: Int) throws {
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    let downloaders = try (0..<count).map { _ in try Downloader(authorities: authorities) }
    defer { for downloader in downloaders { downloader.close() } }
    func round(_ name: String, limit: Double) throws {
        let took = try together(count) { number in
            let path = "/\(name)/\(number)"
            let body = try downloaders[number].download(address + path)
            try check(body == path, "\(path) was answered with '\(body)'")
        }
        try check(took < limit, "\(name): \(count) downloads of 0.2 s took \(rounded(took)) s")
        print("\(count) downloads of 0.2 s by \(name) connections in \(rounded(took)) s")
    }
    try round("new", limit: authorities == nil ? 1 : 10)
    try round("kept", limit: 1)
}
