// SPDX-License-Identifier: Apache-2.0
#if !CAres
import GeventNet
import Testing

@Suite struct AbsentAresTests {
    @Test func `says that the program was built without c-ares`() {
        let error = #expect(throws: ResolverChoice.Refusal.self) {
            try ResolverChoice.resolver(for: "ares")
        }

        #expect(error?.description.contains("without the package trait CAres") == true)
    }
}
#endif
