import type { Tree } from '../git/tree.ts';
import { terraformRecords } from '../gitops/dns-records.ts';
import { readSources, terraformFiles } from '../gitops/read-sources.ts';
import { readTerraform, terraformVersions } from '../gitops/terraform.ts';
import { type TerraformDifference, terraformDifferences } from '../gitops/terraform-differences.ts';
import type { StatedVersion, Unit } from '../gitops/unit.ts';
import { componentVersions } from '../gitops/versions.ts';
import { type Source, type Span, startOf } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { UnitChange } from './change.ts';
import type { Fact } from './fact.ts';
import { dnsFacts, statedVersionFacts } from './facts-stated.ts';
import { printable } from './printable.ts';
import { factOf, type Statement } from './statement.ts';

/** What a commit does to a Terraform folder: versions, DNS records, and blocks whose meaning only a plan tells. */
export async function compareTerraform(unit: Unit, before: Tree, after: Tree): Promise<UnitChange> {
  const [folder = ''] = unit.folders;
  const texts = async (tree: Tree) => textsOf(tree, await terraformFiles(tree, folder));
  const [old, now] = await Promise.all([texts(before), texts(after)]);
  const [oldFolder, newFolder] = [readTerraform(old.sources), readTerraform(now.sources)];
  const known = [
    ...statedVersionFacts(unit, terraformVersions(oldFolder), terraformVersions(newFolder)),
    ...dnsFacts(unit, terraformRecords(oldFolder).records, terraformRecords(newFolder).records),
  ];
  const isTold = (span: Span) => known.some(fact => contains(span, fact.span) || contains(fact.span, span));
  const facts = [
    ...known,
    ...terraformDifferences(oldFolder, newFolder, isTold).map(difference => differenceFact(unit, difference)),
    ...newFolder.errors.map(({ message, span }) =>
      unknownFact(unit, `${span.source.file} is not HCL: ${message}`, span),
    ),
    ...now.unread.map(path => unreadFact(unit, path)),
  ];
  return { unit, before: undefined, after: undefined, changes: [], facts };
}

function differenceFact(unit: Unit, { address: subject, from, to, span, side }: TerraformDifference): Fact {
  const values = { from: printable(subject, from), to: printable(subject, to) };
  return factOf(unit.key, { kind: 'terraform', move: 'changed', subject, ...values, span, side });
}

/** What a commit does to the file that states the versions of upstream components. */
export async function compareVersions(unit: Unit, before: Tree, after: Tree): Promise<UnitChange> {
  const paths = [unit.name];
  const [old, now] = await Promise.all([textsOf(before, paths), textsOf(after, paths)]);
  const facts = [
    ...statedVersionFacts(unit, statedIn(old.sources), statedIn(now.sources)),
    ...now.sources.flatMap(source =>
      parse(source, 'kubectl').problems.map(({ message, span }) => unknownFact(unit, message, span)),
    ),
    ...now.unread.map(path => unreadFact(unit, path)),
  ];
  return { unit, before: undefined, after: undefined, changes: [], facts };
}

async function textsOf(tree: Tree, paths: readonly string[]) {
  const { sources, unread } = await readSources(tree, paths);
  return { sources, unread: unread.map(error => error.path) };
}

function statedIn(sources: readonly Source[]): StatedVersion[] {
  return sources.flatMap(source => parse(source, 'kubectl').documents.flatMap(componentVersions));
}

function unknownFact(unit: Unit, subject: string, span: Span): Fact {
  const statement: Statement = { kind: 'unknown', move: 'content', subject, span, side: 'after' };
  return factOf(unit.key, statement);
}

function unreadFact(unit: Unit, path: string): Fact {
  return unknownFact(unit, `${path} could not be read`, startOf(path));
}

function contains(outer: Span, inner: Span): boolean {
  return outer.source.file === inner.source.file && outer.start <= inner.start && inner.end <= outer.end;
}
