/** Of every shop of a run: they open what the template's sealed. */
export const DEMO_SECRET = 'a shop of the browser tests keeps nothing behind this';
