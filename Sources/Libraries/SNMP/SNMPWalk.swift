extension SNMPClient {
    /// The rows of a table's columns, by index. It ends where the columns end, where an agent does not go forward, and
    /// after `most` questions.
    package func table(
        _ columns: [ObjectID], of agent: SNMPAgent, repetitions: Int32 = 8, most: Int = 40, tries: Int = 2,
        every span: Duration = .milliseconds(1500)
    ) async throws(SNMPFailure) -> [[UInt32]: [ObjectID: SNMPValue]] {
        var rows: [[UInt32]: [ObjectID: SNMPValue]] = [:]
        var places = columns
        var open = Array(columns.indices)
        for _ in 0..<most where !open.isEmpty {
            let answer = try await ask(
                .getBulk, open.map { places[$0] }, of: agent, repetitions: repetitions, tries: tries, every: span)
            guard !answer.variables.isEmpty else { break }
            var ended: Set<Int> = []
            for (position, variable) in answer.variables.enumerated() {
                let column = open[position % open.count]
                guard !ended.contains(column) else { continue }
                guard !variable.value.isException, variable.name.isBelow(columns[column]),
                    places[column] < variable.name
                else {
                    ended.insert(column)
                    continue
                }
                places[column] = variable.name
                rows[Array(variable.name.index(below: columns[column])), default: [:]][columns[column]] = variable.value
            }
            open.removeAll { ended.contains($0) }
        }
        return rows
    }
}
