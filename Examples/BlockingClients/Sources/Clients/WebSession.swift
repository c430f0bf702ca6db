// SPDX-License-Identifier: Apache-2.0
import Foundation
import FoundationNetworking
import Gevent

/// 20 downloads by URLSession, which works on threads of its own: a greenlet waits for what they bring.
func urlSession(_ address: String, count: Int) throws {
    try ticking("\(count) of URLSession") {
        let took = try together(count) { number in
            guard let url = URL(string: "\(address)/page/\(number)") else { return }
            let answer = AsyncResult<String>()
            let task = URLSession.shared.dataTask(with: url) { data, _, error in
                if let error { return answer.set(error: error) }
                answer.set(String(decoding: data ?? Data(), as: UTF8.self))
            }
            task.resume()
            let body = try answer.get(timeout: .seconds(10))
            try check(body == "/page/\(number)", "page \(number): '\(body)'")
        }
        try check(took < 0.2 * Double(count), "\(count) downloads took \(rounded(took)) s")
    }
}
