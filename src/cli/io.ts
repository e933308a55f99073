/** What a run prints, and how it ends. */
export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** All that a command may know of the process that it runs in. */
export interface Io {
  /** `writable` is false once nobody reads any more, as after `| head`. */
  readonly stdout: { write(text: string): unknown; readonly writable?: boolean };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  /** All that stdin holds; read only where a command is given something there. */
  readonly stdin: () => Promise<string>;
  /** The moment. */
  readonly now: () => Date;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The package's folder: package.json, and the rules' pages under rules/. */
  readonly home: string;
  /** Width of the terminal; undefined where stdout is none. */
  readonly columns?: number | undefined;
  /** Its height. */
  readonly rows?: number | undefined;
  readonly isTTY: boolean;
  /** Told by a command whose answer, already printed, stays the same for as long as nothing else is staged. */
  readonly lasts?: (answer: Answer) => void;
}

/** What the exit code tells. No format changes it. */
export const EXIT = {
  clean: 0,
  /** At or above the fail level. */
  found: 1,
  /** Usage or configuration. */
  usage: 2,
  /** Something was not analysed, or deploy-lint itself failed. */
  incomplete: 3,
} as const;
