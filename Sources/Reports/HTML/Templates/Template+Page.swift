extension Template {
    /// The frame: what a browser may do with the page (nothing but show it), and the order of its parts.
    static let page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="robots" content="noindex, nofollow, noarchive">
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
        <title>{{heading}}</title>
        <style>
        {{> style}}
        </style>
        </head>
        <body>
        {{> head}}
        <main>
        {{> verdict}}
        {{> recheck}}
        {{> advice}}
        {{> findings}}
        {{> suppressed}}
        {{> exposure}}
        {{> protection}}
        {{> timeline}}
        {{> coverage}}
        {{> appendix}}
        </main>
        <footer>
        <p>This page holds personal data of the owner of the device and of people who were in touch with them. Give it \
        only to somebody who needs it. It holds no script and loads nothing; no address in it can be clicked.</p>
        <p>Written by Bridle {{toolVersion}}. All moments are in Coordinated Universal Time (UTC).</p>
        </footer>
        </body>
        </html>

        """
}
