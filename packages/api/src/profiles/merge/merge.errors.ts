import { DomainError } from '../../platform/errors.ts';

/** One of the two was merged meanwhile: nothing is left to do, or the survivor is to be looked at instead. */
export class AlreadyMerged extends DomainError {
  /** The profile that answers for the merged one. */
  readonly survivorId: string;

  constructor(survivorId: string) {
    super('One of these profiles was merged already.');
    this.survivorId = survivorId;
  }
}

/** One of the two was changed since it was looked at. */
export class ProfilesChanged extends DomainError {
  constructor() {
    super('One of these profiles was changed meanwhile; look again.');
  }
}

/** Merges are undone from the latest on: this one comes first. */
export class LaterMergeFirst extends DomainError {
  readonly mergeId: string;

  constructor(mergeId: string) {
    super('A later merge of this person has to be undone first.');
    this.mergeId = mergeId;
  }
}

export class MergeUndone extends DomainError {
  readonly undoneAt: Date;

  constructor(undoneAt: Date) {
    super('This merge was undone already.');
    this.undoneAt = undoneAt;
  }
}

/** There is no person any more to give anything back to. */
export class MergeFinal extends DomainError {
  constructor() {
    super('One of these people was erased; the merge stays.');
  }
}

/** Points the other profile brought were spent, and the survivor's own do not make them good. */
export class PointsSpentSinceMerge extends DomainError {
  readonly spent: number;
  /** Of the survivor's own. */
  readonly available: number;

  constructor({ spent, available }: { spent: number; available: number }) {
    super('Points that came with the merge were spent since.');
    this.spent = spent;
    this.available = available;
  }
}

/** Points of one person are held for a purchase of the other. */
export class PurchaseInProgress extends DomainError {
  readonly holdExpiresAt: Date;

  constructor(holdExpiresAt: Date) {
    super('A purchase with points is not finished yet.');
    this.holdExpiresAt = holdExpiresAt;
  }
}
