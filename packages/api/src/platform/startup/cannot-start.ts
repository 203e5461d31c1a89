/** Why the program does not start; the message is one sentence that says what to do. */
export class CannotStart extends Error {}
