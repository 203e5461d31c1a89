export * from './order.ts';
export * from './session.ts';
export * from './shopper.ts';
