import Loop
import Sandbox

extension Sandbox {
    /// Patient, as many tests share two cores.
    package static let tests = Sandbox(
        on: Loops.tests.all[0], places: 4, waiting: 1000, waitingOfTenant: 500, patience: 20)

    /// Has all its places taken.
    package static let full = Sandbox(on: Loops.tests.all[0], places: 0, waiting: 0)
}
