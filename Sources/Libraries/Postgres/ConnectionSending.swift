import CPostgres
import Identifiers
import Loop

// Sending calls. Each function returns false when libpq refuses.
extension Connection {
    func put(_ call: Call) -> Bool {
        guard prepareAll(of: call) else { return false }
        switch call.frame {
        case .tenant(let tenant):
            return plan.contextForm == .parameter
                ? putAlone(call, in: tenant) : putBetweenBeginAndCommit(call, in: tenant)
        case .platform, .inside:
            return putStatements(of: call) && end(call)
        case .begin(let begin, let tenant):
            return putControl(begin, for: call) && (tenant.map { putContext(of: $0, for: call) } ?? true) && end(call)
        case .context(let tenant):
            return putContext(of: tenant, for: call) && end(call)
        case .commit:
            return putCommit(for: call) && end(call)
        case .rollBack:
            return putControl(.rollBack, for: call) && end(call)
        }
    }

    /// Two Syncs already delimit a transaction.
    private func putAlone(_ call: Call, in tenant: UUID) -> Bool {
        putContext(of: tenant, for: call) && putStatements(of: call) && end(call)
    }

    /// COMMIT follows a Sync of its own. After an error the server skips to the next Sync; were COMMIT skipped too, the
    /// next caller's statements would run in the failed transaction. So it always runs, and rolls back.
    private func putBetweenBeginAndCommit(_ call: Call, in tenant: UUID) -> Bool {
        putControl(.begin, for: call) && putContext(of: tenant, for: call) && putStatements(of: call) && sync(.pause)
            && putCommit(for: call) && end(call)
    }

    /// The only place that sets a tenant's context, which ends with its transaction.
    private func putContext(of tenant: UUID, for call: Call) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 37) { text in
            tenant.write(to: UnsafeMutableBufferPointer(rebasing: text[..<36]))
            text[36] = 0
            switch plan.contextForm {
            case .parameter:
                buffers.setOnly(UnsafeRawPointer(text.baseAddress!), length: 36)
                return execute(.tenantContext, count: 1, step: .control(call))
            case .literal:
                // Inlined as a literal of 36 hexadecimal digits and hyphens, since SET takes no parameter.
                let literal = String(decoding: text[..<36], as: UTF8.self)
                let statement = Statement.once("SET LOCAL app.tenant_id = '\(literal)'")
                return executeUnprepared(statement, count: 0, step: .control(call))
            }
        }
    }

    private func putStatements(of call: Call) -> Bool {
        if let check = call.check, !put(check, of: call) { return false }
        guard let item = call.first else { return true }
        guard put(item, of: call) else { return false }
        for item in call.others {
            guard put(item, of: call) else { return false }
        }
        return true
    }

    private func put(_ item: Call.Item, of call: Call) -> Bool {
        guard let statement = item.statement else { return false }
        return item.sql.bytes.withUnsafeBytes { bytes in
            buffers.set(item.sql.parts, count: item.sql.parameterCount, bytes)
            return execute(statement, count: item.sql.parameterCount, step: .rows(call, prepared[statement.number]))
        }
    }

    private func putControl(_ statement: Statement, for call: Call) -> Bool {
        execute(statement, count: 0, step: .control(call))
    }

    private func putCommit(for call: Call) -> Bool { execute(.commit, count: 0, step: .commit(call)) }

    private func end(_ call: Call) -> Bool { sync(.end(call)) }

    private func sync(_ step: Step) -> Bool {
        guard PQpipelineSync(postgres) == 1 else { return false }
        steps.append(step)
        return true
    }

    private func execute(_ statement: Statement, count: Int, step: Step) -> Bool {
        guard plan.preparesStatements, statement.number >= 0 else {
            return executeUnprepared(statement, count: count, step: step)
        }
        guard
            PQsendQueryPrepared(
                postgres, statement.name, Int32(count), buffers.values, buffers.lengths, buffers.formats, 1) == 1
        else { return false }
        steps.append(step)
        return true
    }

    private func executeUnprepared(_ statement: Statement, count: Int, step: Step) -> Bool {
        guard
            PQsendQueryParams(
                postgres, statement.text, Int32(count), statement.types, buffers.values, buffers.lengths,
                buffers.formats, 1) == 1
        else { return false }
        steps.append(step)
        return true
    }
}

