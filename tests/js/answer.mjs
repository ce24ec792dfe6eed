// Answers for tests in Python: each line is an expression of the modules named on the command line.
import { createInterface } from "node:readline";

const modules = await Promise.all(process.argv.slice(2).map((path) => import(path)));
const known = Object.assign({}, ...modules);
for await (const line of createInterface({ input: process.stdin })) {
  const [expression, value] = JSON.parse(line);
  const answer = new Function(...Object.keys(known), "value", `return ${expression}`)(...Object.values(known), value);
  console.log(JSON.stringify(answer));
}
