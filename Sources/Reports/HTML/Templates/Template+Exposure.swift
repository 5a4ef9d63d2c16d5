extension Template {
    /// What the device held at the time of findings.
    static let exposure = """
        <section id="exposure" aria-labelledby="exposure-heading">
        <h2 id="exposure-heading">Exposure at the time of the findings</h2>
        <p>{{exposure.introduction}}</p>
        {{^exposure.hasBlocks}}
        <p>No finding of severity medium or above has a moment, so no time is known for which this could be said.</p>
        {{/exposure.hasBlocks}}
        {{#exposure.blocks}}
        <div class="exposure">
        <h3>{{blockTime}}</h3>
        <p class="small">Findings{{#blockFindings}} <a href="#finding-{{.}}">{{.}}</a>{{/blockFindings}}</p>
        <dl class="facts">
        <div><dt>Release of the system</dt><dd>{{blockVersion}}</dd></div>
        {{#blockHeld}}
        <div><dt>{{heldName}}</dt><dd>
        {{#heldItems}}
        <span class="held">{{.}}</span>
        {{/heldItems}}
        {{#heldRest}}
        <span class="small">{{.}}</span>
        {{/heldRest}}
        </dd></div>
        {{/blockHeld}}
        </dl>
        {{#blockReach}}
        <p>{{.}} Whether any of this was reached on this device is not recorded.</p>
        {{/blockReach}}
        <ul class="sources small">
        {{#blockSources}}
        <li><bdi>{{.}}</bdi></li>
        {{/blockSources}}
        </ul>
        </div>
        {{/exposure.blocks}}
        {{#exposure.furtherBlocks}}
        <p class="note">{{.}}</p>
        {{/exposure.furtherBlocks}}
        </section>
        """

    /// How well the device was protected, and what follows from it.
    static let protection = """
        <section id="protection" aria-labelledby="protection-heading">
        <h2 id="protection-heading">Protection of the device</h2>
        <p>As far as this evidence tells. No part of it is a trace of an attack, and none of it is an assurance.</p>
        <dl class="facts">
        {{#protection.state}}
        <div><dt>{{name}}</dt><dd>{{value}}</dd></div>
        {{/protection.state}}
        </dl>
        <ul class="sources small">
        {{#protectionSources}}
        <li><bdi>{{.}}</bdi></li>
        {{/protectionSources}}
        </ul>
        <h3>What follows, in the order that keeps evidence</h3>
        <ol class="steps">
        {{#protection.protectionSteps}}
        <li>{{.}}</li>
        {{/protection.protectionSteps}}
        </ol>
        </section>
        """

    /// The findings that a person suppressed: they do not count and never vanish.
    static let suppressed = """
        {{#suppressed.hasSuppressed}}
        <section id="suppressed" aria-labelledby="suppressed-heading">
        <h2 id="suppressed-heading">Findings that a person suppressed</h2>
        <p>These findings do not count for the verdict of this report. Who decided that, when and why stands with each.</p>
        <table class="suppressed">
        <caption>Suppressed findings</caption>
        <thead><tr><th scope="col">Finding</th><th scope="col">Severity</th><th scope="col">Reason</th></tr></thead>
        <tbody>
        {{#suppressed.rows}}
        <tr><th scope="row"><strong>{{suppressedTitle}}</strong> <span class="small">{{suppressedPlace}}</span> \
        <code>{{suppressedIdentifier}}</code></th>\
        <td data-label="Severity"><span class="badge {{suppressedSeverity}}">{{suppressedSeverity}}</span></td>\
        <td data-label="Reason">{{suppressedReason}}</td></tr>
        {{/suppressed.rows}}
        </tbody>
        </table>
        {{#suppressed.furtherSuppressed}}
        <p class="note">{{.}}</p>
        {{/suppressed.furtherSuppressed}}
        </section>
        {{/suppressed.hasSuppressed}}
        """
}
