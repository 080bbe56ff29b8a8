// Prints an Arrow file as JSON, read by a library that is not ours: {columns: [{name, type}], rows: […]}. usage: read.mjs FILE
import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';

const table = tableFromIPC(readFileSync(process.argv[2]));
const columns = table.schema.fields.map((field) => ({ name: field.name, type: String(field.type) }));
const plain = (value) => (typeof value === 'bigint' ? Number(value) : value ?? null);
const vectors = columns.map((_, index) => table.getChildAt(index));
const rows = Array.from({ length: table.numRows }, (_, row) => vectors.map((vector) => plain(vector.get(row))));
process.stdout.write(JSON.stringify({ columns, rows }));
