import { LEVELS } from '../../risk/verdict.ts';
import { documentOf } from '../html/document.ts';
import { html, type Markup } from '../html/html.ts';
import { count } from '../line.ts';
import { type Firing, firingsOf, type Past, type PastCommit, type PastFinding } from './past.ts';

/** The past as one file that needs nothing else: how often each rule fired, then the commits, the newest first. */
export function historyPage({ from, to, commits }: Past): string {
  const range = `${short(from)}..${short(to)}`;
  const levels = LEVELS.toReversed().flatMap(level => {
    const number = commits.filter(commit => commit.level === level).length;
    return number === 0 ? [] : [html`<li><span class="level ${level}">${level}</span> ${count(number, 'commit')}</li>`];
  });
  return documentOf({
    title: `History ${range}`,
    skip: { to: 'commits', text: 'To the commits' },
    main: html`<header class="verdict"><h1>History <code>${range}</code></h1>
<p>${count(commits.length, 'commit')}, each as it would be judged today.</p><ul class="reasons">${levels}</ul></header>
${rulesSection(firingsOf(commits))}
<section id="commits" tabindex="-1"><h2>Commits</h2>${commits.toReversed().map(card)}</section>`,
    footer: 'deploy-lint, from the repository alone: what ran in the cluster was not looked at.',
    isScripted: false,
  });
}

function rulesSection(firings: readonly Firing[]): Markup {
  const rows = firings.map(
    ({ rule, severity, commits, findings, newest }) =>
      html`<tr><th scope="row"><code>${rule}</code></th><td><span class="level ${severity}">${severity}</span></td><td>${commits}</td><td>${findings}</td><td><a href="#c-${newest.commit}"><code>${short(newest.commit)}</code></a> ${newest.title}</td></tr>`,
  );
  return html`<section id="rules" tabindex="-1"><h2>Rules</h2>${
    rows.length === 0
      ? html`<p>No rule found anything.</p>`
      : html`<table class="units"><thead><tr><th scope="col">Rule</th><th scope="col">Severity</th><th scope="col">Commits</th><th scope="col">Findings</th><th scope="col">Newest</th></tr></thead><tbody>${rows}</tbody></table>`
  }</section>`;
}

function card({ commit, date, title, level, reasons, findings, incomplete }: PastCommit): Markup {
  const why = reasons.length === 0 ? undefined : html`<p>${reasons.join(', ')}</p>`;
  const gaps = incomplete.map(text => html`<li><b>not analysed</b> ${text}</li>`);
  return html`<article class="card" id="c-${commit}"><h3><span class="level ${level}">${level}</span> <code>${short(commit)}</code> ${date.slice(0, 10)} ${title}</h3>${why}<ul>${findings.map(item)}${gaps}</ul></article>
`;
}

function item({ rule, severity, message, location }: PastFinding): Markup {
  return html`<li><span class="level ${severity}">${severity}</span> <b>${rule}</b> ${message} <code>${location.file}:${location.line}:${location.column}</code></li>`;
}

function short(commit: string): string {
  return commit.slice(0, 9);
}
