import { PassThrough, type Readable } from 'node:stream';

/** Rows as a sheet of text cells, written as they come: a formula in a name stays a name. */
export function spreadsheetOf(rows: AsyncIterable<string[]>): Readable {
  const stream = new PassThrough();
  void write(rows, stream).catch((error: unknown) =>
    stream.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return stream;
}

async function write(rows: AsyncIterable<string[]>, stream: PassThrough): Promise<void> {
  const { default: ExcelJs } = await import('exceljs');
  const workbook = new ExcelJs.stream.xlsx.WorkbookWriter({ stream });
  const sheet = workbook.addWorksheet('1');
  for await (const row of rows) {
    sheet.addRow(row).commit();
    // Whoever keeps the file may be slower than who reads the people.
    if (stream.writableNeedDrain) await new Promise((resolve) => stream.once('drain', resolve));
  }
  sheet.commit();
  await workbook.commit();
}
