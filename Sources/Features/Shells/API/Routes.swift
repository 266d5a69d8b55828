import Access
import Declarations
import HTTP
import JSON
import Locale
import Nouns
import Postgres

extension API {
    /// The API's routes. Input and output types both serve and describe a route; it is impossible to add one that is
    /// undescribed, or an act without idempotency.
    package struct Routes: Sendable {
        package private(set) var visits = HTTP.Routes<Visit>()
        private(set) var operations: [Operation] = []

        /// The rooms' declarations, which complete the schemas of some routes.
        private let catalogue: Catalogue

        package init(of catalogue: Catalogue) { self.catalogue = catalogue }

        /// Bodies consist of a few fields.
        static let limits = RouteLimits(body: 64 * 1024)

        /// Reads one resource; nil is a 404.
        package mutating func get<Found: Resource, each Value: PathParameter>(
            _ pattern: StaticString, _ permission: Permission, _ summary: some MessageCatalogue,
            _ find: @escaping @Sendable (Visit, repeat each Value) async throws -> Found?
        ) {
            @Sendable func answer(_ visit: Visit, _ values: repeat each Value) async throws -> Response {
                try visit.refuseQuery()
                guard let found = try await find(visit, repeat each values) else { throw AccessRefusal.notFound }
                return .resource(found)
            }
            visits.get(pattern, permission, summary.declared, limits: Self.limits, answer)
            declare(permission, summary, [.found(Found.schema), .unchanged])
        }

        /// Answers a query as a whole; nil is a 404.
        package mutating func query<Query: Input, Found: Resource, each Value: PathParameter>(
            _ pattern: StaticString, _ permission: Permission, _ summary: some MessageCatalogue, by: Query.Type,
            _ find: @escaping @Sendable (Visit, Query, repeat each Value) async throws -> Found?
        ) {
            let schema = Query.schema.complete(with: catalogue)
            @Sendable func answer(_ visit: Visit, _ values: repeat each Value) async throws -> Response {
                let members = try Members(query: visit.request.query, as: schema)
                guard let found = try await find(visit, Query(members), repeat each values) else {
                    throw AccessRefusal.notFound
                }
                return .resource(found)
            }
            visits.get(pattern, permission, summary.declared, limits: Self.limits, answer)
            declare(permission, summary, [.found(Found.schema), .unchanged]) { $0.query = schema.fields }
        }

        /// Reads a list page by page. The filter's fields are query parameters, beside `limit` and `cursor`.
        package mutating func list<Listed: ListedResource, Filter: Input, each Value: PathParameter>(
            _ pattern: StaticString, _ permission: Permission, _ summary: some MessageCatalogue, by: Filter.Type,
            _ find: @escaping @Sendable (Visit, Filter, Page, repeat each Value) async throws -> [Listed]
        ) {
            let query = CursorQuery(filter: Filter.schema.complete(with: catalogue), of: Listed.self)
            @Sendable func answer(_ visit: Visit, _ values: repeat each Value) async throws -> Response {
                let (filter, page, place) = try query.read(visit)
                return query.answer(try await find(visit, Filter(filter), page, repeat each values), page, place)
            }
            visits.get(pattern, permission, summary.declared, limits: Self.limits, answer)
            declare(permission, summary, [.page(query.answerSchema)]) { $0.query = query.schema.fields }
        }

        /// Streams server-sent events, resuming after the client's last event id.
        package mutating func stream(
            _ pattern: StaticString, _ permission: Permission, _ summary: some MessageCatalogue,
            _ open: @escaping @Sendable (Visit) async throws -> Response
        ) {
            visits.get(pattern, permission, summary.declared, limits: Self.limits) { visit in
                try visit.refuseQuery()
                return try await open(visit)
            }
            let told = Operation.Answer(status: .ok, content: .other(.events), meaning: APIWords.told.message)
            declare(permission, summary, [told]) { $0.isResumable = true }
        }

        /// Serves a file; nil is a 404.
        package mutating func file<each Value: PathParameter>(
            _ pattern: StaticString, _ permission: Permission, _ summary: some MessageCatalogue, as type: ContentType,
            _ find: @escaping @Sendable (Visit, repeat each Value) async throws -> Response?
        ) {
            @Sendable func answer(_ visit: Visit, _ values: repeat each Value) async throws -> Response {
                try visit.refuseQuery()
                guard let found = try await find(visit, repeat each values) else { throw AccessRefusal.notFound }
                return found
            }
            visits.get(pattern, permission, summary.declared, limits: Self.limits, answer)
            declare(
                permission, summary, [.init(status: .ok, content: .bytes(type), meaning: summary.message)])
        }

        /// Creates a resource, once for each idempotency key. `most` is the body limit in bytes, if larger than usual.
        package mutating func post<Body: Input, Made: Resource, each Value: PathParameter>(
            _ pattern: StaticString, _ permission: Permission, _ summary: some MessageCatalogue,
            upTo most: Int = 64 * 1024,
            _ make: @escaping @Sendable (Visit, Body, repeat each Value) async throws -> Made
        ) {
            let schema = Body.schema.complete(with: catalogue)
            @Sendable func answer(_ visit: Visit, _ values: repeat each Value) async throws -> Response {
                guard let key = try IdempotencyKey(visit.request) else { throw IdempotencyRefusal.keyMissing }
                return try await visit.act(key, as: Body.self, schema, upTo: most) { visit, body in
                    ActAnswer(made: try await make(visit, body, repeat each values))
                }
            }
            visits.post(pattern, permission, summary.declared, limits: RouteLimits(body: most), answer)
            declare(
                permission, summary, [.made(Made.schema, later: Made.self is any QueuedResource.Type)]
            ) {
                $0.body = schema
                $0.idempotencyKey = .required
            }
        }

        /// Changes a resource: `find` reads it again, locked, and it is only changed if it still matches If-Match.
        package mutating func patch<Body: Input, Changed: Resource, each Value: PathParameter>(
            _ pattern: StaticString, _ permission: Permission, _ summary: some MessageCatalogue,
            of find: @escaping @Sendable (Visit, repeat each Value) async throws -> Changed?,
            _ change: @escaping @Sendable (Visit, Changed, Body) async throws -> Changed
        ) {
            let schema = Body.schema.complete(with: catalogue)
            @Sendable func answer(_ visit: Visit, _ values: repeat each Value) async throws -> Response {
                let condition = try EntityTagCondition(visit.request)
                return try await visit.act(try IdempotencyKey(visit.request), as: Body.self, schema) { visit, body in
                    guard let found = try await find(visit, repeat each values) else { throw AccessRefusal.notFound }
                    try condition.check(found)
                    return ActAnswer(.resource(try await change(visit, found, body)))
                }
            }
            visits.patch(pattern, permission, summary.declared, limits: Self.limits, answer)
            declare(permission, summary, [.changed(Changed.schema)]) {
                $0.body = schema
                $0.idempotencyKey = .optional
                $0.isConditional = true
            }
        }

        /// Deletes a resource. A repetition finds none, so it needs no idempotency key.
        package mutating func delete<each Value: PathParameter>(
            _ pattern: StaticString, _ permission: Permission, _ summary: some MessageCatalogue,
            _ remove: @escaping @Sendable (Visit, repeat each Value) async throws -> Void
        ) {
            @Sendable func answer(_ visit: Visit, _ values: repeat each Value) async throws -> Response {
                try visit.refuseQuery()
                try await remove(visit, repeat each values)
                return Response(.noContent)
            }
            visits.delete(pattern, permission, summary.declared, limits: Self.limits, answer)
            declare(
                permission, summary,
                [.init(status: .noContent, content: .nothing, meaning: APIWords.removed.message)])
        }

        /// A document that is no resource, such as the description itself.
        mutating func document(
            _ pattern: StaticString, _ summary: APIWords, as content: Operation.Answer.Content,
            _ write: @escaping @Sendable (Visit) async throws -> Response
        ) {
            visits.get(pattern, .anyone, summary.declared, limits: Self.limits) { visit in
                try visit.refuseQuery()
                return try await write(visit)
            }
            declare(
                .anyone, summary,
                [.init(status: .ok, content: content, meaning: summary.message, headers: [.etag]), .unchanged])
        }

        private mutating func declare(
            _ permission: Permission, _ summary: some MessageCatalogue, _ answers: [Operation.Answer],
            _ complete: (inout Operation) -> Void = { _ in }
        ) {
            guard let route = visits.declarations.last else { return }
            var operation = Operation(
                route: route, permission: permission, summary: summary.message,
                answers: answers.map { $0.complete(with: catalogue) })
            complete(&operation)
            precondition(
                operation.idempotencyKey == nil || permission != .anyone,
                "\(route.method.name) \(route.pattern): a key belongs to somebody, so nobody unknown may act")
            operations.append(operation)
        }
    }
}

