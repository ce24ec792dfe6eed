// @ts-check
/* Puts our words in the place of Streamlit's own, which it has in English only; takes them back. */
export default function ({ data }) {
  const named = ["aria-label", "title", "placeholder", "alt"];
  // What the pages themselves write stays as it is.
  const ours = '[data-testid="stHtml"], [data-testid="stMarkdown"], [role="gridcell"], style, script, noscript';
  const fixed = new Map(Object.entries(data.phrases));
  const literal = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  const open = Object.entries(data.phrases)
    .filter(([phrase]) => phrase.includes("{}"))
    .map(([phrase, put]) => [new RegExp(`^${phrase.split("{}").map(literal).join("(.+)")}$`, "s"), put]);
  const translated = (text) => {
    const bare = text.trim();
    if (!/[A-Za-z]/.test(bare)) return null;
    if (fixed.has(bare)) return text.replace(bare, fixed.get(bare));
    for (const [pattern, put] of open) {
      const match = bare.match(pattern);
      if (match) return match.slice(1).reduce((text, part) => text.replace("{}", () => part), put);
    }
    return null;
  };

  // What was put where, and what stood there: of the words before, and of these.
  const before = document.chuangtuPhrases;
  before?.observer.disconnect();
  for (const { node, name, was, put } of before?.done ?? []) {
    const at = node.deref();
    if (!at) continue;
    if (name && at.getAttribute(name) === put) at.setAttribute(name, was);
    if (!name && at.nodeValue === put) at.nodeValue = was;
  }
  const done = [];
  const keep = (node, name, was, put) => {
    done.push({ node: new WeakRef(node), name, was, put });
    // What left the page is not put back.
    if (done.length % 1000 === 0) done.splice(0, done.length, ...done.filter((each) => each.node.deref()));
  };
  const attribute = (element, name) => {
    const was = element.getAttribute(name);
    const put = was && translated(was);
    if (put === null || put === was || !put) return;
    element.setAttribute(name, put);
    keep(element, name, was, put);
  };
  const letter = (node) => {
    const was = node.nodeValue;
    const put = node.parentElement?.closest(ours) ? null : translated(was);
    if (put === null || put === was) return;
    node.nodeValue = put;
    keep(node, "", was, put);
  };
  const look = (node) => {
    if (node.nodeType === Node.TEXT_NODE) letter(node);
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest(ours)) return;
    for (const each of [node, ...node.querySelectorAll("*")]) {
      for (const name of named) if (each.hasAttribute(name) && !each.closest(ours)) attribute(each, name);
    }
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) letter(texts.currentNode);
  };
  const observer = new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "attributes") {
        const element = /** @type {Element} */ (target);
        if (!element.closest(ours)) attribute(element, attributeName);
      } else if (type === "characterData") {
        letter(target);
      } else {
        addedNodes.forEach(look);
      }
    }
  });
  document.chuangtuPhrases = { observer, done };
  if (!fixed.size) return;
  look(document.body);
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: named,
  });
}
