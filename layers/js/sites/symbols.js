// @ts-check
/* Site symbols on canvas: shape by kind, colour by family, solid or pale by precision. */

/** Radii in px, as in layers/tokens.toml; replaced by base. */
export const sizes = { overview: 4.2, close: 5.4, phone: 2.9, dot: 2.3 };
const mixed = new Map();
/** Mixes two #rrggbb colours; t = 1 gives b. */
export function mix(a, b, t) {
  const key = `${a}${b}${t}`;
  if (!mixed.has(key)) {
    const channel = (hex, i) => parseInt(hex.slice(i, i + 2), 16);
    const parts = [1, 3, 5].map((i) => Math.round(channel(a, i) * (1 - t) + channel(b, i) * t));
    mixed.set(key, `#${parts.map((v) => v.toString(16).padStart(2, "0")).join("")}`);
  }
  return mixed.get(key);
}

/** Traces the outline of a kind's shape. */
export function trace(ctx, kind, x, y, r) {
  ctx.beginPath();
  if (kind === "base") ctx.rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
  else if (kind === "design_center")
    polygon(ctx, [
      [x, y - 1.3 * r],
      [x + 1.3 * r, y],
      [x, y + 1.3 * r],
      [x - 1.3 * r, y],
    ]);
  else if (kind === "service_center")
    polygon(ctx, [
      [x, y - 1.2 * r],
      [x + 1.2 * r, y + 0.95 * r],
      [x - 1.2 * r, y + 0.95 * r],
    ]);
  else if (kind === "street") ctx.roundRect(x - 1.55 * r, y - 0.62 * r, 3.1 * r, 1.24 * r, 0.62 * r);
  else ctx.arc(x, y, r, 0, 2 * Math.PI);
}

function polygon(ctx, corners) {
  corners.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.closePath();
}

export function stroke(ctx, colour, width, alpha = 1) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.globalAlpha *= alpha;
  ctx.stroke();
  ctx.globalAlpha /= alpha;
}

/** Fill and rim of a small disc; marked ones are known to a district only where pale. */
function dotColours(dot, site, colours, own) {
  if (dot === "marked")
    return {
      fill: site.p ? mix(colours.acc, colours.surf, 0.62) : colours.acc,
      rim: site.p ? colours.acc : colours.surf,
    };
  if (dot === "doubtful") return { fill: colours.warnbg, rim: colours.warn };
  if (dot === "family") return { fill: own, rim: colours.key };
  return { fill: dot === "ink" ? colours.ink : colours.ink2, rim: colours.halo, faint: dot === "faint" };
}

/** A venue, which is no site: a small hollow house in ink. */
function drawVenue(ctx, { x, y }, r, colours) {
  ctx.beginPath();
  polygon(ctx, [
    [x, y - 1.2 * r],
    [x + r, y - 0.2 * r],
    [x + r, y + 0.9 * r],
    [x - r, y + 0.9 * r],
    [x - r, y - 0.2 * r],
  ]);
  ctx.fillStyle = colours.surf;
  stroke(ctx, colours.halo, 3.4, 0.85);
  ctx.fill();
  stroke(ctx, colours.ink, 1.3);
}

/** A site that takes no part in what is drawn: hollow, with a broad rim where its position is vague. */
function drawHollow(ctx, { x, y }, r, vague, colours) {
  trace(ctx, "park", x, y, r);
  stroke(ctx, colours.halo, 3, 0.85);
  ctx.fillStyle = colours.surf;
  ctx.fill();
  stroke(ctx, vague ? colours.hatch : colours.ink2, vague ? 2.6 : 1.3);
}

/** The ring round a site that something is asked about; 2 is the strong one. */
function drawRing(ctx, { x, y }, r, weight, colours) {
  ctx.beginPath();
  ctx.arc(x, y, r + 4, 0, 2 * Math.PI);
  stroke(ctx, colours.surf, 2 * weight + 3, 0.9);
  stroke(ctx, colours.acc, 2 * weight);
}

/**
 * Draws one site.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{x: number, y: number}} at
 * @param {{k: string, f: string, p: number, v?: number, r?: number}} site kind, family key, 1 where known to a district only, 1 where it is a venue, 1 or 2 where it stands within a ring
 * @param {{r: number, dot: string}} look radius; dot "ink", "plain" (grey), "faint", "marked", "doubtful", "hollow" or "family" for small discs, "" for the full symbol
 * @param {Object<string, string>} colours the theme's tokens
 */
export function drawSite(ctx, at, site, look, colours) {
  ctx.lineJoin = "round";
  if (site.v) return drawVenue(ctx, at, look.r, colours);
  if (site.r) drawRing(ctx, at, look.r, site.r, colours);
  const colour = colours[site.f] || colours.mix;
  const pale = mix(colour, colours.surf, 0.62);
  if (look.dot === "hollow") return drawHollow(ctx, at, look.r, site.p, colours);
  if (look.dot) {
    const { fill, rim, faint } = dotColours(look.dot, site, colours, site.p ? pale : colour);
    const alpha = ctx.globalAlpha;
    if (faint) ctx.globalAlpha *= 0.5;
    trace(ctx, "park", at.x, at.y, look.r);
    ctx.fillStyle = fill;
    const large = { marked: 1.4, doubtful: 2 }[look.dot];
    stroke(ctx, colours.halo, large ? 4 : 2.2, 0.7);
    ctx.fill();
    stroke(ctx, rim, large || (look.dot === "family" ? 0.7 : 0.8));
    ctx.globalAlpha = alpha;
    return;
  }
  trace(ctx, site.k, at.x, at.y, look.r);
  if (site.p) {
    const rim = colours[`${site.f}_rim`] || colour;
    ctx.fillStyle = pale;
    stroke(ctx, colours.halo, 5, 0.75);
    ctx.fill();
    stroke(ctx, colours.key, 3.2, 0.55);
    stroke(ctx, rim, 2);
  } else {
    ctx.fillStyle = colour;
    stroke(ctx, colours.halo, 3.4, 0.85);
    ctx.fill();
    stroke(ctx, colours.key, 1);
  }
}

/** Draw order: approximate under exact, mixed under named, discs over all. */
export function drawOrder(a, b) {
  const rank = (f) =>
    (f.properties.c ? 16 : 0) +
    (f.properties.o ? 8 : 0) +
    (f.properties.m || f.properties.w || f.properties.r ? 4 : 0) +
    (f.properties.h ? 0 : 32) +
    (f.properties.p ? 0 : 2) +
    (f.properties.f === "mix" ? 0 : 1);
  return rank(a) - rank(b);
}
export const isDisc = (site) => Boolean(site.o || site.c);
