import ArtifactModel
import CaseModel
import Testing

/// The table of the verdict, line by line.
struct VerdictTests {
    private func indicator(_ severity: Severity, _ state: Observable.State) -> Verdict.Summary {
        Verdict.Summary(isIndicator: true, severity: severity, state: state)
    }

    private func check(_ severity: Severity, _ state: Observable.State = .unknown) -> Verdict.Summary {
        Verdict.Summary(isIndicator: false, severity: severity, state: state)
    }

    private func verdict(_ findings: Verdict.Summary..., artifacts: Int = 9) -> Verdict {
        Verdict(of: findings, artifactsWithRecords: artifacts)
    }

    @Test(arguments: [Observable.State.installed, .ran, .unknown], [Severity.high, .critical])
    func `line 1: an indicator of something on the device`(state: Observable.State, severity: Severity) {
        #expect(verdict(indicator(severity, state)) == .strongMatch)
        #expect(verdict(check(.critical), indicator(severity, state)) == .strongMatch)
        #expect(verdict(indicator(severity, state), artifacts: 0) == .strongMatch)
        // A check is never enough for it.
        #expect(verdict(check(severity, state)) == .suspicious)
    }

    @Test(arguments: [Severity.medium, .high, .critical], Observable.State.allCases)
    func `line 2: a check that needs an expert`(severity: Severity, state: Observable.State) {
        #expect(verdict(check(severity, state)) == (state == .attempted ? .attemptOrContact : .suspicious))
        #expect(
            verdict(check(severity, state), indicator(.high, .visited))
                == (state == .attempted ? .attemptOrContact : .suspicious))
    }

    @Test(arguments: [Observable.State.visited, .contacted, .attempted], Severity.allCases)
    func `line 3: an indicator of a contact`(state: Observable.State, severity: Severity) {
        #expect(verdict(indicator(severity, state)) == .attemptOrContact)
        #expect(verdict(indicator(severity, state), artifacts: 0) == .attemptOrContact)
    }

    @Test(arguments: [Severity.informational, .low, .medium], [Observable.State.installed, .ran, .unknown])
    func `line 3: an indicator of low weight on the device`(severity: Severity, state: Observable.State) {
        #expect(verdict(indicator(severity, state)) == .attemptOrContact)
    }

    @Test func `line 4: fewer than three artefacts gave records`() {
        for artifacts in 0..<3 {
            #expect(verdict(artifacts: artifacts) == .tooLittleEvidence)
            #expect(verdict(check(.low), check(.informational), artifacts: artifacts) == .tooLittleEvidence)
        }
    }

    @Test func `line 5: otherwise nothing matched in what was examined`() {
        #expect(verdict(artifacts: 3) == .noMatch)
        #expect(verdict(check(.low), check(.informational), artifacts: 3) == .noMatch)
    }

    @Test func `no order of findings changes the verdict`() {
        let findings = [check(.low), indicator(.high, .visited), check(.medium), indicator(.critical, .ran)]
        for rotation in findings.indices {
            let rotated = Array(findings[rotation...] + findings[..<rotation])
            #expect(Verdict(of: rotated, artifactsWithRecords: 5) == .strongMatch)
            #expect(Verdict(of: rotated.reversed(), artifactsWithRecords: 5) == .strongMatch)
        }
    }

    @Test(arguments: Verdict.allCases) func `no verdict says more than it may`(verdict: Verdict) {
        let words = (verdict.headline + " " + verdict.explanation).lowercased()
        for word in ["clean", "safe", "infected", "hacked", "proves", "proof"] { #expect(!words.contains(word)) }
    }
}
