import { randomUUID } from 'node:crypto';

export interface SentEvent {
  id: string;
  kind: string;
  occurredAt: string;
  deviceId: string;
  properties: Record<string, unknown>;
}

const KINDS = [
  'VIEW_PRODUCT',
  'VIEW_PRODUCT',
  'VIEW_PRODUCT',
  'VIEW_CATEGORY',
  'CART',
  'SEARCH',
  'VISIT',
  'page',
];
const DEVICES = 20_000;
const DAYS = 60;
const DAY_MS = 86_400_000;

/** As a shop's site tells them: a session's events together, over two months, from devices that come back. */
export function generateEvents(count: number, now: Date): SentEvent[] {
  const events: SentEvent[] = [];
  while (events.length < count) {
    const deviceId = `device-${pick(DEVICES)}`;
    const began = now.getTime() - pick(DAYS * 1_000) * (DAY_MS / 1_000) - 3_600_000;
    const length = Math.min(1 + pick(9), count - events.length);
    for (let step = 0; step < length; step += 1) {
      const kind = KINDS[pick(KINDS.length)] ?? 'VISIT';
      const occurredAt = new Date(began + step * 20_000).toISOString();
      events.push({ id: randomUUID(), kind, occurredAt, deviceId, properties: propertiesOf(kind) });
    }
  }
  return events;
}

function propertiesOf(kind: string): Record<string, unknown> {
  return {
    sku: String(1_000_000 + pick(50_000)),
    category: `2103807459595${pick(900_000) + 100_000}`,
    query: kind,
    price: `${pick(10_000)}.90`,
    url: `https://shop.example/p/${pick(50_000)}?from=${kind}`,
    brand: `brand-${pick(300)}`,
  };
}

function pick(limit: number): number {
  return Math.floor(Math.random() * limit);
}
