// Reads a workbook with SheetJS to its last row: node sheetjs.cjs <file> <folder with node_modules>
const path = require('node:path');
const xlsx = require(path.join(process.argv[3], 'node_modules', 'xlsx'));

const idle = process.memoryUsage().rss;
const start = process.hrtime.bigint();
const workbook = xlsx.readFile(process.argv[2], { dense: true });
let rows = 0;
for (const name of workbook.SheetNames) {
  rows += xlsx.utils.sheet_to_json(workbook.Sheets[name], { header: 1 }).length - 1;
}

const seconds = Number(process.hrtime.bigint() - start) / 1e9;
console.log(JSON.stringify({ rows, seconds, idle, peak: process.resourceUsage().maxRSS * 1024 }));
