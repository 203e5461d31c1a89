/** Results go to the standard output, everything else to the error output: a command can be piped. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function sayToStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The command was not written as it has to be; the message says how. */
export class WrongCommand extends Error {}
