import { type Box, COLUMNS, type Picture } from '../explanation/picture.ts';
import { count } from '../line.ts';
import { html, type Markup } from './html.ts';

/** Sizes of the picture, in its own units, of which the page shows one as a pixel. */
const WIDTH = 236;
const HEIGHT = 46;
const GAP = { x: 64, y: 14 };
const TOP = 34;

/** Characters of a label that fit into a box. */
const FIT = 30;

const TITLES = { files: 'Files', kustomizations: 'Folders', applications: 'Applications', workloads: 'Workloads' };

/** The radius as a picture: four columns of boxes, each a link to its detail, and curves between them. */
export function picture({ boxes, links }: Picture, unitIndex: (key: string) => number): Markup {
  const columns = COLUMNS.filter(column => boxes.some(box => box.column === column));
  const places = new Map(
    columns.flatMap((column, x) => {
      const own = boxes.filter(box => box.column === column);
      return own.map((box, y) => [box.id, { x: x * (WIDTH + GAP.x), y: TOP + y * (HEIGHT + GAP.y) }] as const);
    }),
  );
  const width = columns.length * (WIDTH + GAP.x) - GAP.x;
  const height = Math.max(TOP, ...[...places.values()].map(({ y }) => y + HEIGHT)) + 2;
  const levels = new Map(boxes.map(({ id, level }) => [id, level]));
  const curves = links.map(([from, to]) => {
    const [a, b] = [places.get(from), places.get(to)];
    if (a === undefined || b === undefined) return undefined;
    const [x1, y1, x2, y2] = [a.x + WIDTH, a.y + HEIGHT / 2, b.x, b.y + HEIGHT / 2];
    const middle = (x1 + x2) / 2;
    const path = `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
    return html`<path class="link ${levels.get(to) ?? 'none'}" data-from="${from}" data-to="${to}" d="${path}"/>`;
  });
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="From the changed files to the workloads">
${columns.map((column, i) => html`<text class="column" x="${i * (WIDTH + GAP.x)}" y="16">${TITLES[column]}</text>`)}
${curves}
${boxes.map(box => boxOf(box, places.get(box.id) ?? { x: 0, y: 0 }, unitIndex))}
</svg>`;
}

const TARGETS = { files: 'objects', kustomizations: 'objects', applications: 'changes', workloads: 'timeline' };

function boxOf(box: Box, { x, y }: { x: number; y: number }, unitIndex: (key: string) => number): Markup {
  const units = box.column === 'applications' && box.units.length === 1 ? '' : `, ${count(box.units.length, 'unit')}`;
  const below = `${box.level}${units}`;
  return html`<a href="#${TARGETS[box.column]}" class="box ${box.level}" data-box="${box.id}" data-units="${box.units.map(unitIndex).join(' ')}">
<title>${box.label} (${below})</title>
<rect x="${x + 1}" y="${y + 1}" width="${WIDTH - 2}" height="${HEIGHT - 2}" rx="7"/>
<text class="label" x="${x + 14}" y="${y + 20}">${shortened(box.label)}</text>
<text class="note" x="${x + 14}" y="${y + 36}">${below}</text></a>
`;
}

/** The end of a path says more than its start. */
function shortened(label: string): string {
  if (label.length <= FIT) return label;
  return label.includes('/') && !label.includes(' ') ? `...${label.slice(3 - FIT)}` : `${label.slice(0, FIT - 3)}...`;
}
