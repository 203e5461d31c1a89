/** How a state feels; never said by colour alone: the words say it too. */
export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad' | 'points';
