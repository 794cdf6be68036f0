/** Example texts to begin with: as Chargebee's editor writes them, and some that cause trouble. */

export interface Content {
  readonly title: string;
  readonly description: string;
  readonly first: string;
  readonly second: string;
  readonly third: string;
}

export const ORDINARY: Content = {
  title: '<div class="slate-p">Unlock <strong>Advanced Analytics</strong></div>',
  description:
    '<div class="slate-p">See which teams use what, and where the time goes.</div>\n<div class="slate-p"></div>\n' +
    '<div class="slate-p">Cancel any time. <a href="https://app.example/analytics" class="slate-a">What you get</a></div>',
  first: 'Unlock now',
  second: '',
  third: '',
};

export const EXAMPLES: readonly { readonly name: string; readonly content: Content }[] = [
  { name: "From Chargebee's editor", content: ORDINARY },
  {
    name: 'Lists and links',
    content: {
      title: '<h2>Your team has outgrown Starter</h2>',
      description:
        '<p>With <b>Team</b> you have:</p>\n<ul>\n  <li>room for 50 people</li>\n  <li>single sign-on</li>\n' +
        '  <li>an audit log</li>\n</ul>\n<p><a href="https://app.example/plans">Compare the plans</a> or <a href="mailto:sales@app.example">ask us</a>.</p>',
      first: 'Go to Team',
      second: 'Go to Business',
      third: 'Talk to sales',
    },
  },
  {
    name: 'Too long',
    content: {
      title:
        '<div class="slate-p">Rechtssichere Benutzerberechtigungsverwaltung für alle Ihre Unternehmensstandorte in Europa</div>',
      description:
        '<div class="slate-p">Mit der Unternehmenslizenz behalten Sie auch bei mehreren Tausend Mitarbeiterinnen und Mitarbeitern jederzeit den Überblick über Berechtigungen, Freigaben und Aufbewahrungsfristen. Die Umstellung erfolgt ohne Unterbrechung, und Ihre bisherigen Vertragsbedingungen bleiben unverändert.</div>',
      first: 'Jetzt kostenpflichtig auf Unternehmenslizenz umstellen',
      second: 'Beratungsgespräch vereinbaren',
      third: '',
    },
  },
  {
    name: 'Pasted from elsewhere',
    content: {
      title: '<h1 style="color: red" onclick="alert(1)">Only today!</h1><script>alert("title")</script>',
      description:
        '<p style="font-size: 40px">Save <font color="red">half</font> <span class="mso">now</span>.</p>\n' +
        '<img src="x" onerror="alert(1)">\n<table><tr><td>Team</td><td>49 €</td></tr></table>\n' +
        '<a href="javascript:alert(1)">Buy</a> or <a href="/plans" target="_top">compare</a>\n<!-- from the old page -->\n' +
        '<iframe src="https://tracker.example"></iframe>',
      first: 'Buy',
      second: '<b>Later</b>',
      third: '',
    },
  },
];
