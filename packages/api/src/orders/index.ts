export type { FrozenTerms } from './order/order.entity.ts';
export { beginOrder, type BeginOrder, type OrderBegun } from './posting/begin-order.ts';
export { cancelOrder, type CancelOrder, type OrderCancelled } from './posting/cancel-order.ts';
export { commitOrder, type CommitOrder, type OrderCommitted } from './posting/commit-order.ts';
export { previewOrder } from './quote/preview-order.ts';
export type { OrderQuote } from './quote/order-quote.ts';
export type { OrderState } from './order/order.entity.ts';
export { readLimitsUsed } from './quote/limits-used.ts';
export type { OrderDraft } from './quote/read-draft.ts';
export {
  AlreadyCancelled,
  AlreadyCommitted,
  OrderHasShopper,
  OrderNotCommitted,
  OrderNotFound,
  QuantityExceeded,
  QuoteChanged,
  ReceiptTaken,
  TooLateToAttach,
  VerificationRequired,
} from './orders.errors.ts';
export { previewReturn, type ReturnDraft, type ReturnQuote } from './returns/preview-return.ts';
export { returnOrder, type OrderReturned, type ReturnOrder } from './returns/return-order.ts';
export { attachShopper, type AttachShopper, type ShopperAttached } from './attach/attach-shopper.ts';
export { OrderReturnType, OrderType } from './orders.types.ts';
export { recordOrders, type OrdersRecorded, type RecordOrders } from './records/purchases/record-orders.ts';
export type { OrderResult, RecordedOrderInput } from './records/purchases/recorded-order.ts';
export { waitingReturnsJob } from './records/returns/apply-waiting.ts';
export { recordReturns, type RecordReturns, type ReturnsRecorded } from './records/returns/record-returns.ts';
export type { RecordedReturnInput, ReturnResult } from './records/returns/recorded-return.ts';
export { expireOrders, ordersJobs } from './posting/expire-orders.ts';
export { retroCount, retroGrant, retroTakeBack } from './retro/retro-tasks.ts';
export { ORDER_ROWS } from './moves.ts';
export { ORDER_TIMELINE } from './timeline.ts';
export { PURCHASE_HISTORY } from './purchase-history.ts';
export { anniversary, boughtWithout, ownInterval, purchaseDate, purchases } from './segment-leaves/index.ts';
export { interest } from './interests/interest-leaf.ts';
export { lifecycle } from './lifecycle/lifecycle-leaf.ts';
export { rfm } from './rfm/rfm-leaf.ts';
export { countStages, stagesJob, stagesTask } from './lifecycle/count-stages.ts';
export { computeRfm, rfmJob, rfmTask } from './rfm/compute-rfm.ts';
export {
  readRepeatPurchases,
  type Calibration,
  type RepeatPurchases,
} from './repeat-purchases/repeat-purchases.ts';
export { readRfmModels, type RfmModelRecord } from './rfm/read-rfm-models.ts';
export { saveRfmModel } from './rfm/save-rfm-model.ts';