extension MessageCatalogue {
    /// In English, for the developers' list of routes.
    fileprivate var declared: String { text(for: Reader(.en, in: .mexico)) }
}

extension Visit {
    fileprivate func refuseQuery() throws {
        if !request.query.all.isEmpty { _ = try Members(query: request.query, as: NoInput.schema) }
    }

    /// Reads the body and acts in one transaction, which also stores the response for its idempotency key.
    fileprivate func act<Body: Input>(
        _ key: IdempotencyKey?, as: Body.Type, _ schema: Schema, upTo most: Int = API.Routes.limits.body,
        _ work: (Visit, Body) async throws -> ActAnswer
    ) async throws -> Response {
        try refuseQuery()
        let bytes = try await request.body.json(upTo: most)
        let body = Body(try Members(body: bytes, as: schema))
        let repeatable = key.map { RepeatableAct($0, self, body: bytes) }
        return try await database.transaction { database in
            func answer() async throws -> ActAnswer {
                do {
                    return try await work(inside(database), body)
                } catch let refusal as RecordedRefusal {
                    return ActAnswer(API.refuse(refusal.refusal, request, reader, tenant))
                }
            }
            guard let repeatable else { return try await answer().response }
            return try await repeatable.answer(in: database, at: now, answer)
        }
    }
}

extension Operation.Answer {
    fileprivate func complete(with catalogue: Catalogue) -> Self {
        guard case .json(let schema) = content else { return self }
        return Self(
            status: status, content: .json(schema.complete(with: catalogue)), meaning: meaning, headers: headers)
    }

    fileprivate static func found(_ schema: Schema) -> Self {
        .init(status: .ok, content: .json(schema), meaning: APIWords.found.message, headers: [.etag])
    }

    fileprivate static func page(_ schema: Schema) -> Self {
        .init(status: .ok, content: .json(schema), meaning: APIWords.page.message, headers: [.link])
    }

    fileprivate static func made(_ schema: Schema, later: Bool) -> Self {
        .init(
            status: later ? .accepted : .created, content: .json(schema),
            meaning: (later ? APIWords.queued : .made).message,
            headers: [.etag, .location, .replayed])
    }

    fileprivate static func changed(_ schema: Schema) -> Self {
        .init(status: .ok, content: .json(schema), meaning: APIWords.changed.message, headers: [.etag, .replayed])
    }

    fileprivate static var unchanged: Self {
        .init(status: .notModified, content: .nothing, meaning: APIWords.unchanged.message, headers: [.etag])
    }
}
