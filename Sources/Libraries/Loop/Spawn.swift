import CSystem
import Glibc

package enum Spawn {
    /// Starts the program, found on the path, with only this environment, or ours if none is given. It inherits these
    /// descriptors, numbered from 0, and no others.
    package static func start(
        _ program: String, _ arguments: [String], named name: String? = nil, environment: [String: String]? = nil,
        descriptors: [Int32]
    ) throws(ChildProcess.Failure) -> pid_t {
        // Duplicated to high numbers, since a descriptor must not be overwritten before it has been moved.
        let copies = descriptors.map { csystem_duplicate($0, Int32(clamping: descriptors.count)) }
        defer { for copy in copies where copy >= 0 { close(copy) } }
        guard copies.allSatisfy({ $0 >= 0 }) else { throw .notStarted(program: program, errno: EMFILE) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, copy) in copies.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, copy, Int32(clamping: number))
        }
        // Unblocks signals, which the child would inherit blocked: it could not be asked to end.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        let words = ([name ?? program] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { $0.map { strdup("\($0.key)=\($0.value)") } + [nil] }
        defer { for text in words + (variables ?? []) { free(text) } }
        var identifier = pid_t()
        let result =
            if let variables {
                posix_spawnp(&identifier, program, &actions, &attributes, words, variables)
            } else {
                posix_spawnp(&identifier, program, &actions, &attributes, words, csystem_environment())
            }
        guard result == 0 else { throw .notStarted(program: program, errno: result) }
        return identifier
    }
}
