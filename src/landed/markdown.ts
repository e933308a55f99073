import { markdownCode, markdownText } from '../report/markdown-escape.ts';
import { worst } from './signal.ts';
import { clocksInWords, type LandedView, telling } from './view.ts';

/** The view for a comment or a chat: a table of the units, then what stands in the way. Ends with a line break. */
export function landedMarkdown(view: LandedView): string {
  const { name, title, state, units, context, at, isOutOfTime, back } = view;
  const lines = [`**${state}** ${markdownCode(name)} ${markdownText(title)}`, ''];
  if (units.length > 0) lines.push('| Unit | State | Signals |', '| --- | --- | --- |');
  for (const { change, state: own, signals } of units) {
    const parts = [...signals].map(([aspect, found]) => `${aspect} ${worst(found)}`);
    lines.push(`| ${markdownText(change.unit.name)} | ${own} | ${parts.join(', ')} |`);
  }
  for (const unit of units) {
    const told = telling(unit);
    if (told.length === 0) continue;
    lines.push('', `**${markdownText(unit.change.unit.name)}**`, '');
    for (const { aspect, signal } of told) {
      lines.push(`- ${markdownText(signal.subject ?? aspect)}: ${signal.state}, ${markdownText(signal.reason)}`);
      if (signal.next !== undefined) lines.push(`  - ${markdownText(signal.next)}`);
    }
  }
  if ((state === 'failed' || state === 'stuck') && back.length > 0) {
    lines.push('', `To go back: ${back.map(markdownCode).join('; ')}`);
  }
  const notes = [isOutOfTime ? 'The time for watching is over.' : undefined, clocksInWords(view)];
  lines.push('', [`Seen in the context ${markdownCode(context)} at ${at}.`, ...notes.filter(Boolean)].join(' '));
  return `${lines.join('\n')}\n`;
}
