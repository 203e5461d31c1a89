/** A line of the basket that is tried. */
export interface BasketLine {
  readonly sku: string;
  readonly name: string;
  /** Decimal text, as the API takes it. */
  readonly quantity: string;
  readonly unitPrice: string;
}

/** `AN01-1*3@333.00;…` of the address: enough to open the same receipt again. */
export function basketText(lines: readonly BasketLine[]): string {
  return lines
    .map(
      ({ sku, quantity, unitPrice }) =>
        `${encodeURIComponent(sku).replaceAll('*', '%2A')}*${quantity}@${unitPrice}`,
    )
    .join(';');
}

/** What is no line is left out: an address is anybody's to write. */
export function readBasket(text: string): Omit<BasketLine, 'name'>[] {
  return text.split(';').flatMap((part) => {
    const match = /^([^*@]+)\*(\d+(?:\.\d{1,3})?)@(\d+(?:\.\d+)?)$/.exec(part);
    if (match === null) return [];
    const [, sku = '', quantity = '', unitPrice = ''] = match;
    try {
      return [{ sku: decodeURIComponent(sku), quantity, unitPrice }];
    } catch {
      return [];
    }
  });
}

/** One more of what is there, else a line of its own. */
export function withProduct(
  lines: readonly BasketLine[],
  product: { sku: string; name: string; price: string | null },
): BasketLine[] {
  const known = lines.findIndex(({ sku }) => sku === product.sku);
  if (known === -1)
    return [
      ...lines,
      { sku: product.sku, name: product.name, quantity: '1', unitPrice: product.price ?? '0.00' },
    ];
  return lines.map((line, index) =>
    index === known ? { ...line, quantity: String(Number(line.quantity) + 1) } : line,
  );
}

/** What a person typed as a quantity or a price, as the API takes it; null for what is none. */
export function decimal(text: string, digits: number): string | null {
  const plain = text.replaceAll(/[\s\u00a0]/g, '').replace(',', '.');
  if (!new RegExp(`^\\d+(?:\\.\\d{0,${digits}})?$`).test(plain)) return null;
  return digits === 2 ? Number(plain).toFixed(2) : String(Number(plain));
}
