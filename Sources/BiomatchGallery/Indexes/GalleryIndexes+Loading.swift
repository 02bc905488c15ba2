import BiomatchCore
import Logging
import Synchronization

extension GalleryIndexes {
  /// Another process's changes are read from its saved indexes when they are more than these.
  private static let heldChanges = 1 << 16

  /// Opens the saved indexes, adds what is missing and removes what is too much.
  func load(_ committer: Committer) async throws {
    do {
      while true {
        let permit = LoadPermit()
        state.withLock { $0.permit = permit }
        do { return try await load(committer, permit) } catch is LoadPermit.Revoked {
          try Task.checkCancellation()
        }
      }
    } catch {
      state.withLock { ($0.loading, $0.permit) = (nil, nil) }
      throw error
    }
  }

  private func load(_ committer: Committer, _ permit: LoadPermit) async throws {
    await settle()
    var load = IndexLoad(permit: permit, set: try await opened())
    load.opened = load.set.position
    load.samplesReadBefore = state.withLock { $0.samplesRead }
    for attempt in 0... {
      load.isFresh = try await catchUp(&load.set, permit) || load.isFresh
      guard let wrong = try await finish(&load, committer, accepts: attempt > 0) else { break }
      logger.warning("indexes have other samples than the gallery, and are made anew")
      load.set = IndexSet(
        load.set.position,
        try load.set.all.map { wrong.contains($0.name.kind) ? try anew($0.name) : $0 }
      )
    }
    await settle()
  }

  /// Brings the indexes to the last generation while nobody writes, and shows them.
  ///
  /// - Returns: The kinds of samples of which there are not as many as in the gallery.
  private func finish(
    _ load: inout IndexLoad,
    _ committer: Committer,
    accepts: Bool
  ) async throws -> Set<SampleKind>? {
    let before = load
    let (after, wrong) = try await committer.exclusively { [self] in
      var load = before
      let counts = try await catchUpWhole(&load.set, load.permit).counts
      let wrong = SampleKind.allCases.filter { counts[$0].map(Int.init) != load.set.count($0) }
      if wrong.isEmpty || accepts {
        try load.permit.write {}
        complete(load)
      }
      return (load, Set(wrong))
    }
    load = after
    return wrong.isEmpty || accepts ? nil : wrong
  }

  private func complete(_ load: IndexLoad) {
    install(load.set)
    state.withLock { state in
      (state.loading, state.permit, state.distrusted) = (nil, nil, [])
      let read = state.samplesRead - load.samplesReadBefore
      // Closing saves also what was only removed.
      state.unsaved = max(read, load.set.position == load.opened ? 0 : 1)
      if load.isFresh || read >= Self.savedTogether { startSaving(load.set, &state) }
    }
  }

  // MARK: Opening

  /// What is saved, as far as it can be used, and empty indexes for the rest.
  private func opened() async throws -> IndexSet {
    let names = try await store.indexNames()
    let place = try place()
    if !store.readOnly {
      let directories = Set(names.map(\.directory))
      for name in place.names() where !directories.contains(name) { try? place.remove(name) }
    }
    let distrusted = state.withLock { $0.distrusted }
    let indexes = try names.map { distrusted.contains($0) ? try anew($0) : try open($0, place) }
    let oldest = indexes.map { $0.position ?? IndexPosition(generation: 0, lastSample: 0) }
      .min { $0.generation < $1.generation }
    return IndexSet(oldest ?? IndexPosition(generation: 0, lastSample: 0), indexes)
  }

  private func open(_ name: IndexName, _ place: IndexPlace) throws -> KeptIndex {
    do {
      return try KeptIndex(opening: name, place, matcher: settings.matcher)
    } catch {
      logger.notice(
        "an index is made anew",
        metadata: ["index": "\(name.directory)", "reason": "\(error)"]
      )
      return try anew(name)
    }
  }

  /// An empty index; what is saved of it goes.
  private func anew(_ name: IndexName) throws -> KeptIndex {
    if !store.readOnly { try place().remove(name.directory) }
    return try KeptIndex(new: name, matcher: settings.matcher)
  }

  // MARK: Catching up

  /// Brings the indexes near to the last generation, while the gallery changes.
  ///
  /// - Returns: Whether one was empty.
  private func catchUp(_ set: inout IndexSet, _ permit: LoadPermit) async throws -> Bool {
    let isFresh = set.all.contains { $0.position == nil }
    while true {
      let plan = try await catchUpOnce(&set, permit)
      let behind = try await store.indexPlan([:]).position.lastSample - plan.position.lastSample
      if behind < 10_000 { return isFresh }
    }
  }

  /// Brings the indexes to the last generation, also where a writer in another process goes on.
  private func catchUpWhole(
    _ set: inout IndexSet,
    _ permit: LoadPermit
  ) async throws -> IndexPlan {
    while true {
      let plan = try await catchUpOnce(&set, permit)
      guard store.readOnly, try await generation() != plan.position.generation else { return plan }
    }
  }

