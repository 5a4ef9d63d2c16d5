extension Template {
    /// The findings by severity.
    static let findings = """
        <section id="findings" aria-labelledby="findings-heading">
        <h2 id="findings-heading">Findings</h2>
        <p>{{countWords}} A finding is a record that matches something published. It is a reason to look, and not yet \
        an answer.</p>
        {{#findings.severities}}
        <div class="severity-head"><h3>{{severityHeading}}</h3><p>{{severityCount}}. {{severityDefinition}}</p></div>
        {{#cards}}
        {{> card}}
        {{/cards}}
        {{/findings.severities}}
        {{#findings.unlisted}}
        <p class="note">{{.}}</p>
        {{/findings.unlisted}}
        </section>
        """

    /// One finding, or several of one cause.
    static let card = """
        <article class="card {{severityWord}}" id="finding-{{number}}" aria-labelledby="finding-{{number}}-heading">
        <h4 id="finding-{{number}}-heading"><span class="number">{{number}}</span> <bdi>{{title}}</bdi></h4>
        <p class="tags"><span class="badge {{severityWord}}">{{severityWord}}</span>
        {{#family}}
        <span class="tag">Published for: <bdi>{{.}}</bdi></span>
        {{/family}}
        <span class="tag">{{state}}</span></p>
        <div class="reading">
        <div><h5>What the record says</h5><p>{{meaning}}</p></div>
        <div><h5>What it does not show</h5><p>{{limits}}</p></div>
        <div><h5>Ordinary causes</h5>
        <ul>
        {{#benignCauses}}
        <li>{{.}}</li>
        {{/benignCauses}}
        {{^benignCauses}}
        <li>None is named for this pattern. That does not mean that there is none.</li>
        {{/benignCauses}}
        </ul></div>
        <div><h5>Seen on ordinary devices</h5><p>{{seenOrdinarily}}</p></div>
        <div class="whole"><h5>Next step</h5><p>{{nextStep}}</p></div>
        </div>
        <h5>Published by</h5>
        <ul class="sources">
        {{#sources}}
        <li><bdi>{{.}}</bdi></li>
        {{/sources}}
        {{^sources}}
        <li>The file of indicators names no publication.</li>
        {{/sources}}
        </ul>
        <dl class="record pattern">
        {{#pattern}}
        <div><dt>{{name}}</dt><dd>{{value}}</dd></div>
        {{/pattern}}
        </dl>
        <h5>{{entriesHeading}}</h5>
        <ol class="entries">
        {{#entries}}
        <li>
        <p class="place">{{#entryMoment}}<time datetime="{{entryExactMoment}}">{{entryMoment}}</time> {{/entryMoment}}\
        {{^entryMoment}}No moment recorded {{/entryMoment}}<span>{{entryArtifact}}</span></p>
        <dl class="record">
        {{#entryStandings}}
        <div class="said"><dt>said of it</dt><dd>{{.}}</dd></div>
        {{/entryStandings}}
        {{#entryObserved}}
        <div class="observed"><dt>matched</dt><dd>{{.}}</dd></div>
        {{/entryObserved}}
        {{#entryFacts}}
        <div><dt><bdi>{{name}}</bdi></dt><dd>{{value}}</dd></div>
        {{/entryFacts}}
        <div class="origin"><dt>stands in</dt><dd>{{entryPlace}}</dd></div>
        <div class="origin"><dt>finding</dt><dd>{{entryIdentifier}}</dd></div>
        </dl>
        </li>
        {{/entries}}
        </ol>
        {{#furtherEntries}}
        <p class="note">{{.}}</p>
        {{/furtherEntries}}
        </article>
        """

    /// The findings by moment.
    static let timeline = """
        <section id="timeline" aria-labelledby="timeline-heading">
        <h2 id="timeline-heading">Timeline of findings</h2>
        <p>Only findings stand here. The file timeline.csv in the case folder has every event that was read, and shows \
        what happened before and after.</p>
        {{^timeline.hasRows}}
        <p>There are no findings to put in order.</p>
        {{/timeline.hasRows}}
        {{#timeline.hasRows}}
        <table>
        <caption>Findings with a moment, earliest first</caption>
        <thead><tr><th scope="col">Moment</th><th scope="col">Severity</th><th scope="col">Finding</th>\
        <th scope="col">Record of</th></tr></thead>
        <tbody>
        {{#timeline.dated}}
        <tr><td data-label="Moment"><time datetime="{{rowExactMoment}}">{{rowMoment}}</time></td>\
        <td data-label="Severity"><span class="badge {{rowSeverity}}">{{rowSeverity}}</span></td>\
        <td data-label="Finding"><a href="#finding-{{rowNumber}}">{{rowNumber}}</a> <bdi>{{rowTitle}}</bdi>{{#rowObserved}} <code class="detail">{{.}}</code>{{/rowObserved}}</td>\
        <td data-label="Record of">{{rowArtifact}}</td></tr>
        {{/timeline.dated}}
        {{^timeline.dated}}
        <tr><td colspan="4">None of the findings has a moment.</td></tr>
        {{/timeline.dated}}
        </tbody>
        </table>
        <h3>Findings without a moment</h3>
        <ul>
        {{#timeline.undated}}
        <li><span class="badge {{rowSeverity}}">{{rowSeverity}}</span> <a href="#finding-{{rowNumber}}">{{rowNumber}}</a> \
        <bdi>{{rowTitle}}</bdi> ({{rowArtifact}})</li>
        {{/timeline.undated}}
        {{^timeline.undated}}
        <li>None.</li>
        {{/timeline.undated}}
        </ul>
        {{/timeline.hasRows}}
        {{#timeline.furtherRows}}
        <p class="note">{{.}}</p>
        {{/timeline.furtherRows}}
        </section>
        """
}
