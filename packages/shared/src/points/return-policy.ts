/**
 * Where earned points of returned goods come from once their own lots are used up: other active points and then a debt;
 * frozen ones only; what is there; or the money that is given back. The ledger's functions follow it (returns.sql).
 */
export type ReturnPolicy = 'DEBT' | 'ONLY_PENDING' | 'WITHIN_BALANCE' | 'FROM_REFUND';
