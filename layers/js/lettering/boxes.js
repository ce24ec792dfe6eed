// @ts-check
/* Boxes of the map and lines between them: container px. */
export const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
export const boxAt = (x, y, w, h) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];

/** Whether two lines, given by their ends, cross. */
export function crosses([a, b], [c, d]) {
  const turn = (p, q, r) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
}

/** Whether a line runs into a box: it ends there or crosses one of its diagonals. */
export function strikes(line, box) {
  const [x0, y0, x1, y1] = box;
  const [[ax, ay], [bx, by]] = line;
  // Most are far apart.
  if ((ax < x0 && bx < x0) || (ax > x1 && bx > x1) || (ay < y0 && by < y0) || (ay > y1 && by > y1)) return false;
  return (
    line.some(([x, y]) => x > x0 && x < x1 && y > y0 && y < y1) ||
    crosses(line, [
      [x0, y0],
      [x1, y1],
    ]) ||
    crosses(line, [
      [x0, y1],
      [x1, y0],
    ])
  );
}

/** How much two boxes have in common, px². */
export const shared = (a, b) =>
  Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));

/** Distance between two boxes, px. */
export function gap(a, b) {
  return Math.hypot(Math.max(0, a[0] - b[2], b[0] - a[2]), Math.max(0, a[1] - b[3], b[1] - a[3]));
}
