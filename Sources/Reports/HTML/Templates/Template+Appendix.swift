extension Template {
    /// What lets somebody else check the report.
    static let appendix = """
        <section id="appendix" aria-labelledby="appendix-heading">
        <h2 id="appendix-heading">Appendix</h2>
        <h3>Sources cited</h3>
        <ul class="sources">
        {{#appendix.citations}}
        <li><bdi>{{citation}}</bdi> <span class="small">(finding\
        {{#citedBy}} <a href="#finding-{{.}}">{{.}}</a>{{/citedBy}})</span></li>
        {{/appendix.citations}}
        {{^appendix.citations}}
        <li>None: there are no findings that rest on a publication.</li>
        {{/appendix.citations}}
        </ul>
        <h3>Numbers that identify the device</h3>
        <dl class="record">
        {{#appendix.identification}}
        <div><dt>{{name}}</dt><dd>{{value}}</dd></div>
        {{/appendix.identification}}
        {{^appendix.identification}}
        <div><dt>none</dt><dd>The evidence records none.</dd></div>
        {{/appendix.identification}}
        </dl>
        <h3>Files that were read</h3>
        <p>SHA-256 of the bytes as they are stored in the evidence, so that anybody who holds it can compare.</p>
        <table class="digests">
        <caption>Files and their SHA-256</caption>
        <thead><tr><th scope="col">File</th><th scope="col">SHA-256</th></tr></thead>
        <tbody>
        {{#appendix.files}}
        <tr><th scope="row"><bdi>{{filePath}}</bdi></th><td data-label="SHA-256"><code>{{fileDigest}}</code></td></tr>
        {{/appendix.files}}
        {{^appendix.files}}
        <tr><td colspan="2">No file was read.</td></tr>
        {{/appendix.files}}
        </tbody>
        </table>
        {{#appendix.furtherFiles}}
        <p class="note">{{.}}</p>
        {{/appendix.furtherFiles}}
        </section>
        """
}