extension Connection {
    /// Each statement is prepared before a Sync of its own: within the call an earlier error could skip it, although
    /// later calls rely on it.
    private func prepareAll(of call: Call) -> Bool {
        guard plan.preparesStatements else { return true }
        switch call.frame {
        case .tenant:
            guard plan.contextForm == .parameter ? prepare(.tenantContext) : prepare(.begin) && prepare(.commit)
            else { return false }
        case .begin(let begin, let tenant):
            guard prepare(begin), tenant == nil || plan.contextForm == .literal || prepare(.tenantContext)
            else { return false }
        case .context:
            guard plan.contextForm == .literal || prepare(.tenantContext) else { return false }
        case .commit: return prepare(.commit)
        case .rollBack: return prepare(.rollBack)
        case .platform, .inside: break
        }
        if let statement = call.check?.statement, !prepare(statement) { return false }
        if let statement = call.first?.statement, !prepare(statement) { return false }
        return call.others.allSatisfy { $0.statement.map(prepare) ?? true }
    }

    private func prepare(_ statement: Statement) -> Bool {
        guard statement.number >= 0 else { return true }
        uses += 1
        if let prepared = prepared[statement.number] {
            prepared.lastUse = uses
            if prepared.statement === statement, !prepared.isStale { return true }
            if !deallocate(prepared.statement) { return false }
            self.prepared.remove(prepared)
        }
        if prepared.count >= plan.statementLimit, !deallocateOldest() { return false }
        guard
            PQsendPrepare(postgres, statement.name, statement.text, Int32(statement.types.count), statement.types) == 1
        else { return false }
        let prepared = PreparedStatement(statement)
        prepared.lastUse = uses
        self.prepared.add(prepared)
        steps.append(.prepare(prepared))
        return sync(.pause)
    }

    private func deallocateOldest() -> Bool {
        guard let oldest = prepared.oldest else { return true }
        prepared.remove(oldest)
        return deallocate(oldest.statement)
    }

    /// Calls already sent with the statement are still answered, in order.
    func deallocate(_ statement: Statement) -> Bool {
        let text = "DEALLOCATE \(String(cString: statement.name))"
        guard PQsendQueryParams(postgres, text, 0, nil, nil, nil, nil, 1) == 1 else { return false }
        steps.append(.forget)
        return sync(.pause)
    }
}

/// The parameter arrays that libpq reads for the current statement.
final class ParameterBuffers {
    private(set) var values: UnsafeMutablePointer<UnsafePointer<CChar>?>
    private(set) var lengths: UnsafeMutablePointer<Int32>
    private(set) var formats: UnsafeMutablePointer<Int32>
    private var capacity = 16

    init() {
        values = .allocate(capacity: capacity)
        lengths = .allocate(capacity: capacity)
        formats = .allocate(capacity: capacity)
        formats.initialize(repeating: 1, count: capacity)
    }

    deinit { release() }

    func setOnly(_ value: UnsafeRawPointer, length: Int32) {
        values[0] = value.assumingMemoryBound(to: CChar.self)
        lengths[0] = length
    }

    /// The bytes must stay in place until libpq has copied them.
    func set(_ parts: [SQL.Part], count: Int, _ bytes: UnsafeRawBufferPointer) {
        if count > capacity { grow(to: count) }
        // An empty value is not NULL, so it needs a non-null address.
        var next = bytes.baseAddress ?? UnsafeRawPointer(formats)
        var index = 0
        for part in parts where part.isParameter {
            values[index] = part.length < 0 ? nil : next.assumingMemoryBound(to: CChar.self)
            lengths[index] = max(0, part.length)
            next += Int(max(0, part.length))
            index += 1
        }
    }

    private func grow(to count: Int) {
        release()
        capacity = max(count, 2 * capacity)
        values = .allocate(capacity: capacity)
        lengths = .allocate(capacity: capacity)
        formats = .allocate(capacity: capacity)
        formats.initialize(repeating: 1, count: capacity)
    }

    private func release() {
        values.deallocate()
        lengths.deallocate()
        formats.deallocate()
    }
}