  private func generation() async throws -> Int64 {
    try await store.read { try GalleryState.read($0).generation }
  }

  /// Brings the indexes to what is the last generation when the call comes.
  @discardableResult
  private func catchUpOnce(
    _ set: inout IndexSet,
    _ permit: LoadPermit
  ) async throws -> IndexPlan {
    var indexes: [IndexName: KeptIndex] = [:]
    for kept in set.all { indexes[kept.name] = kept }
    var plan = try await store.indexPlan(indexes.compactMapValues(\.position))
    for (name, step) in plan.steps {
      guard case .unknown = step else { continue }
      logger.notice("an index is too old and made anew", metadata: ["index": "\(name.directory)"])
      // Beside a writer, what it has saved since may do.
      indexes[name] = store.readOnly ? try open(name, place()) : try anew(name)
    }
    for name in plan.steps.keys where indexes[name] == nil { indexes[name] = try anew(name) }
    plan = try await store.indexPlan(indexes.compactMapValues(\.position))
    for (name, step) in plan.steps {
      guard case .unknown = step else { continue }
      indexes[name] = try anew(name)
    }
    for (name, step) in plan.steps {
      guard case .changes(let removed, _) = step, !removed.isEmpty else { continue }
      _ = try DamagedIndex.naming(name) { try indexes[name]?.index.remove(removed) }
    }
    for kind in SampleKind.allCases { try await add(kind, plan, &indexes, permit) }
    for name in plan.steps.keys { indexes[name]?.position = plan.position }
    set = IndexSet(plan.position, plan.steps.keys.compactMap { indexes[$0] })
    return plan
  }

  /// Adds the samples of a kind that are missing.
  private func add(
    _ kind: SampleKind,
    _ plan: IndexPlan,
    _ indexes: inout [IndexName: KeptIndex],
    _ permit: LoadPermit
  ) async throws {
    var starts: [IndexName: Int64] = [:]
    for (name, step) in plan.steps where name.kind == kind {
      if case .changes(_, let after) = step { starts[name] = after } else { starts[name] = 0 }
    }
    let through = plan.position.lastSample
    guard let first = starts.values.min(), first < through else { return }
    var unsaved: [IndexName: Int] = [:]
    var progress = IndexingProgress(
      kind: kind,
      done: 0,
      total: first == 0 ? Int(plan.counts[kind] ?? 0) : Int(through - first)
    )
    let place = try place()
    let kept = indexes
    let batchSize = settings.batchSize
    try await store.samples(kind, after: first, through: through, batchSize: batchSize) { samples in
      try Task.checkCancellation()
      let added = try await inParallel(samples.map { .init(stored: $0, template: nil) }) { piece in
        try piece.map { (added: GalleryCommit.Added) in try added.decoded() }
      }
      for (name, start) in starts {
        guard let index = kept[name] else { continue }
        let missing = added.filter { $0.stored.number > start }
        try await blocking {
          try DamagedIndex.naming(name) {
            try index.append(missing, replacing: index.position != nil)
          }
        }
        unsaved[name, default: 0] += missing.count
        if !store.readOnly, unsaved[name, default: 0] >= settings.groupSize {
          unsaved[name] = 0
          try await blocking { try permit.write { try index.saveRows(place) } }
        }
      }
      progress.done += samples.count
      settings.progress?(progress)
      state.withLock { $0.samplesRead += samples.count }
    }
  }

  // MARK: Beside a writer

  /// Brings the indexes of a process that only reads to what the writer has done.
  func follow(_ committer: Committer) async throws {
    let generation = try await generation()
    guard state.withLock({ $0.moment }).map({ $0.generation < generation }) == true else { return }
    try await committer.exclusively { [self] in
      guard var set = state.withLock({ $0.set }), set.position.generation < generation else {
        return
      }
      let before = state.withLock { $0.samplesRead }
      do {
        try await catchUpOnce(&set, LoadPermit())
        install(set)
      } catch let damage as DamagedIndex {
        distrust(damage)
        return
      }
      let held = state.withLock { state in
        state.unsaved += state.samplesRead - before
        return state.unsaved
      }
      if held >= Self.heldChanges {
        // The writer has them in files by now, which take no memory of this process.
        state.withLock { state in
          state.unsaved = 0
          (state.set, state.moment) = (nil, nil)
        }
      }
    }
  }
}

/// A load of the indexes on its way.
private struct IndexLoad: Sendable {
  let permit: LoadPermit
  var set: IndexSet
  /// Up to where the saved indexes were.
  var opened: IndexPosition?
  /// How many samples had been read for indexes before.
  var samplesReadBefore = 0
  /// Whether an index was empty.
  var isFresh = false
}
