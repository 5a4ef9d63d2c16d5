extension Template {
    /// What this is, of which device, when it was taken, with which tool.
    static let head = """
        <header>
        <p class="kicker">Bridle</p>
        <h1>{{heading}}</h1>
        <p class="lead">This report says which records in the evidence match traces that researchers have published \
        for spyware, what each match shows and does not show, and what was not examined.</p>
        {{#isIncomplete}}
        <p class="alert"><strong>This check is incomplete.</strong> It ended before everything was read. What stands \
        here is whole as far as it goes, and says nothing about the rest. Run the check again to its end before you \
        rely on it.</p>
        {{/isIncomplete}}
        {{#problemsOfCase}}
        <p class="alert"><strong>The stored case is damaged:</strong> <bdi>{{.}}</bdi></p>
        {{/problemsOfCase}}
        <dl class="facts">
        {{#head}}
        <div><dt>{{name}}</dt><dd>{{value}}</dd></div>
        {{/head}}
        </dl>
        {{#remarks}}
        <p class="note"><strong>About the evidence:</strong> <bdi>{{.}}</bdi></p>
        {{/remarks}}
        <nav aria-label="Contents">
        <a href="#verdict">Verdict</a>
        <a href="#advice">What to do now</a>
        <a href="#findings">Findings</a>
        <a href="#exposure">Exposure</a>
        <a href="#protection">Protection</a>
        <a href="#timeline">Timeline</a>
        <a href="#coverage">What was examined</a>
        <a href="#appendix">Appendix</a>
        </nav>
        </header>
        """

    /// The verdict, with its limits directly below.
    static let verdict = """
        <section id="verdict" class="verdict {{verdictWord}}" aria-labelledby="verdict-heading">
        <h2 id="verdict-heading"><span class="label">Verdict</span> {{verdictHeadline}}</h2>
        <p>{{verdictExplanation}}</p>
        {{#saidOfVerdict}}
        <p class="said">{{.}}</p>
        {{/saidOfVerdict}}
        <p class="count">{{countWords}}</p>
        <h3>Why this verdict</h3>
        <ul>
        {{#verdictReasons}}
        <li>{{.}}</li>
        {{/verdictReasons}}
        </ul>
        <h3>Limits of this verdict</h3>
        <ul>
        {{#verdictLimits}}
        <li>{{.}}</li>
        {{/verdictLimits}}
        <li>{{coverageWords}} {{comparisonWords}} <a href="#coverage">See what was not examined.</a></li>
        </ul>
        </section>
        """

    /// What to do now, in the order that keeps evidence.
    static let advice = """
        <section id="advice" aria-labelledby="advice-heading">
        <h2 id="advice-heading">What to do now</h2>
        <p class="alert">{{advice.danger}}</p>
        <p>{{advice.introduction}}</p>
        <ol class="steps">
        {{#advice.steps}}
        <li><strong>{{stepHeading}}</strong> {{stepText}}
        {{#helpers}}
        <span class="helper">{{.}}</span>
        {{/helpers}}
        {{reaching}}</li>
        {{/advice.steps}}
        </ol>
        </section>
        """
}
