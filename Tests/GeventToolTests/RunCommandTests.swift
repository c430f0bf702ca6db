// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite struct RunCommandTests {
    @Test(arguments: [
        ([], "Which program"), (["--only", "socket,tea", "true"], "no area \"tea\""),
        (["--fast", "true"], "--fast"), (["no-such-program"], "no program no-such-program"),
        (["./no/such/program"], "there is no ./no/such/program"), (["/etc"], "no program"),
    ])
    func `says what is wrong with its arguments`(arguments: [String], text: String) throws {
        let run = try Tool(["run"] + arguments)

        #expect(run.status != 0)
        #expect(run.errors.contains(text), "\(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test func `explains itself`() throws {
        let run = try Tool(["run", "--help"])

        #expect(run.status == 0)
        #expect(run.output.contains("--threads"))
    }

    @Test(.tags(.slow)) func `says that its library is missing`() throws {
        let folder = try Scratch()
        let tool = try Tool.folder.appendingPathComponent("gevent").path
        try FileManager.default.copyItem(atPath: tool, toPath: "\(folder.path)/gevent")

        let run = try Tool(["run", "true"], in: folder.path)

        #expect(run.status != 0)
        #expect(run.errors.contains("libGeventPreload.so"), "\(run.errors)")
    }

    @Test func `gives the program its arguments, and its exit status back`() throws {
        let run = try Tool(["run", "sh", "-c", "echo $0 $1 -v; exit 7", "--only", "b c"])

        #expect(run.status == 7)
        #expect(run.output == "--only b c -v\n")
        #expect(run.errors.isEmpty, "\(run.errors)")
    }

    @Test func `ends by the signal that ends the program`() throws {
        #expect(try Tool(["run", "--", "sh", "-c", "kill -9 $$"]).status == -9)
    }

    @Test func `passes standard input on`() throws {
        #expect(try Tool(["run", "cat"], input: "a line\n").output == "a line\n")
    }

    @Test func `patches what env would start for a script`() throws {
        let folder = try Scratch()
        try folder.put("#!/usr/bin/env cat\nthe script", at: "script")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: "\(folder.path)/script")

        let run = try Tool(["run", "--verbose", "\(folder.path)/script"])

        #expect(run.output == "#!/usr/bin/env cat\nthe script")
        #expect(run.errors.contains("/cat "), "\(run.errors)")
    }

    @Test func `says what was patched if asked`() throws {
        let run = try Tool(["run", "--verbose", "--only", "os", "cat"], input: "text")

        #expect(run.output == "text")
        #expect(run.errors.contains("areas: os"), "\(run.errors)")
        #expect(run.errors.contains("read"))
    }

    @Test func `leaves nothing in the environment of the program`() throws {
        let print = ["sh", "-c", "env | grep -e GEVENT_RUN -e LD_PRELOAD; true"]
        let (plain, all) = try (Tool(["run"] + print), Tool(["run", "--children"] + print))

        #expect(plain.output.isEmpty, "\(plain.output)")
        #expect(all.output.contains("libGeventPreload.so"))
    }

    @Test(.tags(.slow), arguments: [(["--threads"], "1"), ([], "5")])
    func `makes greenlets of threads if asked`(options: [String], tasks: String) throws {
        let folder = try Scratch(["threads.c": Self.threads])
        try Self.compile("\(folder.path)/threads.c", to: "\(folder.path)/threads")

        let run = try Tool(["run"] + options + ["\(folder.path)/threads", "-x"])

        #expect(run.status == 3, "\(run.errors)")
        #expect(run.output == "\(tasks) tasks, sum 6\n")
    }

    private static func compile(_ source: String, to program: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["clang", "-pthread", "-o", program, source]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    // Four threads that all live until the last one is there.
    private static let threads = """
        #include <dirent.h>
        #include <pthread.h>
        #include <stdio.h>
        static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
        static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
        static int arrived, tasks;
        static long sum;
        static int count_tasks(void) {
            DIR *folder = opendir("/proc/self/task");
            int count = -2;
            while (readdir(folder)) count++;
            closedir(folder);
            return count;
        }
        static void *run(void *argument) {
            pthread_mutex_lock(&mutex);
            sum += (long)argument;
            if (++arrived == 4) tasks = count_tasks();
            pthread_cond_broadcast(&changed);
            while (arrived < 4) pthread_cond_wait(&changed, &mutex);
            pthread_mutex_unlock(&mutex);
            return argument;
        }
        int main(int count, char **words) {
            pthread_t threads[4];
            for (long i = 0; i < 4; i++) pthread_create(&threads[i], 0, run, (void *)i);
            for (int i = 0; i < 4; i++) pthread_join(threads[i], 0);
            printf("%d tasks, sum %ld\\n", tasks, sum);
            return count == 2 && words[1][0] == '-' ? 3 : 1;
        }
        """
}
