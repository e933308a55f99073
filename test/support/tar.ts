/** The regular files of a tar archive as text, by path; long names in the ways of ustar, GNU and pax. */
export function readTar(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  let longName: string | undefined;
  for (let offset = 0; offset + 512 <= archive.length; ) {
    const header = archive.subarray(offset, offset + 512);
    const name = field(header, 0, 100);
    if (name === '' && longName === undefined) break;
    const size = Number.parseInt(field(header, 124, 12), 8) || 0;
    const type = field(header, 156, 1);
    const content = archive.subarray(offset + 512, offset + 512 + size);
    offset += 512 + Math.ceil(size / 512) * 512;
    if (type === 'L') longName = content.toString('utf8').replace(/\0.*$/s, '');
    else if (type === 'x') longName = /\d+ path=(.*)\n/.exec(content.toString('utf8'))?.[1];
    else {
      const prefix = field(header, 257, 5) === 'ustar' ? field(header, 345, 155) : '';
      const path = longName ?? (prefix === '' ? name : `${prefix}/${name}`);
      if (type === '0' || type === '') files.set(path, content.toString('utf8'));
      longName = undefined;
    }
  }
  return files;
}

function field(header: Buffer, start: number, length: number): string {
  return header.toString('utf8', start, start + length).replace(/\0.*$/s, '');
}
