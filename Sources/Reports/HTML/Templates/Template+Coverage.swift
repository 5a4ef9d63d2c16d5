extension Template {
    /// What was examined and what was not.
    static let coverage = """
        <section id="coverage" aria-labelledby="coverage-heading">
        <h2 id="coverage-heading">What was examined and what was not</h2>
        <p>{{coverageWords}} {{comparisonWords}} Where nothing was examined, nothing can be found: this part belongs \
        to the verdict.</p>
        {{#shortLinkWords}}
        <p>{{.}}</p>
        {{/shortLinkWords}}
        <h3>Records that were in the evidence</h3>
        <table class="examined">
        <caption>Kinds of record that were found in the evidence, and what came of them</caption>
        <thead><tr><th scope="col">Kind of record</th><th scope="col">Result</th>\
        <th scope="col">Records, from and to</th><th scope="col">What it can’t show even when whole</th></tr></thead>
        <tbody>
        {{#coverage.examined}}
        <tr><th scope="row"><strong>{{artifactTitle}}</strong> <span class="small">{{artifactSummary}}.</span> \
        <code>{{artifactIdentifier}}</code></th>
        <td data-label="Result">{{artifactStatus}} \
        <span class="small">Reading: {{artifactStanding}}.</span>
        {{#artifactDamages}}
        <span class="damage"><bdi>{{.}}</bdi></span>
        {{/artifactDamages}}
        </td>
        <td data-label="Records"><span class="figure">{{artifactRecords}}</span> \
        <span class="small">{{artifactReach}}</span></td>
        <td data-label="Can’t show">
        {{#artifactLosses}}
        <span class="loss">{{.}}.</span>
        {{/artifactLosses}}
        {{^artifactLosses}}
        <span class="small">Nothing named.</span>
        {{/artifactLosses}}
        </td></tr>
        {{/coverage.examined}}
        {{^coverage.examined}}
        <tr><td colspan="4">None of the records that Bridle knows was in this evidence.</td></tr>
        {{/coverage.examined}}
        </tbody>
        </table>
        <p class="small">“Observed on” names the releases whose files the reading was compared with. “Documented” means that it \
        was written from published descriptions, “unexercised” that it was compared with nothing.</p>
        <h3>Records that were not in the evidence</h3>
        <table>
        <caption>Kinds of record that Bridle knows and did not find</caption>
        <thead><tr><th scope="col">Kind of record</th><th scope="col">Why</th></tr></thead>
        <tbody>
        {{#coverage.missing}}
        <tr><th scope="row"><strong>{{missingTitle}}</strong> <span class="small">{{missingSummary}}.</span></th>\
        <td data-label="Why">{{missingStatus}}</td></tr>
        {{/coverage.missing}}
        {{^coverage.missing}}
        <tr><td colspan="2">None: every kind was there.</td></tr>
        {{/coverage.missing}}
        </tbody>
        </table>
        <h3>Not examined at all</h3>
        {{#coverage.hasSilences}}
        <p>Evidence of this kind never holds the following. Spyware may have left traces there.</p>
        {{/coverage.hasSilences}}
        <ul>
        {{#coverage.silences}}
        <li>{{.}}</li>
        {{/coverage.silences}}
        <li>Everything else that the first table does not name</li>
        <li>Spyware of which nobody has published a trace</li>
        </ul>
        <h3>Families of spyware</h3>
        <p>An indicator can match only where a record of its kind was read: a process name needs a record of \
        processes. A check or rule needs its own records. Records from outside the years for which traces of a family \
        were published do not count. The numbers say how much of what is published for each family could have been seen \
        in this evidence, and nothing about whether a family was used.</p>
        <table class="families">
        <caption>What could have matched, by family</caption>
        <thead><tr><th scope="col">Family</th><th scope="col">Indicators that could have matched</th>\
        <th scope="col">Checks and rules applied</th><th scope="col">Kinds of record</th>\
        <th scope="col">Reach of the records</th></tr></thead>
        <tbody>
        {{#coverage.families}}
        <tr><th scope="row"><bdi>{{familyName}}</bdi></th><td data-label="Indicators that could have matched">\
        {{familyIndicators}}</td><td data-label="Checks and rules applied">{{familyChecks}}</td>\
        <td data-label="Kinds of record">{{familyPlaces}}</td><td data-label="Reach of the records">{{familyReach}}</td></tr>
        {{/coverage.families}}
        {{^coverage.families}}
        <tr><td colspan="5">No family: no indicators were loaded.</td></tr>
        {{/coverage.families}}
        </tbody>
        </table>
        <h3>Files of indicators</h3>
        <table>
        <caption>The published indicators that were used</caption>
        <thead><tr><th scope="col">File</th><th scope="col">Indicators</th><th scope="col">Problems</th></tr></thead>
        <tbody>
        {{#coverage.indicatorSources}}
        <tr><th scope="row"><bdi>{{sourceName}}</bdi></th><td data-label="Indicators">{{sourceIndicators}}</td>\
        <td data-label="Problems">{{sourceProblems}}</td></tr>
        {{/coverage.indicatorSources}}
        {{^coverage.indicatorSources}}
        <tr><td colspan="3">None was loaded.</td></tr>
        {{/coverage.indicatorSources}}
        </tbody>
        </table>
        {{#coverage.indicatorDigest}}
        <p class="small">Digest over all of them: <code>{{.}}</code></p>
        {{/coverage.indicatorDigest}}
        </section>
        """
}
