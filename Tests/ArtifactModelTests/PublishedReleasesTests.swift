import ArtifactModel
import Primitives
import Testing

struct PublishedReleasesTests {
    @Test func `the table has every line, each build once, and days that grow with versions of one year`() {
        #expect(PublishedReleases.all.count == 164)
        let builds = PublishedReleases.all.flatMap(\.builds)
        #expect(Set(builds).count == builds.count)
        #expect(PublishedReleases.all.map(\.day).max() == PublishedReleases.asOf)
        let years = Dictionary(grouping: PublishedReleases.all) { $0.version.prefix { $0 != "." } }
        for releases in years.values { #expect(releases.map(\.day) == releases.map(\.day).sorted()) }
    }

    @Test func `a release is found by version and build`() {
        #expect(PublishedReleases.release(build: "18H17")?.version == "14.8")
        #expect(PublishedReleases.release(version: "15")?.day == "2021-09-20")
        #expect(PublishedReleases.release(version: "15.0.0")?.version == "15.0")
        #expect(PublishedReleases.release(version: "15.x") == nil)
        #expect(PublishedReleases.release(version: "") == nil)
        #expect(PublishedReleases.release(build: "1A1") == nil)
    }

    @Test func `how far behind is said against the day of the evidence`() throws {
        let taken = try #require(Timestamp(rfc3339: "2021-09-20T00:00:00Z"))
        #expect(
            PublishedReleases.standing(of: "14.6", on: taken)
                == "4 newer releases had been published when the evidence was taken, the newest 15.0 on 2021-09-20")
        #expect(
            PublishedReleases.standing(of: "15.0", build: "19A346", on: taken)
                == "no newer release had been published when the evidence was taken")
        #expect(
            PublishedReleases.standing(of: "26.1", on: Timestamp(rfc3339: "2026-11-22T00:00:00Z"))
                == "1 newer release had been published by 2025-12-12, the day of the table, the newest 26.2 on 2025-12-12"
        )
        #expect(
            PublishedReleases.standing(of: "27.0", on: nil)
                == "newer than the table of releases, which ends on 2025-12-12")
        #expect(PublishedReleases.standing(of: "99999999999999999999", on: nil) == nil)
    }
}
