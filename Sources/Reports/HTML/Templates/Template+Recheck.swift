extension Template {
    /// What is different from the earlier case.
    static let recheck = """
        {{#rechecks}}
        <section id="recheck" aria-labelledby="recheck-heading">
        <h2 id="recheck-heading">Compared with the earlier check</h2>
        <p>The records of an earlier case were judged again with the indicators and rules of the day. The evidence \
        itself was not read.</p>
        <dl class="facts">
        {{#earlier}}
        <div><dt>{{name}}</dt><dd>{{value}}</dd></div>
        {{/earlier}}
        </dl>
        <h3>New</h3>
        <ul>
        {{#newRows}}
        <li><strong>{{changeSeverity}}</strong> {{changeTitle}}<br><span class="small"><bdi>{{changePlace}}</bdi>; \
        <bdi>{{changeSource}}</bdi></span></li>
        {{/newRows}}
        {{^newRows}}
        <li>None.</li>
        {{/newRows}}
        </ul>
        {{#furtherNew}}
        <p class="note">{{.}}</p>
        {{/furtherNew}}
        <h3>No longer matched</h3>
        <p>No indicator and no rule that was used now says this any more: it was withdrawn or changed, or the file of the \
        indicator was left out.</p>
        <ul>
        {{#goneRows}}
        <li><strong>{{changeSeverity}}</strong> {{changeTitle}}<br><span class="small"><bdi>{{changePlace}}</bdi>; \
        <bdi>{{changeSource}}</bdi></span></li>
        {{/goneRows}}
        {{^goneRows}}
        <li>None.</li>
        {{/goneRows}}
        </ul>
        {{#furtherGone}}
        <p class="note">{{.}}</p>
        {{/furtherGone}}
        <h3>What only the evidence itself can answer</h3>
        <ul>
        {{#limitsOfRecheck}}
        <li><bdi>{{.}}</bdi></li>
        {{/limitsOfRecheck}}
        {{^limitsOfRecheck}}
        <li>Nothing that is known of.</li>
        {{/limitsOfRecheck}}
        </ul>
        </section>
        {{/rechecks}}
        """
}
